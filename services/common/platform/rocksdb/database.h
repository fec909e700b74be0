// Opens RocksDB the one way this project uses it, and translates its errors.
//
// Rules for 7.8: two write buffers, few background jobs, no async_io, no WAL compression. Every write
// that must last is synced; after a failed sync the database refuses everything.
// Errors: FailedPrecondition DIRECTORY_IN_USE, PermissionDenied DIRECTORY_NOT_WRITABLE,
//   ResourceExhausted DISK_FULL (no retry helps until there is space), DataLoss STORE_DAMAGED,
//   Internal STORE_FAILED.
// Thread: functions are pure; a rocksdb::DB may be used from any thread.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"

namespace sepakat::platform {

struct DatabaseTuning {
  size_t write_buffer_bytes = 16 << 20;
  size_t cache_bytes = 16 << 20;
  // Values are large and never change: keep them beside the tree, where no compaction copies them.
  bool large_values = false;
};

absl::StatusOr<std::unique_ptr<rocksdb::DB>> OpenDatabase(const std::filesystem::path& folder,
                                                          const DatabaseTuning& tuning);

absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing);

}  // namespace sepakat::platform
