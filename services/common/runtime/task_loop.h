// Runs one App on two threads: one polls, one relays what was committed to the log.
//
// Errors that may pass are logged (once, then every half minute while they last) and tried again by
// the retry policy. Any other error ends both threads and is handed to `on_fatal` once, on one of
// them; it asks the process to end in an orderly way and must not call Stop() itself. Each thread
// watches the other: a turn longer than `watchdog_ms` is logged and counted in
// `sepakat_loop_stalls_total`. `sepakat_loop_turn_seconds` tells how long turns take.
// Thread: Start and Stop from one thread.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "absl/status/status.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"

namespace sepakat::runtime {

struct TaskLoopOptions {
  // How long a poll waits for input.
  int input_wait_ms = 50;
  // How often the relay looks for commits that no poll announced (commands).
  int relay_wait_ms = 2;
  int watchdog_ms = 30'000;
};

class TaskLoop {
 public:
  // `app`, `clock` and `telemetry` outlive the loop.
  TaskLoop(App* app, const Clock* clock, Telemetry* telemetry,
           std::function<void(const absl::Status&)> on_fatal, TaskLoopOptions options = {});
  ~TaskLoop();
  TaskLoop(const TaskLoop&) = delete;
  TaskLoop& operator=(const TaskLoop&) = delete;

  void Start();
  // Lets the turns under way end: a log that is away holds an append for 15 s. DeadlineExceeded
  // LOOP_STUCK when they have not after `patience`: the threads are left behind, and the process
  // should end without destroying the App. What was acknowledged is durable either way.
  absl::Status Stop(std::chrono::milliseconds patience = std::chrono::seconds(20));
  // True when no thread is at work any more, at the latest after `patience`.
  bool Ended(std::chrono::milliseconds patience);

 private:
  class Shared;
  std::shared_ptr<Shared> shared_;  // Outlives this object when a thread is left behind.
  std::thread poller_;
  std::thread relayer_;
};

}  // namespace sepakat::runtime
