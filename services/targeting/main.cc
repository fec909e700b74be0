// The targeting service as a process of its own.

#include "common/platform/host/service_host.h"
#include "targeting/targeting_app.h"

int main(int argc, char** argv) {
  using sepakat::platform::Hosted;
  using sepakat::platform::ServiceParts;
  return sepakat::platform::RunService(
      {.service = "targeting",
       .summary = "Who and where is in need, in what order, and why.",
       .grpc_port = 7402,
       .metrics_port = 7502,
       .settings = {sepakat::platform::MemoryBudgetSetting()},
       .has_store = false},
      {argv + 1, argv + argc}, [](ServiceParts& parts) -> absl::StatusOr<Hosted> {
        auto app = sepakat::targeting::TargetingApp::Create(
            parts.env, {.memory_budget_mib = sepakat::platform::MemoryBudgetMib(parts.config)});
        if (!app.ok()) return app.status();
        const sepakat::platform::RpcService* rpc = &(*app)->rpc();
        return Hosted{nullptr, *std::move(app), rpc};
      });
}
