// A folder of files that a service keeps beside the log, written whole and replaced by name.
//
// A file is written once, from its beginning to its end. What was appended is durable after Sync()
// of the file; that a name exists, or points to another file, after SyncNames(). Until then a crash
// may leave any part of it, in any order. Reading sees what was written.
// Errors: NotFound FILE_MISSING; ResourceExhausted DISK_FULL; Internal FILE_FAILED with the
//   operation and the system's words. A file whose Sync() failed is to be given up: trying again
//   proves nothing.
// Thread: any; one file from one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::runtime {

class StateFileWriter {
 public:
  virtual ~StateFileWriter() = default;
  virtual absl::Status Append(std::string_view bytes) = 0;
  virtual absl::Status Sync() = 0;
};

class StateFileReader {
 public:
  virtual ~StateFileReader() = default;
  // Up to `size` bytes that follow; fewer only at the end of the file.
  virtual absl::StatusOr<std::string> Read(size_t size) = 0;
};

class StateFolder {
 public:
  virtual ~StateFolder() = default;
  // What a log line calls the folder.
  virtual std::string Describe() const = 0;
  // Names of all files, ascending.
  virtual absl::StatusOr<std::vector<std::string>> List() = 0;
  // A new file, empty also when the name exists.
  virtual absl::StatusOr<std::unique_ptr<StateFileWriter>> Create(std::string_view name) = 0;
  virtual absl::StatusOr<std::unique_ptr<StateFileReader>> Open(std::string_view name) = 0;
  // Replaces a file of the name `to`.
  virtual absl::Status Rename(std::string_view from, std::string_view to) = 0;
  virtual absl::Status Remove(std::string_view name) = 0;
  virtual absl::Status SyncNames() = 0;
};

}  // namespace sepakat::runtime
