// Keys in a file that only its owner can read.
//
// Secrets on OpenSSL 3: AES-256-GCM with a random nonce in front and the tag behind, HMAC-SHA-256
// for pseudonyms and digests; each use has a key of its own, derived from the file's 32 bytes.
// Errors: PermissionDenied KEY_FILE_OPEN when others may read the file, DataLoss KEY_FILE_DAMAGED,
//   Internal KEY_FILE_NOT_WRITTEN.
// Thread: any.
#pragma once

#include <filesystem>
#include <memory>

#include "absl/status/statusor.h"
#include "common/runtime/secrets.h"

namespace sepakat::platform {

// Reads the key, or makes a new one (mode 0600) when there is no file.
absl::StatusOr<std::unique_ptr<runtime::Secrets>> SecretsFromFile(
    const std::filesystem::path& file);

// Secrets of a given master key, for tests.
std::unique_ptr<runtime::Secrets> SecretsFromKey(std::string_view master);

}  // namespace sepakat::platform
