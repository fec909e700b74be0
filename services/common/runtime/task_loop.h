// Runs one App on a thread: poll, send what it said, and again.
//
// Errors that may pass are logged and tried again by the retry policy; any other error ends the loop
// and is handed to `on_fatal`, which ends the process in an orderly way. A watchdog number
// (`sepakat_loop_last_turn_seconds`) tells operators when a turn takes too long.
// Thread: Start and Stop from one thread. Stop returns when the turn under way has ended.
#pragma once

#include <atomic>
#include <functional>
#include <thread>

#include "absl/status/status.h"
#include "common/runtime/app.h"
#include "common/runtime/env.h"

namespace sepakat::runtime {

class TaskLoop {
 public:
  // `app`, `clock` and `telemetry` outlive the loop.
  TaskLoop(App* app, const Clock* clock, Telemetry* telemetry,
           std::function<void(const absl::Status&)> on_fatal);
  ~TaskLoop();
  TaskLoop(const TaskLoop&) = delete;
  TaskLoop& operator=(const TaskLoop&) = delete;

  void Start();
  void Stop();

 private:
  void Run();

  App* const app_;
  const Clock* const clock_;
  Telemetry* const telemetry_;
  const std::function<void(const absl::Status&)> on_fatal_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace sepakat::runtime
