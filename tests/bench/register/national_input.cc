#include "tests/bench/register/national_input.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <map>
#include <thread>

#include "tests/bench/register/parquet_file.h"
#include "tests/bench/support/meter.h"

namespace sepakat::bench {
namespace {

constexpr int kPairs = 5;
constexpr int64_t kGroupRows = 1'000'000;

void WriteFamilies(const National& national, const std::filesystem::path& path) {
  using Kind = ParquetFile::Kind;
  std::vector<ParquetFile::Column> columns = {
      {"village"}, {"welfare"}, {"weight"}, {"line"}, {"size", Kind::kByte}};
  for (int i = 0; i < kIndicators; ++i) columns.push_back({fmt::format("d{:02}", i), Kind::kByte});
  ParquetFile file(path, std::move(columns));
  const FamilyData& data = national.data;
  std::vector<int32_t> village, welfare, weight, line;
  std::vector<uint8_t> size;
  std::array<std::vector<uint8_t>, kIndicators> deprived;
  const auto write = [&] {
    std::vector<ParquetFile::Values> values = {
        {.ints = village}, {.ints = welfare}, {.ints = weight}, {.ints = line}, {.bytes = size}};
    for (auto& column : deprived) values.push_back({.bytes = column});
    file.WriteGroup(values);
    for (auto* column : {&village, &welfare, &weight, &line}) column->clear();
    size.clear();
    for (auto& column : deprived) column.clear();
  };
  const std::span<const Village> villages = national.source.villages();
  for (uint32_t v = 0; v < kVillages; ++v) {
    for (int64_t family = villages[v].first; family < villages[v].end; ++family) {
      const auto i = static_cast<size_t>(family);
      village.push_back(static_cast<int32_t>(v));
      welfare.push_back(static_cast<int32_t>(data.welfare[i]));
      weight.push_back(static_cast<int32_t>(data.family_weight[i]));
      line.push_back(static_cast<int32_t>(villages[v].line));
      size.push_back(data.size[i]);
      for (size_t bit = 0; bit < kIndicators; ++bit) {
        deprived[bit].push_back(static_cast<uint8_t>(data.deprived[i] >> bit & 1));
      }
      if (static_cast<int64_t>(village.size()) == kGroupRows) write();
    }
  }
  if (!village.empty()) write();
  Must(file.Close());
}

void WriteVillages(const NationalRegister& source, const std::filesystem::path& path) {
  ParquetFile file(path, {{"village"}, {"district"}, {"regency"}, {"province"}, {"class"}});
  std::array<std::vector<int32_t>, 5> columns;
  for (uint32_t v = 0; v < kVillages; ++v) {
    const Village& village = source.villages()[v];
    const std::array<uint32_t, 5> values = {v, village.district, village.regency, village.province,
                                            village.line_class};
    for (size_t i = 0; i < values.size(); ++i) {
      columns[i].push_back(static_cast<int32_t>(values[i]));
    }
  }
  std::vector<ParquetFile::Values> values;
  for (auto& column : columns) values.push_back({.ints = column});
  file.WriteGroup(values);
  Must(file.Close());
}

std::string Declared(const std::vector<std::pair<std::string, std::string>>& columns) {
  std::string text;
  for (const auto& [name, type] : columns) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, type);
  }
  return text;
}

}  // namespace

int64_t BenchFamilies() {
  const char* size = std::getenv("SEPAKAT_BENCH_SIZE");
  const std::string_view text = size == nullptr || *size == '\0' ? "1M" : size;
  if (text == "1M") return 1'000'000;
  if (text == "10M") return 10'000'000;
  if (text == "90M") return 90'000'000;
  fmt::print(stderr, "SIZE is 1M, 10M or 90M, not {}\n", text);
  std::exit(2);
}

National::National(int64_t families) : source(families, kRegisterSeed) {
  const Meter meter;
  data.Resize(families);
  InThreads(source, kThreads,
            [&](int, uint32_t first, uint32_t end) { source.Fill(first, end, &data); });
  fill_seconds = meter.Seconds();
  fmt::print("register: {}, made in {:.1f} s\n", source.Text(), fill_seconds);
}

std::vector<uint32_t> MakeRegions(const NationalRegister& source, targeting::RegionTree* tree) {
  std::vector<uint32_t> by_village;
  for (uint32_t v = 0; v < kVillages; ++v) by_village.push_back(tree->Intern(source.CodeOf(v)));
  return by_village;
}

