// The targeting engine alone, on a seeded register the size of a regency (290,000 families, 285
// villages): loading, a publication after a few updates, branches, new parameters, memory.
//
// Compared with the same register loaded in one piece. Equality: the state loaded in the other
// order has the same digest.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <random>

#include "targeting/domain/counterfactual.h"
#include "targeting/domain/engine.h"
#include "targeting/domain/family_lists.h"
#include "targeting/domain/what_if.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

constexpr int kFamilies = 290'000;
constexpr int kVillages = 285;

FamilyUpdate Family(uint64_t id, int64_t version) {
  std::mt19937_64 random(id * 1'000'003 + static_cast<uint64_t>(version));
  const auto draw = [&](int from, int to) {
    return from + static_cast<int>(random() % static_cast<uint64_t>(to - from + 1));
  };
  FamilyUpdate update;
  update.population = "register";
  update.key = {id * 0x9e3779b97f4a7c15ULL, id};
  update.version = version;
  const int village = static_cast<int>(id % kVillages);
  update.region = fmt::format("33.26.{:02}.{:04}", 1 + village / 15, 2001 + village % 15);
  update.observed_on = 20'000 + draw(0, 300);
  update.accepted_at_ms = 1'764'000'000'000 + static_cast<int64_t>(id);
  update.size = draw(1, 7);
  update.family_weight = 1000;
  update.welfare = 250'000 + draw(0, 2'000'000);
  update.provenance.source = fmt::format("desa {}", update.region);
  for (Variable variable : AllVariables()) {
    if (draw(0, 9) > 0) update.features.Set(variable, draw(0, 4));
  }
  return update;
}

