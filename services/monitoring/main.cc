// The monitoring service as a process of its own.

#include <memory>

#include "common/platform/host/service_host.h"
#include "monitoring/monitoring_app.h"

int main(int argc, char** argv) {
  using sepakat::platform::Hosted;
  using sepakat::platform::ServiceParts;
  return sepakat::platform::RunService(
      {.service = "monitoring",
       .summary = "Is it working, and what needs attention.",
       .grpc_port = 7404,
       .metrics_port = 7504},
      {argv + 1, argv + argc}, [](ServiceParts& parts) -> absl::StatusOr<Hosted> {
        auto app = std::make_unique<sepakat::monitoring::MonitoringApp>(parts.env);
        const sepakat::platform::RpcService* rpc = &app->rpc();
        return Hosted{nullptr, std::move(app), rpc};
      });
}