void WriteParquet(const National& national, const std::filesystem::path& folder) {
  const Meter meter;
  WriteFamilies(national, folder / "families.parquet");
  WriteVillages(national.source, folder / "villages.parquet");
  fmt::print("families.parquet: {} MiB in {:.1f} s\n",
             std::filesystem::file_size(folder / "families.parquet") >> 20, meter.Seconds());
}

void LoadTables(const std::filesystem::path& folder, SqlPeer* peer) {
  const bool duckdb = peer->kind() == SqlPeer::Kind::kDuckDb;
  const std::string integer = duckdb ? "INTEGER NOT NULL" : "Int32";
  const std::string byte = duckdb ? "UTINYINT NOT NULL" : "UInt8";
  std::vector<std::pair<std::string, std::string>> families = {{"village", integer},
                                                               {"welfare", integer},
                                                               {"weight", integer},
                                                               {"line", integer},
                                                               {"size", byte}};
  for (int i = 0; i < kIndicators; ++i) families.emplace_back(fmt::format("d{:02}", i), byte);
  const std::vector<std::pair<std::string, std::string>> villages = {{"village", integer},
                                                                     {"district", integer},
                                                                     {"regency", integer},
                                                                     {"province", integer},
                                                                     {"class", integer}};
  for (const auto& [table, columns] :
       std::map<std::string, decltype(families)>{{"families", families}, {"villages", villages}}) {
    const std::string file = (folder / (table + ".parquet")).string();
    const std::string from =
        duckdb ? fmt::format("read_parquet('{}')", file) : fmt::format("file('{}', Parquet)", file);
    peer->RunAll({fmt::format("CREATE TABLE {} ({}){}", table, Declared(columns),
                              duckdb ? "" : " ENGINE = Memory"),
                  fmt::format("INSERT INTO {} SELECT * FROM {}", table, from)});
  }
}

void Together(const std::function<void()>& one, const std::function<void()>& other) {
  std::thread thread(one);
  other();
  thread.join();
}

void MeasureBesideDatabases(const PeerRow& told, int64_t families, const PeerJob& job,
                            Report* report) {
  job.ours();  // warms up
  const double our_mib = PeakResidentMib(getpid());
  for (const SqlPeer::Kind kind : {SqlPeer::Kind::kChDb, SqlPeer::Kind::kDuckDb}) {
    const bool duckdb = kind == SqlPeer::Kind::kDuckDb;
    Row row = told.row;
    const std::optional<double> least =
        duckdb ? told.least_against_duckdb : told.least_against_chdb;
    if (!least) continue;
    row.mark = fmt::format(">= {}", *least);
    const auto alone = [&](const std::string& why) {
      std::vector<double> rates;
      for (int i = 0; i < kPairs; ++i) rates.push_back(job.ours());
      row.ours = Quantile(rates, 0.5);
      row.peer_name = why;
      row.alone = true;
      row.mark = "";
      report->Add(row);
      report->Add({.job = told.row.job + ": memory",
                   .input = told.row.input,
                   .unit = "MiB at its highest, register included",
                   .ours = our_mib,
                   .peer_name = why,
                   .alone = true});
    };
    if (families > kMostWithPeers) {
      alone("at SIZE=1M and 10M only");
      return;
    }
    auto peer = SqlPeer::Start(kind, kThreads);
    if (!peer.ok()) {
      alone(fmt::format("{}: not installed here", NameOf(kind)));
      continue;
    }
    job.load(peer->get());
    row.equal = job.compare(peer->get());  // warms up, too
    const Pairs pairs = MeasureInTurns(kPairs, job.ours, [&] { return job.peer(peer->get()); });
    row.ours = pairs.ours;
    row.peer_name = (*peer)->name();
    row.peer = pairs.peer;
    row.ratio = pairs.ratio;
    row.reached = pairs.median_ratio >= *least;
    report->Add(row);
    report->Add({.job = told.row.job + ": memory",
                 .input = told.row.input,
                 .unit = "MiB at its highest, register included",
                 .ours = our_mib,
                 .peer_name = row.peer_name,
                 .peer = (*peer)->PeakMib(),
                 .alone = true});
  }
}

}  // namespace sepakat::bench
