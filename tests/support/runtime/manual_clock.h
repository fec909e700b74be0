// A clock that moves only when the test says so.
#pragma once

#include <atomic>

#include "common/runtime/clock.h"

namespace sepakat::support {

class ManualClock final : public runtime::Clock {
 public:
  // 2025-11-25T07:00:00Z.
  explicit ManualClock(int64_t now_ms = 1'764'054'000'000) : now_ms_(now_ms) {}

  int64_t NowMs() const override { return now_ms_ + jump_ms_; }
  int64_t MonotonicUs() const override { return (now_ms_ - kStartMs) * 1000; }
  void AdvanceMs(int64_t by_ms) { now_ms_ += by_ms; }
  // Somebody sets the wall clock; time does not pass otherwise.
  void JumpMs(int64_t by_ms) { jump_ms_ += by_ms; }

 private:
  static constexpr int64_t kStartMs = 1'700'000'000'000;
  std::atomic<int64_t> now_ms_;
  std::atomic<int64_t> jump_ms_ = 0;
};

}  // namespace sepakat::support
