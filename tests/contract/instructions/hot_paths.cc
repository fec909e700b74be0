// The hot paths of targeting on fixed inputs, for the instruction gate: one function for each,
// called once, in the order of main(). What happens outside of them is not counted.
//
// Names begin with HotPath_ and are not mangled, because callgrind is told them by pattern.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "common/measures/column_sums.h"
#include "common/runtime/topics.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "targeting/domain/publication.h"
#include "targeting/domain/score_table.h"
#include "targeting/wire/event_codec.h"
#include "tests/support/measures/global_mpi.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

constexpr uint64_t kFamilies = 3000;
constexpr uint64_t kUpdates = 500;
constexpr uint64_t kVillages = 60;
constexpr int kBatch = 4096;

int Draw(std::mt19937_64& random, int from, int to) {
  return from + static_cast<int>(random() % static_cast<uint64_t>(to - from + 1));
}

std::string Village(uint64_t number) {
  return fmt::format("33.{:02}.{:02}.{:04}", 1 + number / 30, 1 + number / 10 % 3,
                     2001 + number % 10);
}

FamilyUpdate Family(uint64_t id, int64_t version) {
  std::mt19937_64 random(id * 1'000'003 + static_cast<uint64_t>(version));
  FamilyUpdate update;
  update.population = "register";
  update.key = {id * 0x9e3779b97f4a7c15ULL, id};
  update.version = version;
  update.region = Village(id % kVillages);
  update.observed_on = 20'000 + Draw(random, 0, 300);
  update.accepted_at_ms = 1'764'000'000'000 + static_cast<int64_t>(id);
  update.size = Draw(random, 1, 7);
  update.family_weight = 1000;
  update.welfare = 250'000 + Draw(random, 0, 2'000'000);
  for (Variable variable : AllVariables()) {
    if (Draw(random, 0, 9) > 0) update.features.Set(variable, Draw(random, 0, 4));
  }
  return update;
}

std::vector<FamilyUpdate> Families(uint64_t first, uint64_t count, int64_t version) {
  std::vector<FamilyUpdate> families;
  for (uint64_t id = first; id < first + count; ++id) families.push_back(Family(id, version));
  return families;
}

