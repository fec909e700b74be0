// A counterfactual says what the engine would say after an update with these answers.
#include "targeting/domain/counterfactual.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "common/base/status.h"
#include "targeting/domain/engine.h"
#include "tests/support/targeting/random_register.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

const RuleSet& Rules() { return support::ShippedRules(); }

Corrections RandomCorrections() {
  Corrections corrections;
  const int answers = *rc::gen::inRange(0, 4);
  for (int i = 0; i < answers; ++i) {
    const auto [variable, value] = support::RandomAnswer();
    corrections.answers.emplace_back(
        variable, *rc::gen::inRange(0, 5) == 0 ? std::nullopt : std::optional<int32_t>(value));
  }
  if (*rc::gen::inRange(0, 3) == 0) corrections.welfare = *rc::gen::inRange(0, 40) * 30'000;
  if (*rc::gen::inRange(0, 3) == 0) corrections.size = *rc::gen::inRange(1, 9);
  return corrections;
}

FamilyUpdate Corrected(FamilyUpdate family, const Corrections& corrections) {
  ++family.version;
  for (const auto& [variable, value] : corrections.answers) {
    if (value) {
      family.features.Set(variable, *value);
    } else {
      family.features.Forget(variable);
    }
  }
  if (corrections.welfare) family.welfare = corrections.welfare;
  if (corrections.size) {
    family.size = *corrections.size;
    family.features.Set(Variable::kMembers, *corrections.size);
  }
  return family;
}

// Position among the ranked families of the nodes in `regions`, by looking at each.
RegionRank Counted(const PopulationState& state, uint32_t region, const FamilyRecord& family) {
  RegionRank rank{state.tree().at(region).code, 1, 0};
  for (uint32_t index : state.tree().Subtree(region)) {
    for (uint32_t slot : state.tree().at(index).families) {
      const FamilyRecord& other = state.records().at(slot);
      if (!other.ranked) continue;
      ++rank.families;
      if (state.KeyOf(other) < state.KeyOf(family)) ++rank.rank;
    }
  }
  return rank;
}

void ExpectSame(const Standing& standing, const PopulationState& state,
                const FamilyRecord& record) {
  RC_ASSERT(standing.derived == state.DerivedOf(record));
  RC_ASSERT(standing.classes == state.ClassesOf(record));
  RC_ASSERT(standing.size == record.size);
  RC_ASSERT(standing.welfare == record.welfare);
  RC_ASSERT(standing.ranks.empty() == !record.ranked);
  for (const RegionRank& rank : standing.ranks) {
    const RegionRank counted = Counted(state, state.tree().Find(rank.region), record);
    RC_ASSERT(rank.rank == counted.rank);
    RC_ASSERT(rank.families == counted.families);
  }
}

class Register {
 public:
  Register() : engine_(&Rules()), families_(support::RandomFamilies(*rc::gen::inRange(1, 40))) {
    for (const ParameterChange& change : support::RandomParameters()) engine_.Stage(change);
    for (const FamilyUpdate& family : families_) RC_ASSERT(engine_.Apply(family).ok());
    engine_.Cut(true);
  }
  const std::vector<FamilyUpdate>& families() const { return families_; }
  const FamilyUpdate& Any() const {
    return families_[*rc::gen::inRange<size_t>(0, families_.size())];
  }
  void Update(const FamilyUpdate& family) {
    RC_ASSERT(engine_.Apply(family).ok());
    engine_.Cut(false);
  }
  const PopulationState& state() const { return *engine_.Find("register"); }
  uint32_t SlotOf(const FamilyUpdate& family) const { return *state().records().Find(family.key); }

 private:
  Engine engine_;
  std::vector<FamilyUpdate> families_;
};

TEST(Counterfactual, ItSaysWhatARealUpdateWouldProduce) {
  EXPECT_TRUE(rc::check("trial equals update", [] {
    Register live;
    const FamilyUpdate& family = live.Any();
    const Corrections corrections = RandomCorrections();
    RC_PRE(Check(corrections).ok());
    const uint32_t slot = live.SlotOf(family);
    Standing before;
    Standing after;
    {
      const FamilyRecord& record = live.state().records().at(slot);
      FamilyTrial trial(live.state(), record);
      before = trial.AsRecorded();
      trial.AddRanks(&before);
      ExpectSame(before, live.state(), record);
      after = trial.With(corrections);
      trial.AddRanks(&after);
    }
    live.Update(Corrected(family, corrections));
    ExpectSame(after, live.state(), live.state().records().at(slot));
  }));
}

TEST(Counterfactual, EverySingleAnswerItNamesChangesWhatItSays) {
  EXPECT_TRUE(rc::check("single answers hold", [] {
    Register live;
    // Most families stand far from every boundary: take the first one that does not.
    FamilyUpdate family;
    std::vector<SingleAnswer> answers;
    FamilyClasses before;
    for (const FamilyUpdate& candidate : live.families()) {
      const FamilyRecord& record = live.state().records().at(live.SlotOf(candidate));
      family = candidate;
      before = live.state().ClassesOf(record);
      answers = FamilyTrial(live.state(), record).SingleAnswers();
      if (!answers.empty()) break;
    }
    RC_PRE(!answers.empty());
    const uint32_t slot = live.SlotOf(family);
    const SingleAnswer& answer = answers[*rc::gen::inRange<size_t>(0, answers.size())];
    RC_ASSERT(answer.from == family.features.Get(answer.variable));
    Corrections corrections;
    corrections.answers = {{answer.variable, answer.to}};
    if (answer.variable == Variable::kMembers) corrections.size = answer.to;
    live.Update(Corrected(family, corrections));
    const FamilyRecord& record = live.state().records().at(slot);
    const FamilyClasses after = live.state().ClassesOf(record);
    RC_ASSERT(after != before);
    RC_ASSERT(FamilyTrial(live.state(), record).Changes(before, after) == answer.changes);
  }));
}

TEST(Counterfactual, AContradictionIsRefused) {
  const struct {
    const char* reason;
    Corrections corrections;
  } cases[] = {
      {"VARIABLE_REPEATED", {.answers = {{Variable::kFloor, 1}, {Variable::kFloor, 2}}}},
      {"ANSWER_OUT_OF_RANGE", {.answers = {{Variable::kFloor, 17}}}},
      {"MEMBERS_CONTRADICT", {.answers = {{Variable::kMembers, 4}}, .size = 5}},
      {"SIZE_OUT_OF_RANGE", {.size = 0}},
      {"WELFARE_OUT_OF_RANGE", {.welfare = -1}},
  };
  for (const auto& [reason, corrections] : cases) {
    EXPECT_EQ(base::ReasonOf(Check(corrections)), reason);
  }
  EXPECT_TRUE(Check({.answers = {{Variable::kFloor, std::nullopt}}, .size = 5}).ok());
}

}  // namespace
}  // namespace sepakat::targeting
