// The loop of a stateful service: read, handle, commit everything in one batch, then send.
//
// One store batch holds the handler's changes, the next offset of every input partition, the inbox
// (highest sequence applied per source, topic and partition) and the outbox. The relay appends
// outbox rows to the log in order and deletes them once they are durable; after a crash they are
// sent again with the same ids and sequences, and readers drop them. So every input takes effect
// exactly once in this service's state, whatever crashes between (architecture 7).
//
// A handler error that is retriable stops the batch and the same records come again; any other
// error puts the record into the quarantine topic `<topic>.quarantine` under the key
// `<partition>/<offset>/<REASON>`, and the partition moves on.
// While more input waits than fits into a batch, the next one is read and worked ahead on beside
// the batch under way, on a thread that ends with Poll(). Thread: Poll() and RelayOnce() from their
// loops; Execute(), Read() from any thread. One fair lock keeps them apart, so a command waits for
// at most one input batch.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/env.h"
#include "common/runtime/envelope.h"
#include "common/runtime/outbox.h"
#include "common/runtime/transaction.h"

namespace sepakat::runtime {

// What the service does with one input batch and with passing time. Holds no lock itself.
class TaskHandler {
 public:
  virtual ~TaskHandler() = default;
  // What can be done with a batch before its turn, without looking at state. Called once for each
  // batch before its Prepare() and after the Prepare() of the batch before it, perhaps while that
  // one is handled or a command runs; it must share nothing with them. A batch that comes again
  // after an error is worked on again.
  virtual void WorkAhead(std::span<const LogRecord> records);
  // Called once per batch before the records, to load what they will need in one store call.
  virtual absl::Status Prepare(std::span<const LogRecord> records, Transaction& tx);
  // Repeats were dropped already.
  virtual absl::Status OnRecord(const LogRecord& record, const Envelope& envelope,
                                Transaction& tx) = 0;
  // Called after each batch, and when nothing arrived. `caught_up`: the input was drained.
  virtual absl::Status OnBatchEnd(bool caught_up, Transaction& tx);
  // Called after the batch was committed: the moment to write read models.
  virtual void AfterCommit();
  // Called before anything else, and when a transaction failed: (re)load the memory from the store.
  virtual absl::Status Reset(const StateStore& store);
};

struct TaskOptions {
  // `sepakat/<service>`: the source of its events.
  std::string source;
  // Topics read from the beginning, all partitions.
  std::vector<std::string> inputs;
  int max_batch = 2048;
  size_t max_outbox_bytes = 256 << 20;
};

class StatefulTask {
 public:
  StatefulTask(TaskOptions options, Env env, TaskHandler* handler);
  ~StatefulTask();
  StatefulTask(const StatefulTask&) = delete;
  StatefulTask& operator=(const StatefulTask&) = delete;

  // Restores offsets, lets the handler load its memory and opens the input.
  absl::Status Start();
  // One input batch; waits at most `wait_ms` for records. True if anything was done. A store that
  // failed for good, in a batch or in a command, fails every Poll() from then on.
  absl::StatusOr<bool> Poll(int wait_ms);
  // Sends what the outbox holds. True if anything was sent.
  absl::StatusOr<bool> RelayOnce();

  // Runs `command` in a transaction of its own, committed when it returns OK. With a request id the
  // answer is kept, and the same id gives the same answer without running again. A command that
  // returns an error must not have changed the handler's memory.
  absl::StatusOr<std::string> Execute(
      std::string_view request_id,
      const std::function<absl::StatusOr<std::string>(Transaction& tx)>& command);
  // How far what was said has come (see Outbox::Progress).
  Outbox::Progress said() const;
  // Runs `query` while no batch or command is under way.
  absl::Status Read(const std::function<absl::Status(const StateStore& store)>& query) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sepakat::runtime
