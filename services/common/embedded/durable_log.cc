#include "common/embedded/durable_log.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>

#include "common/base/status.h"
#include "common/embedded/block_codec.h"
#include "common/embedded/log_compaction.h"
#include "common/embedded/log_keys.h"
#include "common/platform/rocksdb/database.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"

namespace sepakat::embedded {

using platform::FromRocksDb;
using runtime::LogRecord;
using runtime::OutRecord;
using runtime::StartOffset;
using runtime::TopicPartition;

namespace {

absl::Status UnknownPartition(std::string_view topic, int32_t partition) {
  return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_TOPIC",
                     fmt::format("there is no partition {} of topic {}", partition, topic));
}

// Damage is told as damage of the log.
absl::Status LogError(const rocksdb::Status& status, std::string_view doing) {
  const absl::Status told = FromRocksDb(status, doing);
  if (told.code() != absl::StatusCode::kDataLoss) return told;
  return base::Error(told.code(), "LOG_DAMAGED", std::string(told.message()));
}

}  // namespace

// Follows its partitions; what a block holds beyond a poll waits in `pending`.
class DurableLogReader final : public runtime::LogReader {
 public:
  DurableLogReader(DurableLog* log, std::span<const StartOffset> from) : log_(log) {
    for (const StartOffset& start : from) places_.push_back({start, {}});
  }

  absl::StatusOr<std::vector<LogRecord>> Poll(int max_records, int wait_ms) override {
    std::vector<LogRecord> records;
    SEPAKAT_RETURN_IF_ERROR(Collect(max_records, &records));
    if (records.empty() && wait_ms > 0) {
      {
        std::unique_lock lock(log_->mutex_);
        log_->appended_.wait_for(lock, std::chrono::milliseconds(wait_ms),
                                 [this] { return AnythingNew(); });
      }
      SEPAKAT_RETURN_IF_ERROR(Collect(max_records, &records));
    }
    return records;
  }

 private:
  struct Place {
    StartOffset next;
    std::deque<LogRecord> pending;
  };

  // Requires log_->mutex_.
  bool AnythingNew() {
    for (const Place& place : places_) {
      const auto end = log_->End(place.next.at.topic, place.next.at.partition);
      if (!end.ok() || **end > place.next.next_offset) return true;
    }
    return false;
  }

  absl::Status Collect(int max_records, std::vector<LogRecord>* records) {
    const size_t most = static_cast<size_t>(max_records);
    for (size_t turn = 0; turn < places_.size() && records->size() < most; ++turn) {
      Place& place = places_[(first_ + turn) % places_.size()];
      while (records->size() < most) {
        if (place.pending.empty()) {
          SEPAKAT_ASSIGN_OR_RETURN(std::vector<LogRecord> block, log_->ReadFrom(place.next));
          if (block.empty()) break;
          place.pending.assign(std::make_move_iterator(block.begin()),
                               std::make_move_iterator(block.end()));
        }
        place.next.next_offset = place.pending.front().offset + 1;
        records->push_back(std::move(place.pending.front()));
        place.pending.pop_front();
      }
    }
    if (!places_.empty()) first_ = (first_ + 1) % places_.size();  // No partition starves another.
    return absl::OkStatus();
  }

  DurableLog* const log_;
  std::vector<Place> places_;
  size_t first_ = 0;
};

absl::StatusOr<std::unique_ptr<DurableLog>> DurableLog::Open(const std::filesystem::path& folder,
                                                             rocksdb::Env* env) {
  platform::DatabaseTuning tuning;
  tuning.env = env;
  tuning.large_values = true;
  SEPAKAT_ASSIGN_OR_RETURN(auto database, platform::Database::Open(folder, tuning));
  std::unique_ptr<DurableLog> log(new DurableLog(std::move(database)));
  SEPAKAT_RETURN_IF_ERROR(log->LoadTopics());
  return log;
}

DurableLog::DurableLog(std::unique_ptr<platform::Database> database)
    : database_(std::move(database)) {}
DurableLog::~DurableLog() = default;

