#include "common/embedded/log_compaction.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/embedded/block_codec.h"
#include "common/embedded/log_keys.h"
#include "common/platform/rocksdb/database.h"
#include "rocksdb/db.h"
#include "rocksdb/write_batch.h"

namespace sepakat::embedded {
namespace {

using runtime::LogRecord;

// Blocks are joined up to this size.
constexpr size_t kBlockBytes = 256 << 10;

// 128 bits of a key stand for it: two keys that share them are not to be expected.
using KeyHash = std::pair<uint64_t, uint64_t>;
KeyHash HashOf(std::string_view key) { return {base::Hash64(key, 1), base::Hash64(key, 2)}; }

struct Block {
  int64_t base = 0;
  int64_t span = 0;
  std::vector<LogRecord> records;
};

absl::Status VisitBlocks(const rocksdb::DB& db, const CompactionRange& range,
                         const std::function<absl::Status(Block block)>& visit) {
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  const std::unique_ptr<rocksdb::Iterator> it(const_cast<rocksdb::DB&>(db).NewIterator(options));
  const std::string prefix = PartitionPrefix(range.topic, range.partition);
  for (it->Seek(prefix); it->Valid() && it->key().starts_with(prefix); it->Next()) {
    const std::string_view bytes(it->value().data(), it->value().size());
    Block block;
    block.base = BaseOf({it->key().data(), it->key().size()});
    if (block.base >= range.end) break;
    SEPAKAT_ASSIGN_OR_RETURN(block.span, SpanOf(bytes));
    SEPAKAT_ASSIGN_OR_RETURN(
        block.records, ReadBlock(bytes, range.topic, range.partition, block.base, block.base));
    SEPAKAT_RETURN_IF_ERROR(visit(std::move(block)));
  }
  return platform::FromRocksDb(it->status(), "compacting the log");
}

// Joins what is left of neighbouring blocks, and writes it in place of them.
class Joiner {
 public:
  Joiner(platform::Database* database, const CompactionRange* range)
      : database_(database), range_(range) {}

  // `superseded` records of the block are left out.
  absl::Status Add(const Block& block, const std::function<bool(const LogRecord&)>& superseded) {
    if (bases_.empty()) base_ = block.base;
    bases_.push_back(block.base);
    for (const LogRecord& record : block.records) {
      if (superseded(record)) {
        changed_ = true;
        ++removed_;
      } else {
        joined_.AddAt(static_cast<uint32_t>(record.offset - base_), record);
      }
    }
    joined_.CoverTo(static_cast<uint32_t>(block.base + block.span - base_));
    return joined_.size() >= kBlockBytes ? Close() : absl::OkStatus();
  }

  // Writes what was gathered, unless it is a single block that stays as it is.
  absl::Status Close() {
    const std::vector<int64_t> bases = std::exchange(bases_, {});
    BlockWriter joined = std::exchange(joined_, BlockWriter());
    if (!std::exchange(changed_, false) && bases.size() < 2) return absl::OkStatus();
    rocksdb::WriteBatch batch;
    for (const int64_t base : bases) {
      if (base != base_) batch.Delete(BlockKey(range_->topic, range_->partition, base));
    }
    batch.Put(BlockKey(range_->topic, range_->partition, base_), std::move(joined).Finish());
    return database_->Write(&batch, "compacting the log");
  }

  int64_t removed() const { return removed_; }

 private:
  platform::Database* const database_;
  const CompactionRange* const range_;
  int64_t base_ = 0;
  std::vector<int64_t> bases_;
  BlockWriter joined_;
  bool changed_ = false;
  int64_t removed_ = 0;
};

// Frees the space of what was deleted.
absl::Status Reclaim(rocksdb::DB& db, const CompactionRange& range) {
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  options.blob_garbage_collection_policy = rocksdb::BlobGarbageCollectionPolicy::kForce;
  options.blob_garbage_collection_age_cutoff = 1.0;
  options.exclusive_manual_compaction = false;
  const std::string from = PartitionPrefix(range.topic, range.partition);
  const std::string to = BlockKey(range.topic, range.partition, range.end);
  const rocksdb::Slice begin(from);
  const rocksdb::Slice end(to);
  return platform::FromRocksDb(db.CompactRange(options, &begin, &end), "reclaiming space");
}

}  // namespace

absl::StatusOr<int64_t> CompactPartition(platform::Database& database,
                                         const CompactionRange& range) {
  absl::flat_hash_map<KeyHash, int64_t> newest;
  int64_t last_base = -1;
  SEPAKAT_RETURN_IF_ERROR(VisitBlocks(database.db(), range, [&](Block block) {
    for (const LogRecord& record : block.records) newest[HashOf(record.key)] = record.offset;
    last_base = block.base;
    return absl::OkStatus();
  }));
  const auto superseded = [&](const LogRecord& record) {
    return newest.at(HashOf(record.key)) > record.offset;
  };
  Joiner joiner(&database, &range);
  SEPAKAT_RETURN_IF_ERROR(VisitBlocks(database.db(), range, [&](Block block) {
    const bool old = std::ranges::all_of(block.records, [&](const LogRecord& record) {
      return record.timestamp_ms < range.keep_from_ms;
    });
    if (!old || block.base == last_base) return joiner.Close();
    return joiner.Add(block, superseded);
  }));
  SEPAKAT_RETURN_IF_ERROR(joiner.Close());
  if (joiner.removed() > 0) SEPAKAT_RETURN_IF_ERROR(Reclaim(database.db(), range));
  return joiner.removed();
}

}  // namespace sepakat::embedded
