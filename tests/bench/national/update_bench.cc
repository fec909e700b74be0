// J3: one changed family in every indicator, as a stream of them comes.
//
// Beside PostgreSQL, whose statement triggers keep the sums (statements of 20,000 and of 1,000
// updates, one session), and Kafka Streams in its test driver (a table of families, grouped and
// summed five times, stores in memory); one core each, the same file of families and updates, of
// which one in twenty moves to another village. All keep FGT by line class and MPI of villages,
// districts, regencies, provinces and the nation; all sums are compared at the end. Ours once more
// with everything that the engine keeps beside (Gini and quantiles, ranks and deciles, needs of 14
// programmes, crossings, digest) and publishes per batch; what others do not keep counts against
// us.
#include <fmt/format.h>

#include <fstream>
#include <optional>

#include "targeting/domain/engine.h"
#include "tests/bench/national/bench_mpi.h"
#include "tests/bench/national/poverty_cells.h"
#include "tests/bench/peers/line_process.h"
#include "tests/bench/peers/number_rows.h"
#include "tests/bench/peers/postgres_peer.h"
#include "tests/bench/register/national_input.h"
#include "tests/bench/support/meter.h"
#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

using bench::kIndicators;

// A few regencies: as many families and villages as a register of ten millions has in this many.
constexpr int64_t kNation = 10'000'000;
constexpr uint32_t kVillages = 830;
constexpr int kChunk = 20'000;
// Prime, and more than there are families: no family twice in a chunk.
constexpr uint64_t kStride = 1'000'003;
constexpr int kPairs = 5;
// Each peer goes through a warm-up and kPairs chunks.
constexpr int kChunks = kPairs + 1;
constexpr int kSums = 8 + 2 * kIndicators;

// A family as it is at first or after an update.
struct Snapshot {
  uint32_t id = 0;
  uint32_t village = 0;
  uint32_t welfare = 0;
  uint32_t family_weight = 0;
  uint8_t size = 0;
  uint16_t deprived = 0;
};

// The register and the stream of updates: no family twice in a chunk.
class Stream {
 public:
  Stream()
      : source_(kNation, bench::kRegisterSeed),
        families_(source_.villages()[kVillages - 1].end),
        masks_(bench::Must(measures::MpiMasks::Create(bench::BenchMpi()))) {
    bench::FamilyData first;
    bench::FamilyData later;
    const bench::NationalRegister other(kNation, bench::kRegisterSeed + 1);
    first.Resize(families_);
    later.Resize(other.villages()[2 * kVillages].end);
    source_.Fill(0, kVillages, &first);
    other.Fill(0, 2 * kVillages, &later);
    std::vector<uint32_t> village_of(static_cast<size_t>(families_));
    for (uint32_t v = 0; v < kVillages; ++v) {
      for (int64_t i = source_.villages()[v].first; i < source_.villages()[v].end; ++i) {
        village_of[static_cast<size_t>(i)] = v;
      }
    }
    const auto take = [&](const bench::FamilyData& data, uint32_t id) {
      lines_.push_back({id, village_of[id], data.welfare[id], data.family_weight[id], data.size[id],
                        data.deprived[id]});
    };
    for (uint32_t id = 0; id < families_; ++id) take(first, id);
    for (uint64_t e = 0; e < kChunks * kChunk; ++e) {
      const auto id = static_cast<uint32_t>(e * kStride % static_cast<uint64_t>(families_));
      if (e % 20 == 0) {
        village_of[id] = static_cast<uint32_t>((village_of[id] + 7 * e) % kVillages);
      }
      take(later, id);
    }
  }

  int64_t families() const { return families_; }
  const bench::NationalRegister& source() const { return source_; }
  const measures::MpiMasks& masks() const { return masks_; }
  std::span<const Snapshot> at_first() const {
    return std::span(lines_).first(static_cast<size_t>(families_));
  }
  std::span<const Snapshot> chunk(int number) const {
    return std::span(lines_).subspan(static_cast<size_t>(families_ + number * kChunk), kChunk);
  }