absl::Status DurableLog::LoadTopics() {
  const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(rocksdb::ReadOptions()));
  for (it->Seek(rocksdb::Slice(kTopicPrefix.data(), kTopicPrefix.size()));
       it->Valid() && it->key().starts_with(rocksdb::Slice(kTopicPrefix.data(), 2)); it->Next()) {
    const std::string topic = it->key().ToString().substr(kTopicPrefix.size());
    const char* const end = it->value().data() + it->value().size();
    int32_t partitions = 0;
    const auto [rest, error] = std::from_chars(it->value().data(), end, partitions);
    Topic& known = topics_[topic];
    if (rest != end) {
      known.lag_ms.emplace();
      std::from_chars(rest + 1, end, *known.lag_ms);
    }
    for (int32_t p = 0; p < partitions; ++p) {
      SEPAKAT_ASSIGN_OR_RETURN(const int64_t next, FindEnd(topic, p));
      known.ends.push_back(next);
    }
  }
  return LogError(it->status(), "reading the topics of the log");
}

absl::StatusOr<int64_t> DurableLog::FindEnd(const std::string& topic, int32_t partition) {
  const std::string prefix = PartitionPrefix(topic, partition);
  const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(rocksdb::ReadOptions()));
  it->SeekForPrev(BlockKey(topic, partition, INT64_MAX));
  SEPAKAT_RETURN_IF_ERROR(LogError(
      it->status(), fmt::format("finding the end of topic {} partition {}", topic, partition)));
  if (!it->Valid() || !it->key().starts_with(prefix)) return 0;
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t span, SpanOf({it->value().data(), it->value().size()}));
  return BaseOf({it->key().data(), it->key().size()}) + span;
}

absl::StatusOr<int64_t*> DurableLog::End(std::string_view topic, int32_t partition) {
  const auto it = topics_.find(topic);
  if (it == topics_.end() || partition < 0 ||
      static_cast<size_t>(partition) >= it->second.ends.size()) {
    return UnknownPartition(topic, partition);
  }
  return &it->second.ends[static_cast<size_t>(partition)];
}

absl::Status DurableLog::EnsureTopics(std::span<const runtime::TopicSpec> topics) {
  rocksdb::WriteBatch batch;
  for (const runtime::TopicSpec& topic : topics) {
    const std::lock_guard guard(mutex_);
    const auto it = topics_.find(topic.name);
    if (it != topics_.end() && it->second.ends.size() != static_cast<size_t>(topic.partitions)) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "PARTITIONS_DIFFER",
                         fmt::format("topic {} has {} partitions, not {}; the number of "
                                     "partitions cannot change",
                                     topic.name, it->second.ends.size(), topic.partitions));
    }
    batch.Put(fmt::format("{}{}", kTopicPrefix, topic.name),
              topic.compacted ? fmt::format("{} {}", topic.partitions, topic.min_lag_ms)
                              : fmt::format("{}", topic.partitions));
  }
  SEPAKAT_RETURN_IF_ERROR(database_->Write(&batch, "creating topics"));
  const std::lock_guard guard(mutex_);
  for (const runtime::TopicSpec& topic : topics) {
    Topic& known = topics_[topic.name];
    known.ends.resize(static_cast<size_t>(topic.partitions), 0);
    known.lag_ms = topic.compacted ? std::optional(topic.min_lag_ms) : std::nullopt;
  }
  return absl::OkStatus();
}

absl::StatusOr<int32_t> DurableLog::Partitions(std::string_view topic) {
  const std::lock_guard guard(mutex_);
  const auto it = topics_.find(topic);
  if (it == topics_.end()) return UnknownPartition(topic, 0);
  return static_cast<int32_t>(it->second.ends.size());
}

// An append on its way: one block per partition, encoded by the thread that brought it.
struct DurableLog::Waiting {
  struct Block {
    uint32_t span = 0;
    std::string bytes;
  };
  std::map<Place, Block> blocks;
  bool done = false;
  absl::Status status;
};

absl::Status DurableLog::Append(std::span<const OutRecord> records) {
  SEPAKAT_RETURN_IF_ERROR(runtime::CheckSizes(records));
  if (records.empty()) return absl::OkStatus();
  std::map<Place, BlockWriter> blocks;
  BlockWriter* block = nullptr;
  const OutRecord* before = nullptr;
  for (const OutRecord& record : records) {
    if (before == nullptr || before->partition != record.partition ||
        before->topic != record.topic) {
      block = &blocks[{record.topic, record.partition}];
    }
    block->Add(record);
    before = &record;
  }
  Waiting own;
  for (auto& [place, writer] : blocks) {
    {
      const std::lock_guard guard(mutex_);
      SEPAKAT_RETURN_IF_ERROR(End(place.first, place.second).status());
    }
    const uint32_t span = writer.span();
    own.blocks[place] = {span, std::move(writer).Finish()};
  }
  std::unique_lock lock(append_mutex_);
  waiting_.push_back(&own);
  written_.wait(lock, [&] { return own.done || !writing_; });
  if (own.done) return own.status;
  writing_ = true;  // This thread writes for all that wait.
  const std::vector<Waiting*> group = std::exchange(waiting_, {});
  lock.unlock();
  WriteWaiting(group);
  lock.lock();
  for (Waiting* waiting : group) waiting->done = true;
  writing_ = false;
  written_.notify_all();
  return own.status;
}

