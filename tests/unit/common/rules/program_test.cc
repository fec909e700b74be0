// What the language means, case by case.
#include "common/rules/program.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "common/rules/text/rule_file.h"

namespace sepakat::rules {
namespace {

using Facts = std::map<std::string, int32_t>;

constexpr Truth kNo = Truth::kFalse;
constexpr Truth kYes = Truth::kTrue;
constexpr Truth kOpen = Truth::kUnknown;

constexpr std::string_view kRules = R"(
[rules]
version = "t"
name = "Uji"
name_en = "Test"
source = "test"

[[variable]]
name = "distance_m"
low = 0
high = 1000
about = "meter"

[[rule]]
id = "near"
variable = "distance_m"
case = [{ to = 10, is = true, reason = "NEAR" }, { above = 10, is = false }]

[[rule]]
id = "small"
variable = "floor_area_m2"
per = "size"
case = [{ below = "7.2", is = true, reason = "SMALL" }, { from = "7.2", is = false }]

[[rule]]
id = "water"
variable = "water_source"
case = [
  { in = [3, 10], is = false },
  { in = [4, 5, 7], ask = "near" },
  { in = [11], is = "unknown", reason = "OTHER_SOURCE" },
  { is = true, reason = "OPEN_SOURCE" },
]

[[rule]]
id = "toilet_or_closet"
variable = "toilet"
case = [{ in = [1, 2, 3], ask = "closet" }, { in = [4, 5, 6], is = true, reason = "NO_TOILET" }]

[[rule]]
id = "closet"
variable = "closet"
in = [2, 3, 4]
reason = "OPEN_CLOSET"

[[rule]]
id = "child_out_of_school"
variable = "children_out_of_school"
from = 1
asked_if = { variable = "children_7_18", from = 1 }

[[rule]]
id = "any"
any_of = ["near", "small"]

[[rule]]
id = "all"
all_of = ["near", "small"]

[[rule]]
id = "none"
none_of = ["near", "small"]

[[rule]]
id = "two_assets"
at_least = 2
of = [
  { variable = "asset_bicycle", from = 1 },
  { variable = "asset_television", from = 1 },
  { variable = "asset_motorcycle", from = 1 },
]
reason = "TWO"
unknown = "ASSETS_UNKNOWN"
)";

class Sample {
 public:
  Sample() : set_(ReadRules("t.toml", kRules, {})), program_(*set_) {}

  Truth Answer(std::string_view rule, const Facts& known, Reasons* reasons) const {
    std::vector<int32_t> facts;
    for (const std::string& variable : program_.variables()) {
      const auto found = known.find(variable);
      facts.push_back(found == known.end() ? kUnknownValue : found->second);
    }
    std::vector<Truth> answers(program_.size());
    program_.Evaluate(facts, answers);
    const int index = program_.Find(rule);
    program_.Explain(index, answers, facts, reasons);
    return answers[static_cast<size_t>(index)];
  }

