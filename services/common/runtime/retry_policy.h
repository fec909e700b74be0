// How long to wait before the same thing is tried again: the one policy of the project.
//
// Waits double from `first_ms` to `most_ms` and start over after a success. No randomness: one loop
// waits for one peer.
// Thread: one.
#pragma once

#include <algorithm>

namespace sepakat::runtime {

class RetryPolicy {
 public:
  explicit RetryPolicy(int first_ms = 10, int most_ms = 1000)
      : first_ms_(first_ms), most_ms_(most_ms), next_ms_(first_ms) {}

  // Milliseconds to wait after one more failure.
  int AfterFailure() {
    const int wait_ms = next_ms_;
    next_ms_ = std::min(2 * next_ms_, most_ms_);
    return wait_ms;
  }
  void AfterSuccess() { next_ms_ = first_ms_; }

 private:
  const int first_ms_;
  const int most_ms_;
  int next_ms_;
};

}  // namespace sepakat::runtime
