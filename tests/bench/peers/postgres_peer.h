// PostgreSQL beside ours: a server of its own on a unix socket in a fresh folder, gone afterwards.
//
// It is spared what ours does not do either: no TCP, no waiting for the disk, tables that are not
// logged, 512 MiB of buffers. It refuses to run as root, so root hands it to the user `postgres`.
// Errors: FailedPrecondition PEER_MISSING when Debian's package is not installed, Internal
// PEER_FAILED with what psql said. Thread: one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::bench {

class PostgresPeer {
 public:
  static absl::StatusOr<std::unique_ptr<PostgresPeer>> Start();

  // With its version.
  const std::string& name() const { return name_; }
  // Runs statements one after another. Seconds that the server took.
  absl::StatusOr<double> Run(const std::string& statements);
  // Writes the rows of a query between commas.
  absl::Status Write(const std::string& query, const std::filesystem::path& file);

 private:
  PostgresPeer() : folder_("postgres_peer") {}
  std::string Psql(const std::string& arguments) const;

  support::TemporaryFolder folder_;
  std::unique_ptr<support::ServerProcess> server_;
  std::string name_;
};

}  // namespace sepakat::bench
