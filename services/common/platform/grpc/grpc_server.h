// Serves RpcService tables over gRPC, with health service and reflection.
//
// Start() -> Port() -> SetServing() as the App becomes healthy -> Stop(), which lets calls under
// way finish until the deadline and cancels the rest. Never call Stop() from a signal handler.
// gRPC's own log lines are switched off in the process: they are no JSON, and every failure is a
// status.
// Errors: AlreadyExists PORT_IN_USE with one sentence; whatever RpcService::Check() says.
// Thread: Start and Stop from one thread; the rest from any.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/platform/rpc/rpc_service.h"

namespace sepakat::platform {

struct GrpcServerOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free port
  int max_message_bytes = 64 << 20;
  int max_concurrent_streams = 256;
  int max_threads = 32;
  int64_t keepalive_ms = 20'000;
};

class GrpcServer {
 public:
  // The services outlive the server.
  GrpcServer(GrpcServerOptions options, std::vector<const RpcService*> services);
  ~GrpcServer();
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;

  absl::Status Start();
  // The bound port; 0 before Start().
  int Port() const;
  // What the health service answers, for the whole server and each of its services.
  void SetServing(bool serving);
  void Stop(int64_t deadline_ms = 5'000);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sepakat::platform
