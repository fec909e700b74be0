// An EventLog in memory: for tests and for tools that keep nothing. Keeps every record.
//
// Poll() waits only when nothing is there and `wait_ms` is positive.
// Thread: any; a reader from one at a time.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <vector>

#include "common/runtime/event_log.h"

namespace sepakat::embedded {

class MemoryLog final : public runtime::EventLog {
 public:
  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override;
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override;
  absl::Status Append(std::span<const runtime::OutRecord> records) override;
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override;
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override;

 private:
  friend class MemoryLogReader;
  using Partition = std::vector<runtime::LogRecord>;

  // The partition, or NotFound UNKNOWN_TOPIC. Requires mutex_.
  absl::StatusOr<Partition*> Find(const runtime::TopicPartition& at);

  std::mutex mutex_;
  std::condition_variable appended_;
  std::map<std::string, std::vector<Partition>, std::less<>> topics_;
};

}  // namespace sepakat::embedded
