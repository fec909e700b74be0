#include "common/platform/files/posix_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "common/base/status.h"

namespace sepakat::platform {
namespace {

absl::Status Failed(std::string_view what, const std::filesystem::path& path, int error) {
  const std::string message =
      fmt::format("cannot {} {}: {}", what, path.string(), std::generic_category().message(error));
  if (error == ENOENT) return base::Error(absl::StatusCode::kNotFound, "FILE_MISSING", message);
  if (error == ENOSPC || error == EDQUOT) {
    return base::Error(absl::StatusCode::kResourceExhausted, "DISK_FULL", message);
  }
  return base::Error(absl::StatusCode::kInternal, "FILE_FAILED", message);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  bool valid() const { return number_ >= 0; }

 private:
  const int number_;
};

class Writer final : public runtime::StateFileWriter {
 public:
  explicit Writer(std::filesystem::path path)
      : path_(std::move(path)),
        file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)) {}
  bool valid() const { return file_.valid(); }

  absl::Status Append(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failed("write", path_, errno);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return absl::OkStatus();
  }

  absl::Status Sync() override {
    return ::fdatasync(file_.number()) == 0 ? absl::OkStatus() : Failed("sync", path_, errno);
  }

 private:
  const std::filesystem::path path_;
  const Descriptor file_;
};

class Reader final : public runtime::StateFileReader {
 public:
  explicit Reader(std::filesystem::path path)
      : path_(std::move(path)), file_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {}
  bool valid() const { return file_.valid(); }

  absl::StatusOr<std::string> Read(size_t size) override {
    std::string bytes(size, '\0');
    size_t filled = 0;
    while (filled < size) {
      const ssize_t got = ::read(file_.number(), bytes.data() + filled, size - filled);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return Failed("read", path_, errno);
      if (got == 0) break;
      filled += static_cast<size_t>(got);
    }
    bytes.resize(filled);
    return bytes;
  }

 private:
  const std::filesystem::path path_;
  const Descriptor file_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<PosixFolder>> PosixFolder::Open(
    const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || ::access(folder.c_str(), W_OK | X_OK) != 0) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "FOLDER_UNUSABLE",
        fmt::format("cannot write to the folder {}; create it, or name another", folder.string()));
  }
  return std::unique_ptr<PosixFolder>(new PosixFolder(folder));
}

absl::StatusOr<std::vector<std::string>> PosixFolder::List() {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder_, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error)) names.push_back(it->path().filename().string());
  }
  if (error) return Failed("list", folder_, error.value());
  std::ranges::sort(names);
  return names;
}

absl::StatusOr<std::unique_ptr<runtime::StateFileWriter>> PosixFolder::Create(
    std::string_view name) {
  auto writer = std::make_unique<Writer>(folder_ / name);
  if (!writer->valid()) return Failed("create", folder_ / name, errno);
  return writer;
}

absl::StatusOr<std::unique_ptr<runtime::StateFileReader>> PosixFolder::Open(std::string_view name) {
  auto reader = std::make_unique<Reader>(folder_ / name);
  if (!reader->valid()) return Failed("open", folder_ / name, errno);
  return reader;
}

absl::Status PosixFolder::Rename(std::string_view from, std::string_view to) {
  return std::rename((folder_ / from).c_str(), (folder_ / to).c_str()) == 0
             ? absl::OkStatus()
             : Failed("rename", folder_ / from, errno);
}

absl::Status PosixFolder::Remove(std::string_view name) {
  return ::unlink((folder_ / name).c_str()) == 0 ? absl::OkStatus()
                                                 : Failed("remove", folder_ / name, errno);
}

absl::Status PosixFolder::SyncNames() {
  const Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid() || ::fsync(folder.number()) != 0) return Failed("sync", folder_, errno);
  return absl::OkStatus();
}

}  // namespace sepakat::platform
