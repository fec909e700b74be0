// The budgeting service as a process of its own.

#include <memory>

#include "budgeting/budgeting_app.h"
#include "common/platform/host/service_host.h"

int main(int argc, char** argv) {
  using sepakat::platform::Hosted;
  using sepakat::platform::ServiceParts;
  return sepakat::platform::RunService(
      {.service = "budgeting",
       .summary = "What is done with which money, and what a plan would change.",
       .grpc_port = 7403,
       .metrics_port = 7503,
       .peers = {{"targeting", "127.0.0.1:7402"}}},
      {argv + 1, argv + argc}, [](ServiceParts& parts) -> absl::StatusOr<Hosted> {
        auto app =
            std::make_unique<sepakat::budgeting::BudgetingApp>(parts.env, parts.peer("targeting"));
        const sepakat::platform::RpcService* rpc = &app->rpc();
        return Hosted{nullptr, std::move(app), rpc};
      });
}
