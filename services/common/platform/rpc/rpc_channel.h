// The caller's side of an RPC: the same whether the peer is a process away or in this one.
//
// Errors: whatever the handler returned, with its reason (base::ReasonOf); Unavailable when the
// peer
//   cannot be reached, DeadlineExceeded after `timeout_ms`. Retries are the caller's, by
//   base::IsRetriable, under the same request id.
// Thread: any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace sepakat::platform {

struct CallOptions {
  int64_t timeout_ms = 1000;
  std::string traceparent;
};

// Produces the messages of a client stream: false at the end.
using RpcSend = std::function<absl::StatusOr<bool>(google::protobuf::Message* message)>;

class RpcChannel {
 public:
  virtual ~RpcChannel() = default;
  // `method` as `sepakat.targeting.v1.TargetingService/GetFigures`.
  virtual absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                             google::protobuf::Message* response, const CallOptions& options) = 0;
  // `message` is a scratch object of the method's request type, refilled for each send.
  virtual absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                                    const RpcSend& send, google::protobuf::Message* response,
                                    const CallOptions& options) = 0;

  // Typed convenience: `channel.Call<GetFiguresResponse>("…/GetFigures", request)`.
  template <typename Response>
  absl::StatusOr<Response> Call(std::string_view method, const google::protobuf::Message& request,
                                const CallOptions& options = {}) {
    Response response;
    absl::Status status = Unary(method, request, &response, options);
    if (!status.ok()) return status;
    return response;
  }
};

}  // namespace sepakat::platform
