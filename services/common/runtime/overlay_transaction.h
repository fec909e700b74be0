// The Transaction of a StatefulTask: changes kept in memory above a store until they are committed.
//
// Reads see the changes first, then what was prefetched, then the store. A savepoint undoes what
// one record did when its handler refuses it. Events get their ids and sequences when they are
// said. Changes are committed in the order in which their keys were first written.
// Thread: one. Complexity: constant per key, hashed.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/runtime/envelope.h"
#include "common/runtime/event_log.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"

namespace sepakat::runtime {

// Next sequence of the events that a source says, per topic and partition.
using Sequences = std::map<std::pair<std::string, int32_t>, int64_t>;

class OverlayTransaction final : public Transaction {
 public:
  // `sequences` are the committed ones; partition counts are asked from `log` once per topic.
  OverlayTransaction(const StateStore& store, EventLog& log, std::string source,
                     const Sequences& sequences, int64_t now_ms);

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) override;
  absl::Status Prefetch(const std::vector<std::string>& keys) override;
  absl::Status Scan(
      std::string_view from, std::string_view to,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) override;
  void Put(std::string key, std::string value) override;
  void Delete(std::string key) override;
  void Say(OutEvent event) override;
  int64_t NowMs() const override { return now_ms_; }

  // From here on changes and events can be taken back with Rollback().
  void Savepoint();
  void Rollback();

  bool empty() const { return changes_.empty() && events_.empty(); }
  // Events said from here on are caused by `envelope`; null for none.
  void SetCause(const Envelope* envelope) { cause_ = envelope; }
  // InvalidArgument RECORD_TOO_LARGE when an event said since the savepoint is larger than the log
  // takes.
  absl::Status CheckSizes() const;
  // Moves the changes into `batch`, and gives the events as records ready for the log together with
  // the next sequences of the places they go to. Errors: those of EventLog::Partitions.
  absl::StatusOr<std::vector<OutRecord>> Finish(StoreBatch* batch, Sequences* changed);

 private:
  using Value = std::optional<std::string>;
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <typename Key, typename Mapped>
  using Table = absl::flat_hash_map<Key, Mapped, TextHash, std::equal_to<>>;
  struct Change {
    std::string key;
    Value value;  // absent: delete
  };

  void Write(std::string key, Value value);
  absl::StatusOr<int32_t> PartitionOf(const OutEvent& event);
  OutRecord ToRecord(OutEvent event, int32_t partition, int64_t sequence) const;

  const StateStore& store_;
  EventLog& log_;
  const std::string source_;
  const Sequences& sequences_;
  const int64_t now_ms_;
  std::deque<Change> changes_;
  // Into changes_, whose entries stay where they are.
  Table<std::string_view, Change*> changed_;
  Table<std::string, Value> prefetched_;
  std::vector<OutEvent> events_;
  std::map<std::string, int32_t, std::less<>> partitions_;
  const Envelope* cause_ = nullptr;
  // What has happened since the savepoint: older entries with the values they had, newer entries.
  std::vector<std::pair<Change*, Value>> overwritten_;
  size_t changes_at_savepoint_ = 0;
  size_t events_at_savepoint_ = 0;
};

}  // namespace sepakat::runtime
