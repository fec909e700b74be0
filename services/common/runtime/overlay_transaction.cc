#include "common/runtime/overlay_transaction.h"

#include <fmt/compile.h>

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
  if (const auto it = changed_.find(key); it != changed_.end()) return it->second->value;
  if (const auto it = prefetched_.find(key); it != prefetched_.end()) return it->second;
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
  for (const Change& change : changes_) {
    const std::string_view key = change.key;
    if (key >= from && (to.empty() || key < to)) changed.emplace(key, &change.value);
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
    if (next != changed.end() && next->first == key) return true;  // The change's turn comes next.
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
  if (const auto it = changed_.find(key); it != changed_.end()) {
    Change* const change = it->second;
    overwritten_.emplace_back(change, std::move(change->value));
    change->value = std::move(value);
    return;
  }
  Change& change = changes_.emplace_back(Change{std::move(key), std::move(value)});
  changed_.emplace(change.key, &change);
}

void OverlayTransaction::Say(OutEvent event) {
  if (cause_ != nullptr) {
    if (event.cause.empty()) event.cause = cause_->id;
    if (event.traceparent.empty()) event.traceparent = cause_->traceparent;
  }
  events_.push_back(std::move(event));
}

void OverlayTransaction::Savepoint() {
  overwritten_.clear();
  changes_at_savepoint_ = changes_.size();
  events_at_savepoint_ = events_.size();
}

void OverlayTransaction::Rollback() {
  for (auto it = overwritten_.rbegin(); it != overwritten_.rend(); ++it) {
    it->first->value = std::move(it->second);
  }
  overwritten_.clear();
  for (; changes_.size() > changes_at_savepoint_; changes_.pop_back()) {
    changed_.erase(changes_.back().key);
  }
  events_.resize(events_at_savepoint_);
}

absl::Status OverlayTransaction::CheckSizes() const {
  constexpr size_t kEnvelopeBytes = 1024;
  for (size_t i = events_at_savepoint_; i < events_.size(); ++i) {
    const OutEvent& event = events_[i];
    const size_t size = event.key.size() + (event.payload ? event.payload->size() : 0);
    if (size + kEnvelopeBytes > kMaxRecordBytes) {
      return base::Error(absl::StatusCode::kInvalidArgument, "RECORD_TOO_LARGE",
                         fmt::format("an event of {} bytes for {} passes the limit of {} bytes; "
                                     "send it in smaller parts",
                                     size, event.topic, kMaxRecordBytes));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<OutRecord>> OverlayTransaction::Finish(StoreBatch* batch,
                                                                  Sequences* changed) {
  changed_.clear();
  for (Change& change : changes_) {
    if (change.value) {
      batch->Put(std::move(change.key), *std::move(change.value));
    } else {
      batch->Delete(std::move(change.key));
    }
  }
  changes_.clear();
  std::vector<OutRecord> records;
  records.reserve(events_.size());
  for (OutEvent& event : events_) {
    SEPAKAT_ASSIGN_OR_RETURN(const int32_t partition, PartitionOf(event));
    const auto [next, first] = changed->try_emplace({event.topic, partition}, 0);
    if (first) {
      if (const auto it = sequences_.find(next->first); it != sequences_.end()) {
        next->second = it->second;
      }
    }
    records.push_back(ToRecord(std::move(event), partition, next->second++));
  }
  return records;
}

absl::StatusOr<int32_t> OverlayTransaction::PartitionOf(const OutEvent& event) {
  if (event.partition) return *event.partition;
  auto it = partitions_.find(event.topic);
  if (it == partitions_.end()) {
    SEPAKAT_ASSIGN_OR_RETURN(const int32_t count, log_.Partitions(event.topic));
    it = partitions_.emplace(event.topic, count).first;
  }
  return base::PartitionOf(event.key, it->second);
}

OutRecord OverlayTransaction::ToRecord(OutEvent event, int32_t partition, int64_t sequence) const {
  const Envelope envelope{
      .id = fmt::format(FMT_COMPILE("{}/{}/{}/{}"), source_, event.topic, partition, sequence),
      .source = source_,
      .type = std::move(event.type),
      .time_ms = now_ms_,
      .sequence = sequence,
      .cause = std::move(event.cause),
      .schema_revision = 1,
      .traceparent = std::move(event.traceparent),
  };
  Headers headers = ToHeaders(envelope);
  headers.Append(event.extra_headers);
  return {.topic = std::move(event.topic),
          .partition = partition,
          .key = std::move(event.key),
          .value = std::move(event.payload),
          .headers = std::move(headers),
          .timestamp_ms = now_ms_};
}

}  // namespace sepakat::runtime
