// Calls of the command line to the services of a running SEPAKAT.
//
// Errors: those of the services; Unavailable SERVER_UNREACHABLE and DeadlineExceeded SERVER_SLOW
// say which address was tried and what to do. Thread: one.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "sepakat/cli/command.h"
#include "sepakat/common/v1/request.pb.h"

namespace CLI {
class App;
}

namespace sepakat::cli {

// Options that commands which talk to a server share.
struct ServerOptions {
  std::string server;
  std::string actor;
  std::string reason;
  int64_t timeout_s = 60;
};

void AddServerOption(CLI::App& command, ServerOptions& options);
// --server, --actor and --reason, for commands that change something.
void AddChangeOptions(CLI::App& command, ServerOptions& options);

class Client {
 public:
  Client(Environment& environment, ServerOptions options)
      : environment_(environment), options_(std::move(options)) {}

  // `method` as `sepakat.targeting.v1.TargetingService/SetModel`; its package names the service.
  template <typename Response>
  absl::StatusOr<Response> Call(std::string_view method, const google::protobuf::Message& request) {
    Response response;
    absl::Status status = Unary(method, request, &response);
    if (!status.ok()) return status;
    return response;
  }

  absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                     google::protobuf::Message* response);
  // Without a deadline of its own: a large file takes as long as it takes.
  absl::Status Stream(std::string_view method, google::protobuf::Message* message,
                      const platform::RpcSend& send, google::protobuf::Message* response);

  // Who asks and why, with an id derived from `what` and the time.
  common::v1::RequestContext Context(std::string_view what) const;

 private:
  absl::StatusOr<platform::RpcChannel*> ChannelOf(std::string_view method);
  std::string AddressOf(std::string_view service) const;
  absl::Status Explain(const absl::Status& status, std::string_view method) const;

  Environment& environment_;
  ServerOptions options_;
  std::map<std::string, std::unique_ptr<platform::RpcChannel>> channels_;
};

}  // namespace sepakat::cli
