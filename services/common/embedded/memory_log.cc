#include "common/embedded/memory_log.h"

#include <fmt/format.h>

#include <chrono>

#include "common/base/status.h"

namespace sepakat::embedded {

using runtime::LogRecord;
using runtime::OutRecord;
using runtime::StartOffset;
using runtime::TopicPartition;

class MemoryLogReader final : public runtime::LogReader {
 public:
  MemoryLogReader(MemoryLog* log, std::span<const StartOffset> from)
      : log_(log), places_(from.begin(), from.end()) {}

  absl::StatusOr<std::vector<LogRecord>> Poll(int max_records, int wait_ms) override {
    std::unique_lock lock(log_->mutex_);
    std::vector<LogRecord> records;
    absl::Status status = Collect(max_records, &records);
    if (status.ok() && records.empty() && wait_ms > 0) {
      log_->appended_.wait_for(lock, std::chrono::milliseconds(wait_ms));
      status = Collect(max_records, &records);
    }
    if (!status.ok()) return status;
    return records;
  }

 private:
  absl::Status Collect(int max_records, std::vector<LogRecord>* records) {
    for (StartOffset& place : places_) {
      SEPAKAT_ASSIGN_OR_RETURN(const MemoryLog::Partition* partition, log_->Find(place.at));
      while (static_cast<int>(records->size()) < max_records &&
             place.next_offset < static_cast<int64_t>(partition->size())) {
        records->push_back((*partition)[static_cast<size_t>(place.next_offset++)]);
      }
    }
    return absl::OkStatus();
  }

  MemoryLog* const log_;
  std::vector<StartOffset> places_;
};

absl::Status MemoryLog::EnsureTopics(std::span<const runtime::TopicSpec> topics) {
  const std::lock_guard guard(mutex_);
  for (const runtime::TopicSpec& topic : topics) {
    const auto [it, created] =
        topics_.try_emplace(topic.name, static_cast<size_t>(topic.partitions));
    if (!created && it->second.size() != static_cast<size_t>(topic.partitions)) {
      return base::Error(absl::StatusCode::kFailedPrecondition, "PARTITIONS_DIFFER",
                         fmt::format("topic {} has {} partitions, not {}", topic.name,
                                     it->second.size(), topic.partitions));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<MemoryLog::Partition*> MemoryLog::Find(const TopicPartition& at) {
  const auto it = topics_.find(at.topic);
  if (it == topics_.end() || at.partition < 0 ||
      static_cast<size_t>(at.partition) >= it->second.size()) {
    return base::Error(absl::StatusCode::kNotFound, "UNKNOWN_TOPIC",
                       fmt::format("there is no partition {} of topic {}", at.partition, at.topic));
  }
  return &it->second[static_cast<size_t>(at.partition)];
}

absl::StatusOr<int32_t> MemoryLog::Partitions(std::string_view topic) {
  const std::lock_guard guard(mutex_);
  SEPAKAT_RETURN_IF_ERROR(Find({std::string(topic), 0}).status());
  return static_cast<int32_t>(topics_.find(topic)->second.size());
}

absl::Status MemoryLog::Append(std::span<const OutRecord> records) {
  SEPAKAT_RETURN_IF_ERROR(runtime::CheckSizes(records));
  {
    const std::lock_guard guard(mutex_);
    for (const OutRecord& record : records) {
      SEPAKAT_RETURN_IF_ERROR(Find({record.topic, record.partition}).status());
    }
    for (const OutRecord& record : records) {
      Partition* partition = *Find({record.topic, record.partition});
      partition->push_back({record.topic, record.partition, static_cast<int64_t>(partition->size()),
                            record.key, record.value, record.headers, record.timestamp_ms});
    }
  }
  appended_.notify_all();
  return absl::OkStatus();
}

absl::StatusOr<int64_t> MemoryLog::EndOffset(const TopicPartition& at) {
  const std::lock_guard guard(mutex_);
  SEPAKAT_ASSIGN_OR_RETURN(const Partition* partition, Find(at));
  return static_cast<int64_t>(partition->size());
}

absl::StatusOr<std::unique_ptr<runtime::LogReader>> MemoryLog::OpenReader(
    std::span<const StartOffset> from) {
  const std::lock_guard guard(mutex_);
  for (const StartOffset& start : from) {
    SEPAKAT_ASSIGN_OR_RETURN(const Partition* partition, Find(start.at));
    if (start.next_offset < 0 || start.next_offset > static_cast<int64_t>(partition->size())) {
      return base::Error(
          absl::StatusCode::kOutOfRange, "OFFSET_GONE",
          fmt::format("topic {} has no offset {}", start.at.topic, start.next_offset));
    }
  }
  return std::make_unique<MemoryLogReader>(this, from);
}

}  // namespace sepakat::embedded
