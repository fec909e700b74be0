// A branch says what an engine says that was given its parameters, and who moves between both.
#include "targeting/domain/what_if.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "common/base/status.h"
#include "targeting/domain/engine.h"
#include "targeting/domain/publication.h"
#include "tests/support/targeting/random_register.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

const RuleSet& Rules() { return support::ShippedRules(); }
const RuleSet& Variant() { return support::ShippedRules("sdg-2019"); }

void Load(const std::vector<FamilyUpdate>& families, Engine* engine) {
  for (const FamilyUpdate& family : families) RC_ASSERT(engine->Apply(family).ok());
  engine->Cut(true);
}

// Stages what holds for the population, as it would come from the log.
void Stage(const ParameterSet& set, Engine* engine) {
  const auto stage = [&](auto member, const auto& value) {
    ParameterChange change;
    change.*member = value;
    engine->Stage(change);
  };
  stage(&ParameterChange::population, set.population);
  for (const auto& [key, line] : set.lines) stage(&ParameterChange::line, line);
  for (const auto& [id, model] : set.models) stage(&ParameterChange::model, model);
  stage(&ParameterChange::settings, set.settings);
  MpiParameter mpi = set.mpi;
  mpi.population = set.population.id;
  stage(&ParameterChange::mpi, mpi);
  for (const auto& [id, programme] : set.programmes) stage(&ParameterChange::programme, programme);
}

