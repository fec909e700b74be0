#include "budgeting/budgeting_app.h"

#include <utility>

#include "budgeting/wire/budgeting_rpc.h"
#include "common/base/status.h"

namespace sepakat::budgeting {

BudgetingApp::BudgetingApp(runtime::Env env, platform::RpcChannel* targeting,
                           BudgetingOptions options)
    : budget_(std::move(options), &codec_, env.telemetry),
      task_({.source = "sepakat/budgeting", .inputs = BudgetingTask::Inputs()}, env, &budget_),
      selector_(targeting),
      rpc_(MakeBudgetingRpc({&task_, &budget_, &selector_, env.clock})) {}

absl::Status BudgetingApp::Start() {
  SEPAKAT_RETURN_IF_ERROR(rpc_.Check());
  SEPAKAT_RETURN_IF_ERROR(task_.Start());
  started_ = true;
  return absl::OkStatus();
}

absl::Status BudgetingApp::Healthy() const {
  if (started_) return absl::OkStatus();
  return base::Error(absl::StatusCode::kUnavailable, "NOT_STARTED", "budgeting has not started");
}

}  // namespace sepakat::budgeting
