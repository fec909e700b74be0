// Files that the command line reads and writes.
//
// Errors: NotFound FILE_NOT_FOUND, PermissionDenied FILE_FORBIDDEN, ResourceExhausted DISK_FULL,
// DataLoss FILE_DAMAGED and Internal FILE_FAILED, each one sentence with the path and the system's
// words. Thread: one object per thread.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::cli {

bool FileExists(const std::string& path);
absl::StatusOr<std::string> ReadFile(const std::string& path);
// The same, unpacked when it is gzip.
absl::StatusOr<std::string> ReadFileUnpacked(const std::string& path);
absl::Status WriteFile(const std::string& path, std::string_view text);
absl::StatusOr<int64_t> FileSize(const std::string& path);

// Reads a file part by part.
class FileReader {
 public:
  static absl::StatusOr<FileReader> Open(const std::string& path);
  // Fills `part` with up to `bytes` bytes; empty at the end.
  absl::Status Read(size_t bytes, std::string* part);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

// Writes a file part by part, packed by gzip if wanted; the file appears under its name at Commit
// only.
class FileWriter {
 public:
  static absl::StatusOr<FileWriter> Create(const std::string& path, bool gzip);
  ~FileWriter();
  FileWriter(FileWriter&&) noexcept;

  absl::Status Write(std::string_view text);
  absl::Status Commit();
  int64_t bytes() const;

 private:
  class Impl;
  explicit FileWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sepakat::cli
