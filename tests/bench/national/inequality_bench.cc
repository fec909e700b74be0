// J2: Gini coefficient and deciles of welfare, exact, from all families.
//
// Beside DuckDB and chDB for the regencies, which is what they are asked for: both sides sort the
// families of each regency and read coefficient and nine deciles off the order, two threads each.
// Ours also leaves the order behind that later updates go into (welfare_order.h). Compared are
// numerator and denominator of every coefficient and every decile. Then ours alone for all regions,
// villages to nation, the orders of all levels built.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <optional>
#include <thread>

#include "targeting/domain/welfare_rebuild.h"
#include "tests/bench/register/national_input.h"
#include "tests/bench/support/meter.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::targeting {
namespace {

using base::Int128;

constexpr int kRounds = 3;

struct Reading {
  measures::Ratio gini;
  std::array<int64_t, 9> deciles{};
};

Reading Read(const WelfareOrder& order) {
  Reading reading;
  reading.gini = order.Gini();
  for (size_t k = 0; k < reading.deciles.size(); ++k) {
    reading.deciles[k] = order.Quantile(static_cast<int64_t>(k) + 1, 10).value_or(-1);
  }
  return reading;
}

class Ours {
 public:
  explicit Ours(const bench::National& national)
      : national_(national),
        by_village_(MakeRegions(national.source, &tree_)),
        readings_(tree_.size()) {
    for (uint32_t v = 0; v < bench::kVillages; ++v) {
      const uint32_t regency = tree_.at(tree_.at(by_village_[v]).parent).parent;
      AddPart(regency, v, &regencies_);
      AddPart(tree_.at(regency).parent, v, &provinces_);
    }
  }

  // Families per second.
  double Regencies() {
    return Measure(regencies_.size(), [this](size_t i, WelfareRebuild* rebuild) {
      rebuild->BuildAlone(regencies_[i].region, FamiliesOf(regencies_[i]), Reader());
    });
  }
  double AllRegions() {
    return Measure(provinces_.size() + 1, [this](size_t i, WelfareRebuild* rebuild) {
      if (i == 0) {
        rebuild->BuildAlone(RegionTree::kNation, FamiliesOf({0, 0, bench::kVillages}), Reader());
      } else {
        rebuild->BuildAllInside(provinces_[i - 1].region, FamiliesOf(provinces_[i - 1]), Reader());
      }
    });
  }

  const Reading& OfRegency(size_t number) const { return readings_[regencies_[number].region]; }
  uint32_t regions() const { return tree_.size(); }

 private:
  // The villages [first, end) of a region.
  struct Part {
    uint32_t region = 0;
    uint32_t first = 0;
    uint32_t end = 0;
  };

  static void AddPart(uint32_t region, uint32_t village, std::vector<Part>* parts) {
    if (parts->empty() || parts->back().region != region) parts->push_back({region, village, 0});
    parts->back().end = village + 1;
  }

  std::vector<PlacedWelfare> FamiliesOf(const Part& part) const {
    const std::span<const bench::Village> villages = national_.source.villages();
    const bench::FamilyData& data = national_.data;
    std::vector<PlacedWelfare> families;
    families.reserve(static_cast<size_t>(villages[part.end - 1].end - villages[part.first].first));
    for (uint32_t v = part.first; v < part.end; ++v) {
      for (int64_t family = villages[v].first; family < villages[v].end; ++family) {
        const auto i = static_cast<size_t>(family);
        families.push_back(
            {WelfareEntry(data.welfare[i], data.size[i], data.family_weight[i]), by_village_[v]});
      }
    }
    return families;
  }

  WelfareRebuild::Visit Reader() {
    return [this](uint32_t region, const WelfareOrder& order) { readings_[region] = Read(order); };
  }

  // Threads take the pieces of work one after another.
  template <typename Work>
  double Measure(size_t pieces, const Work& work) {
    const bench::Meter meter;
    std::atomic<size_t> next{0};
    const auto run = [&] {
      WelfareRebuild rebuild(&tree_);
      for (size_t i = next++; i < pieces; i = next++) work(i, &rebuild);
    };
    std::thread other(run);
    run();
    other.join();
    return static_cast<double>(national_.source.families()) / meter.Seconds();
  }

