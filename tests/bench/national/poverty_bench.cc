// J1: poverty (FGT) and multidimensional poverty of every village, district, regency, province and
// the nation, anew from all families, as after a change of lines or of a cut-off.
//
// Beside DuckDB and chDB with two threads each, from tables in memory. Theirs is the way a good
// user would take: sums by village first, the other levels from those; line and deprivations stand
// beside the family as columns, which spares them a join. Compared are all sums of all regions and
// line classes: FGT of three orders, MPI, and 14 indicators uncensored and censored.
#include <fmt/format.h>

#include "targeting/domain/poverty_rebuild.h"
#include "tests/bench/national/bench_mpi.h"
#include "tests/bench/national/poverty_cells.h"
#include "tests/bench/register/national_input.h"
#include "tests/bench/support/meter.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::targeting {
namespace {

using bench::kIndicators;

class Ours {
 public:
  explicit Ours(const bench::National& national)
      : national_(national), masks_(bench::Must(measures::MpiMasks::Create(bench::BenchMpi()))) {
    by_village_ = MakeRegions(national.source, &tree_);
    for (uint32_t v = 0; v < bench::kVillages; ++v) {
      const bench::Village& village = national.source.villages()[v];
      ranges_.push_back({by_village_[v], static_cast<int32_t>(village.line_class), village.line,
                         static_cast<size_t>(village.first), static_cast<size_t>(village.end)});
    }
  }

  // Families per second.
  double Rebuild() {
    const bench::Meter meter;
    by_region_.assign(tree_.size(), {});
    InThreads(national_.source, bench::kThreads, [&](int, uint32_t first, uint32_t end) {
      SumVillages(national_.data.view(), std::span(ranges_).subspan(first, end - first), masks_,
                  &by_region_);
    });
    RollUp(tree_, &by_region_);
    return static_cast<double>(national_.source.families()) / meter.Seconds();
  }

  bench::PovertyCells Cells() const {
    return CellsOf(national_.source, by_village_, tree_, by_region_);
  }

 private:
  const bench::National& national_;
  measures::MpiMasks masks_;
  RegionTree tree_;
  std::vector<uint32_t> by_village_;
  std::vector<FamilyRange> ranges_;
  std::vector<RegionPoverty> by_region_;
};

// The statements of a peer.
class Statements {
 public:
  explicit Statements(const bench::SqlPeer& peer)
      : duckdb_(peer.kind() == bench::SqlPeer::Kind::kDuckDb) {
    columns_ = {"n", "persons", "poor_families", "poor", "gap", "gap2", "mpi_poor", "score"};
    for (int i = 0; i < kIndicators; ++i) columns_.push_back(fmt::format("u{:02}", i));
    for (int i = 0; i < kIndicators; ++i) columns_.push_back(fmt::format("c{:02}", i));
  }

  std::vector<std::string> All() const {
    return {Make("by_village", ByVillage()), Make("result", Levels())};
  }

  std::string Result() const {
    std::string columns;
    for (const std::string& column : columns_) columns += ", " + column;
    return fmt::format("SELECT level, node, class{} FROM result", columns);
  }

 private:
  std::string Make(const std::string& table, const std::string& query) const {
    return duckdb_ ? fmt::format("CREATE OR REPLACE TABLE {} AS {}", table, query)
                   : fmt::format("CREATE OR REPLACE TABLE {} ENGINE = Memory AS {}", table, query);
  }

  std::string ByVillage() const {
    const measures::MpiSpecification specification = bench::BenchMpi();
    const std::string wide = duckdb_ ? "BIGINT" : "Int64";
    std::string score;
    std::string sums;
    for (int i = 0; i < kIndicators; ++i) {
      score += fmt::format("{}d{:02} * {}", i == 0 ? "" : " + ", i,
                           specification.indicators[static_cast<size_t>(i)].weight);
      sums += fmt::format(", sum(p * d{:02}) AS u{:02}", i, i);
    }
    for (int i = 0; i < kIndicators; ++i) sums += fmt::format(", sum(q * d{:02}) AS c{:02}", i, i);
    return fmt::format(
        "SELECT village, count(*) AS n, sum(p) AS persons, "
        "sum(CASE WHEN g > 0 THEN weight ELSE 0 END) AS poor_families, "
        "sum(CASE WHEN g > 0 THEN p ELSE 0 END) AS poor, sum(g * p) AS gap, sum(g * g * p) AS "
        "gap2, "
        "sum(q) AS mpi_poor, sum(q * c) AS score{0} FROM (SELECT *, "
        "CASE WHEN c >= {1} THEN p ELSE 0 END AS q FROM (SELECT *, CAST(weight * size AS {2}) AS "
        "p, "
        "CAST(greatest(line - welfare, 0) AS {2}) AS g, {3} AS c FROM families) a) b GROUP BY "
        "village",
        sums, LeastPoorScore(specification), wide, score);
  }

  // All five levels by line class; wide sums where Int64 would wrap.
  std::string Levels() const {
    std::string sums;
    for (const std::string& column : columns_) {
      sums += duckdb_ ? fmt::format(", sum({0}) AS {0}", column)
                      : fmt::format(", sum(toInt128(v.{0})) AS {0}", column);
    }
    std::string levels;
    const std::array<std::string, 5> nodes = {"0", "province", "regency", "district", "village"};
    for (size_t level = 0; level < nodes.size(); ++level) {
      const std::string node = level == 4 ? "v.village" : nodes[level];
      levels += fmt::format(
          "{0}SELECT {1} AS level, {2} AS node, class{3} FROM by_village v JOIN villages r ON "
          "v.village = r.village GROUP BY node, class",
          level == 0 ? "" : " UNION ALL ", level, node, sums);
    }
    return levels;
  }

  bool duckdb_;
  std::vector<std::string> columns_;
};

int Run() {
  const bench::National national(bench::BenchFamilies());
  const int64_t families = national.source.families();
  const support::TemporaryFolder folder("national_poverty");
  if (families <= bench::kMostWithPeers) WriteParquet(national, folder.path());
  Ours ours(national);
  const auto rate = [&](double seconds) { return static_cast<double>(families) / seconds; };
  bench::Report report;
  MeasureBesideDatabases(
      {.row = {.job = "J1 FGT and MPI of all regions anew",
               .input = fmt::format("{}, 2 threads each", national.source.Text()),
               .unit = "families/s"},
       .least_against_duckdb = 30,
       .least_against_chdb = 10},
      families,
      {.load = [&](bench::SqlPeer* peer) { LoadTables(folder.path(), peer); },
       .ours = [&] { return ours.Rebuild(); },
       .peer = [&](bench::SqlPeer* peer) { return rate(peer->RunAll(Statements(*peer).All())); },
       .compare =
           [&](bench::SqlPeer* peer) {
             const Statements statements(*peer);
             peer->RunAll(statements.All());
             bench::PovertyCells theirs;
             peer->EachRow(statements.Result(), folder.path() / "result.csv",
                           [&](auto row) { AddPeerRow(row, &theirs); });
             return ours.Cells() == theirs;
           }},
      &report);
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
