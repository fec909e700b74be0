// Ordered key-value state of one service, changed by atomic batches.
//
// Commit() is all or nothing and durable when it returns. Keys order bytewise.
// Errors: ResourceExhausted DISK_FULL, DataLoss STORE_DAMAGED, Internal; after a failed sync the
//   store accepts nothing more.
// Thread: any. Commits take effect one after another.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::runtime {

// Changes in the order they were made; the last one for a key counts.
class StoreBatch {
 public:
  struct Change {
    std::string key;
    std::optional<std::string> value;  // absent: delete
  };
  void Put(std::string key, std::string value) {
    changes_.push_back({std::move(key), std::move(value)});
  }
  void Delete(std::string key) { changes_.push_back({std::move(key), std::nullopt}); }
  const std::vector<Change>& changes() const { return changes_; }
  bool empty() const { return changes_.empty(); }

 private:
  std::vector<Change> changes_;
};

class StateStore {
 public:
  virtual ~StateStore() = default;
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const = 0;
  // Values in the order of `keys`; absent where there is none. One call for a whole batch.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const = 0;
  // Visits keys in [from, to) ascending until `visit` returns false. `to` empty: no upper end.
  virtual absl::Status Scan(
      std::string_view from, std::string_view to,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
  // The same, descending, from the last key below `to`.
  virtual absl::Status ScanBackward(
      std::string_view from, std::string_view to,
      const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
  virtual absl::Status Commit(const StoreBatch& batch) = 0;
};

// The smallest key above every key that starts with `prefix`; empty when there is none.
std::string PrefixEnd(std::string_view prefix);

}  // namespace sepakat::runtime