  const bench::National& national_;
  RegionTree tree_;
  std::vector<uint32_t> by_village_;
  std::vector<Part> regencies_;
  std::vector<Part> provinces_;
  std::vector<Reading> readings_;
};

// One pass over the sorted families of each regency gives the pieces of both figures. Of the forms
// tried, these were the fastest: sums over a window in DuckDB, arrays in order in chDB.
std::string Query(const bench::SqlPeer& peer) {
  std::string deciles;
  if (peer.kind() == bench::SqlPeer::Kind::kDuckDb) {
    for (int k = 1; k < 10; ++k) {
      deciles += fmt::format(", min(welfare) FILTER (WHERE 10 * w >= {0} * whole) AS d{0}", k);
    }
    return fmt::format(
        "CREATE OR REPLACE TABLE result AS SELECT regency, "
        "sum(p::HUGEINT * (welfare::HUGEINT * w - y)) AS spread, sum(p) AS persons, "
        "sum(p * welfare) AS total{} FROM (SELECT regency, welfare, p, sum(p) OVER below AS w, "
        "sum(p * welfare) OVER below AS y, sum(p) OVER (PARTITION BY regency) AS whole FROM "
        "(SELECT regency, welfare, (weight * size)::BIGINT AS p FROM families JOIN villages USING "
        "(village)) f WINDOW below AS (PARTITION BY regency ORDER BY welfare ROWS BETWEEN "
        "UNBOUNDED "
        "PRECEDING AND CURRENT ROW)) g GROUP BY regency",
        deciles);
  }
  for (int k = 1; k < 10; ++k) {
    deciles += fmt::format(", ys[arrayFirstIndex(w -> 10 * w >= {0} * persons, ws)] AS d{0}", k);
  }
  return fmt::format(
      "CREATE OR REPLACE TABLE result ENGINE = Memory AS SELECT regency, "
      "arraySum((p, y, w, t) -> toInt128(p) * (toInt128(y) * w - t), ps, ys, ws, ts) AS spread, "
      "persons, total{} FROM (SELECT regency, groupArray(welfare) AS ys, groupArray(p) AS ps, "
      "arrayCumSum(ps) AS ws, arrayCumSum((p, y) -> p * y, ps, ys) AS ts, ws[-1] AS persons, "
      "ts[-1] AS total FROM (SELECT r.regency AS regency, welfare, toInt64(weight * size) AS p "
      "FROM families AS f JOIN villages AS r ON f.village = r.village ORDER BY regency, welfare) "
      "GROUP BY regency)",
      deciles);
}

bool Same(const Ours& ours, const std::vector<std::vector<Int128>>& theirs) {
  bool same = theirs.size() == bench::kRegencies;
  for (const std::vector<Int128>& row : theirs) {
    const Reading& reading = ours.OfRegency(static_cast<size_t>(row[0]));
    same = same && reading.gini.numerator == row[1] && reading.gini.denominator == row[2] * row[3];
    same = same && std::ranges::equal(reading.deciles, std::span(row).subspan(4));
  }
  return same;
}

int Run() {
  const bench::National national(bench::BenchFamilies());
  const int64_t families = national.source.families();
  const support::TemporaryFolder folder("national_inequality");
  if (families <= bench::kMostWithPeers) WriteParquet(national, folder.path());
  Ours ours(national);
  const std::string input = fmt::format("{}, 2 threads each", national.source.Text());
  bench::Report report;
  MeasureBesideDatabases(
      {.row = {.job = "J2 Gini and deciles of all regencies", .input = input, .unit = "families/s"},
       .least_against_duckdb = 20,
       .least_against_chdb = 5},
      families,
      {.load = [&](bench::SqlPeer* peer) { LoadTables(folder.path(), peer); },
       .ours = [&] { return ours.Regencies(); },
       .peer =
           [&](bench::SqlPeer* peer) {
             return static_cast<double>(families) / bench::Must(peer->Run(Query(*peer)));
           },
       .compare =
           [&](bench::SqlPeer* peer) {
             bench::Must(peer->Run(Query(*peer)).status());
             return Same(ours, peer->Numbers("SELECT * FROM result", folder.path() / "r.csv"));
           }},
      &report);
  std::vector<double> rates;
  const int rounds = families <= bench::kMostWithPeers ? kRounds : 1;
  for (int i = 0; i < rounds; ++i) rates.push_back(ours.AllRegions());
  report.Add({.job = fmt::format("J2 Gini and deciles of all {} regions, orders built",
                                 bench::Grouped(ours.regions())),
              .input = input,
              .unit = "families/s",
              .ours = bench::Quantile(rates, 0.5),
              .alone = true});
  report.Add({.job = "J2 memory of all regions",
              .input = input,
              .unit = "MiB at its highest, register included",
              .ours = bench::PeakResidentMib(getpid()),
              .alone = true});
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
