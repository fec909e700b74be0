// What the benchmarks of the whole nation share: the register in memory and on disk, the regions of
// the engine, and how a row beside a peer is measured and told.
//
// Thread: one.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "targeting/domain/region_tree.h"
#include "tests/bench/peers/sql_peer.h"
#include "tests/bench/register/national_register.h"
#include "tests/bench/support/report.h"

namespace sepakat::bench {

inline constexpr uint64_t kRegisterSeed = 20251125;
inline constexpr int kThreads = 2;
// Beyond so many families our side is measured alone.
inline constexpr int64_t kMostWithPeers = 20'000'000;

// $SEPAKAT_BENCH_SIZE: 1M, 10M, 90M; 1M when it is not set. Ends the program with a sentence when
// it is something else.
int64_t BenchFamilies();

// The register, all of it filled by kThreads threads.
struct National {
  explicit National(int64_t families);

  NationalRegister source;
  FamilyData data;
  double fill_seconds = 0;
};

// The regions of all villages; the region of village v is `by_village[v]`.
std::vector<uint32_t> MakeRegions(const NationalRegister& source, targeting::RegionTree* tree);

// families.parquet (village, welfare, weight, line, size, d00..d13) and villages.parquet (village,
// district, regency, province, class) in `folder`.
void WriteParquet(const National& national, const std::filesystem::path& folder);

// The tables `families` and `villages` of a peer, sorted by village, without nulls.
void LoadTables(const std::filesystem::path& folder, SqlPeer* peer);

// Both at the same time, the first in a thread of its own.
void Together(const std::function<void()>& one, const std::function<void()>& other);

// Adds a row for each of DuckDB and chDB. `row` is filled in but for the peer's columns; `ours`
// gives families per second; `compare` says whether the peer's answers are ours and runs first.
struct PeerRow {
  Row row;
  // The ratio that is promised; a peer without one is left out.
  std::optional<double> least_against_duckdb = {};
  std::optional<double> least_against_chdb = {};
};
struct PeerJob {
  std::function<void(SqlPeer*)> load;
  std::function<double()> ours;
  std::function<double(SqlPeer*)> peer;
  std::function<bool(SqlPeer*)> compare;
};
void MeasureBesideDatabases(const PeerRow& told, int64_t families, const PeerJob& job,
                            Report* report);

}  // namespace sepakat::bench
