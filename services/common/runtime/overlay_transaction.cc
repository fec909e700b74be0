#include "common/runtime/overlay_transaction.h"

#include <fmt/format.h>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/runtime/envelope.h"

namespace sepakat::runtime {

OverlayTransaction::OverlayTransaction(const StateStore& store, EventLog& log, std::string source,
                                       const Sequences& sequences, int64_t now_ms)
    : store_(store),
      log_(log),
      source_(std::move(source)),
      sequences_(sequences),
      now_ms_(now_ms) {}

absl::StatusOr<std::optional<std::string>> OverlayTransaction::Get(std::string_view key) {
  const std::string owned(key);
  if (const auto it = overlay_.find(owned); it != overlay_.end()) return it->second;
  if (const auto it = prefetched_.find(owned); it != prefetched_.end()) return it->second;
  return store_.Get(key);
}

absl::Status OverlayTransaction::Prefetch(const std::vector<std::string>& keys) {
  SEPAKAT_ASSIGN_OR_RETURN(auto values, store_.MultiGet(keys));
  prefetched_.reserve(prefetched_.size() + keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    prefetched_.insert_or_assign(keys[i], std::move(values[i]));
  }
  return absl::OkStatus();
}

absl::Status OverlayTransaction::Scan(
    std::string_view from, std::string_view to,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) {
  std::map<std::string_view, const Value*> changed;
  for (const auto& [key, value] : overlay_) {
    if (key >= from && (to.empty() || key < to)) changed.emplace(key, &value);
  }
  auto next = changed.begin();
  bool more = true;
  const auto visit_changed_below = [&](std::optional<std::string_view> bound) {
    for (; more && next != changed.end() && (!bound || next->first < *bound); ++next) {
      if (next->second->has_value()) more = visit(next->first, **next->second);
    }
  };
  SEPAKAT_RETURN_IF_ERROR(store_.Scan(from, to, [&](std::string_view key, std::string_view value) {
    visit_changed_below(key);
    if (!more) return false;
    if (next != changed.end() && next->first == key) return true;  // The overlay's turn comes next.
    more = visit(key, value);
    return more;
  }));
  visit_changed_below(std::nullopt);
  return absl::OkStatus();
}

void OverlayTransaction::Put(std::string key, std::string value) {
  Write(std::move(key), std::move(value));
}

void OverlayTransaction::Delete(std::string key) { Write(std::move(key), std::nullopt); }

void OverlayTransaction::Write(std::string key, Value value) {
  const auto [it, inserted] = overlay_.try_emplace(std::move(key));
  undo_.emplace_back(it->first,
                     inserted ? std::nullopt : std::optional<Value>(std::move(it->second)));
  it->second = std::move(value);
}

void OverlayTransaction::Say(OutEvent event) { events_.push_back(std::move(event)); }

void OverlayTransaction::Savepoint() {
  undo_.clear();
  events_at_savepoint_ = events_.size();
}

void OverlayTransaction::Rollback() {
  for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
    if (it->second) {
      overlay_[it->first] = std::move(*it->second);
    } else {
      overlay_.erase(it->first);
    }
  }
  undo_.clear();
  events_.resize(events_at_savepoint_);
}

absl::StatusOr<std::vector<OutRecord>> OverlayTransaction::Finish(StoreBatch* batch,
                                                                  Sequences* sequences) {
  for (auto& [key, value] : overlay_) {
    if (value) {
      batch->Put(key, *std::move(value));
    } else {
      batch->Delete(key);
    }
  }
  *sequences = sequences_;
  std::map<std::string, int32_t> partitions;
  std::vector<OutRecord> records;
  records.reserve(events_.size());
  for (OutEvent& event : events_) {
    int32_t partition = 0;
    if (event.partition) {
      partition = *event.partition;
    } else {
      auto [count, unknown] = partitions.try_emplace(event.topic);
      if (unknown) {
        SEPAKAT_ASSIGN_OR_RETURN(count->second, log_.Partitions(event.topic));
      }
      partition = base::PartitionOf(event.key, count->second);
    }
    int64_t& next = (*sequences)[{event.topic, partition}];
    Envelope envelope{
        .id = fmt::format("{}/{}/{}/{}", source_, event.topic, partition, next),
        .source = source_,
        .type = std::move(event.type),
        .time_ms = now_ms_,
        .sequence = next++,
        .cause = std::move(event.cause),
        .schema_revision = 1,
        .traceparent = {},
    };
    records.push_back({.topic = std::move(event.topic),
                       .partition = partition,
                       .key = std::move(event.key),
                       .value = std::move(event.payload),
                       .headers = ToHeaders(envelope),
                       .timestamp_ms = now_ms_});
  }
  return records;
}

}  // namespace sepakat::runtime
