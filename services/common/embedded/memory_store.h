// A StateStore in memory: for tests and for tools that keep nothing.
//
// Thread: any.
#pragma once

#include <map>
#include <mutex>

#include "common/runtime/state_store.h"

namespace sepakat::embedded {

class MemoryStore final : public runtime::StateStore {
 public:
  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override;
  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      const std::vector<std::string>& keys) const override;
  absl::Status Scan(std::string_view from, std::string_view to,
                    const std::function<bool(std::string_view key, std::string_view value)>& visit)
      const override;
  absl::Status ScanBackward(std::string_view from, std::string_view to,
                            const std::function<bool(std::string_view key, std::string_view value)>&
                                visit) const override;
  absl::Status Commit(const runtime::StoreBatch& batch) override;

 private:
  using Rows = std::map<std::string, std::string, std::less<>>;

  // The rows in [from, to), copied so that a visitor may call the store.
  Rows Range(std::string_view from, std::string_view to) const;

  mutable std::mutex mutex_;
  Rows rows_;
};

}  // namespace sepakat::embedded
