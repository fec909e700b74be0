// `/metrics` and `/healthz` of a process on a port of their own.
//
// Thread: Start and Stop from one thread.
#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "common/platform/http/http_router.h"
#include "common/platform/http/http_server.h"
#include "common/platform/log/process_telemetry.h"

namespace sepakat::platform {

class MetricsEndpoint {
 public:
  // `healthy`: OK when the process serves; else what is missing. Asked from several threads.
  MetricsEndpoint(std::string host, int port, const ProcessTelemetry* telemetry,
                  std::function<absl::Status()> healthy);

  absl::Status Start() { return server_.Start(); }
  int Port() const { return server_.Port(); }
  void Stop() { server_.Stop(); }

 private:
  HttpRouter router_;
  HttpServer server_;
};

}  // namespace sepakat::platform
