// The engine over the register of a whole nation: loading in batches as from a log that is being
// caught up with, memory by part, one update and its publication, a new poverty line for everybody.
//
// Villages come in scattered order, their families side by side, each with 48 answers (none beyond
// 20 million families, where features would not fit beside the rest). Equality up to a million
// families: loaded again in one batch and in the other order, the state has the same digest.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <functional>
#include <string_view>

#include "targeting/domain/engine.h"
#include "tests/bench/register/national_input.h"
#include "tests/bench/support/meter.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

using bench::kVillages;
using bench::Meter;

constexpr int64_t kMostWithFeatures = 20'000'000;
constexpr int64_t kMostTwice = 1'000'000;
constexpr int64_t kBatch = 32'768;
constexpr int kUpdates = 500;
// No divisor of the number of villages: a step that comes by all of them.
constexpr uint64_t kStride = 37'213;

uint64_t Mix(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

// Families one after the other, in one object.
class Families {
 public:
  explicit Families(const bench::NationalRegister& source)
      : source_(source), with_features_(source.families() <= kMostWithFeatures) {
    update_.population = "register";
    update_.family_weight = 1000;
    update_.observed_on = 20'100;
  }

  void BeginVillage(uint32_t village) {
    update_.region = source_.CodeOf(village);
    update_.provenance.source = "desa " + update_.region;
  }
  const FamilyUpdate& Make(int64_t family, int64_t version) {
    const auto id = static_cast<uint64_t>(family) + 1;
    const uint64_t random = Mix(id * 0x9e3779b97f4a7c15ULL + static_cast<uint64_t>(version));
    update_.key = {Mix(id), id};
    update_.version = version;
    update_.accepted_at_ms = 1'764'000'000'000 + family / 100;
    update_.size = 1 + static_cast<int64_t>(random & 7);
    // Around a median of 1.2 million, the product of two even draws.
    update_.welfare =
        static_cast<int64_t>(250'000 + (random >> 8 & 0xffff) * (random >> 24 & 0xff) / 4);
    if (with_features_) SetFeatures(family);
    return update_;
  }

 private:
  void SetFeatures(int64_t family) {
    std::array<uint8_t, bench::kFeatures> row;
    source_.FillFeatures(family, family + 1, row);
    for (size_t i = 0; i < row.size(); ++i) update_.features.Set(AllVariables()[i], row[i]);
  }

  const bench::NationalRegister& source_;
  const bool with_features_;
  FamilyUpdate update_;
};

std::vector<ParameterChange> Parameters() {
  std::vector<ParameterChange> changes;
  changes.emplace_back().line = PovertyLine{"register", "0", 0, 20'000, "609160", "BPS", "2025"};
  for (size_t i = 0; i < measures::kDeprivations; ++i) {
    changes.emplace_back().programme = Programme{
        fmt::format("p{:02}", i), "1", "register", static_cast<uint16_t>(1U << i), 4, false, {}};
  }
  return changes;
}

void Print(std::string_view what, double value, std::string_view unit) {
  fmt::print("{:44}{:14.3f} {}\n", what, value, unit);
}

void Load(const bench::NationalRegister& source, bool reversed, int64_t batch, Engine* engine) {
  Families families(source);
  int64_t waiting = 0;
  for (uint64_t i = 0; i < kVillages; ++i) {
    const uint64_t step = reversed ? kVillages - 1 - i : i;
    const auto village = static_cast<uint32_t>(step * kStride % kVillages);
    families.BeginVillage(village);
    const bench::Village& range = source.villages()[village];
    for (int64_t family = range.first; family < range.end; ++family) {
      bench::Must(engine->Apply(families.Make(family, 1)));
      if (++waiting % batch == 0) engine->Cut(true);
    }
  }
  engine->Cut(true);
  engine->Cut(false);
}

void PrintMemory(const PopulationState& state, int64_t families) {
  const PopulationState::Memory memory = state.MemoryBytes();
  const auto print = [&](std::string_view part, size_t bytes) {
    Print(part, static_cast<double>(bytes) / static_cast<double>(families), "bytes/family");
  };
  print("  records", memory.records.records);
  print("  index", memory.records.index);
  print("  features", memory.records.features);
  print("  shared answers", memory.records.shared);
  print("  orders", memory.orders);
  print("  regions", memory.regions);
  print("  all but features", memory.total() - memory.records.features);
}

double GeneratorSeconds(const bench::NationalRegister& source) {
  Families families(source);
  const Meter meter;
  constexpr int64_t kSample = 1'000'000;
  for (int64_t family = 0; family < kSample; ++family) families.Make(family, 1);
  return meter.CpuSeconds() / kSample * static_cast<double>(source.families());
}

void MeasureUpdates(const bench::NationalRegister& source, Engine* engine) {
  Families families(source);
  const Meter meter;
  for (int i = 0; i < kUpdates; ++i) {
    const auto village = static_cast<uint32_t>(static_cast<uint64_t>(i) * kStride % kVillages);
    families.BeginVillage(village);
    bench::Must(engine->Apply(families.Make(source.villages()[village].first, 2)));
    engine->Cut(false);
  }
  Print("one update and its publication", 1000 * meter.CpuSeconds() / kUpdates, "ms of a core");
}

int Run() {
  const bench::NationalRegister source(bench::BenchFamilies(), bench::kRegisterSeed);
  const auto count = static_cast<double>(source.families());
  const double generator = GeneratorSeconds(source);
  const double before = bench::ResidentMib(getpid());
  Engine engine(&support::ShippedRules());
  for (const ParameterChange& change : Parameters()) engine.Stage(change);
  const Meter loading;
  Load(source, false, kBatch, &engine);
  const double cpu = loading.CpuSeconds() - generator;
  const double wall = loading.Seconds();
  fmt::print("{}\n", source.Text());
  Print("loading", cpu, "s of a core");
  Print("loading, per family", 1e6 * cpu / count, "us of a core");
  Print("resident", bench::ResidentMib(getpid()) - before, "MiB");
  Print("highest while loading", bench::PeakResidentMib(getpid()) - before, "MiB");
  PrintMemory(*engine.Find("register"), source.families());
  MeasureUpdates(source, &engine);
  const Meter rebuilding;
  ParameterChange line = Parameters()[0];
  line.line->value = "650000";
  line.line->version = "2026";
  engine.Stage(line);
  engine.Cut(false);
  Print("a new poverty line for everybody", rebuilding.CpuSeconds(), "s of a core");

  bench::Report report;
  bench::Row row{.job = "targeting engine, loading the nation",
                 .input = source.Text(),
                 .unit = "families/s",
                 .ours = count / wall,
                 .alone = source.families() > kMostTwice};
  if (!row.alone) {
    Engine once(&support::ShippedRules());
    for (const ParameterChange& change : Parameters()) once.Stage(change);
    Load(source, true, source.families() + 1, &once);
    Engine batches(&support::ShippedRules());
    for (const ParameterChange& change : Parameters()) batches.Stage(change);
    Load(source, false, kBatch, &batches);
    row.equal = once.Digest() == batches.Digest();
  }
  report.Add(row);
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
