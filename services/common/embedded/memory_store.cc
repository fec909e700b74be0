#include "common/embedded/memory_store.h"

namespace sepakat::embedded {

absl::StatusOr<std::optional<std::string>> MemoryStore::Get(std::string_view key) const {
  const std::lock_guard guard(mutex_);
  const auto it = rows_.find(key);
  if (it == rows_.end()) return std::optional<std::string>();
  return std::optional<std::string>(it->second);
}

absl::StatusOr<std::vector<std::optional<std::string>>> MemoryStore::MultiGet(
    const std::vector<std::string>& keys) const {
  std::vector<std::optional<std::string>> values;
  values.reserve(keys.size());
  const std::lock_guard guard(mutex_);
  for (const std::string& key : keys) {
    const auto it = rows_.find(key);
    values.push_back(it == rows_.end() ? std::nullopt : std::optional<std::string>(it->second));
  }
  return values;
}

MemoryStore::Rows MemoryStore::Range(std::string_view from, std::string_view to) const {
  const std::lock_guard guard(mutex_);
  const auto end = to.empty() ? rows_.end() : rows_.lower_bound(to);
  return {rows_.lower_bound(from), end};
}

absl::Status MemoryStore::Scan(
    std::string_view from, std::string_view to,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  for (const auto& [key, value] : Range(from, to)) {
    if (!visit(key, value)) break;
  }
  return absl::OkStatus();
}

absl::Status MemoryStore::ScanBackward(
    std::string_view from, std::string_view to,
    const std::function<bool(std::string_view key, std::string_view value)>& visit) const {
  const Rows rows = Range(from, to);
  for (auto it = rows.rbegin(); it != rows.rend(); ++it) {
    if (!visit(it->first, it->second)) break;
  }
  return absl::OkStatus();
}

absl::Status MemoryStore::Commit(const runtime::StoreBatch& batch) {
  const std::lock_guard guard(mutex_);
  for (const auto& change : batch.changes()) {
    if (change.value) {
      rows_.insert_or_assign(change.key, *change.value);
    } else {
      rows_.erase(change.key);
    }
  }
  return absl::OkStatus();
}

}  // namespace sepakat::embedded
