#include "tests/bench/peers/sql_peer.h"

#include <fmt/format.h>

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
  const auto missing = [&] {
    return base::Error(
        absl::StatusCode::kFailedPrecondition, "PEER_MISSING",
        fmt::format("{} does not start; deploy/scripts/peers.sh installs it", NameOf(kind)));
  };
  auto process = LineProcess::Start(
      {"node", (support::SourceFolder() / "tests/bench/peers/sql_peer.mjs").string(),
       kind == Kind::kDuckDb ? "duckdb" : "chdb", FolderOf(kind), fmt::format("{}", threads)});
  if (!process.ok()) return missing();
  std::unique_ptr<SqlPeer> peer(new SqlPeer(kind, *std::move(process)));
  const auto greeting = peer->process_->ReadLine();
  const auto said = nlohmann::json::parse(greeting.value_or(""), nullptr, false);
  if (!said.is_object() || !said.contains("name")) return missing();
  peer->name_ = said["name"].get<std::string>();
  return peer;
}

absl::StatusOr<double> SqlPeer::Run(const std::string& statement) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::string line, process_->Ask(nlohmann::json(statement).dump()));
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
                      const NumbersVisit& visit) {
  Must(Run(kind_ == Kind::kDuckDb
               ? fmt::format("COPY ({}) TO '{}' (FORMAT csv, HEADER false)", query, file.string())
               : fmt::format("{} INTO OUTFILE '{}' TRUNCATE FORMAT CSV", query, file.string()))
           .status());
  ReadNumbers(file, visit);
}

std::vector<std::vector<base::Int128>> SqlPeer::Numbers(const std::string& query,
                                                        const std::filesystem::path& file) {
  std::vector<std::vector<base::Int128>> rows;
  EachRow(query, file,
          [&](std::span<const base::Int128> row) { rows.emplace_back(row.begin(), row.end()); });
  return rows;
}

double SqlPeer::PeakMib() const { return PeakResidentMib(process_->pid()); }

}  // namespace sepakat::bench
