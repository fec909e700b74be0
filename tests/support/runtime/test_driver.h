// Runs several Apps on one thread, in the order they were added, until none has anything to do.
//
// Time stands still unless the test moves the clock. RunUntilIdle fails the test when an App fails
// or when the Apps never come to rest.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "common/runtime/app.h"
#include "tests/support/runtime/manual_clock.h"

namespace sepakat::support {

class TestDriver {
 public:
  explicit TestDriver(ManualClock* clock) : clock_(clock) {}

  // `app` outlives the driver.
  void Add(runtime::App* app) { apps_.push_back(app); }
  absl::Status StartAll();

  // One round over all apps, each waiting at most `wait_ms` for input (0 where nothing runs beside
  // the test); true if any of them did something.
  absl::StatusOr<bool> Round(int wait_ms = 0);
  // Rounds until nothing happens. Each idle round is followed by one more after `settle_ms` of the
  // clock, so that publications that wait for time are cut.
  absl::Status RunUntilIdle(int64_t settle_ms = 500);

 private:
  ManualClock* const clock_;
  std::vector<runtime::App*> apps_;
};

}  // namespace sepakat::support
