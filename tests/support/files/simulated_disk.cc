#include "tests/support/files/simulated_disk.h"

#include <algorithm>
#include <set>

#include "common/base/status.h"

namespace sepakat::support {
namespace {

absl::Status Missing(std::string_view name) {
  return base::Error(absl::StatusCode::kNotFound, "FILE_MISSING",
                     "no file is called " + std::string(name));
}

class WholeReader final : public runtime::StateFileReader {
 public:
  explicit WholeReader(std::string bytes) : bytes_(std::move(bytes)) {}
  absl::StatusOr<std::string> Read(size_t size) override {
    std::string part = bytes_.substr(at_, size);
    at_ += part.size();
    return part;
  }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace

class SimulatedFile final : public runtime::StateFileWriter {
 public:
  SimulatedFile(SimulatedDisk* disk, std::string name, std::shared_ptr<SimulatedDisk::File> file)
      : disk_(disk), name_(std::move(name)), file_(std::move(file)) {}
  absl::Status Append(std::string_view bytes) override {
    SEPAKAT_RETURN_IF_ERROR(disk_->Ask(SimulatedDisk::Kind::kAppend, name_));
    file_->bytes += bytes;
    return absl::OkStatus();
  }
  absl::Status Sync() override {
    SEPAKAT_RETURN_IF_ERROR(disk_->Ask(SimulatedDisk::Kind::kSync, name_));
    file_->synced = file_->bytes.size();
    return absl::OkStatus();
  }

 private:
  SimulatedDisk* const disk_;
  const std::string name_;
  const std::shared_ptr<SimulatedDisk::File> file_;
};

absl::Status SimulatedDisk::Ask(Kind kind, std::string_view name) {
  return before({kind, std::string(name), steps_++});
}

void SimulatedDisk::Damage(File* file) {
  constexpr size_t kSector = 512;
  std::string& bytes = file->bytes;
  // Each sector that was not synced arrived, arrived as zeros, or was the last one to arrive.
  for (size_t at = file->synced; at < bytes.size();) {
    const size_t end = std::min(bytes.size(), at / kSector * kSector + kSector);
    const uint64_t fate = random_() % 4;
    if (fate == 0) {
      bytes.resize(at + random_() % (end - at));
      break;
    }
    if (fate == 1)
      std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                bytes.begin() + static_cast<std::ptrdiff_t>(end), '\0');
    at = end;
  }
  file->synced = bytes.size();
}

void SimulatedDisk::Crash() {
  std::set<std::string> touched;
  for (const auto& [name, file] : names_) touched.insert(name);
  for (const auto& [name, file] : synced_) touched.insert(name);
  Names found;
  for (const std::string& name : touched) {
    const Names& source = random_() % 2 == 0 ? names_ : synced_;
    if (const auto it = source.find(name); it != source.end()) found.insert(*it);
  }
  for (auto& [name, file] : found) {
    // Two names of one file are two files afterwards: nobody writes to them any more.
    file = std::make_shared<File>(*file);
    Damage(file.get());
  }
  names_ = found;
  synced_ = std::move(found);
}

std::string SimulatedDisk::Bytes(const std::string& name) const {
  const auto it = names_.find(name);
  return it == names_.end() ? "" : it->second->bytes;
}

void SimulatedDisk::SetBytes(const std::string& name, std::string bytes) {
  const size_t size = bytes.size();
  names_[name] = synced_[name] = std::make_shared<File>(File{std::move(bytes), size});
}

absl::StatusOr<std::vector<std::string>> SimulatedDisk::List() {
  std::vector<std::string> names;
  for (const auto& [name, file] : names_) names.push_back(name);
  return names;
}

absl::StatusOr<std::unique_ptr<runtime::StateFileWriter>> SimulatedDisk::Create(
    std::string_view name) {
  SEPAKAT_RETURN_IF_ERROR(Ask(Kind::kCreate, name));
  const auto file = std::make_shared<File>();
  names_[std::string(name)] = file;
  return std::make_unique<SimulatedFile>(this, std::string(name), file);
}

absl::StatusOr<std::unique_ptr<runtime::StateFileReader>> SimulatedDisk::Open(
    std::string_view name) {
  const auto it = names_.find(name);
  if (it == names_.end()) return Missing(name);
  return std::make_unique<WholeReader>(it->second->bytes);
}

absl::Status SimulatedDisk::Rename(std::string_view from, std::string_view to) {
  SEPAKAT_RETURN_IF_ERROR(Ask(Kind::kRename, from));
  const auto it = names_.find(from);
  if (it == names_.end()) return Missing(from);
  const std::shared_ptr<File> file = it->second;
  names_.erase(it);
  names_[std::string(to)] = file;
  return absl::OkStatus();
}

absl::Status SimulatedDisk::Remove(std::string_view name) {
  SEPAKAT_RETURN_IF_ERROR(Ask(Kind::kRemove, name));
  const auto it = names_.find(name);
  if (it == names_.end()) return Missing(name);
  names_.erase(it);
  return absl::OkStatus();
}

absl::Status SimulatedDisk::SyncNames() {
  SEPAKAT_RETURN_IF_ERROR(Ask(Kind::kSyncNames, ""));
  synced_ = names_;
  return absl::OkStatus();
}

}  // namespace sepakat::support
