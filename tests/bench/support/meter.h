// What a benchmark reads off the machine: wall time, processor time, memory, load.
//
// Thread: pure functions; a Meter from one thread.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::bench {

// Wall time, and the processor time of all threads of this process, since it was made.
class Meter {
 public:
  Meter();
  double Seconds() const;
  double CpuSeconds() const;

 private:
  double wall_;
  double cpu_;
};

// Memory of a process in MiB, now and at its highest; 0 when there is no such process.
double ResidentMib(int pid);
double PeakResidentMib(int pid);

// Ends the benchmark with the sentence of the error: what follows would measure nothing.
void Must(const absl::Status& status);

template <typename T>
T Must(absl::StatusOr<T> value) {
  Must(value.status());
  return *std::move(value);
}

}  // namespace sepakat::bench
