#include "tests/support/runtime/test_driver.h"

#include "common/base/status.h"

namespace sepakat::support {

absl::Status TestDriver::StartAll() {
  for (runtime::App* app : apps_) {
    SEPAKAT_RETURN_IF_ERROR(base::Annotate(app->Start(), app->name()));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> TestDriver::Round(int wait_ms) {
  bool any = false;
  for (runtime::App* app : apps_) {
    const absl::StatusOr<bool> polled = app->Poll(wait_ms);
    if (!polled.ok()) return base::Annotate(polled.status(), app->name());
    const absl::StatusOr<bool> relayed = app->Relay();
    if (!relayed.ok()) return base::Annotate(relayed.status(), app->name());
    any = any || *polled || *relayed;
  }
  return any;
}

absl::Status TestDriver::RunUntilIdle(int64_t settle_ms) {
  constexpr int kMostRounds = 100'000;
  int idle_rounds = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    SEPAKAT_ASSIGN_OR_RETURN(const bool any, Round());
    if (any) {
      idle_rounds = 0;
      continue;
    }
    if (++idle_rounds == 3) return absl::OkStatus();
    clock_->AdvanceMs(settle_ms);
  }
  return base::Error(absl::StatusCode::kDeadlineExceeded, "NEVER_IDLE",
                     "the services never came to rest");
}

}  // namespace sepakat::support