void DurableLog::WriteWaiting(const std::vector<Waiting*>& group) {
  std::map<Place, int64_t> ends;
  rocksdb::WriteBatch batch;
  for (Waiting* waiting : group) {
    for (const auto& [place, block] : waiting->blocks) {
      const auto [end, first] = ends.try_emplace(place, 0);
      if (first) {
        const std::lock_guard guard(mutex_);
        end->second = **End(place.first, place.second);
      }
      const int64_t base = end->second;
      end->second += block.span;
      batch.Put(BlockKey(place.first, place.second, base), block.bytes);
    }
  }
  const absl::Status status = database_->Write(&batch, "appending to the log");
  for (Waiting* waiting : group) waiting->status = status;
  if (!status.ok()) return;
  {
    const std::lock_guard guard(mutex_);
    for (const auto& [place, end] : ends) **End(place.first, place.second) = end;
  }
  appended_.notify_all();
}

absl::Status DurableLog::Flush() {
  return FromRocksDb(database_->db().Flush(rocksdb::FlushOptions()), "flushing the log");
}

absl::StatusOr<int64_t> DurableLog::EndOffset(const TopicPartition& at) {
  const std::lock_guard guard(mutex_);
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t* end, End(at.topic, at.partition));
  return *end;
}

absl::StatusOr<std::unique_ptr<runtime::LogReader>> DurableLog::OpenReader(
    std::span<const StartOffset> from) {
  for (const StartOffset& start : from) {
    SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, EndOffset(start.at));
    if (start.next_offset < 0 || start.next_offset > end) {
      return base::Error(absl::StatusCode::kOutOfRange, "OFFSET_GONE",
                         fmt::format("topic {} partition {} has no offset {}; it ends at {}",
                                     start.at.topic, start.at.partition, start.next_offset, end));
    }
  }
  return std::make_unique<DurableLogReader>(this, from);
}

absl::StatusOr<std::vector<LogRecord>> DurableLog::ReadFrom(const StartOffset& from) {
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, EndOffset(from.at));
  const auto& [topic, partition] = from.at;
  const std::string prefix = PartitionPrefix(topic, partition);
  if (from.next_offset >= end) return std::vector<LogRecord>();
  const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(rocksdb::ReadOptions()));
  it->SeekForPrev(BlockKey(topic, partition, from.next_offset));
  // Blocks that compaction emptied are stepped over.
  for (; it->Valid() && it->key().starts_with(prefix); it->Next()) {
    SEPAKAT_ASSIGN_OR_RETURN(
        std::vector<LogRecord> records,
        ReadBlock({it->value().data(), it->value().size()}, topic, partition,
                  BaseOf({it->key().data(), it->key().size()}), from.next_offset));
    if (!records.empty()) return records;
  }
  if (!it->status().ok()) {
    return LogError(it->status(), fmt::format("reading topic {} partition {} from offset {}", topic,
                                              partition, from.next_offset));
  }
  return base::Error(
      absl::StatusCode::kDataLoss, "LOG_DAMAGED",
      fmt::format("topic {} partition {} has lost offset {}", topic, partition, from.next_offset));
}

absl::StatusOr<int64_t> DurableLog::Compact(int64_t now_ms) {
  std::vector<CompactionRange> ranges;
  {
    const std::lock_guard guard(mutex_);
    for (const auto& [name, topic] : topics_) {
      if (!topic.lag_ms) continue;
      for (size_t p = 0; p < topic.ends.size(); ++p) {
        ranges.push_back({name, static_cast<int32_t>(p), topic.ends[p], now_ms - *topic.lag_ms});
      }
    }
  }
  int64_t removed = 0;
  for (const CompactionRange& range : ranges) {
    SEPAKAT_ASSIGN_OR_RETURN(const int64_t here, CompactPartition(*database_, range));
    removed += here;
  }
  return removed;
}

}  // namespace sepakat::embedded
