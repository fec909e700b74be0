// A service as an object: built from an Env, started, polled, stopped.
//
// `main` runs each App on a TaskLoop; tests poll several on one thread. An App keeps no thread of
// its own: what a call starts ends with it. Thread: Start, Poll and Stop from one thread at a time.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::runtime {

class App {
 public:
  virtual ~App() = default;
  virtual std::string_view name() const = 0;
  // Restores state; afterwards commands and queries are answered.
  virtual absl::Status Start() = 0;
  // Does a bounded piece of work, waiting at most `wait_ms` for input. True if anything was done.
  virtual absl::StatusOr<bool> Poll(int wait_ms) = 0;
  // Sends events that are committed but not yet on the log. May run on a thread of its own.
  virtual absl::StatusOr<bool> Relay() = 0;
  virtual void Stop() = 0;
  // OK when it serves; else what is missing, for health checks.
  virtual absl::Status Healthy() const = 0;
};

}  // namespace sepakat::runtime
