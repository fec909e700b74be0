// Events that are committed in the store and not yet on the log.
//
// A row holds the records of one commit, encoded as a run (record_codec.h); rows are sent in the
// order of their numbers and deleted when the log has them. A crash in between sends them again.
//   key = "\0x/" number:20 digits
// Thread: Stage() and Settle() from the task under its lock, Relay() from one thread, the rest from
// any.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"
#include "common/runtime/state_store.h"

namespace sepakat::runtime {

class Outbox {
 public:
  explicit Outbox(size_t max_bytes) : max_bytes_(max_bytes) {}

  // Counts what an earlier run left behind.
  absl::Status Load(const StateStore& store);
  // Adds a row for `records` to `batch`; Settle() tells whether the batch was committed.
  void Stage(std::span<const OutRecord> records, StoreBatch* batch);
  void Settle(bool committed);
  // Sends the oldest rows in one append. True if there were any.
  absl::StatusOr<bool> Relay(StateStore& store, EventLog& log);

  // Rows committed so far, and how many of them the log has. Once `sent` has reached what
  // `committed` was, everything said until then can be read on the log.
  struct Progress {
    int64_t committed = 0;
    int64_t sent = 0;
  };
  Progress progress() const;

  bool full() const;
  // True when it stopped being full before the time was over.
  bool WaitForRoom(std::chrono::milliseconds patience) const;

 private:
  const size_t max_bytes_;
  std::mutex relay_mutex_;
  // Number of the oldest row; scans begin here, not among the tombstones before it.
  int64_t oldest_ = 0;
  int64_t staged_bytes_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable room_;
  int64_t next_ = 0;
  int64_t sent_ = 0;
  int64_t pending_bytes_ = 0;
};

}  // namespace sepakat::runtime
