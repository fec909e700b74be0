// J6: the proxy-means score of every family from 48 answers, and the full national order.
//
// Beside DuckDB (the score as an expression over 48 columns, row_number() over it), two threads
// each; the whole order is compared. Beside R, whose rank() is handed the scores, against our order
// from the scores on one thread. Then what one changed score costs in the order that the engine
// keeps (rank_order.h): out, in, and the new rank read.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

#include "targeting/domain/rank_order.h"
#include "targeting/domain/score_table.h"
#include "tests/bench/register/national_input.h"
#include "tests/bench/register/parquet_file.h"
#include "tests/bench/support/meter.h"
#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::targeting {
namespace {

using bench::kFeatures;

constexpr int kPairs = 5;
constexpr int kChanges = 50'000;
constexpr int64_t kGroupRows = 1'000'000;
// Families whose answers are held at a time.
constexpr int64_t kMostAnswers = 20'000'000;

std::vector<Variable> Columns() {
  const std::span<const Variable> all = AllVariables();
  return {all.begin(), all.begin() + kFeatures};
}

// Coefficients of either sign; all answers are numbers.
Model AnyModel() {
  Model model;
  model.id = "pmt";
  model.intercept_micro = 13'000'000;
  std::mt19937 random(7);
  for (const Variable variable : Columns()) {
    const int64_t coefficient = static_cast<int64_t>(random() % 120'000) - 60'000;
    model.terms.push_back({variable, {}, coefficient, "", 0});
  }
  return model;
}

class Ours {
 public:
  explicit Ours(const bench::NationalRegister& source)
      : source_(source),
        table_(bench::Must(ScoreTable::Create(AnyModel(), Columns()))),
        scores_(static_cast<size_t>(source.families())) {}

  // Takes the answers of the families [first, end) into memory.
  void Hold(int64_t first, int64_t end) {
    first_ = first;
    answers_.resize(static_cast<size_t>((end - first) * kFeatures));
    const int64_t half = first + (end - first) / 2;
    const auto rows = std::span(answers_);
    const auto split = static_cast<size_t>((half - first) * kFeatures);
    bench::Together([&] { source_.FillFeatures(first, half, rows.first(split)); },
                    [&] { source_.FillFeatures(half, end, rows.subspan(split)); });
  }

  // Both threads score half of what is held. Seconds.
  double ScoreHeld() {
    const bench::Meter meter;
    const auto rows = std::span<const uint8_t>(answers_);
    const size_t families = answers_.size() / kFeatures;
    const auto scores = std::span(scores_).subspan(static_cast<size_t>(first_), families);
    const size_t half = families / 2;
    bench::Together([&] { table_.Score(rows.first(half * kFeatures), scores.first(half)); },
                    [&] { table_.Score(rows.subspan(half * kFeatures), scores.subspan(half)); });
    return meter.Seconds();
  }

  // Both threads sort half of the scores, then merge half of the order. Seconds.
  double Rank() {
    const bench::Meter meter;
    const auto scores = std::span<const int32_t>(scores_);
    const size_t half = scores.size() / 2;
    std::vector<ScoredRow> low;
    std::vector<ScoredRow> high;
    bench::Together([&] { low = RankRows(scores.first(half), 0); },
                    [&] { high = RankRows(scores.subspan(half), static_cast<uint32_t>(half)); });
    order_.resize(low.size() + high.size());
    const auto cut = low.begin() + static_cast<std::ptrdiff_t>(low.size() / 2);
    const auto match = std::lower_bound(high.begin(), high.end(), *cut);
    const auto middle = order_.begin() + (cut - low.begin()) + (match - high.begin());
    bench::Together([&] { std::merge(low.begin(), cut, high.begin(), match, order_.begin()); },
                    [&] { std::merge(cut, low.end(), match, high.end(), middle); });
    return meter.Seconds();
  }

  double RankOnOneThread() {
    const bench::Meter meter;
    order_ = RankRows(scores_, 0);
    return meter.Seconds();
  }

  const std::vector<int32_t>& scores() const { return scores_; }
  const std::vector<ScoredRow>& order() const { return order_; }
  std::span<const uint8_t> answers() const { return answers_; }

 private:
  const bench::NationalRegister& source_;
  ScoreTable table_;
  int64_t first_ = 0;
  std::vector<uint8_t> answers_;
  std::vector<int32_t> scores_;
  std::vector<ScoredRow> order_;
};

std::string ColumnName(size_t i) { return fmt::format("f{:02}", i); }

void WriteFeatures(const Ours& ours, const std::filesystem::path& path) {
  using Kind = bench::ParquetFile::Kind;
  std::vector<bench::ParquetFile::Column> columns = {{"id"}};
  for (size_t i = 0; i < kFeatures; ++i) columns.push_back({ColumnName(i), Kind::kByte});
  bench::ParquetFile file(path, columns);
  const size_t families = ours.answers().size() / kFeatures;
  for (size_t first = 0; first < families; first += kGroupRows) {
    const size_t count = std::min<size_t>(kGroupRows, families - first);
    std::vector<int32_t> id(count);
    std::array<std::vector<uint8_t>, kFeatures> answers;
    for (auto& column : answers) column.resize(count);
    for (size_t row = 0; row < count; ++row) {
      id[row] = static_cast<int32_t>(first + row);
      for (size_t i = 0; i < kFeatures; ++i) {
        answers[i][row] = ours.answers()[(first + row) * kFeatures + i];
      }
    }
    std::vector<bench::ParquetFile::Values> values = {{.ints = id}};
    for (auto& column : answers) values.push_back({.bytes = column});
    file.WriteGroup(values);
  }
  bench::Must(file.Close());
}

void LoadFeatures(const std::filesystem::path& file, bench::SqlPeer* peer) {
  std::string columns = "id INTEGER NOT NULL";
  for (size_t i = 0; i < kFeatures; ++i) columns += ", " + ColumnName(i) + " UTINYINT NOT NULL";
  peer->RunAll(
      {fmt::format("CREATE TABLE features ({})", columns),
       fmt::format("INSERT INTO features SELECT * FROM read_parquet('{}')", file.string())});
}

std::string RankQuery() {
  const Model model = AnyModel();
  std::string score = fmt::format("{}", model.intercept_micro);
  for (size_t i = 0; i < kFeatures; ++i) {
    score += fmt::format(" + {}::INTEGER * ({})", ColumnName(i), model.terms[i].coefficient_micro);
  }
  return fmt::format(
      "CREATE OR REPLACE TABLE result AS SELECT id, row_number() OVER (ORDER BY score, id) AS rank "
      "FROM (SELECT id, {} AS score FROM features) s",
      score);
}

bool SameOrder(const Ours& ours, bench::SqlPeer* peer, const std::filesystem::path& file) {
  size_t at = 0;
  bool same = true;
  peer->EachRow("SELECT id FROM result ORDER BY rank", file, [&](auto row) {
    same = same && at < ours.order().size() && ours.order()[at].row == row[0];
    ++at;
  });
  return same && at == ours.order().size();
}

void BesideR(const std::string& input, const std::filesystem::path& folder, Ours& ours,
             bench::Report* report) {
  bench::Row row{
      .job = "J6 full order from scores, one thread", .input = input, .unit = "families/s"};
  const auto rate = [&](double seconds) {
    return static_cast<double>(ours.scores().size()) / seconds;
  };
  if (std::system("Rscript --version >/dev/null 2>&1") != 0) {
    row.ours = rate(ours.RankOnOneThread());
    row.peer_name = "R: not installed here";
    row.alone = true;
    return report->Add(row);
  }
  std::ofstream(folder / "scores.bin", std::ios::binary)
      .write(reinterpret_cast<const char*>(ours.scores().data()),
             static_cast<std::streamsize>(ours.scores().size() * sizeof(int32_t)));
  const std::string run =
      fmt::format("Rscript --vanilla '{}' '{}' {}",
                  (support::SourceFolder() / "tests/bench/national/rank.R").string(),
                  folder.string(), ours.scores().size());
  std::string version;
  const auto theirs = [&] {
    if (std::system(run.c_str()) != 0) bench::Must(absl::InternalError("R failed"));
    double seconds = 0;
    std::ifstream(folder / "r.txt") >> seconds >> version;
    return rate(seconds);
  };
  theirs();
  ours.RankOnOneThread();
  std::vector<int32_t> order(ours.scores().size());
  std::ifstream(folder / "order.bin", std::ios::binary)
      .read(reinterpret_cast<char*>(order.data()),
            static_cast<std::streamsize>(order.size() * sizeof(int32_t)));
  row.equal = std::ranges::equal(ours.order(), order, {}, &ScoredRow::row,
                                 [](int32_t family) { return static_cast<uint32_t>(family); });
  const bench::Pairs pairs = bench::MeasureInTurns(
      kPairs, [&] { return rate(ours.RankOnOneThread()); }, theirs);
  row.ours = pairs.ours;
  row.peer_name = "rank() of R " + version;
  row.peer = pairs.peer;
  row.ratio = pairs.ratio;
  report->Add(row);
}

void OneChange(const std::string& input, const Ours& ours, bench::Report* report) {
  RecordStore records;
  for (uint64_t row = 0; row < ours.scores().size(); ++row) records.Add(FamilyKey{row, row});
  RankOrder order(&records);
  const auto entry = [](uint32_t row, int32_t score) { return RankEntry{score, row, 4000}; };
  {
    std::vector<RankEntry> entries;
    entries.reserve(ours.order().size());
    for (const ScoredRow& scored : ours.order()) entries.push_back(entry(scored.row, scored.score));
    order.Assign(std::move(entries));
  }
  std::mt19937_64 random(9);
  std::vector<int32_t> scores = ours.scores();
  std::vector<std::pair<uint32_t, int32_t>> changes;
  for (int i = 0; i < kChanges; ++i) {
    changes.emplace_back(random() % scores.size(), scores[random() % scores.size()]);
  }
  int64_t ranks = 0;
  const bench::Meter meter;
  for (const auto& [row, score] : changes) {
    order.Erase(entry(row, scores[row]));
    scores[row] = score;
    order.Insert(entry(row, score));
    ranks += order.Before({score, records.key(row)});
  }
  const double microseconds = 1e6 * meter.Seconds() / kChanges;
  report->Add({.job = "J6 one changed score, its new rank read",
               .input = input,
               .unit = "us",
               .ours = microseconds,
               .equal = ranks > 0 && order.size() == static_cast<int64_t>(scores.size()),
               .mark = "<= 5",
               .reached = microseconds <= 5});
}

int Run() {
  const int64_t families = bench::BenchFamilies();
  const bench::NationalRegister source(families, bench::kRegisterSeed);
  const std::string input = fmt::format("{}, {} answers", source.Text(), kFeatures);
  const support::TemporaryFolder folder("national_rank");
  Ours ours(source);
  // Beyond what is held, answers come piece by piece; only scoring is timed.
  double scoring = 0;
  for (int64_t first = 0; first < families; first += kMostAnswers) {
    ours.Hold(first, std::min(first + kMostAnswers, families));
    scoring += ours.ScoreHeld();
  }
  if (families <= bench::kMostWithPeers) WriteFeatures(ours, folder.path() / "features.parquet");
  const auto rate = [&](double seconds) { return static_cast<double>(families) / seconds; };
  const bool held = families <= kMostAnswers;
  bench::Report report;
  MeasureBesideDatabases(
      {.row = {.job = "J6 score and full order",
               .input = input + ", 2 threads each",
               .unit = "families/s"},
       .least_against_duckdb = 50,
       .least_against_chdb = {}},
      families,
      {.load =
           [&](bench::SqlPeer* peer) { LoadFeatures(folder.path() / "features.parquet", peer); },
       .ours = [&] { return rate((held ? ours.ScoreHeld() : scoring) + ours.Rank()); },
       .peer = [&](bench::SqlPeer* peer) { return rate(bench::Must(peer->Run(RankQuery()))); },
       .compare =
           [&](bench::SqlPeer* peer) {
             bench::Must(peer->Run(RankQuery()).status());
             return SameOrder(ours, peer, folder.path() / "order.csv");
           }},
      &report);
  if (families <= bench::kMostWithPeers) BesideR(input, folder.path(), ours, &report);
  OneChange(input, ours, &report);
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
