// The durable log of a single node, on RocksDB.
//
// What one Append() carries for one partition is stored as one block under its first offset;
// RocksDB keeps a CRC32C with everything and checks it on reading. Keys, values, headers and
// partitions are the bytes that the Kafka adapter would carry; log_keys.h tells where they lie.
//
// Appends that meet share one synced write: all of it or nothing. Compact() takes superseded
// records out of compacted topics; offsets stay as they were. Errors: those of event_log.h and
// platform/rocksdb/database.h. Thread: any; a reader from one at a time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "common/runtime/event_log.h"

namespace rocksdb {
class Env;
}
namespace sepakat::platform {
class Database;
}

namespace sepakat::embedded {

class DurableLog final : public runtime::EventLog {
 public:
  // `env` is the file system; null for the machine's own.
  static absl::StatusOr<std::unique_ptr<DurableLog>> Open(const std::filesystem::path& folder,
                                                          rocksdb::Env* env = nullptr);
  ~DurableLog() override;

  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override;
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override;
  absl::Status Append(std::span<const runtime::OutRecord> records) override;
  // Moves everything from the write-ahead log into files, so that the next opening is quick.
  absl::Status Flush();
  // Takes out of compacted topics what is superseded and older than the topic's lag; readers and
  // appends go on meanwhile. Gives the number of records taken out. Reads all of these topics once.
  absl::StatusOr<int64_t> Compact(int64_t now_ms);
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override;
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override;

 private:
  friend class DurableLogReader;

  struct Waiting;
  using Place = std::pair<std::string_view, int32_t>;  // topic, partition
  struct Topic {
    // Next offset of each partition: what readers may see.
    std::vector<int64_t> ends;
    // Compacted topics: how long a superseded record stays.
    std::optional<int64_t> lag_ms;
  };

  explicit DurableLog(std::unique_ptr<platform::Database> database);
  absl::Status LoadTopics();
  // Finds the next offset of a partition from its last block.
  absl::StatusOr<int64_t> FindEnd(const std::string& topic, int32_t partition);
  // Requires mutex_.
  absl::StatusOr<int64_t*> End(std::string_view topic, int32_t partition);
  // The stored records from `from` on, as far as its block goes; none at the end.
  absl::StatusOr<std::vector<runtime::LogRecord>> ReadFrom(const runtime::StartOffset& from);
  // Writes everything that waits, in order. Called by one appender for all.
  void WriteWaiting(const std::vector<Waiting*>& group);

  const std::unique_ptr<platform::Database> database_;
  std::mutex append_mutex_;  // Guards waiting_ and writing_.
  std::condition_variable written_;
  std::vector<Waiting*> waiting_;
  bool writing_ = false;  // One group at a time: offsets follow the order of writes.
  std::mutex mutex_;      // Guards topics_; never held during a write.
  std::condition_variable appended_;
  std::map<std::string, Topic, std::less<>> topics_;
};

}  // namespace sepakat::embedded
