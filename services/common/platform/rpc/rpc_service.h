// The methods of one service as a table of typed handlers.
//
// The table is filled once, from the descriptors of the .proto service, and served two ways: over
// gRPC (grpc_server.h) and by direct call in the same process (direct_channel.h). A handler cannot
// tell which. Every method of the .proto service must be registered before Check() passes.
//
//   RpcService rpc(targeting::v1::TargetingService descriptor full name);
//   rpc.Unary<GetFiguresRequest, GetFiguresResponse>("GetFigures",
//       [&](const CallContext& call, const GetFiguresRequest& request) { ... StatusOr<Response> });
//
// Thread: filled by one thread; handlers run on any thread, several at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace sepakat::platform {

// What a handler may know about its call.
struct CallContext {
  std::string principal;
  std::string traceparent;
  // Monotonic microseconds after which nobody waits for the answer; 0 for none.
  int64_t deadline_us = 0;
  // True once the caller has gone away or the deadline has passed.
  std::function<bool()> cancelled = [] { return false; };
};

// Pulls the messages of a client stream: next message, or false at the end of the stream.
using RpcReceive = std::function<absl::StatusOr<bool>(google::protobuf::Message* message)>;

class RpcService {
 public:
  struct Method {
    std::string name;  // `GetFigures`
    bool client_streaming = false;
    std::function<std::unique_ptr<google::protobuf::Message>()> new_request;
    std::function<std::unique_ptr<google::protobuf::Message>()> new_response;
    // Unary handlers pull exactly one message.
    std::function<absl::Status(const CallContext&, const RpcReceive&,
                               google::protobuf::Message* response)>
        handle;
  };

  // `full_name` as in the .proto file, for example `sepakat.targeting.v1.TargetingService`.
  explicit RpcService(std::string full_name) : full_name_(std::move(full_name)) {}

  template <typename Request, typename Response, typename Handler>
  void Unary(std::string_view method, Handler handler) {
    methods_[std::string(method)] =
        Method{std::string(method), false, [] { return std::make_unique<Request>(); },
               [] { return std::make_unique<Response>(); },
               [handler = std::move(handler)](const CallContext& call, const RpcReceive& receive,
                                              google::protobuf::Message* response) -> absl::Status {
                 Request request;
                 absl::StatusOr<bool> got = receive(&request);
                 if (!got.ok()) return std::move(got).status();
                 absl::StatusOr<Response> answer = handler(call, request);
                 if (!answer.ok()) return std::move(answer).status();
                 *static_cast<Response*>(response) = *std::move(answer);
                 return absl::OkStatus();
               }};
  }

  // Handler: StatusOr<Response>(const CallContext&, const
  // std::function<StatusOr<bool>(Request*)>&).
  template <typename Request, typename Response, typename Handler>
  void ClientStream(std::string_view method, Handler handler) {
    methods_[std::string(method)] =
        Method{std::string(method), true, [] { return std::make_unique<Request>(); },
               [] { return std::make_unique<Response>(); },
               [handler = std::move(handler)](const CallContext& call, const RpcReceive& receive,
                                              google::protobuf::Message* response) -> absl::Status {
                 const std::function<absl::StatusOr<bool>(Request*)> next =
                     [&receive](Request* request) { return receive(request); };
                 absl::StatusOr<Response> answer = handler(call, next);
                 if (!answer.ok()) return std::move(answer).status();
                 *static_cast<Response*>(response) = *std::move(answer);
                 return absl::OkStatus();
               }};
  }

  // NotFound-free start: FailedPrecondition names methods of the .proto that have no handler, and
  // handlers that are in no .proto.
  absl::Status Check() const;

  const std::string& full_name() const { return full_name_; }
  const Method* Find(std::string_view method) const;
  const std::unordered_map<std::string, Method>& methods() const { return methods_; }

 private:
  std::string full_name_;
  std::unordered_map<std::string, Method> methods_;
};

// Runs a handler for a server or channel: an exception ends here, as Internal HANDLER_FAILED.
absl::Status RunMethod(const RpcService::Method& method, const CallContext& call,
                       const RpcReceive& receive, google::protobuf::Message* response);

}  // namespace sepakat::platform