  // id, village, district, regency, province, nation, class, line, persons, weight, welfare, mask,
  // score: families first, then updates.
  void Write(const std::filesystem::path& path) const {
    std::ofstream file(path);
    for (const Snapshot& line : lines_) {
      const bench::Village& v = source_.villages()[line.village];
      file << fmt::format("{},{},{},{},{},0,{},{},{},{},{},{},{}\n", line.id, line.village,
                          v.district, v.regency, v.province, v.line_class, v.line,
                          uint64_t{line.family_weight} * line.size, line.family_weight,
                          line.welfare, line.deprived, masks_.CensoredScore(line.deprived));
    }
  }

 private:
  bench::NationalRegister source_;
  int64_t families_;
  measures::MpiMasks masks_;
  std::vector<Snapshot> lines_;
};

// FGT and MPI alone: every update takes the old contribution away and adds the new one.
class OurSums {
 public:
  explicit OurSums(const Stream& stream)
      : stream_(stream),
        by_village_(MakeRegions(stream.source(), &tree_)),
        by_region_(tree_.size()) {
    for (const Snapshot& family : stream.at_first()) {
      state_.push_back(family);
      Add(family, 1);
    }
  }

  // Updates per second.
  double Apply(std::span<const Snapshot> updates) {
    const bench::Meter meter;
    for (const Snapshot& update : updates) {
      Snapshot& family = state_[update.id];
      Add(family, -1);
      family = update;
      Add(family, 1);
    }
    return static_cast<double>(updates.size()) / meter.Seconds();
  }

  bench::PovertyCells Cells() const {
    return CellsOf(stream_.source(), by_village_, tree_, by_region_);
  }

 private:
  void Add(const Snapshot& family, int sign) {
    const bench::Village& village = stream_.source().villages()[family.village];
    AddFamily(tree_,
              {by_village_[family.village], static_cast<int32_t>(village.line_class), village.line,
               family.welfare, family.family_weight, family.size, family.deprived},
              stream_.masks(), sign, &by_region_);
  }

  const Stream& stream_;
  RegionTree tree_;
  std::vector<uint32_t> by_village_;
  std::vector<RegionPoverty> by_region_;
  std::vector<Snapshot> state_;
};

// The engine with everything, a publication per batch.
class OurEngine {
 public:
  explicit OurEngine(const Stream& stream)
      : stream_(stream),
        engine_(&support::ShippedRules()),
        answers_(static_cast<size_t>(stream.families() * bench::kFeatures)),
        versions_(static_cast<size_t>(stream.families())) {
    stream.source().FillFeatures(0, stream.families(), answers_);
    StageParameters();
    Apply(stream.at_first(), static_cast<int>(stream.families()), true);
  }

  double Apply(std::span<const Snapshot> updates, int batch, bool bulk) {
    std::vector<FamilyUpdate> decoded;
    for (const Snapshot& update : updates) decoded.push_back(Decoded(update));
    const bench::Meter meter;
    int waiting = 0;
    for (const FamilyUpdate& update : decoded) {
      bench::Must(engine_.Apply(update));
      if (++waiting % batch == 0) published_ += engine_.Cut(bulk).figures.size();
    }
    return static_cast<double>(updates.size()) / meter.Seconds();
  }

  // FGT of all regions under the class of the line.
  bench::Cells Fgt() const {
    const PopulationState& state = *engine_.Find("register");
    std::vector<uint32_t> by_village;
    bench::Cells cells;
    for (uint32_t v = 0; v < kVillages; ++v) {
      const std::string code = stream_.source().CodeOf(v);
      std::array<uint32_t, 5> numbers = {0, stream_.source().villages()[v].province,
                                         stream_.source().villages()[v].regency,
                                         stream_.source().villages()[v].district, v};
      uint32_t region = state.tree().Find(code);
      if (region == RegionTree::kNone) continue;
      for (int level = 4; level >= 0; --level) {
        for (const RegionSums::LineEntry& entry : state.tree().at(region).total.lines) {
          if (entry.sums.families == 0) continue;
          const std::string& version =
              state.lines().classes()[static_cast<size_t>(entry.line_class)].version;
          cells[{level, numbers[static_cast<size_t>(level)], std::stoi(version)}] =
              bench::FgtRow(entry.sums);
        }
        region = state.tree().at(region).parent;
      }
    }
    return cells;
  }

