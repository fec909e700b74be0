// The StateStore on RocksDB: one directory per service, every commit synced.
//
// Errors: those of database.h.
// Thread: any.
#pragma once

#include <filesystem>
#include <memory>

#include "common/platform/rocksdb/database.h"
#include "common/runtime/state_store.h"

namespace sepakat::platform {

class RocksStore final : public runtime::StateStore {
 public:
  static absl::StatusOr<std::unique_ptr<RocksStore>> Open(const std::filesystem::path& folder,
                                                          const DatabaseTuning& tuning = {});

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
  explicit RocksStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  const std::unique_ptr<Database> database_;
};

}  // namespace sepakat::platform
