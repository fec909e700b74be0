// The clocks of the machine.
#pragma once

#include <chrono>

#include "common/runtime/clock.h"

namespace sepakat::embedded {

class SystemClock final : public runtime::Clock {
 public:
  int64_t NowMs() const override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }
  int64_t MonotonicUs() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
};

}  // namespace sepakat::embedded
