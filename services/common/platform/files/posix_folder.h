// A StateFolder on a file system: write, fdatasync, rename, fsync of the folder.
//
// Files are for the owner only (0600).
// Errors: those of state_folder.h; InvalidArgument FOLDER_UNUSABLE when the folder can be neither
//   found nor made.
// Thread: as state_folder.h.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "common/runtime/state_folder.h"

namespace sepakat::platform {

class PosixFolder final : public runtime::StateFolder {
 public:
  // Makes the folder where it is missing.
  static absl::StatusOr<std::unique_ptr<PosixFolder>> Open(const std::filesystem::path& folder);

  std::string Describe() const override { return folder_.string(); }
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::StatusOr<std::unique_ptr<runtime::StateFileWriter>> Create(std::string_view name) override;
  absl::StatusOr<std::unique_ptr<runtime::StateFileReader>> Open(std::string_view name) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::Status SyncNames() override;

 private:
  explicit PosixFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path folder_;
};

}  // namespace sepakat::platform