 private:
  FamilyUpdate Decoded(const Snapshot& snapshot) {
    FamilyUpdate update;
    update.population = "register";
    update.key = {snapshot.id * 0x9e3779b97f4a7c15ULL, snapshot.id};
    update.version = ++versions_[snapshot.id];
    update.region = stream_.source().CodeOf(snapshot.village);
    update.observed_on = 20'100;
    update.size = snapshot.size;
    update.family_weight = snapshot.family_weight;
    update.welfare = snapshot.welfare;
    const std::span<const Variable> variables = AllVariables();
    for (size_t i = 0; i < bench::kFeatures; ++i) {
      update.features.Set(variables[i], answers_[snapshot.id * bench::kFeatures + i]);
    }
    const bool town = stream_.source().villages()[snapshot.village].line_class % 2 == 1;
    update.features.Set(Variable::kUrbanRural, town ? 1 : 2);
    return update;
  }

  void StageParameters() {
    std::vector<bool> said(2 * bench::kRegencies);
    for (uint32_t v = 0; v < kVillages; ++v) {
      const bench::Village& village = stream_.source().villages()[v];
      if (said[village.line_class]) continue;
      said[village.line_class] = true;
      ParameterChange change;
      change.line = PovertyLine{"register",
                                stream_.source().CodeOf(v).substr(0, 5),
                                village.line_class % 2 == 1 ? 1 : 2,
                                20'000,
                                fmt::format("{}", village.line),
                                "bench",
                                fmt::format("{}", village.line_class)};
      engine_.Stage(change);
    }
    ParameterChange model;
    model.model = Model{"register", "pmt", "1", "", "", "", 13'000'000, {}};
    for (const Variable variable : AllVariables()) {
      model.model->terms.push_back({variable, {}, 1000 + static_cast<int>(variable), "", 0});
    }
    engine_.Stage(model);
    for (int i = 0; i < measures::kDeprivations; ++i) {
      ParameterChange change;
      change.programme = Programme{
          fmt::format("p{:02}", i), "1", "register", static_cast<uint16_t>(1 << i), 4, false, {}};
      engine_.Stage(change);
    }
  }

  const Stream& stream_;
  Engine engine_;
  std::vector<uint8_t> answers_;
  std::vector<int64_t> versions_;
  size_t published_ = 0;
};

// What a trigger adds to the sums, from `rows` (sign, family).
std::string AddToSums(const std::string& rows) {
  std::string parts =
      "sum(s) AS a0, sum(p) AS a1, sum(CASE WHEN g > 0 THEN w ELSE 0 END) AS a2, sum(CASE WHEN g > "
      "0 "
      "THEN p ELSE 0 END) AS a3, sum(p * g) AS a4, sum(p::numeric * g * g) AS a5, sum(CASE WHEN "
      "score > 0 THEN p ELSE 0 END) AS a6, sum(p * score) AS a7";
  std::string sums;
  std::string sets;
  for (int i = 0; i < kIndicators; ++i)
    parts += fmt::format(", sum(p * (mask >> {} & 1)) AS a{}", i, 8 + i);
  for (int i = 0; i < kIndicators; ++i) {
    parts += fmt::format(", sum(CASE WHEN score > 0 THEN p * (mask >> {} & 1) ELSE 0 END) AS a{}",
                         i, 8 + kIndicators + i);
  }
  for (int i = 0; i < kSums; ++i) {
    sums += fmt::format(", sum(a{0}) AS a{0}", i);
    sets += fmt::format("{0}s{1} = t.s{1} + d.a{1}", i == 0 ? "" : ", ", i);
  }
  return fmt::format(
      "WITH f AS (SELECT n4, n3, n2, n1, class, s, s * persons AS p, s * weight AS w, "
      "greatest(line - welfare, 0) AS g, mask, score FROM ({0}) r), v AS (SELECT n4, n3, n2, n1, "
      "class, {1} FROM f GROUP BY n4, n3, n2, n1, class), d AS (SELECT level, node, class{2} FROM "
      "v "
      "CROSS JOIN LATERAL (VALUES (4, n4), (3, n3), (2, n2), (1, n1), (0, 0)) AS l (level, node) "
      "GROUP BY level, node, class) UPDATE sums t SET {3} FROM d WHERE t.level = d.level AND "
      "t.node "
      "= d.node AND t.class = d.class;\n",
      rows, parts, sums, sets);
}

