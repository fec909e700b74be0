// RocksDB the one way this project uses it: every write synced, and nothing more after a failed
// one.
//
// Rules for 7.8: two write buffers, few background jobs, no async_io, no WAL compression. A write
// that failed may be on disk or not; the database then refuses every other one with the same error,
// until it is opened again. What was acknowledged is kept. Errors: FailedPrecondition
// DIRECTORY_IN_USE, PermissionDenied DIRECTORY_NOT_WRITABLE,
//   ResourceExhausted DISK_FULL, DataLoss STORE_DAMAGED, Internal STORE_FAILED.
// Thread: any.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"

namespace sepakat::platform {

struct DatabaseTuning {
  size_t write_buffer_bytes = 16 << 20;
  size_t cache_bytes = 16 << 20;
  // Values are large, packed already, and never change: keep them beside the tree, where no
  // compaction copies them.
  bool large_values = false;
  // The file system; null for the machine's own.
  rocksdb::Env* env = nullptr;
};

class Database {
 public:
  // Creates the directory when there is none.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::filesystem::path& folder,
                                                        const DatabaseTuning& tuning);

  // For reading.
  rocksdb::DB& db() const { return *db_; }
  // All of the batch, durable, or an error. `doing` tells what for.
  absl::Status Write(rocksdb::WriteBatch* batch, std::string_view doing);

 private:
  explicit Database(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}

  const std::unique_ptr<rocksdb::DB> db_;
  std::mutex mutex_;
  absl::Status failed_;
};

absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing);

}  // namespace sepakat::platform
