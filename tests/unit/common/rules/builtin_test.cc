// The sets that ship, and the points on which their sources disagree.
#include "common/rules/text/builtin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/measures/catalogue.h"
#include "common/rules/program.h"

namespace sepakat::rules {
namespace {

using Facts = std::map<std::string, int32_t>;

constexpr Truth kNo = Truth::kFalse;
constexpr Truth kYes = Truth::kTrue;
constexpr Truth kOpen = Truth::kUnknown;

const std::vector<RuleSet>& Sets() {
  static const std::vector<RuleSet> sets = *ReadBuiltinRules();
  return sets;
}

Truth Answer(std::string_view version, std::string_view rule, const Facts& known) {
  const auto set = std::ranges::find(Sets(), version, &RuleSet::version);
  const Program program(*set);
  std::vector<int32_t> facts;
  for (const std::string& variable : program.variables()) {
    const auto found = known.find(variable);
    facts.push_back(found == known.end() ? kUnknownValue : found->second);
  }
  std::vector<Truth> answers(program.size());
  program.Evaluate(facts, answers);
  return answers.at(static_cast<size_t>(program.Find(rule)));
}

TEST(BuiltinRules, HaveNoMistakeAndBeginWithTheDefault) {
  const absl::StatusOr<std::vector<RuleSet>> sets = ReadBuiltinRules();
  ASSERT_TRUE(sets.ok()) << sets.status();
  EXPECT_EQ(sets->size(), BuiltinRuleFiles().size());
  EXPECT_EQ(sets->front().version, "bps-2019");
  for (const RuleSet& set : *sets) {
    EXPECT_NE(set.source, "") << set.version;
    for (const Rule& rule : set.rules) {
      if (!rule.named()) continue;
      EXPECT_NE(rule.name, "") << set.version << " " << rule.id;
      EXPECT_NE(rule.name_en, "") << set.version << " " << rule.id;
    }
  }
}

TEST(BuiltinRules, TheDefaultJudgesEveryDeprivation) {
  for (std::string_view name : measures::kDeprivationNames) {
    EXPECT_NE(Sets().front().Find(name), nullptr) << name;
  }
}

struct Conflict {
  std::string_view story;
  std::string_view version;
  std::string_view rule;
  Facts facts;
  Truth answer;
};

const Facts kPit = {{"toilet", 1}, {"closet", 1}, {"disposal", 4}};
Facts With(Facts facts, const std::string& variable, int32_t value) {
  facts[variable] = value;
  return facts;
}

const Conflict kConflicts[] = {
    {"'10 m or more' counts as more than 10 m",
     "bps-2019",
     "water_near_waste",
     {{"water_distance", 2}},
     kNo},
    {"by the letter it may be exactly 10 m",
     "strict-10m-2019",
     "water_near_waste",
     {{"water_distance", 2}},
     kOpen},
    {"exactly 10 m is not more than 10 m",
     "strict-10m-2019",
     "water_near_waste",
     {{"water_distance", 2}, {"water_distance_m", 10}},
     kYes},
    {"11 m is",
     "strict-10m-2019",
     "water_near_waste",
     {{"water_distance", 2}, {"water_distance_m", 11}},
     kNo},
    {"one questionnaire's code 3, does not know, is no distance",
     "bps-2019",
     "inadequate_water",
     {{"water_source", 5}, {"water_distance", 3}},
     kOpen},
    {"the other's code 8, does not know, is none either",
     "bps-2019",
     "inadequate_water",
     {{"water_source", 5}, {"water_distance", 8}},
     kOpen},
    {"a code 99 of a floor is unknown, not another material",
     "bps-2019",
     "floor_not_durable",
     {{"floor", 99}},
     kOpen},
    {"a source that is not asked about keeps bottled water open",
     "bps-2019",
     "inadequate_water",
     {{"water_source", 1}},
     kOpen},
    {"bottled water and piped bathing water",
     "bps-2019",
     "inadequate_water",
     {{"water_source", 1}, {"bathing_water", 3}},
     kNo},
    {"bottled water and the river to bathe in",
     "bps-2019",
     "inadequate_water",
     {{"water_source", 1}, {"bathing_water", 9}},
     kYes},

    {"walls of logs last", "bps-2019", "wall_not_durable", {{"wall", 5}}, kNo},
    {"or do not", "log-walls-2019", "wall_not_durable", {{"wall", 5}}, kYes},
    {"the ministry's five criteria take them as lasting",
     "kemensos-rst",
     "perishable_wall",
     {{"wall", 5}},
     kNo},
    {"whether boards are poor boards was not asked", "ksm-14", "poor_wall", {{"wall", 5}}, kOpen},

    {"32 m2 for four is enough at 7.2",
     "bps-2019",
     "inadequate_floor_space",
     {{"floor_area_m2", 32}, {"size", 4}},
     kNo},
    {"exactly 7.2 each is enough",
     "bps-2019",
     "inadequate_floor_space",
     {{"floor_area_m2", 36}, {"size", 5}},
     kNo},
    {"32 m2 for four is too little at 9",
     "pupr-2018",
     "inadequate_floor_space",
     {{"floor_area_m2", 32}, {"size", 4}},
     kYes},
    {"exactly 9 each is enough",
     "pupr-2018",
     "inadequate_floor_space",
     {{"floor_area_m2", 36}, {"size", 4}},
     kNo},
    {"32 m2 for four is exactly 8",
     "ksm-14",
     "small_floor",
     {{"floor_area_m2", 32}, {"size", 4}},
     kNo},

    {"a hole is no treatment", "bps-2019", "inadequate_sanitation", With(kPit, "urban_rural", 2),
     kYes},
    {"in the country it is", "sdg-2019", "inadequate_sanitation", With(kPit, "urban_rural", 2),
     kNo},
    {"in town it is not", "sdg-2019", "inadequate_sanitation", With(kPit, "urban_rural", 1), kYes},
    {"and where the area is not known nobody can say", "sdg-2019", "inadequate_sanitation", kPit,
     kOpen},

    {"a broken wall makes a house unsafe whatever it is made of",
     "pupr-rtlh-2018",
     "rtlh",
     {{"wall_condition", 2}},
     kYes},
    {"where nobody looked at the walls a sound house stays open",
     "pupr-rtlh-2018",
     "unsafe_building",
     {{"roof", 2}, {"wall", 1}, {"floor", 2}},
     kOpen},
    {"a floor of boards is one of the five criteria", "kemensos-rst", "rst", {{"floor", 5}}, kYes},
    {"but lasts for the statistics office", "bps-2019", "floor_not_durable", {{"floor", 5}}, kNo},
};

TEST(BuiltinRules, KeepTheirConflictsAsVariants) {
  for (const Conflict& conflict : kConflicts) {
    EXPECT_EQ(Answer(conflict.version, conflict.rule, conflict.facts), conflict.answer)
        << conflict.story;
  }
}

TEST(BuiltinRules, AHouseThatFailsNothingIsFit) {
  const Facts house = {{"roof", 2},           {"wall", 1},     {"floor", 2},
                       {"floor_area_m2", 40}, {"size", 4},     {"toilet", 1},
                       {"closet", 1},         {"disposal", 1}, {"water_source", 3}};
  EXPECT_EQ(Answer("bps-2019", "unfit_house", house), kNo);
  for (const auto& [variable, worse] : Facts{{"roof", 7},
                                             {"wall", 6},
                                             {"floor", 8},
                                             {"floor_area_m2", 20},
                                             {"closet", 4},
                                             {"disposal", 3},
                                             {"water_source", 9}}) {
    EXPECT_EQ(Answer("bps-2019", "unfit_house", With(house, variable, worse)), kYes) << variable;
  }
}

}  // namespace
}  // namespace sepakat::rules
