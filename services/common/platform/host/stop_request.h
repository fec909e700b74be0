// Waits until the process is asked to end: by SIGTERM or SIGINT, or by a part that cannot go on.
//
// Make one at the start of main(), before any thread: it blocks both signals, so that every thread
// inherits that and only Wait() sees them. A second signal while the process is ending kills it.
// Thread: Request from any; Wait from one.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "absl/status/status.h"

namespace sepakat::platform {

class StopRequest {
 public:
  StopRequest();
  ~StopRequest();
  StopRequest(const StopRequest&) = delete;
  StopRequest& operator=(const StopRequest&) = delete;

  // OK: an orderly end was asked for. The first request counts.
  void Request(const absl::Status& why);
  bool Requested();
  absl::Status Wait();
  // True when the end was requested within `ms`.
  bool WaitFor(int ms);

 private:
  void WatchSignals(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable wake_;
  std::optional<absl::Status> why_;
  std::jthread watcher_;
};

}  // namespace sepakat::platform
