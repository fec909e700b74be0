// What a StatefulTask knows about its place in the world: next input offsets, the highest sequence
// applied per (source, topic, partition), and the next sequence of its own events.
//
// Kept in memory, written to the store in the same batch as the state they belong to. Begin() opens
// a batch; its changes count only after Settle().
//   keys  "\0o/" topic "/" partition              next offset
//         "\0i/" source "|" topic "/" partition   highest sequence
//         "\0s/" topic "/" partition              next own sequence
//   values are decimal text
// Thread: the task under its lock.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "common/runtime/envelope.h"
#include "common/runtime/event_log.h"
#include "common/runtime/overlay_transaction.h"
#include "common/runtime/state_store.h"

namespace sepakat::runtime {

class Bookkeeping {
 public:
  absl::Status Load(const StateStore& store);
  int64_t NextOffset(const TopicPartition& at) const;
  const Sequences& sequences() const { return sequences_; }

  void Begin();
  // False for a repeat; otherwise remembers the sequence.
  bool Admit(const LogRecord& record, const Envelope& envelope);
  // Adds everything that changed in this batch to `batch`.
  void Stage(std::span<const LogRecord> records, Sequences sequences, StoreBatch* batch);
  // The batch was committed.
  void Settle();

 private:
  using Place = std::pair<std::string, int32_t>;
  using InboxPlace = std::tuple<std::string, std::string, int32_t>;  // source, topic, partition

  std::map<Place, int64_t> offsets_;
  std::map<InboxPlace, int64_t> inbox_;
  Sequences sequences_;
  std::map<Place, int64_t> batch_offsets_;
  std::map<InboxPlace, int64_t> batch_inbox_;
  Sequences batch_sequences_;
  // The entry of the record before: runs of one place are the rule.
  std::pair<const InboxPlace, int64_t>* last_ = nullptr;
};

}  // namespace sepakat::runtime
