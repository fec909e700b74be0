// Incremental equals batch: whatever happens, in whatever order and batches, the engine ends where
// a fresh count of the newest records would.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>

#include "targeting/domain/engine.h"
#include "targeting/domain/score.h"
#include "tests/support/measures/batch_oracle.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

const RuleSet& Rules() { return support::ShippedRules(); }

constexpr const char* kRegions[] = {"33.26.15.2014", "33.26.15.2015", "33.26.13.1019",
                                    "33.26.13",      "33.75.01.1001", "32.01.02.2003"};

// One step of a history: exactly one of the two.
struct Step {
  std::optional<FamilyUpdate> family;
  std::optional<ParameterChange> parameter;
};

FamilyUpdate RandomFamily() {
  FamilyUpdate update;
  update.population = "register";
  update.key = {7, *rc::gen::inRange<uint64_t>(0, 25)};
  update.version = *rc::gen::inRange<int64_t>(1, 6);
  update.region = kRegions[*rc::gen::inRange(0, 6)];
  update.observed_on = *rc::gen::inRange(19'900, 20'100);
  // Narrow and wide records by turns: times before 2020, weights and welfare beyond 32 bits.
  update.accepted_at_ms = *rc::gen::inRange(1, 1'000'000);
  if (*rc::gen::inRange(0, 4) > 0) update.accepted_at_ms += 1'764'000'000'000;
  update.size = *rc::gen::inRange(1, 8);
  update.family_weight = *rc::gen::element<int64_t>(1000, 1000, 777, 1);
  if (*rc::gen::inRange(0, 8) > 0) update.welfare = *rc::gen::inRange(0, 40) * 30'000;
  if (*rc::gen::inRange(0, 60) == 0) update.welfare = int64_t{1} << *rc::gen::inRange(31, 48);
  if (*rc::gen::inRange(0, 60) == 0) update.family_weight = (int64_t{1} << 33) - 1;
  if (*rc::gen::inRange(0, 10) == 0) {
    update.state = *rc::gen::element(FamilyState::kDeparted, FamilyState::kWithdrawn);
  }
  for (Variable variable : {Variable::kToilet, Variable::kRoof, Variable::kFloor, Variable::kWall,
                            Variable::kWaterSource, Variable::kCookingFuel, Variable::kUrbanRural,
                            Variable::kMembersUninsured}) {
    const int value = *rc::gen::inRange(0, 4);
    if (value > 0) update.features.Set(variable, value);
  }
  return update;
}

