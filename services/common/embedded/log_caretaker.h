// Compacts the durable log from time to time, on a thread of its own.
//
// A failure is logged and tried again at the next turn; appends tell their own errors.
// Thread: construct and destroy from one; the destructor waits for a compaction under way.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "common/embedded/durable_log.h"
#include "common/runtime/clock.h"
#include "common/runtime/telemetry.h"

namespace sepakat::embedded {

class LogCaretaker {
 public:
  // All three outlive it. The first turn comes after one period.
  LogCaretaker(DurableLog* log, const runtime::Clock* clock, runtime::Telemetry* telemetry,
               std::chrono::milliseconds period = std::chrono::hours(1));
  ~LogCaretaker();
  LogCaretaker(const LogCaretaker&) = delete;
  LogCaretaker& operator=(const LogCaretaker&) = delete;

 private:
  void Run(std::chrono::milliseconds period);
  void Compact();

  DurableLog* const log_;
  const runtime::Clock* const clock_;
  runtime::Telemetry* const telemetry_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sepakat::embedded
