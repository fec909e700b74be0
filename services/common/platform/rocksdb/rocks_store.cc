#include "common/platform/rocksdb/rocks_store.h"

#include <algorithm>
#include <vector>

#include "common/base/status.h"
#include "rocksdb/write_batch.h"

namespace sepakat::platform {
namespace {

rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace

absl::StatusOr<std::unique_ptr<RocksStore>> RocksStore::Open(const std::filesystem::path& folder,
                                                             const DatabaseTuning& tuning) {
  SEPAKAT_ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Database::Open(folder, tuning));
  return std::unique_ptr<RocksStore>(new RocksStore(std::move(database)));
}

absl::StatusOr<std::optional<std::string>> RocksStore::Get(std::string_view key) const {
  std::string value;
  const rocksdb::Status status = database_->db().Get(rocksdb::ReadOptions(), ToSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  SEPAKAT_RETURN_IF_ERROR(FromRocksDb(status, "reading"));
  return std::optional<std::string>(std::move(value));
}

absl::StatusOr<std::vector<std::optional<std::string>>> RocksStore::MultiGet(
    const std::vector<std::string>& keys) const {
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> found(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database_->db().MultiGet(rocksdb::ReadOptions(), database_->db().DefaultColumnFamily(),
                           keys.size(), slices.data(), found.data(), statuses.data());
  std::vector<std::optional<std::string>> values(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    SEPAKAT_RETURN_IF_ERROR(FromRocksDb(statuses[i], "reading"));
    values[i] = found[i].ToString();
  }
  return values;
}

absl::Status RocksStore::Scan(
    std::string_view from, std::string_view to,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(rocksdb::ReadOptions()));
  for (it->Seek(ToSlice(from)); it->Valid(); it->Next()) {
    if (!to.empty() && ToView(it->key()) >= to) break;
    if (!visit(ToView(it->key()), ToView(it->value()))) break;
  }
  return FromRocksDb(it->status(), "reading in order");
}

absl::Status RocksStore::ScanBackward(
    std::string_view from, std::string_view to,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> it(database_->db().NewIterator(rocksdb::ReadOptions()));
  if (to.empty()) {
    it->SeekToLast();
  } else {
    it->SeekForPrev(ToSlice(to));
    if (it->Valid() && ToView(it->key()) == to) it->Prev();
  }
  for (; it->Valid() && ToView(it->key()) >= from; it->Prev()) {
    if (!visit(ToView(it->key()), ToView(it->value()))) break;
  }
  return FromRocksDb(it->status(), "reading in order");
}

absl::Status RocksStore::Commit(const runtime::StoreBatch& batch) {
  // In the order of their keys each one is inserted near the one before.
  std::vector<const runtime::StoreBatch::Change*> changes;
  changes.reserve(batch.changes().size());
  size_t bytes = 0;
  for (const auto& change : batch.changes()) {
    changes.push_back(&change);
    bytes += change.key.size() + (change.value ? change.value->size() : 0);
  }
  std::ranges::stable_sort(changes, {}, &runtime::StoreBatch::Change::key);
  constexpr size_t kMostBytesBeside = 16;  // of the two lengths and the kind of a change
  rocksdb::WriteBatch writes(bytes + kMostBytesBeside * (changes.size() + 1));
  for (const runtime::StoreBatch::Change* change : changes) {
    const rocksdb::Status status = change->value
                                       ? writes.Put(ToSlice(change->key), ToSlice(*change->value))
                                       : writes.Delete(ToSlice(change->key));
    SEPAKAT_RETURN_IF_ERROR(FromRocksDb(status, "collecting a batch"));
  }
  return database_->Write(&writes, "committing");
}

}  // namespace sepakat::platform
