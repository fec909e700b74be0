#include "monitoring/monitoring_app.h"

#include <algorithm>

#include "common/base/status.h"
#include "monitoring/wire/monitoring_rpc.h"

namespace sepakat::monitoring {

MonitoringApp::MonitoringApp(runtime::Env env, const MonitoringOptions& options)
    : monitor_(options, env, &codec_),
      task_({.source = "sepakat/monitoring", .inputs = MonitoringTask::Inputs()}, env, &monitor_),
      rpc_(MakeMonitoringRpc(
          {&task_, &monitor_, env.store, env.clock, &codec_, options.freshness})) {}

absl::Status MonitoringApp::Start() {
  SEPAKAT_RETURN_IF_ERROR(rpc_.Check());
  SEPAKAT_RETURN_IF_ERROR(task_.Start());
  started_ = true;
  return absl::OkStatus();
}

absl::StatusOr<bool> MonitoringApp::Poll(int wait_ms) {
  const int64_t views_wait_ms = monitor_.views().WaitMs();
  SEPAKAT_ASSIGN_OR_RETURN(const bool done,
                           task_.Poll(static_cast<int>(std::min<int64_t>(wait_ms, views_wait_ms))));
  const bool told = monitor_.views().Flush();
  return done || told;
}

absl::Status MonitoringApp::Healthy() const {
  if (started_) return absl::OkStatus();
  return base::Error(absl::StatusCode::kUnavailable, "NOT_STARTED", "monitoring has not started");
}

}  // namespace sepakat::monitoring
