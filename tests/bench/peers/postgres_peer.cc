#include "tests/bench/peers/postgres_peer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "common/base/status.h"

namespace sepakat::bench {
namespace {

constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin";

bool Succeeds(const std::string& command) { return std::system(command.c_str()) == 0; }

std::string TextOf(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresPeer>> PostgresPeer::Start() {
  const auto missing = [](const std::string& why) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "PEER_MISSING",
                       "PostgreSQL 15 does not start: " + why);
  };
  if (!std::filesystem::exists(std::string(kPrograms) + "/postgres")) {
    return missing("it is not installed (deploy/packages.txt, section peers)");
  }
  std::unique_ptr<PostgresPeer> peer(new PostgresPeer());
  const std::string folder = peer->folder_.path().string();
  const bool root = getuid() == 0;
  const std::string as = root ? "runuser -u postgres -- " : "";
  if (root && !Succeeds(fmt::format("chown postgres '{}'", folder))) return missing("no user");
  if (!Succeeds(fmt::format("{0}{1}/initdb -D '{2}/data' -U bench -A trust -E UTF8 --no-locale "
                            "--no-sync >'{2}/initdb.log' 2>&1",
                            as, kPrograms, folder))) {
    return missing(TextOf(folder + "/initdb.log"));
  }
  std::vector<std::string> command = {"runuser", "-u", "postgres", "--"};
  if (!root) command.clear();
  for (const std::string& word :
       {std::string(kPrograms) + "/postgres", std::string("-D"), folder + "/data",
        std::string("-k"), folder, std::string("-c"), std::string("listen_addresses="),
        std::string("-c"), std::string("fsync=off"), std::string("-c"),
        std::string("synchronous_commit=off"), std::string("-c"), std::string("jit=off"),
        std::string("-c"), std::string("shared_buffers=512MB"), std::string("-c"),
        std::string("work_mem=128MB"), std::string("-c"), std::string("max_wal_size=4GB")}) {
    command.push_back(word);
  }
  peer->server_ = std::make_unique<support::ServerProcess>(command, peer->folder_.path() / "log");
  SEPAKAT_RETURN_IF_ERROR(peer->server_->Start());
  const std::string ask = peer->Psql("-c 'SELECT 1'") + " >/dev/null 2>&1";
  SEPAKAT_RETURN_IF_ERROR(WaitUntilReady(*peer->server_, "PostgreSQL", std::chrono::seconds(20),
                                         [&] { return Succeeds(ask); }));
  SEPAKAT_RETURN_IF_ERROR(
      peer->Write("SELECT current_setting($$server_version$$)", peer->folder_.path() / "version"));
  const std::string version = TextOf(folder + "/version");
  peer->name_ = "PostgreSQL " + version.substr(0, version.find_first_of(" \n"));
  return peer;
}

std::string PostgresPeer::Psql(const std::string& arguments) const {
  return fmt::format("psql -X -q -A -t -h '{}' -U bench -d postgres -v ON_ERROR_STOP=1 {}",
                     folder_.path().string(), arguments);
}

absl::StatusOr<double> PostgresPeer::Run(const std::string& statements) {
  const std::filesystem::path file = folder_.path() / "statements.sql";
  const std::filesystem::path said = folder_.path() / "said";
  std::ofstream(file) << "\\timing on\n" << statements << "\n";
  if (!Succeeds(Psql(fmt::format("-f '{}' >'{}' 2>&1", file.string(), said.string())))) {
    return base::Error(absl::StatusCode::kInternal, "PEER_FAILED", TextOf(said));
  }
  double milliseconds = 0;
  std::ifstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Time: ")) milliseconds += std::atof(line.c_str() + 6);
  }
  return milliseconds / 1000;
}

absl::Status PostgresPeer::Write(const std::string& query, const std::filesystem::path& file) {
  if (Succeeds(Psql(fmt::format("-F, -c '{}' >'{}'", query, file.string())))) {
    return absl::OkStatus();
  }
  return base::Error(absl::StatusCode::kInternal, "PEER_FAILED", "psql failed: " + query);
}

}  // namespace sepakat::bench
