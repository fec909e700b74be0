#include "tests/bench/peers/sql_peer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "common/base/status.h"
#include "tests/bench/support/meter.h"
#include "tests/support/paths.h"

namespace sepakat::bench {
namespace {

std::string FolderOf(SqlPeer::Kind kind) {
  return (support::SourceFolder() / "build/tools/peers" /
          (kind == SqlPeer::Kind::kDuckDb ? "duckdb" : "chdb"))
      .string();
}

}  // namespace

std::string_view NameOf(SqlPeer::Kind kind) {
  return kind == SqlPeer::Kind::kDuckDb ? "DuckDB" : "chDB";
}

absl::StatusOr<std::unique_ptr<SqlPeer>> SqlPeer::Start(Kind kind, int threads) {
  std::unique_ptr<SqlPeer> peer(new SqlPeer(kind));
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (pipe2(to.data(), O_CLOEXEC) != 0 || pipe2(from.data(), O_CLOEXEC) != 0) {
    return base::Error(absl::StatusCode::kInternal, "PEER_FAILED", "no pipe could be made");
  }
  const std::string script = (support::SourceFolder() / "tests/bench/peers/sql_peer.mjs").string();
  const std::string folder = FolderOf(kind);
  const std::string count = fmt::format("{}", threads);
  const char* word = kind == Kind::kDuckDb ? "duckdb" : "chdb";
  const std::array<const char*, 6> arguments = {"node",         script.c_str(), word,
                                                folder.c_str(), count.c_str(),  nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  const int failed = posix_spawnp(&peer->pid_, "node", &actions, nullptr,
                                  const_cast<char* const*>(arguments.data()), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(to[0]);
  close(from[1]);
  peer->to_ = fdopen(to[1], "w");
  peer->from_ = fdopen(from[0], "r");
  if (failed != 0) peer->pid_ = -1;
  const auto greeting = peer->ReadLine();
  const auto said = nlohmann::json::parse(greeting.value_or(""), nullptr, false);
  if (!said.is_object() || !said.contains("name")) {
    return base::Error(
        absl::StatusCode::kFailedPrecondition, "PEER_MISSING",
        fmt::format("{} does not start; deploy/scripts/peers.sh installs it", NameOf(kind)));
  }
  peer->name_ = said["name"].get<std::string>();
  return peer;
}

SqlPeer::~SqlPeer() {
  if (to_ != nullptr) std::fclose(to_);
  if (from_ != nullptr) std::fclose(from_);
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
}

absl::StatusOr<std::string> SqlPeer::ReadLine() {
  std::string line;
  for (int c = std::fgetc(from_); c != EOF; c = std::fgetc(from_)) {
    if (c == '\n') return line;
    line.push_back(static_cast<char>(c));
  }
  return base::Error(absl::StatusCode::kInternal, "PEER_FAILED",
                     fmt::format("{} ended", NameOf(kind_)));
}

absl::StatusOr<double> SqlPeer::Run(const std::string& statement) {
  fmt::print(to_, "{}\n", nlohmann::json(statement).dump());
  std::fflush(to_);
  SEPAKAT_ASSIGN_OR_RETURN(const std::string line, ReadLine());
  const nlohmann::json said = nlohmann::json::parse(line, nullptr, false);
  if (said.is_object() && said.contains("seconds")) return said["seconds"].get<double>();
  return base::Error(absl::StatusCode::kInternal, "PEER_FAILED",
                     fmt::format("{}: {}\n{}", NameOf(kind_), line, statement));
}

double SqlPeer::RunAll(const std::vector<std::string>& statements) {
  double seconds = 0;
  for (const std::string& statement : statements) seconds += Must(Run(statement));
  return seconds;
}

void SqlPeer::EachRow(const std::string& query, const std::filesystem::path& file,
                      const Visit& visit) {
  Must(Run(kind_ == Kind::kDuckDb
               ? fmt::format("COPY ({}) TO '{}' (FORMAT csv, HEADER false)", query, file.string())
               : fmt::format("{} INTO OUTFILE '{}' TRUNCATE FORMAT CSV", query, file.string()))
           .status());
  std::vector<base::Int128> row;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    row.clear();
    line.push_back(',');
    base::Int128 value = 0;
    bool negative = false;
    for (const char c : line) {
      if (c == ',') {
        row.push_back(negative ? -value : value);
        value = 0;
        negative = false;
      } else if (c == '-') {
        negative = true;
      } else if (c >= '0' && c <= '9') {
        value = 10 * value + (c - '0');
      }
    }
    visit(row);
  }
}

std::vector<std::vector<base::Int128>> SqlPeer::Numbers(const std::string& query,
                                                        const std::filesystem::path& file) {
  std::vector<std::vector<base::Int128>> rows;
  EachRow(query, file,
          [&](std::span<const base::Int128> row) { rows.emplace_back(row.begin(), row.end()); });
  return rows;
}

double SqlPeer::PeakMib() const { return PeakResidentMib(pid_); }

}  // namespace sepakat::bench