std::string Schema(const Stream& stream, const std::filesystem::path& lines) {
  const std::string family =
      "id integer, n4 integer, n3 integer, n2 integer, n1 integer, n0 integer, class integer, line "
      "bigint, persons bigint, weight bigint, welfare bigint, mask integer, score integer";
  std::string sums;
  for (int i = 0; i < kSums; ++i)
    sums += fmt::format(", s{} {} NOT NULL DEFAULT 0", i, i == 5 ? "numeric" : "bigint");
  return fmt::format(
      "CREATE UNLOGGED TABLE lines ({0}, seq serial);\n"
      "\\copy lines (id, n4, n3, n2, n1, n0, class, line, persons, weight, welfare, mask, score) "
      "FROM '{1}' CSV\n"
      "CREATE INDEX ON lines (seq);\n"
      "CREATE UNLOGGED TABLE families ({0}, PRIMARY KEY (id)) WITH (fillfactor = 50);\n"
      "INSERT INTO families SELECT id, n4, n3, n2, n1, n0, class, line, persons, weight, welfare, "
      "mask, score FROM lines WHERE seq <= {2};\n"
      "CREATE UNLOGGED TABLE sums (level integer, node integer, class integer{3}, PRIMARY KEY "
      "(level, "
      "node, class)) WITH (fillfactor = 50);\n"
      "INSERT INTO sums SELECT DISTINCT l.level, l.node, class FROM lines CROSS JOIN LATERAL "
      "(VALUES "
      "(4, n4), (3, n3), (2, n2), (1, n1), (0, 0)) AS l (level, node);\n{4}"
      "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {5} RETURN NULL; END "
      "$$;\n"
      "CREATE TRIGGER keep AFTER UPDATE ON families REFERENCING OLD TABLE AS old_rows NEW TABLE AS "
      "new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep();\nANALYZE;\n",
      family, lines.string(), stream.families(), sums, AddToSums("SELECT 1 AS s, * FROM families"),
      AddToSums("SELECT 1 AS s, * FROM new_rows UNION ALL SELECT -1, * FROM old_rows"));
}

std::string Updates(const Stream& stream, int chunk, int statement) {
  std::string statements;
  for (int from = 0; from < kChunk; from += statement) {
    const int64_t first = stream.families() + chunk * kChunk + from;
    statements += fmt::format(
        "UPDATE families f SET n4 = e.n4, n3 = e.n3, n2 = e.n2, n1 = e.n1, class = e.class, line = "
        "e.line, persons = e.persons, weight = e.weight, welfare = e.welfare, mask = e.mask, score "
        "= e.score FROM lines e WHERE e.seq > {} AND e.seq <= {} AND f.id = e.id;\n",
        first, first + statement);
  }
  return statements;
}

std::string SumColumns() {
  std::string columns = "level, node, class";
  for (int i = 0; i < kSums; ++i) columns += fmt::format(", s{}", i);
  return columns;
}

std::string Input(const Stream& stream, int batch) {
  return fmt::format("{} families of {} villages, batches of {}, one core",
                     bench::Grouped(stream.families()), bench::Grouped(kVillages),
                     bench::Grouped(batch));
}

// Two rows beside one peer: the same sums, and everything.
struct Besides {
  std::string peer_name;
  std::string input;
  int batch = kChunk;
  std::optional<double> least_for_sums = {};
  double least_for_all = 0;
};

