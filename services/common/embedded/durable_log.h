// The durable log of a single node, on RocksDB.
//
// Records go in as runs: what one Append() carries for one partition is stored as one block under its
// first offset; RocksDB keeps a CRC32C with every block and checks it on reading. Keys, values, headers
// and partitions are the bytes that the Kafka adapter would carry.
//
//   "t/" topic                                  -> partitions
//   "d/" topic 0x00 partition:u32be base:u64be  -> run        (record_codec.h)
//
// An append is one synced write: all of it or nothing. Everything is kept; nothing is compacted yet.
// Errors: those of event_log.h and platform/rocksdb/database.h.
// Thread: any; a reader from one at a time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "common/runtime/event_log.h"

namespace rocksdb {
class DB;
}

namespace sepakat::embedded {

class DurableLog final : public runtime::EventLog {
 public:
  static absl::StatusOr<std::unique_ptr<DurableLog>> Open(const std::filesystem::path& folder);
  ~DurableLog() override;

  absl::Status EnsureTopics(std::span<const runtime::TopicSpec> topics) override;
  absl::StatusOr<int32_t> Partitions(std::string_view topic) override;
  absl::Status Append(std::span<const runtime::OutRecord> records) override;
  absl::StatusOr<int64_t> EndOffset(const runtime::TopicPartition& at) override;
  absl::StatusOr<std::unique_ptr<runtime::LogReader>> OpenReader(
      std::span<const runtime::StartOffset> from) override;

 private:
  friend class DurableLogReader;

  explicit DurableLog(std::unique_ptr<rocksdb::DB> db);
  absl::Status LoadTopics();
  // Finds the next offset of a partition from its last block.
  absl::StatusOr<int64_t> FindEnd(const std::string& topic, int32_t partition);
  // Requires mutex_.
  absl::StatusOr<int64_t*> End(std::string_view topic, int32_t partition);
  // The stored records from `offset` on: the rest of the block that holds it.
  absl::StatusOr<std::vector<runtime::LogRecord>> ReadBlock(const runtime::StartOffset& from);

  const std::unique_ptr<rocksdb::DB> db_;
  std::mutex append_mutex_;  // One append at a time: offsets follow the order of writes.
  std::mutex mutex_;         // Guards ends_; never held during a write.
  std::condition_variable appended_;
  // Next offsets by topic and partition: what readers may see.
  std::map<std::string, std::vector<int64_t>, std::less<>> ends_;
};

}  // namespace sepakat::embedded
