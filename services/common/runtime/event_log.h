// The keyed, durable log: the only place where services leave facts for each other.
//
// A topic has a fixed number of partitions; a record's place is (topic, partition, offset). Order
// is promised inside a partition only. Append() returns when every record is durable; after an
// error some of them may be durable all the same, so writers send again under the same ids and
// readers drop repeats (envelope.h). Nothing here creates a topic by itself. Errors: Unavailable
// (try again), NotFound UNKNOWN_TOPIC, OutOfRange OFFSET_GONE,
//   ResourceExhausted DISK_FULL, InvalidArgument RECORD_TOO_LARGE, DataLoss LOG_DAMAGED. Per
//   partition the durable records of a failed Append() are the first ones, never with a gap.
// Thread: EventLog from any thread; a LogReader from one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/headers.h"

namespace sepakat::runtime {

// Largest key, value and headers of one record, in bytes together.
inline constexpr size_t kMaxRecordBytes = 8 << 20;

// A record to be appended; the writer has chosen the partition.
struct OutRecord {
  std::string topic;
  int32_t partition = 0;
  std::string key;
  // Absent: a null value (compaction removes the key).
  std::optional<std::string> value;
  Headers headers;
  int64_t timestamp_ms = 0;
};

// InvalidArgument RECORD_TOO_LARGE when one of the records passes kMaxRecordBytes.
absl::Status CheckSizes(std::span<const OutRecord> records);

// A record as it was read.
struct LogRecord {
  std::string topic;
  int32_t partition = 0;
  int64_t offset = 0;
  std::string key;
  std::optional<std::string> value;
  Headers headers;
  int64_t timestamp_ms = 0;
};

struct TopicPartition {
  std::string topic;
  int32_t partition = 0;
  auto operator<=>(const TopicPartition&) const = default;
};

// Where to start (or go on) in one partition.
struct StartOffset {
  TopicPartition at;
  int64_t next_offset = 0;
};

class LogReader {
 public:
  virtual ~LogReader() = default;
  // Up to `max_records` records in partition order, waiting at most `wait_ms` for the first one.
  // An empty result means that nothing arrived in time.
  virtual absl::StatusOr<std::vector<LogRecord>> Poll(int max_records, int wait_ms) = 0;
};

struct TopicSpec {
  std::string name;
  int32_t partitions = 1;
  // Keep the newest record per key only, else keep everything.
  bool compacted = false;
  // How long at least a superseded record of a compacted topic stays.
  int64_t min_lag_ms = int64_t{7} * 24 * 3600 * 1000;
};

class EventLog {
 public:
  virtual ~EventLog() = default;
  // Creates the topics that do not exist; refuses a different partition count of an existing one.
  virtual absl::Status EnsureTopics(std::span<const TopicSpec> topics) = 0;
  virtual absl::StatusOr<int32_t> Partitions(std::string_view topic) = 0;
  virtual absl::Status Append(std::span<const OutRecord> records) = 0;
  // Offset that the next record of the partition will get.
  virtual absl::StatusOr<int64_t> EndOffset(const TopicPartition& at) = 0;
  virtual absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(
      std::span<const StartOffset> from) = 0;
};

}  // namespace sepakat::runtime
