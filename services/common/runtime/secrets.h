// What a service does with its keys: pseudonyms, sealing, digests. The keys never leave it.
//
// Seal uses a fresh nonce each time; the same plain text gives other bytes. Pseudonym and Digest
// are the same for the same text and key, and tell nothing without the key. Errors: DataLoss
// SEAL_BROKEN when bytes were changed or another key sealed them. Thread: any.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace sepakat::runtime {

class Secrets {
 public:
  virtual ~Secrets() = default;
  // 32 hex digits for a text within a scope (a population).
  virtual std::string Pseudonym(std::string_view scope, std::string_view text) const = 0;
  // 32 bytes.
  virtual std::string Digest(std::string_view text) const = 0;
  virtual std::string Seal(std::string_view plain) const = 0;
  virtual absl::StatusOr<std::string> Open(std::string_view sealed) const = 0;
};

}  // namespace sepakat::runtime
