// Bytes of a file as they arrive -> plain bytes: gzip, zstd or nothing, told apart by the first
// bytes.
//
// A decompression bomb is refused: beyond 64 MiB the plain text may be at most 200 times its packed
// form, and zstd windows stay below 128 MiB. Errors: InvalidArgument COMPRESSION_BROKEN,
// COMPRESSION_UNKNOWN, DECOMPRESSION_BOMB. Thread: one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::ingestion {

class Unpacker {
 public:
  // `auto`, `none`, `gzip`, `zstd`; empty is `auto`.
  static absl::StatusOr<std::unique_ptr<Unpacker>> Create(std::string_view compression);
  virtual ~Unpacker() = default;
  // Appends what `packed` yields to `plain`.
  virtual absl::Status Unpack(std::string_view packed, std::string* plain) = 0;
  // OK when the file may end here.
  virtual absl::Status Finish(std::string* plain) = 0;
};

}  // namespace sepakat::ingestion