ParameterChange RandomParameter() {
  ParameterChange change;
  const std::string version = std::to_string(*rc::gen::inRange(1, 4));
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      change.line = PovertyLine{"register",
                                *rc::gen::element<std::string>("0", "33", "33.26.15"),
                                *rc::gen::inRange(0, 3),
                                *rc::gen::element(19'000, 20'000),
                                std::to_string(*rc::gen::inRange(1, 25) * 40'000),
                                "test",
                                version};
      break;
    case 1:
      change.model = Model{"register",
                           *rc::gen::element<std::string>("a", "b"),
                           version,
                           "",
                           "",
                           "",
                           13'000'000,
                           {{Variable::kRoof, {1}, *rc::gen::inRange(-900'000, 900'000), "", {}},
                            {Variable::kFloor, {}, 120'000, "", 5}}};
      break;
    case 2:
      change.settings =
          RankingSettings{"register", *rc::gen::arbitrary<bool>(),
                          *rc::gen::element<std::string>("", "b", "welfare"), version};
      break;
    default:
      change.programme = Programme{*rc::gen::element<std::string>("rtlh", "pbi", "air"),
                                   version,
                                   "register",
                                   static_cast<uint16_t>(*rc::gen::inRange(0, 512)),
                                   *rc::gen::inRange(0, 8),
                                   *rc::gen::arbitrary<bool>(),
                                   {}};
      break;
  }
  return change;
}

std::vector<Step> RandomHistory() {
  std::vector<Step> history;
  const int length = *rc::gen::inRange(0, 120);
  for (int i = 0; i < length; ++i) {
    const int kind = *rc::gen::inRange(0, 12);
    if (kind == 0) {
      history.push_back({std::nullopt, RandomParameter()});
    } else if (kind < 3 && !history.empty()) {
      const size_t earlier = *rc::gen::inRange<size_t>(0, history.size());
      history.push_back(history[earlier]);
      if (history.back().parameter) history.pop_back();
    } else {
      history.push_back({RandomFamily(), std::nullopt});
    }
  }
  return history;
}

void Play(const std::vector<Step>& history, int cut_every, Engine* engine) {
  int steps = 0;
  for (const Step& step : history) {
    if (step.family) RC_ASSERT(engine->Apply(*step.family).ok());
    if (step.parameter) engine->Stage(*step.parameter);
    if (++steps % cut_every == 0) engine->Cut(false);
  }
  engine->Cut(false);
}

uint64_t DigestOf(const FamilyUpdate& update) {
  return ContentHash(update, update.state == FamilyState::kRecorded ? update.features.Pack() : "");
}

// The newest record of each family: larger version, arrival before departure, smaller digest.
std::map<FamilyKey, FamilyUpdate> Newest(const std::vector<Step>& history) {
  std::map<FamilyKey, FamilyUpdate> newest;
  for (const Step& step : history) {
    if (!step.family) continue;
    const auto rank = [](const FamilyUpdate& u) {
      return std::tuple(-u.version, u.state == FamilyState::kDeparted, DigestOf(u));
    };
    const auto [it, inserted] = newest.try_emplace(step.family->key, *step.family);
    if (!inserted && rank(*step.family) < rank(it->second)) it->second = *step.family;
  }
  return newest;
}

// The line rule once more, by trying every line.
std::optional<std::pair<int64_t, std::string>> LineOf(const ParameterSet& set,
                                                      const FamilyUpdate& family) {
  const int urban = family.features.Value(Variable::kUrbanRural);
  std::optional<std::tuple<size_t, bool, bool, int>> best_rank;
  std::optional<std::pair<int64_t, std::string>> best;
  for (const auto& [key, line] : set.lines) {
    const bool inside = line.region == "0" || family.region == line.region ||
                        family.region.starts_with(line.region + ".");
    if (!inside || (line.urban_rural != 0 && line.urban_rural != urban)) continue;
    const bool begun = line.valid_from <= family.observed_on;
    const std::tuple rank{line.region == "0" ? 0 : line.region.size(), line.urban_rural != 0, true,
                          begun ? line.valid_from : -line.valid_from};
    const std::tuple with_begun{begun, std::get<0>(rank), std::get<1>(rank), std::get<3>(rank)};
    const std::tuple<size_t, bool, bool, int> total{
        (std::get<0>(with_begun) ? 1000 : 0) + std::get<1>(with_begun), std::get<2>(with_begun),
        true, std::get<3>(with_begun)};
    if (best_rank && total <= *best_rank) continue;
    best_rank = total;
    best = std::pair(std::stoll(line.value), line.version);
  }
  return best;
}

support::OracleResult Batch(const std::vector<Step>& history, const Parameters& parameters) {
  static const ParameterSet kNothing;
  const ParameterSet* found = parameters.Find("register");
  const ParameterSet& set = found == nullptr ? kNothing : *found;
  std::vector<support::OracleFamily> families;
  for (const auto& [key, update] : Newest(history)) {
    if (update.state != FamilyState::kRecorded) continue;
    support::OracleFamily family{
        key.Hex(),      update.region,       update.size,    update.family_weight,
        update.welfare, LineOf(set, update), update.welfare, {}};
    if (const Model* model = set.RankingModel()) family.rank_value = Score(*model, update.features);
    for (int i = 0; i < 14; ++i) {
      const Truth truth = Deprived(static_cast<Deprivation>(i), update.features,
                                   static_cast<int32_t>(update.size), Rules(), nullptr);
      family.deprived[static_cast<size_t>(i)] =
          truth == Truth::kUnknown ? -1 : static_cast<int>(truth);
    }
    families.push_back(family);
  }
  return support::ComputeBatch(families, set.settings.by_persons);
}

support::OracleRegion Read(const PopulationState& state, uint32_t index) {
  const RegionSums& sums = state.tree().at(index).total;
  const std::vector<LineClass>& classes = state.lines().classes();
  support::OracleRegion region;
  WelfareOrder scratch;
  region.pair_distance = state.DistributionOf(index, &scratch).Gini().numerator;
  region.families = sums.families;
  region.family_weight = sums.family_weight;
  region.person_weight = sums.person_weight;
  for (const RegionSums::LineEntry& entry : sums.lines) {
    region.measured += entry.sums.families;
    region.poor_families += entry.sums.poor_families;
    region.poor_persons += entry.sums.poor_weight;
    region.measured_weight += entry.sums.weight;
  }
  region.gap = ReadFgt(sums, classes, 1).numerator;
  region.gap_squared = ReadFgt(sums, classes, 2).numerator;
  region.welfare = sums.welfare;
  region.welfare_weight = sums.known_person_weight;
  for (size_t i = 0; i < 14; ++i) {
    region.deprived[i] = sums.deprivations[i].deprived_weight;
    region.known[i] = sums.deprivations[i].known_weight;
  }
  region.decile_families = sums.decile_families;
  region.decile_persons = sums.decile_persons;
  return region;
}

void ExpectEqualsBatch(const Engine& engine, const std::vector<Step>& history) {
  const support::OracleResult expected = Batch(history, engine.parameters());
  const PopulationState* state = engine.Find("register");
  if (state == nullptr) {
    RC_ASSERT(expected.regions.empty());
    return;
  }
  size_t inhabited = 0;
  for (uint32_t i = 0; i < state->tree().size(); ++i) {
    const RegionNode& node = state->tree().at(i);
    if (node.total.empty()) {
      RC_ASSERT(node.total == RegionSums{});
      continue;
    }
    ++inhabited;
    const auto it = expected.regions.find(node.code);
    RC_ASSERT(it != expected.regions.end());
    RC_ASSERT(Read(*state, i) == it->second);
  }
  RC_ASSERT(inhabited == expected.regions.size());
  for (const auto& [id, decile] : expected.deciles) {
    const auto slot = state->records().Find(*FamilyKey::Parse(id));
    RC_ASSERT(slot.has_value());
    RC_ASSERT(int{state->records().at(*slot).decile} == decile);
  }
}

TEST(History, AnyHistoryEndsWhereABatchCountWould) {
  EXPECT_TRUE(rc::check("incremental equals batch", [] {
    const std::vector<Step> history = RandomHistory();
    Engine engine(&Rules());
    Play(history, *rc::gen::inRange(1, 20), &engine);
    ExpectEqualsBatch(engine, history);
  }));
}

// Topics are read in any interleaving: settings may come before their model.
int KindOf(const ParameterChange& change) {
  return change.settings ? 0 : change.programme ? 1 : change.line ? 2 : 3;
}

TEST(History, OrderOfArrivalAndBatchingDoNotMatter) {
  EXPECT_TRUE(rc::check("same digest in any order", [] {
    const std::vector<Step> history = RandomHistory();
    Engine in_order(&Rules());
    Play(history, *rc::gen::inRange(1, 10), &in_order);
    // Families in another order; each kind of parameter in its own, as on its topic.
    std::vector<Step> shuffled;
    for (const Step& step : history) {
      if (step.family) shuffled.push_back(step);
    }
    std::mt19937_64 random(*rc::gen::arbitrary<uint64_t>());
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    for (int kind = 0; kind < 4; ++kind) {
      for (const Step& step : history) {
        if (step.parameter && KindOf(*step.parameter) == kind) shuffled.push_back(step);
      }
    }
    Engine reordered(&Rules());
    Play(shuffled, 1000, &reordered);
    RC_ASSERT(in_order.Digest() == reordered.Digest());
  }));
}

TEST(History, TheDigestSeesEveryFamily) {
  Engine engine(&Rules());
  FamilyUpdate update;
  update.population = "register";
  update.key = {1, 2};
  update.version = 1;
  update.region = "33.26.15.2014";
  update.size = 4;
  update.family_weight = 1000;
  ASSERT_TRUE(engine.Apply(update).ok());
  engine.Cut(false);
  const std::string one = engine.Digest();
  update.key = {1, 3};
  ASSERT_TRUE(engine.Apply(update).ok());
  engine.Cut(false);
  EXPECT_NE(one, engine.Digest());
}

// Classes of all families, as told by crossings alone.
using Told = std::map<std::pair<FamilyKey, std::string>, std::string>;

Told Classification(const PopulationState& state) {
  Told told;
  for (uint32_t slot = 0; slot < state.records().size(); ++slot) {
    const FamilyRecord& record = state.records().at(slot);
    const FamilyClasses classes = state.ClassesOf(record);
    told[{record.key, "decile"}] = DecileName(classes);
    told[{record.key, "poverty_line"}] = PovertyName(classes);
    for (size_t p = 0; p < state.programmes().size(); ++p) {
      told[{record.key, "need." + state.programmes()[p]->id}] = NeedName(classes, p);
    }
  }
  std::erase_if(told, [](const auto& entry) { return entry.second == "none"; });
  return told;
}

TEST(History, CrossingsAddUpToTheDifferenceOfTheClassifications) {
  EXPECT_TRUE(rc::check("crossings sum up", [] {
    Engine engine(&Rules());
    const auto parameters = *rc::gen::inRange(0, 6);
    for (int i = 0; i < parameters; ++i) engine.Stage(RandomParameter());
    engine.Cut(false);
    Told told;
    const int cuts = *rc::gen::inRange(1, 8);
    for (int cut = 0; cut < cuts; ++cut) {
      const int steps = *rc::gen::inRange(0, 30);
      for (int i = 0; i < steps; ++i) RC_ASSERT(engine.Apply(RandomFamily()).ok());
      for (const Crossing& crossing : engine.Cut(false).crossings) {
        const std::pair key{crossing.family, crossing.boundary};
        const auto it = told.find(key);
        RC_ASSERT((it == told.end() ? "none" : it->second) == crossing.from);
        told[key] = crossing.to;
        if (crossing.to == "none") told.erase(key);
      }
    }
    const PopulationState* state = engine.Find("register");
    RC_ASSERT(told == (state == nullptr ? Told{} : Classification(*state)));
  }));
}

}  // namespace
}  // namespace sepakat::targeting