ParameterSet Parameters() {
  ParameterSet set;
  set.population.id = "register";
  set.settings.population = "register";
  const PovertyLine line{"register", "33", 0, 20'000, "538371", "BPS", "2025"};
  set.lines[line.key()] = line;
  Model model{"register", "pmt", "1", "", "", "", 13'000'000, {}};
  for (Variable variable : AllVariables()) {
    model.terms.push_back({variable, {}, 1000 + static_cast<int>(variable), "", 0});
  }
  set.models["pmt"] = model;
  for (int i = 0; i < measures::kDeprivations; ++i) {
    const std::string id = fmt::format("p{:02}", i);
    set.programmes[id] =
        Programme{id, "1", "register", static_cast<uint16_t>(1 << i), 4, false, {}};
  }
  return set;
}

// Families in the slots from `first` on.
std::vector<RankEntry> RankEntries(uint32_t first, uint32_t count) {
  std::mt19937_64 random(5);
  std::vector<RankEntry> entries;
  for (uint32_t slot = first; slot < first + count; ++slot) {
    entries.push_back({Draw(random, 0, 1'000'000), slot, 4000});
  }
  return entries;
}

std::vector<WelfareEntry> WelfareEntries(uint64_t count) {
  std::mt19937_64 random(6);
  std::vector<WelfareEntry> entries;
  for (uint64_t i = 0; i < count; ++i) {
    entries.emplace_back(Draw(random, 200'000, 3'000'000), Draw(random, 1, 7), 1000);
  }
  return entries;
}

std::vector<runtime::LogRecord> Events(uint64_t count) {
  std::vector<runtime::LogRecord> records;
  for (uint64_t id = 1; id <= count; ++id) {
    const FamilyUpdate family = Family(id, 1);
    ingestion::events::v1::FamilyEvent event;
    auto& recorded = *event.mutable_recorded();
    recorded.set_population(family.population);
    recorded.set_family_id(family.key.Hex());
    recorded.set_version(family.version);
    recorded.set_region(family.region);
    recorded.set_observed_on(family.observed_on);
    auto& snapshot = *recorded.mutable_snapshot();
    snapshot.set_size(static_cast<uint32_t>(family.size));
    snapshot.set_family_weight(family.family_weight);
    snapshot.set_welfare(*family.welfare);
    for (Variable variable : AllVariables()) {
      if (!family.features.Known(variable)) continue;
      snapshot.add_variables(static_cast<common::v1::Variable>(variable));
      snapshot.add_values(family.features.Value(variable));
    }
    runtime::LogRecord record;
    record.topic = runtime::topics::kFamily;
    record.key = recorded.family_id();
    record.value = event.SerializeAsString();
    records.push_back(std::move(record));
  }
  return records;
}

// A path that did not do its work would be counted as a fast one.
void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" {

[[gnu::noinline]] void HotPath_decode_event(const std::vector<runtime::LogRecord>* records) {
  const EventCodec codec;
  for (const runtime::LogRecord& record : *records) {
    const auto input = codec.Decode(record);
    Require(input.ok() && input->family);
  }
}

// A register that is being loaded: new families in batches, each settled.
[[gnu::noinline]] void HotPath_catch_up_batch(const std::vector<FamilyUpdate>* families,
                                              PopulationState* state) {
  int waiting = 0;
  for (const FamilyUpdate& family : *families) {
    Require(state->Apply(family) == Applied::kChanged);
    if (++waiting % kBatch == 0) state->Settle();
  }
  state->Settle();
}

[[gnu::noinline]] void HotPath_apply_update(const std::vector<FamilyUpdate>* updates,
                                            PopulationState* state) {
  for (const FamilyUpdate& update : *updates) {
    Require(state->Apply(update) == Applied::kChanged);
  }
}

[[gnu::noinline]] void HotPath_settle(PopulationState* state) { state->Settle(); }

[[gnu::noinline]] void HotPath_publication(PopulationState* state) {
  Publication publication;
  Publish(state, false, &publication);
  Require(!publication.figures.empty());
}

[[gnu::noinline]] void HotPath_rank_insert_erase(const std::vector<RankEntry>* entries,
                                                 RankOrder* order) {
  for (const RankEntry& entry : *entries) order->Insert(entry);
  for (const RankEntry& entry : *entries) order->Erase(entry);
}

[[gnu::noinline]] void HotPath_welfare_insert_erase(const std::vector<WelfareEntry>* entries,
                                                    WelfareOrder* order) {
  for (const WelfareEntry& entry : *entries) order->Insert(entry);
  for (const WelfareEntry& entry : *entries) order->Erase(entry);
}

[[gnu::noinline]] void HotPath_column_sums(const measures::FamilyColumns* families,
                                           const measures::MpiMasks* masks) {
  const measures::ColumnSums sums = measures::SumColumns(*families, 500'000, *masks);
  Require(sums.fgt.poor_weight > 0 && sums.mpi.poor_persons > 0);
}

[[gnu::noinline]] void HotPath_score_rows(const ScoreTable* table, const std::vector<uint8_t>* rows,
                                          std::vector<int32_t>* scores) {
  table->Score(*rows, *scores);
}

[[gnu::noinline]] void HotPath_full_order(const std::vector<int32_t>* scores) {
  Require(RankRows(*scores, 0).size() == scores->size());
}

}  // extern "C"

namespace {

void Run() {
  const std::vector<runtime::LogRecord> events = Events(kUpdates);
  HotPath_decode_event(&events);

  PopulationState state("register", &support::ShippedRules());
  state.SetParameters(Parameters());
  const std::vector<FamilyUpdate> families = Families(1, kFamilies, 1);
  HotPath_catch_up_batch(&families, &state);
  Publication said;
  Publish(&state, true, &said);
  const std::vector<FamilyUpdate> updates = Families(1, kUpdates, 2);
  HotPath_apply_update(&updates, &state);
  HotPath_settle(&state);
  HotPath_publication(&state);

  RecordStore ranked;
  std::mt19937_64 random(7);
  for (uint64_t i = 0; i < 20'000 + 2 * kUpdates; ++i) ranked.Add({random(), i});
  RankOrder ranks(&ranked);
  ranks.Assign(RankEntries(0, 20'000));
  const std::vector<RankEntry> moving = RankEntries(20'000, 2 * kUpdates);
  HotPath_rank_insert_erase(&moving, &ranks);
  Require(ranks.size() == 20'000);

  WelfareOrder welfare(WelfareEntries(20'000));
  const std::vector<WelfareEntry> passing = WelfareEntries(2 * kUpdates);
  HotPath_welfare_insert_erase(&passing, &welfare);
  Require(welfare.total().families == 20'000);
}

// A whole register anew: sums from columns, scores, order.
void RunRebuild() {
  constexpr size_t kRows = 20'000;
  std::mt19937_64 random(7);
  std::vector<uint32_t> welfare(kRows);
  std::vector<uint32_t> weight(kRows, 1000);
  std::vector<uint8_t> size(kRows);
  std::vector<uint16_t> deprived(kRows);
  for (size_t i = 0; i < kRows; ++i) {
    welfare[i] = static_cast<uint32_t>(Draw(random, 200'000, 3'000'000));
    size[i] = static_cast<uint8_t>(Draw(random, 1, 7));
    deprived[i] = static_cast<uint16_t>(random() & random() & 1023);
  }
  const measures::FamilyColumns families = {welfare, weight, size, deprived};
  const auto masks = measures::MpiMasks::Create(support::GlobalMpi());
  HotPath_column_sums(&families, &*masks);

  const ParameterSet parameters = Parameters();
  const std::span<const Variable> columns = AllVariables();
  const auto table = ScoreTable::Create(parameters.models.at("pmt"), columns);
  std::vector<uint8_t> rows(kRows / 10 * columns.size());
  for (uint8_t& answer : rows) answer = static_cast<uint8_t>(Draw(random, 0, 7));
  std::vector<int32_t> scores(kRows / 10);
  HotPath_score_rows(&*table, &rows, &scores);
  HotPath_full_order(&scores);
}

}  // namespace
}  // namespace sepakat::targeting

int main() {
  sepakat::targeting::Run();
  sepakat::targeting::RunRebuild();
}
