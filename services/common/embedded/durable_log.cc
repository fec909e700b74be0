#include "common/embedded/durable_log.h"

#include <charconv>
#include <chrono>
#include <deque>
#include <utility>

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/embedded/block_codec.h"
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

constexpr std::string_view kTopicPrefix = "t/";

void AppendBigEndian(uint64_t value, int bytes, std::string* key) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    key->push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

uint64_t ReadBigEndian(std::string_view bytes) {
  uint64_t value = 0;
  for (const char c : bytes) value = (value << 8) | static_cast<unsigned char>(c);
  return value;
}

std::string PartitionPrefix(std::string_view topic, int32_t partition) {
  std::string key = "d/";
  key.append(topic);
  key.push_back('\0');
  AppendBigEndian(static_cast<uint32_t>(partition), 4, &key);
  return key;
}

std::string BlockKey(std::string_view topic, int32_t partition, int64_t base) {
  std::string key = PartitionPrefix(topic, partition);
  AppendBigEndian(static_cast<uint64_t>(base), 8, &key);
  return key;
}

int64_t BaseOf(const rocksdb::Slice& key) {
  return static_cast<int64_t>(ReadBigEndian({key.data() + key.size() - 8, 8}));
}

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
    int32_t partitions = 0;
    std::from_chars(it->value().data(), it->value().data() + it->value().size(), partitions);
    std::vector<int64_t>& ends = ends_[topic];
    for (int32_t p = 0; p < partitions; ++p) {
      SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, FindEnd(topic, p));
      ends.push_back(end);
    }
  }
  return LogError(it->status(), "reading the topics of the log");
}

absl::StatusOr<int64_t> DurableLog::FindEnd(const std::string& topic, int32_t partition) {
  const std::string prefix = PartitionPrefix(topic, partition);
  const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(rocksdb::ReadOptions()));
  it->SeekForPrev(BlockKey(topic, partition, INT64_MAX));
  SEPAKAT_RETURN_IF_ERROR(LogError(it->status(), "finding the end of the log"));
  if (!it->Valid() || !it->key().starts_with(prefix)) return 0;
  SEPAKAT_ASSIGN_OR_RETURN(const uint32_t span,
                           SpanOf({it->value().data(), it->value().size()}));
  return BaseOf(it->key()) + span;
}

absl::StatusOr<int64_t*> DurableLog::End(std::string_view topic, int32_t partition) {
  const auto it = ends_.find(topic);
  if (it == ends_.end() || partition < 0 ||
      static_cast<size_t>(partition) >= it->second.size()) {
    return UnknownPartition(topic, partition);
  }
  return &it->second[static_cast<size_t>(partition)];
}

absl::Status DurableLog::EnsureTopics(std::span<const runtime::TopicSpec> topics) {
  rocksdb::WriteBatch batch;
  std::vector<const runtime::TopicSpec*> created;
  for (const runtime::TopicSpec& topic : topics) {
    const std::lock_guard guard(mutex_);
    const auto it = ends_.find(topic.name);
    if (it == ends_.end()) {
      batch.Put(fmt::format("{}{}", kTopicPrefix, topic.name), std::to_string(topic.partitions));
      created.push_back(&topic);
    } else if (it->second.size() != static_cast<size_t>(topic.partitions)) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "PARTITIONS_DIFFER",
                         fmt::format("topic {} has {} partitions, not {}; the number of "
                                     "partitions cannot change",
                                     topic.name, it->second.size(), topic.partitions));
    }
  }
  SEPAKAT_RETURN_IF_ERROR(database_->Write(&batch, "creating topics"));
  const std::lock_guard guard(mutex_);
  for (const auto* topic : created) {
    ends_.try_emplace(topic->name, static_cast<size_t>(topic->partitions), 0);
  }
  return absl::OkStatus();
}

absl::StatusOr<int32_t> DurableLog::Partitions(std::string_view topic) {
  const std::lock_guard guard(mutex_);
  const auto it = ends_.find(topic);
  if (it == ends_.end()) return UnknownPartition(topic, 0);
  return static_cast<int32_t>(it->second.size());
}

// An append on its way: one block per partition, encoded by the thread that brought it.
struct DurableLog::Waiting {
  std::map<std::pair<std::string_view, int32_t>, BlockWriter> blocks;
  bool done = false;
  absl::Status status;
};

absl::Status DurableLog::Append(std::span<const OutRecord> records) {
  SEPAKAT_RETURN_IF_ERROR(runtime::CheckSizes(records));
  if (records.empty()) return absl::OkStatus();
  Waiting own;
  BlockWriter* block = nullptr;
  const OutRecord* before = nullptr;
  for (const OutRecord& record : records) {
    if (before == nullptr || before->partition != record.partition ||
        before->topic != record.topic) {
      block = &own.blocks[{record.topic, record.partition}];
    }
    block->Add(record);
    before = &record;
  }
  for (const auto& [place, unused] : own.blocks) {
    const std::lock_guard guard(mutex_);
    SEPAKAT_RETURN_IF_ERROR(End(place.first, place.second).status());
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
  std::map<std::pair<std::string_view, int32_t>, int64_t> ends;
  rocksdb::WriteBatch batch;
  for (Waiting* waiting : group) {
    for (auto& [place, block] : waiting->blocks) {
      const auto [end, first] = ends.try_emplace(place, 0);
      if (first) {
        const std::lock_guard guard(mutex_);
        end->second = **End(place.first, place.second);
      }
      const int64_t base = end->second;
      end->second += block.span();
      batch.Put(BlockKey(place.first, place.second, base), std::move(block).Finish());
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
  if (from.next_offset >= end) return std::vector<LogRecord>();
  const auto& [topic, partition] = from.at;
  const std::unique_ptr<rocksdb::Iterator> it(
      database_->db().NewIterator(rocksdb::ReadOptions()));
  it->SeekForPrev(BlockKey(topic, partition, from.next_offset));
  if (it->Valid() && it->key().starts_with(PartitionPrefix(topic, partition))) {
    return ReadBlock({it->value().data(), it->value().size()}, topic, partition, BaseOf(it->key()),
                     from.next_offset);
  }
  if (!it->status().ok()) return LogError(it->status(), "reading the log");
  return base::Error(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                     fmt::format("topic {} partition {} has lost offset {}", topic, partition,
                                 from.next_offset));
}

}  // namespace sepakat::embedded
