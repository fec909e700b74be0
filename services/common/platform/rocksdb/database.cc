#include "common/platform/rocksdb/database.h"

#include <fmt/format.h>

#include <cstdarg>
#include <memory>

#include "common/base/language.h"
#include "common/base/status.h"
#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/options.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"

namespace sepakat::platform {
namespace {

// Errors come back as statuses. RocksDB's own log file would abort the process when the disk is
// full (7.8 asserts in the second line that it cannot write).
class NoLogFile final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options ToOptions(const DatabaseTuning& tuning) {
  rocksdb::BlockBasedTableOptions table;
  // One piece: in each of the usual 32 pieces there would be no room for the filter of a large
  // file.
  table.block_cache = rocksdb::NewLRUCache(tuning.cache_bytes, 0);
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  rocksdb::Options options;
  if (tuning.env != nullptr) options.env = tuning.env;
  options.create_if_missing = true;
  options.write_buffer_size = tuning.write_buffer_bytes;
  options.max_write_buffer_number = 2;
  options.max_background_jobs = 2;
  options.max_bgerror_resume_count = 0;  // A failed sync is never tried again.
  // Most reads ask for keys that are not there: filters answer, in memory too.
  options.memtable_prefix_bloom_size_ratio = 0.05;
  options.memtable_whole_key_filtering = true;
  // One writer at a time: the machinery for several costs more than it gives.
  options.allow_concurrent_memtable_write = false;
  options.enable_write_thread_adaptive_yield = false;
  // Batches are in the order of their keys: each key is looked for from the one before it of its
  // kind
  // (`f/`, `s/` ...), not from the top.
  options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(2));
  // Young files are rewritten soon: compressing them is wasted.
  options.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression,
                                   rocksdb::kLZ4Compression};
  options.level0_file_num_compaction_trigger = 8;
  options.max_open_files = 256;
  options.info_log = std::make_shared<NoLogFile>();
  options.stats_dump_period_sec = 0;
  options.bytes_per_sync = 1 << 20;
  options.wal_bytes_per_sync = 1 << 20;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  if (tuning.large_values) {
    options.enable_blob_files = true;
    options.min_blob_size = 1024;
  }
  return options;
}

absl::Status OpenError(const rocksdb::Status& status, const std::filesystem::path& folder) {
  const absl::Status told = FromRocksDb(status, fmt::format("opening {}", folder.string()));
  if (base::ReasonOf(told) == "DISK_FULL") return told;
  const std::string text = status.ToString();
  if (text.find("lock") != std::string::npos || text.find("LOCK") != std::string::npos) {
    if (text.find("ermission") == std::string::npos) {
      return base::ErrorInBoth(
          absl::StatusCode::kFailedPrecondition, "DIRECTORY_IN_USE",
          "folder data {} sedang dipakai proses lain; hentikan proses itu atau pilih folder lain",
          "another process uses the data directory {}; stop it or choose another one",
          folder.string());
    }
  }
  if (text.find("ermission denied") != std::string::npos ||
      text.find("Read-only file system") != std::string::npos) {
    return base::ErrorInBoth(
        absl::StatusCode::kPermissionDenied, "DIRECTORY_NOT_WRITABLE",
        "{} tidak dapat ditulisi; beri pengguna ini hak tulis, atau pilih folder data lain",
        "cannot write in {}; give this user the right to, or choose another data directory",
        folder.string());
  }
  return told;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::filesystem::path& folder,
                                                         const DatabaseTuning& tuning) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) {
    return base::ErrorInBoth(absl::StatusCode::kPermissionDenied, "DIRECTORY_NOT_WRITABLE",
                             "folder data {} tidak dapat dibuat: {}; pilih folder lain",
                             "cannot create the data directory {}: {}; choose another one",
                             folder.string(), error.message());
  }
  rocksdb::DB* raw = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(ToOptions(tuning), folder.string(), &raw);
  if (!status.ok()) return OpenError(status, folder);
  return std::unique_ptr<Database>(new Database(std::unique_ptr<rocksdb::DB>(raw)));
}

absl::Status Database::Write(rocksdb::WriteBatch* batch, std::string_view doing) {
  {
    const std::lock_guard guard(mutex_);
    if (!failed_.ok()) return failed_;
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  const absl::Status status = FromRocksDb(db_->Write(options, batch), doing);
  if (status.ok()) return status;
  const std::lock_guard guard(mutex_);
  if (failed_.ok()) failed_ = status;
  return failed_;
}

absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  if (status.IsNoSpace() || status.ToString().find("No space left") != std::string::npos) {
    return base::ErrorInBoth(
        absl::StatusCode::kResourceExhausted, "DISK_FULL",
        "diska penuh ({}); kosongkan sebagian lalu mulai lagi; yang sudah diterima tidak hilang",
        "the disk is full ({}); free some space and start again; nothing that was acknowledged is "
        "lost",
        doing);
  }
  if (status.IsCorruption()) {
    return base::Error(absl::StatusCode::kDataLoss, "STORE_DAMAGED",
                       fmt::format("stored data is damaged ({}): {}", doing, status.ToString()));
  }
  return base::Error(absl::StatusCode::kInternal, "STORE_FAILED",
                     fmt::format("the store failed ({}): {}", doing, status.ToString()));
}

}  // namespace sepakat::platform
