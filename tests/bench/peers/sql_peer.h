// An analytical database beside ours: DuckDB or chDB in a process of its own, tables in memory.
//
// It is the npm package that deploy/scripts/peers.sh installs by name and pinned version. The time
// of a statement is what the database took, without the way there and back.
// Errors: FailedPrecondition PEER_MISSING when it is not installed or does not start, Internal
// PEER_FAILED with its message. Thread: one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/fixed_point.h"
#include "tests/bench/peers/line_process.h"
#include "tests/bench/peers/number_rows.h"

namespace sepakat::bench {

class SqlPeer {
 public:
  enum class Kind { kDuckDb, kChDb };

  static absl::StatusOr<std::unique_ptr<SqlPeer>> Start(Kind kind, int threads);
  Kind kind() const { return kind_; }
  // With its version.
  const std::string& name() const { return name_; }
  // Seconds.
  absl::StatusOr<double> Run(const std::string& statement);
  // Seconds of all together; ends the benchmark when one fails.
  double RunAll(const std::vector<std::string>& statements);
  // Visits the rows of a query of whole numbers, by way of `file`.
  void EachRow(const std::string& query, const std::filesystem::path& file,
               const NumbersVisit& visit);
  // All of them.
  std::vector<std::vector<base::Int128>> Numbers(const std::string& query,
                                                 const std::filesystem::path& file);
  double PeakMib() const;

 private:
  SqlPeer(Kind kind, std::unique_ptr<LineProcess> process)
      : kind_(kind), process_(std::move(process)) {}

  Kind kind_;
  std::unique_ptr<LineProcess> process_;
  std::string name_;
};

// `DuckDB` and so on, for a row that says it is not there.
std::string_view NameOf(SqlPeer::Kind kind);

}  // namespace sepakat::bench
