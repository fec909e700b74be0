#include "sepakat/cli/files.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>

#include "common/base/language.h"
#include "common/base/status.h"

namespace sepakat::cli {
namespace {

constexpr size_t kPart = 1 << 20;
constexpr int kFastGzip = 1;

enum class Doing { kRead, kWrite };

// The reasons that people meet most, in Indonesian; the system's words stand in for the rest.
std::string_view WhyInIndonesian(int error) {
  switch (error) {
    case ENOENT:
      return "berkas atau folder itu tidak ada";
    case EACCES:
    case EPERM:
      return "pengguna ini tidak berhak";
    case EROFS:
      return "diska hanya dapat dibaca";
    case ENOSPC:
    case EDQUOT:
      return "diska penuh; kosongkan sebagian";
    case EISDIR:
      return "itu folder, bukan berkas";
    default:
      return std::strerror(error);
  }
}

absl::Status Failed(Doing doing, const std::string& path) {
  const int error = errno;
  const bool reading = doing == Doing::kRead;
  const auto failed = [&](absl::StatusCode code, std::string_view reason) {
    return base::WithIndonesian(
        base::Error(code, reason,
                    fmt::format("cannot {} {}: {}", reading ? "read" : "write", path,
                                std::strerror(error))),
        fmt::format("{} tidak dapat {}: {}", path, reading ? "dibaca" : "ditulis",
                    WhyInIndonesian(error)));
  };
  switch (error) {
    case ENOENT:
      return failed(absl::StatusCode::kNotFound, "FILE_NOT_FOUND");
    case EACCES:
    case EPERM:
    case EROFS:
      return failed(absl::StatusCode::kPermissionDenied, "FILE_FORBIDDEN");
    case ENOSPC:
    case EDQUOT:
      return failed(absl::StatusCode::kResourceExhausted, "DISK_FULL");
    default:
      return failed(absl::StatusCode::kInternal, "FILE_FAILED");
  }
}

}  // namespace

bool FileExists(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

absl::StatusOr<int64_t> FileSize(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return Failed(Doing::kRead, path);
  if (S_ISDIR(info.st_mode)) {
    errno = EISDIR;
    return Failed(Doing::kRead, path);
  }
  return static_cast<int64_t>(info.st_size);
}

absl::StatusOr<FileReader> FileReader::Open(const std::string& path) {
  SEPAKAT_RETURN_IF_ERROR(FileSize(path).status());
  FileReader reader;
  reader.path_ = path;
  reader.file_.reset(std::fopen(path.c_str(), "rb"));
  if (reader.file_ == nullptr) return Failed(Doing::kRead, path);
  return reader;
}

absl::Status FileReader::Read(size_t bytes, std::string* part) {
  part->resize(bytes);
  const size_t got = std::fread(part->data(), 1, bytes, file_.get());
  part->resize(got);
  if (got == 0 && std::ferror(file_.get()) != 0) return Failed(Doing::kRead, path_);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  SEPAKAT_ASSIGN_OR_RETURN(FileReader reader, FileReader::Open(path));
  std::string text;
  std::string part;
  do {
    SEPAKAT_RETURN_IF_ERROR(reader.Read(kPart, &part));
    text += part;
  } while (!part.empty());
  return text;
}

absl::StatusOr<std::string> ReadFileUnpacked(const std::string& path) {
  SEPAKAT_RETURN_IF_ERROR(FileSize(path).status());
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return Failed(Doing::kRead, path);
  std::string text;
  std::string part(kPart, '\0');
  int got = 0;
  while ((got = gzread(file, part.data(), static_cast<unsigned>(part.size()))) > 0) {
    text.append(part, 0, static_cast<size_t>(got));
  }
  const bool damaged = got < 0 || gzclose_r(file) != Z_OK;
  if (!damaged) return text;
  if (got < 0) gzclose_r(file);
  return base::ErrorInBoth(absl::StatusCode::kDataLoss, "FILE_DAMAGED",
                           "{} adalah berkas gzip yang rusak", "{} is a damaged gzip file", path);
}

class FileWriter::Impl {
 public:
  std::string path;
  std::string partial;
  std::FILE* plain = nullptr;
  gzFile packed = nullptr;
  int64_t bytes = 0;

  bool Close() {
    const bool plain_closed = plain == nullptr || std::fclose(plain) == 0;
    const bool packed_closed = packed == nullptr || gzclose_w(packed) == Z_OK;
    plain = nullptr;
    packed = nullptr;
    return plain_closed && packed_closed;
  }
};

FileWriter::FileWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FileWriter::FileWriter(FileWriter&&) noexcept = default;

FileWriter::~FileWriter() {
  if (impl_ == nullptr || (impl_->plain == nullptr && impl_->packed == nullptr)) return;
  impl_->Close();
  std::remove(impl_->partial.c_str());
}

absl::StatusOr<FileWriter> FileWriter::Create(const std::string& path, bool gzip) {
  auto impl = std::make_unique<Impl>();
  impl->path = path;
  impl->partial = path + ".part";
  if (gzip) {
    impl->packed = gzopen(impl->partial.c_str(), fmt::format("wb{}", kFastGzip).c_str());
  } else {
    impl->plain = std::fopen(impl->partial.c_str(), "wb");
  }
  if (impl->plain == nullptr && impl->packed == nullptr) return Failed(Doing::kWrite, path);
  return FileWriter(std::move(impl));
}

absl::Status FileWriter::Write(std::string_view text) {
  impl_->bytes += static_cast<int64_t>(text.size());
  if (text.empty()) return absl::OkStatus();
  const size_t written = impl_->packed != nullptr
                             ? static_cast<size_t>(gzwrite(impl_->packed, text.data(),
                                                           static_cast<unsigned>(text.size())))
                             : std::fwrite(text.data(), 1, text.size(), impl_->plain);
  return written == text.size() ? absl::OkStatus() : Failed(Doing::kWrite, impl_->path);
}

absl::Status FileWriter::Commit() {
  if (!impl_->Close()) return Failed(Doing::kWrite, impl_->path);
  if (std::rename(impl_->partial.c_str(), impl_->path.c_str()) != 0) {
    return Failed(Doing::kWrite, impl_->path);
  }
  return absl::OkStatus();
}

int64_t FileWriter::bytes() const { return impl_->bytes; }

absl::Status WriteFile(const std::string& path, std::string_view text) {
  SEPAKAT_ASSIGN_OR_RETURN(FileWriter writer, FileWriter::Create(path, false));
  SEPAKAT_RETURN_IF_ERROR(writer.Write(text));
  return writer.Commit();
}

}  // namespace sepakat::cli
