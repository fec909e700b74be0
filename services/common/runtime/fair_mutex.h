// A lock that hands over in the order of arrival.
//
// A loop that unlocks and locks again at once would starve everybody else with std::mutex.
// Meets the BasicLockable requirements: use it with std::lock_guard.
// Thread: any.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace sepakat::runtime {

class FairMutex {
 public:
  void lock() {
    std::unique_lock guard(mutex_);
    const uint64_t ticket = next_ticket_++;
    turn_.wait(guard, [&] { return ticket == serving_; });
  }
  void unlock() {
    {
      const std::lock_guard guard(mutex_);
      ++serving_;
    }
    turn_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  uint64_t next_ticket_ = 0;
  uint64_t serving_ = 0;
};

}  // namespace sepakat::runtime
