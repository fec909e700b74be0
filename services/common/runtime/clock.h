// Time of day and monotonic time, as an argument.
//
// Figures never depend on a clock; alerts, waits and log lines do.
// Thread: any thread.
#pragma once

#include <cstdint>

namespace sepakat::runtime {

class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970-01-01 UTC.
  virtual int64_t NowMs() const = 0;
  // Microseconds of a clock that never goes back.
  virtual int64_t MonotonicUs() const = 0;
};

}  // namespace sepakat::runtime