WhatIfChanges RandomChanges(const ParameterSet& base) {
  WhatIfChanges changes;
  const auto sometimes = [] { return *rc::gen::inRange(0, 3) == 0; };
  if (sometimes()) changes.lines = {support::RandomLine()};
  if (sometimes()) changes.line_percent = *rc::gen::inRange(500'000, 1'500'000);
  if (sometimes()) changes.model = support::RandomModel();
  if (sometimes()) changes.settings = support::RandomSettings();
  if (!base.programmes.empty() && sometimes()) {
    changes.programmes = {support::RandomProgramme()};
    changes.programmes[0].id = base.programmes.begin()->first;
  }
  if (sometimes()) changes.mpi = support::RandomMpi();
  if (sometimes()) changes.rules = &Variant();
  if (sometimes()) {
    changes.weights = {{"33.26", *rc::gen::inRange(0, 3), *rc::gen::inRange(400'000, 2'000'000)},
                       {"33.26.15", 0, *rc::gen::inRange(1, 2'000'000)},
                       {"0", 2, 1'035'000}};
  }
  return changes;
}

// The factor rule once more, by trying every area: the longest code, and in it the area itself.
int64_t FactorFor(const std::vector<AreaFactor>& weights, const FamilyUpdate& family) {
  const int area = family.features.Value(Variable::kUrbanRural);
  std::pair<size_t, bool> best;
  int64_t factor = 1'000'000;
  for (const AreaFactor& given : weights) {
    const bool inside = given.region == "0" || family.region == given.region ||
                        family.region.starts_with(given.region + ".");
    if (!inside || (given.urban_rural != 0 && given.urban_rural != area)) continue;
    const std::pair<size_t, bool> rank{given.region == "0" ? 1 : 1 + given.region.size(),
                                       given.urban_rural != 0};
    if (rank < best) continue;
    best = rank;
    factor = given.factor_micro;
  }
  return factor;
}

WhatIfResult Evaluate(const Branch& branch, const PopulationState& base, uint32_t chunk) {
  absl::StatusOr<WhatIfPass> pass = WhatIfPass::Begin(branch, base);
  RC_ASSERT(pass.ok());
  while (!pass->Read(base, chunk)) {
  }
  absl::StatusOr<WhatIfResult> result = pass->Finish(base);
  RC_ASSERT(result.ok());
  return *std::move(result);
}

struct Count {
  int64_t entered = 0;
  int64_t left = 0;
  int64_t higher = 0;
  int64_t lower = 0;
  std::map<std::string, std::pair<int64_t, int64_t>> gained_and_lost;
  bool operator==(const Count&) const = default;
};

bool Open(const PopulationState& state, const FamilyClasses& classes, const std::string& id) {
  for (size_t i = 0; i < state.programmes().size(); ++i) {
    if (state.programmes()[i]->id == id) return (classes.open >> i & 1) != 0;
  }
  return false;
}

// The two classifications side by side, family by family.
Count Compared(const PopulationState& base, const PopulationState& branch) {
  Count count;
  for (uint32_t slot = 0; slot < base.records().size(); ++slot) {
    const FamilyRecord& record = base.records().at(slot);
    const FamilyRecord& other = branch.records().at(*branch.records().Find(record.key));
    const FamilyClasses before = base.ClassesOf(record);
    const FamilyClasses after = branch.ClassesOf(other);
    if (before.poverty == PovertyClass::kNotPoor && after.poverty == PovertyClass::kPoor) {
      ++count.entered;
    }
    if (before.poverty == PovertyClass::kPoor && after.poverty == PovertyClass::kNotPoor) {
      ++count.left;
    }
    if (before.decile > 0 && after.decile > before.decile) ++count.higher;
    if (after.decile > 0 && after.decile < before.decile) ++count.lower;
    for (const Programme* programme : base.programmes()) {
      const bool was = Open(base, before, programme->id);
      const bool is = Open(branch, after, programme->id);
      auto& [gained, lost] = count.gained_and_lost[programme->id];
      if (is && !was) ++gained;
      if (was && !is) ++lost;
    }
  }
  return count;
}

Count Told(const WhatIfResult& result, const Moves& moves) {
  Count count{moves.entered_poverty.families,
              moves.left_poverty.families,
              moves.decile_higher.families,
              moves.decile_lower.families,
              {}};
  for (size_t i = 0; i < result.programmes.size(); ++i) {
    count.gained_and_lost[result.programmes[i]] = {moves.programmes[i].gained.families,
                                                   moves.programmes[i].lost.families};
  }
  return count;
}

TEST(WhatIf, ItsFiguresAreThoseOfAnEngineThatWasGivenItsParameters) {
  EXPECT_TRUE(rc::check("branch equals engine", [] {
    const std::vector<FamilyUpdate> families = support::RandomFamilies(*rc::gen::inRange(1, 40));
    Engine live(&Rules());
    for (const ParameterChange& change : support::RandomParameters()) live.Stage(change);
    Load(families, &live);
    const PopulationState& base = *live.Find("register");
    const WhatIfChanges changes = RandomChanges(base.parameters());
    const absl::StatusOr<ParameterSet> parameters = Changed(base.parameters(), changes);
    RC_PRE(parameters.ok());
    const RuleSet* rules = changes.rules == nullptr ? &Rules() : changes.rules;
    const Branch branch{*parameters, rules, changes.weights, "0"};
    const WhatIfResult result = Evaluate(branch, base, *rc::gen::inRange<uint32_t>(1, 50));

    Engine given(rules);
    Stage(*parameters, &given);
    std::vector<FamilyUpdate> weighed = families;
    for (FamilyUpdate& family : weighed) {
      family.family_weight = ScaledWeight(family.family_weight, FactorFor(changes.weights, family));
    }
    Load(weighed, &given);
    const PopulationState& expected = *given.Find("register");

    for (uint32_t i = 0; i < base.tree().size(); ++i) {
      const std::string& code = base.tree().at(i).code;
      const WhatIfRegion& region = result.regions.at(result.places.at(code));
      RC_ASSERT(region.base == FiguresOf(base, i).figures);
      RC_ASSERT(region.branch == FiguresOf(expected, expected.tree().Find(code)).figures);
    }
    RC_ASSERT(Told(result, result.regions[0].moves) == Compared(base, expected));
  }));
}

TEST(WhatIf, MovesOfRegionsAndOfEveryDimensionAddUpToTheWhole) {
  EXPECT_TRUE(rc::check("moves add up", [] {
    Engine live(&Rules());
    for (const ParameterChange& change : support::RandomParameters()) live.Stage(change);
    Load(support::RandomFamilies(30), &live);
    const PopulationState& base = *live.Find("register");
    const WhatIfChanges changes = RandomChanges(base.parameters());
    const absl::StatusOr<ParameterSet> parameters = Changed(base.parameters(), changes);
    RC_PRE(parameters.ok());
    const Branch branch{*parameters, changes.rules == nullptr ? &Rules() : changes.rules,
                        changes.weights, "0"};
    const WhatIfResult result = Evaluate(branch, base, 7);
    const Moves& whole = result.regions[0].moves;
    Moves provinces;
    for (const size_t place : result.regions[0].inner) provinces += result.regions[place].moves;
    RC_ASSERT(provinces == whole);
    std::map<std::string_view, Moves> dimensions;
    for (const WhatIfGroup& group : result.groups) dimensions[group.dimension] += group.moves;
    RC_ASSERT(dimensions.size() == 4u);
    for (const auto& [name, moves] : dimensions) RC_ASSERT(moves == whole);
  }));
}

Programme WithParts(std::vector<RulePart> parts) {
  Programme programme;
  programme.id = "rtlh";
  programme.parts = std::move(parts);
  return programme;
}

TEST(WhatIf, AContradictionIsRefusedBeforeAnyFamilyIsLookedAt) {
  ParameterSet base;
  base.population.id = "register";
  base.programmes["rtlh"].id = "rtlh";
  const PovertyLine line{"register", "33.26", 0, 20'000, "500000", "", "v1"};
  const struct {
    const char* reason;
    WhatIfChanges changes;
  } cases[] = {
      {"NOTHING_CHANGED", {}},
      {"LINES_CONTRADICT", {.lines = {line, line}}},
      {"PERCENT_OUT_OF_RANGE", {.line_percent = 0}},
      {"PERCENT_OUT_OF_RANGE", {.line_percent = 20'000'000}},
      {"MODEL_UNKNOWN", {.settings = RankingSettings{"register", false, "nowhere", "1", ""}}},
      {"PROGRAMME_REPEATED", {.programmes = {WithParts({}), WithParts({})}}},
      {"RULE_CONTRADICTS",
       {.programmes = {WithParts({{Variable::kMembers, 1, 3}, {Variable::kMembers, 4, 9}})}}},
      {"FACTORS_CONTRADICT", {.weights = {{"33", 0, 2'000'000}, {"33", 0, 3'000'000}}}},
      {"FACTOR_OUT_OF_RANGE", {.weights = {{"33", 0, 0}}}},
      {"REGION_CODE_MALFORMED", {.weights = {{"33.26.15.2014.9", 0, 2'000'000}}}},
  };
  for (const auto& [reason, changes] : cases) {
    EXPECT_EQ(base::ReasonOf(Changed(base, changes).status()), reason);
  }
  Programme unknown = WithParts({});
  unknown.id = "sumur";
  EXPECT_EQ(base::ReasonOf(Changed(base, {.programmes = {unknown}}).status()), "PROGRAMME_UNKNOWN");
}

TEST(WhatIf, PercentagesOfLinesAreRoundedHalfToEvenInThePopulationsUnit) {
  ParameterSet base;
  base.population.id = "register";
  const PovertyLine line{"register", "33.26", 0, 20'000, "500005", "", "v1"};
  base.lines[line.key()] = line;
  const struct {
    int64_t percent;
    const char* value;
  } cases[] = {{1'100'000, "550006"}, {900'000, "450004"}, {1'000'001, "500006"}};
  for (const auto& [percent, value] : cases) {
    const auto set = Changed(base, {.line_percent = percent});
    ASSERT_TRUE(set.ok()) << set.status();
    EXPECT_EQ(set->lines.begin()->second.value, value) << percent;
  }
}

}  // namespace
}  // namespace sepakat::targeting
