#include "common/runtime/task_loop.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "common/base/status.h"
#include "common/runtime/retry_policy.h"

namespace sepakat::runtime {
namespace {

// How long a turn waits for input: the delay of a command's events at most.
constexpr int kInputWaitMs = 10;

}  // namespace

TaskLoop::TaskLoop(App* app, const Clock* clock, Telemetry* telemetry,
                   std::function<void(const absl::Status&)> on_fatal)
    : app_(app), clock_(clock), telemetry_(telemetry), on_fatal_(std::move(on_fatal)) {}

TaskLoop::~TaskLoop() { Stop(); }

void TaskLoop::Start() {
  stopping_ = false;
  thread_ = std::thread([this] { Run(); });
}

void TaskLoop::Stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void TaskLoop::Run() {
  const Labels service = {{"service", std::string(app_->name())}};
  RetryPolicy retry;
  while (!stopping_) {
    const int64_t began_us = clock_->MonotonicUs();
    absl::StatusOr<bool> polled = app_->Poll(kInputWaitMs);
    absl::StatusOr<bool> relayed = polled.ok() ? app_->Relay() : absl::StatusOr<bool>(false);
    const absl::Status status = polled.ok() ? relayed.status() : polled.status();
    telemetry_->Set("sepakat_loop_last_turn_seconds",
                    static_cast<double>(clock_->MonotonicUs() - began_us) / 1e6, service);
    if (status.ok()) {
      retry.AfterSuccess();
      continue;
    }
    telemetry_->Log(Severity::kWarning, std::string(status.message()),
                    {{"service", std::string(app_->name())}, {"reason", base::ReasonOf(status)}});
    if (!base::IsRetriable(status)) {
      on_fatal_(status);
      return;
    }
    for (int left_ms = retry.AfterFailure(); left_ms > 0 && !stopping_; left_ms -= 10) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left_ms, 10)));
    }
  }
}

}  // namespace sepakat::runtime