 private:
  absl::StatusOr<RuleSet> set_;
  Program program_;
};

struct Story {
  std::string_view story;
  std::string_view rule;
  Facts facts;
  Truth answer;
  Reasons reasons;
};

const Story kStories[] = {
    {"exactly the bound is inside `to`", "near", {{"distance_m", 10}}, kYes, {"NEAR"}},
    {"one more is not", "near", {{"distance_m", 11}}, kNo, {}},
    {"nobody measured", "near", {}, kOpen, {"DISTANCE_M_UNKNOWN"}},
    {"a value that the variable does not have is unknown, whatever the cases say",
     "near",
     {{"distance_m", -1}},
     kOpen,
     {"DISTANCE_M_UNKNOWN"}},

    {"36 m2 for five is exactly 7.2", "small", {{"floor_area_m2", 36}, {"size", 5}}, kNo, {}},
    {"35 m2 for five is less", "small", {{"floor_area_m2", 35}, {"size", 5}}, kYes, {"SMALL"}},
    {"an unknown divisor leaves the quotient unknown",
     "small",
     {{"floor_area_m2", 35}},
     kOpen,
     {"FLOOR_AREA_M2_UNKNOWN"}},

    {"a case may ask another rule",
     "water",
     {{"water_source", 5}, {"distance_m", 3}},
     kYes,
     {"NEAR"}},
    {"and hands on what that does not know",
     "water",
     {{"water_source", 5}},
     kOpen,
     {"DISTANCE_M_UNKNOWN"}},
    {"a case may be open by itself", "water", {{"water_source", 11}}, kOpen, {"OTHER_SOURCE"}},
    {"everything else", "water", {{"water_source", 9}}, kYes, {"OPEN_SOURCE"}},
    {"an unknown value decides nothing where the cases differ",
     "water",
     {{"distance_m", 3}},
     kOpen,
     {"WATER_SOURCE_UNKNOWN"}},
    {"an unknown value decides where every case comes to the same",
     "toilet_or_closet",
     {{"closet", 3}},
     kYes,
     {"TOILET_UNKNOWN", "OPEN_CLOSET"}},
    {"and not where they may differ",
     "toilet_or_closet",
     {{"closet", 1}},
     kOpen,
     {"TOILET_UNKNOWN"}},

    {"a question that was not put is answered no",
     "child_out_of_school",
     {{"children_7_18", 0}},
     kNo,
     {}},
    {"a question that was put and not answered is open",
     "child_out_of_school",
     {{"children_7_18", 2}},
     kOpen,
     {"CHILDREN_OUT_OF_SCHOOL_UNKNOWN"}},
    {"an answer counts, whoever was asked",
     "child_out_of_school",
     {{"children_out_of_school", 1}},
     kYes,
     {"CHILD_OUT_OF_SCHOOL"}},

    {"any: one true part decides, and the open one is said too",
     "any",
     {{"distance_m", 3}},
     kYes,
     {"NEAR", "FLOOR_AREA_M2_UNKNOWN"}},
    {"any: one open part keeps it open",
     "any",
     {{"distance_m", 30}},
     kOpen,
     {"FLOOR_AREA_M2_UNKNOWN"}},
    {"all: one false part decides", "all", {{"distance_m", 30}}, kNo, {"FLOOR_AREA_M2_UNKNOWN"}},
    {"none: one true part makes it false",
     "none",
     {{"distance_m", 3}},
     kNo,
     {"NEAR", "FLOOR_AREA_M2_UNKNOWN"}},
    {"none: all parts false make it true",
     "none",
     {{"distance_m", 30}, {"floor_area_m2", 90}, {"size", 2}},
     kYes,
     {}},
    {"at least: enough are true",
     "two_assets",
     {{"asset_bicycle", 1}, {"asset_television", 2}},
     kYes,
     {"TWO"}},
    {"at least: the open ones could make it enough",
     "two_assets",
     {{"asset_bicycle", 1}, {"asset_television", 0}},
     kOpen,
     {"ASSETS_UNKNOWN"}},
    {"at least: even all open ones would not be enough",
     "two_assets",
     {{"asset_bicycle", 0}, {"asset_television", 0}},
     kNo,
     {}},
};

TEST(Program, AnswersAsTheLanguageSays) {
  const Sample sample;
  for (const Story& story : kStories) {
    Reasons reasons;
    EXPECT_EQ(sample.Answer(story.rule, story.facts, &reasons), story.answer) << story.story;
    EXPECT_EQ(reasons, story.reasons) << story.story;
  }
}

TEST(Program, HoldsWhatIsWantedAndWhatThatAsks) {
  const absl::StatusOr<RuleSet> set = ReadRules("t.toml", kRules, {});
  ASSERT_TRUE(set.ok()) << set.status();
  const std::string_view wanted[] = {"water"};
  const Program program(*set, wanted);
  EXPECT_EQ(program.size(), 2U);
  EXPECT_THAT(program.variables(), testing::UnorderedElementsAre("water_source", "distance_m"));
  EXPECT_EQ(program.Find("small"), -1);
}

}  // namespace
}  // namespace sepakat::rules