// `peer` gives updates per second of a chunk, `theirs` its sums after the last one.
void Measure(const Stream& stream, const Besides& told, const std::function<double(int)>& peer,
             const std::function<bench::PovertyCells()>& theirs, bench::Report* report) {
  OurSums sums(stream);
  OurEngine engine(stream);
  std::vector<double> of_sums, of_engine, of_peer, sums_ratio, engine_ratio;
  for (int chunk = 0; chunk < kChunks; ++chunk) {
    const double a = sums.Apply(stream.chunk(chunk));
    const double b = engine.Apply(stream.chunk(chunk), told.batch, false);
    const double c = peer(chunk);
    if (chunk == 0) continue;  // warms up
    of_sums.push_back(a);
    of_engine.push_back(b);
    of_peer.push_back(c);
    sums_ratio.push_back(a / c);
    engine_ratio.push_back(b / c);
  }
  const bench::PovertyCells ours = sums.Cells();
  const bench::PovertyCells peers = theirs();
  const auto row = [&](const std::string& job, const std::vector<double>& rates,
                       const std::vector<double>& ratios, bool equal, std::optional<double> least) {
    const auto [low, high] = std::ranges::minmax(ratios);
    const double median = bench::Quantile(ratios, 0.5);
    report->Add({.job = job,
                 .input = told.input,
                 .unit = "updates/s",
                 .ours = bench::Quantile(rates, 0.5),
                 .peer_name = told.peer_name,
                 .peer = bench::Quantile(of_peer, 0.5),
                 .equal = equal,
                 .ratio = fmt::format("{:.2f} ({:.2f}..{:.2f})", median, low, high),
                 .mark = least ? fmt::format(">= {}", *least) : "",
                 .reached = least ? std::optional(median >= *least) : std::nullopt});
  };
  row("J3 one update, FGT and MPI", of_sums, sums_ratio, ours == peers, told.least_for_sums);
  row("J3 one update, all of the engine", of_engine, engine_ratio, engine.Fgt() == peers.fgt,
      told.least_for_all);
}

void Missing(const Stream& stream, const std::string& peer, bench::Report* report) {
  report->Add({.job = "J3 one update",
               .input = Input(stream, kChunk),
               .unit = "updates/s",
               .peer_name = peer + ": not installed here",
               .alone = true});
}

void BesidePostgres(const Stream& stream, const std::filesystem::path& folder,
                    bench::Report* report) {
  for (const int statement : {kChunk, 1000}) {
    auto peer = bench::PostgresPeer::Start();
    if (!peer.ok()) {
      fmt::print("{}\n", peer.status().ToString());
      return Missing(stream, "PostgreSQL", report);
    }
    bench::Must((*peer)->Run(Schema(stream, folder / "lines.csv")).status());
    Measure(
        stream,
        {.peer_name = (*peer)->name() + ", statement triggers",
         .input = Input(stream, statement),
         .batch = statement,
         .least_for_sums = 20,
         .least_for_all = 5},
        [&](int chunk) {
          return kChunk / bench::Must((*peer)->Run(Updates(stream, chunk, statement)));
        },
        [&] {
          bench::PovertyCells cells;
          bench::Must((*peer)->Write("SELECT " + SumColumns() + " FROM sums", folder / "sums.csv"));
          bench::ReadNumbers(folder / "sums.csv", [&](auto row) { AddPeerRow(row, &cells); });
          return cells;
        },
        report);
  }
}

void BesideStreams(const Stream& stream, const std::filesystem::path& folder,
                   bench::Report* report) {
  const std::filesystem::path peer = support::SourceFolder() / "build/tools/peers/streams";
  std::string classpath;
  std::getline(std::ifstream(peer / "classpath.txt"), classpath);
  auto process = bench::LineProcess::Start(
      {"java", "-Xmx2g", "-XX:+UseSerialGC", "-cp", (peer / "classes").string() + ":" + classpath,
       "id.sepakat.bench.StreamsPeer", (folder / "lines.csv").string()});
  const auto name = process.ok() ? (*process)->ReadLine() : process.status();
  if (classpath.empty() || !name.ok()) return Missing(stream, "Kafka Streams", report);
  const auto apply = [&](int64_t first, int64_t end) {
    return std::atof(bench::Must((*process)->Ask(fmt::format("{} {}", first, end))).c_str());
  };
  apply(0, stream.families());
  Measure(
      stream,
      {.peer_name = *name + ", TopologyTestDriver",
       .input = Input(stream, kChunk),
       .least_for_all = 5},
      [&](int chunk) {
        return kChunk /
               apply(stream.families() + chunk * kChunk, stream.families() + (chunk + 1) * kChunk);
      },
      [&] {
        bench::PovertyCells cells;
        bench::Must(
            (*process)->Ask(fmt::format("sums {}", (folder / "sums.csv").string())).status());
        bench::ReadNumbers(folder / "sums.csv", [&](auto row) { AddPeerRow(row, &cells); });
        return cells;
      },
      report);
}

int Run() {
  const Stream stream;
  const support::TemporaryFolder folder("national_update");
  stream.Write(folder.path() / "lines.csv");
  bench::Report report;
  BesidePostgres(stream, folder.path(), &report);
  BesideStreams(stream, folder.path(), &report);
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