std::vector<ParameterChange> Parameters() {
  std::vector<ParameterChange> changes(16);
  changes[0].line = PovertyLine{"register", "33.26", 0, 20'000, "538371", "BPS", "2025"};
  Model model{"register", "pmt", "1", "", "", "", 13'000'000, {}};
  for (Variable variable : AllVariables()) {
    model.terms.push_back({variable, {}, -1000 - static_cast<int>(variable), "", 0});
  }
  changes[1].model = model;
  for (size_t i = 2; i < changes.size(); ++i) {
    changes[i].programme = Programme{fmt::format("p{:02}", i),
                                     "1",
                                     "register",
                                     static_cast<uint16_t>(1 << (i - 2)),
                                     4,
                                     false,
                                     {}};
  }
  return changes;
}

double Milliseconds(const std::function<void()>& work) {
  const bench::Meter meter;
  work();
  return 1000 * meter.Seconds();
}

void Load(const std::vector<FamilyUpdate>& families, size_t batch, Engine* engine) {
  size_t waiting = 0;
  for (const FamilyUpdate& family : families) {
    if (!engine->Apply(family).ok()) std::abort();
    if (++waiting % batch == 0) engine->Cut(true);
  }
  engine->Cut(true);
}

// Bytes per family of each part, as the service tells them.
void PrintMemory(const PopulationState& state) {
  const PopulationState::Memory memory = state.MemoryBytes();
  const auto print = [](std::string_view part, size_t bytes) {
    fmt::print("  {:24}{:9.1f} bytes per family\n", part, static_cast<double>(bytes) / kFamilies);
  };
  print("records", memory.records.records);
  print("index", memory.records.index);
  print("features", memory.records.features);
  print("shared answers", memory.records.shared);
  print("orders", memory.orders);
  print("regions", memory.regions);
  print("without features", memory.total() - memory.records.features);
}

// Branches over the whole register, and one family with other answers.
void MeasureBranches(const PopulationState& state) {
  const RuleSet& variant = support::ShippedRules("sdg-2019");
  Model model = *Parameters()[1].model;
  model.version = "2";
  model.terms[0].coefficient_micro = -90'000;
  Programme wider = *Parameters()[2].programme;
  wider.decile_max = 6;
  const std::pair<const char*, WhatIfChanges> branches[] = {
      {"line times 1.1", {.line_percent = 1'100'000}},
      {"programme to decile 6", {.programmes = {wider}}},
      {"another rule set", {.rules = &variant}},
      {"another model", {.model = model}},
      {"weights of two areas", {.weights = {{"33.26.01", 0, 1'100'000}, {"33.26", 2, 900'000}}}}};
  for (const auto& [name, changes] : branches) {
    const double took = Milliseconds([&] {
      const Branch branch{*Changed(state.parameters(), changes),
                          changes.rules == nullptr ? &state.rules() : changes.rules,
                          changes.weights, "0"};
      WhatIfPass pass = *WhatIfPass::Begin(branch, state);
      while (!pass.Read(state, 8'192)) {
      }
      if (pass.Finish(state)->regions.size() < kVillages) std::abort();
    });
    fmt::print("what if: {:<22}{:9.1f} ms\n", name, took);
  }
  const FamilyRecord& record = state.records().at(kFamilies / 2);
  const FamilyTrial trial(state, record);
  const Corrections corrections{
      .answers = {{Variable::kFloor, 8}, {Variable::kToilet, 6}}, .welfare = 300'000, .size = 5};
  constexpr int kTrials = 1'000;
  const double one = Milliseconds([&] {
    for (int i = 0; i < kTrials; ++i) {
      if (trial.With(corrections).ranks.size() != 2) std::abort();
    }
  });
  fmt::print("a counterfactual          {:9.3f} ms\n", one / kTrials);
  size_t found = 0;
  const double single = Milliseconds([&] { found = trial.SingleAnswers().size(); });
  fmt::print("its single answers        {:9.3f} ms  ({} change a class)\n", single, found);
}

int Run() {
  std::vector<FamilyUpdate> families;
  for (uint64_t id = 1; id <= kFamilies; ++id) families.push_back(Family(id, 1));
  const double before = bench::ResidentMib(getpid());
  Engine engine(&support::ShippedRules());
  for (const ParameterChange& change : Parameters()) engine.Stage(change);
  engine.Cut(false);
  const bench::Meter loading;
  const double load = Milliseconds([&] { Load(families, 15'000, &engine); });
  const double load_cpu = loading.CpuSeconds();
  fmt::print("load, cut each 15000      {:9.1f} ms  {:8.0f} families/s\n", load,
             kFamilies / load * 1000);
  fmt::print("processor time            {:9.2f} us per family\n", 1e6 * load_cpu / kFamilies);
  fmt::print("memory                    {:9.1f} MiB\n", bench::ResidentMib(getpid()) - before);
  engine.Cut(false);
  PrintMemory(*engine.Find("register"));

  double slowest = 0;
  double sum = 0;
  constexpr int kCuts = 200;
  for (int i = 0; i < kCuts; ++i) {
    const auto id = static_cast<uint64_t>(1 + i * 1401 % kFamilies);
    const FamilyUpdate update = Family(id, 2 + i);
    const double took = Milliseconds([&] {
      if (!engine.Apply(update).ok()) std::abort();
      engine.Cut(false);
    });
    slowest = std::max(slowest, took);
    sum += took;
  }
  fmt::print("one update and its cut    {:9.3f} ms  (slowest {:.3f})\n", sum / kCuts, slowest);

  const PopulationState& state = *engine.Find("register");
  const double list = Milliseconds([&] {
    if (ListFamilies(state, 0, -1, std::nullopt, 50).total != kFamilies) std::abort();
  });
  fmt::print("first page of all families{:9.1f} ms\n", list);

  MeasureBranches(state);

  ParameterChange line = Parameters()[0];
  line.line->value = "600000";
  line.line->version = "2026";
  const double rebuild = Milliseconds([&] {
    engine.Stage(line);
    engine.Cut(false);
  });
  fmt::print("a new poverty line        {:9.1f} ms\n", rebuild);

  Engine reversed(&support::ShippedRules());
  for (const ParameterChange& change : Parameters()) reversed.Stage(change);
  Engine fresh(&support::ShippedRules());
  for (const ParameterChange& change : Parameters()) fresh.Stage(change);
  std::ranges::reverse(families);
  Load(families, 1'000'000, &reversed);
  std::ranges::reverse(families);
  const double whole = Milliseconds([&] { Load(families, 1'000'000, &fresh); });
  bench::Report report;
  report.Add({.job = "targeting engine, loading, cut each 15,000",
              .input = bench::Grouped(kFamilies) + " families",
              .unit = "families/s",
              .ours = kFamilies / load * 1000,
              .peer_name = "cut once",
              .peer = kFamilies / whole * 1000,
              .equal = reversed.Digest() == fresh.Digest()});
  return report.Close();
}

}  // namespace
}  // namespace sepakat::targeting

int main() { return sepakat::targeting::Run(); }
