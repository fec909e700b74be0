// Every mistake is found, with its line.
#include "common/rules/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/rules/text/builtin.h"
#include "common/rules/text/rule_file.h"

namespace sepakat::rules {
namespace {

using testing::HasSubstr;

constexpr std::string_view kHeader = R"([rules]
version = "t"
name = "Uji"
name_en = "Test"
source = "test"
)";
// Line of the first line behind the header.
constexpr int kFirst = 6;

std::string MistakesOf(std::string_view rules) {
  const absl::StatusOr<RuleSet> set =
      ReadRules("f.toml", std::string(kHeader) + std::string(rules), {});
  if (set.ok()) return "";
  EXPECT_EQ(base::ReasonOf(set.status()), "RULES_INVALID");
  return std::string(set.status().message());
}

struct Wrong {
  std::string_view story;
  std::string_view rules;
  // Counted from the first line behind the header, from 1.
  int line;
  std::string_view message;
};

const Wrong kWrong[] = {
    {"a variable that nobody knows", "[[rule]]\nid = \"a\"\nvariable = \"flor\"\nin = [1]\n", 1,
     "no variable is called `flor`"},
    {"a rule that nobody knows", "[[rule]]\nid = \"a\"\nany_of = [\n  \"b\",\n]\n", 4,
     "no rule is called `b`"},
    {"a misspelt key", "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [1]\nresaon = \"X\"\n", 5,
     "`resaon` is not a key"},
    {"a code that the variable does not have",
     "[[rule]]\nid = \"a\"\nvariable = \"wall\"\nin = [7, 8]\n", 1, "8 is no value of `wall`"},
    {"a gap between codes",
     "[[rule]]\nid = \"a\"\nvariable = \"wall\"\ncase = [\n  { in = [1, 2], is = false },\n"
     "  { in = [4, 5, 6, 7], is = true },\n]\n",
     1, "a gap: no case for 3 of `wall`"},
    {"a gap between bands of a quotient",
     "[[rule]]\nid = \"a\"\nvariable = \"floor_area_m2\"\nper = \"size\"\ncase = [\n"
     "  { below = \"7.2\", is = true },\n  { above = \"7.2\", is = false },\n]\n",
     1, "a gap: no case for 7.2 of `floor_area_m2` per `size`"},
    {"cases that overlap in part",
     "[[rule]]\nid = \"a\"\nvariable = \"head_age\"\ncase = [\n  { to = 60, is = false },\n"
     "  { from = 60, is = true },\n]\n",
     6, "overlap: 60 of `head_age` stands in the case of line 10 already"},
    {"a case behind one that has all its values",
     "[[rule]]\nid = \"a\"\nvariable = \"wall\"\ncase = [\n  { from = 1, to = 4, is = true },\n"
     "  { in = [2, 3], is = false },\n  { in = [5, 6, 7], is = false },\n]\n",
     6, "unreachable: 2 to 3 of `wall` stands in the case of line 10 already"},
    {"everything else, where nothing else is left",
     "[[rule]]\nid = \"a\"\nvariable = \"urban_rural\"\ncase = [\n  { in = [1], is = true },\n"
     "  { in = [2], is = false },\n  { is = false },\n]\n",
     7, "unreachable: the other cases name every value"},
    {"bounds beyond all values",
     "[[rule]]\nid = \"a\"\nvariable = \"head_age\"\ncase = [\n  { from = 200, is = true },\n"
     "  { below = 200, is = false },\n]\n",
     5, "unreachable"},
    {"a branch that asks about the same variable again",
     "[[rule]]\nid = \"a\"\nvariable = \"water_source\"\ncase = [\n"
     "  { in = [4, 5, 7], ask = { variable = \"water_source\", in = [9] } },\n"
     "  { in = [1, 2, 3], is = false },\n  { is = true },\n]\n",
     5, "unreachable: for these values of `water_source` the rule asked can never be true"},
    {"two conditions that exclude each other",
     "[[rule]]\nid = \"a\"\nall_of = [{ variable = \"floor\", in = [8] }, { variable = \"floor\", "
     "in = [7] }]\n",
     1, "a contradiction: rule `a` can never be true"},
    {"a condition that every value meets",
     "[[rule]]\nid = \"a\"\nany_of = [\n  { variable = \"members\", from = 1 },\n"
     "  { variable = \"floor\", in = [8] },\n]\n",
     4, "a contradiction: the condition holds for every value of `members`"},
    {"a contradiction two rules away",
     "[[rule]]\nid = \"old\"\nvariable = \"head_age\"\nfrom = 60\n"
     "[[rule]]\nid = \"young\"\nnone_of = [\"old\"]\n"
     "[[rule]]\nid = \"both\"\nall_of = [\"old\", \"young\"]\n",
     8, "rule `both` can never be true"},
    {"rules that ask each other",
     "[[rule]]\nid = \"a\"\nany_of = [\"b\"]\n[[rule]]\nid = \"b\"\nany_of = [\"a\"]\n", 1,
     "in a circle: a -> b -> a"},
    {"a rule twice",
     "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [8]\n"
     "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [7]\n",
     5, "rule `a` stands twice"},
    {"the same part twice",
     "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [8]\n"
     "[[rule]]\nid = \"b\"\nany_of = [\"a\", \"a\"]\n",
     7, "`a` stands twice in one combination"},
    {"more than there are",
     "[[rule]]\nid = \"a\"\nat_least = 3\nof = [{ variable = \"floor\", in = [8] }, { variable = "
     "\"wall\", in = [4] }]\n",
     1, "`at_least` must lie between 1 and the number of parts, 2"},
    {"unknown without a reason",
     "[[rule]]\nid = \"a\"\nvariable = \"urban_rural\"\ncase = [\n  { in = [1], is = true },\n"
     "  { in = [2], is = \"unknown\" },\n]\n",
     6, "must say its `reason`"},
    {"a reason in small letters",
     "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [8]\nreason = \"earth\"\n", 1,
     "`earth` is no reason"},
    {"a bare fraction",
     "[[rule]]\nid = \"a\"\nvariable = \"floor_area_m2\"\nper = \"size\"\nbelow = 7.2\n", 5,
     "`below` must be a whole number, or a decimal number in quotes"},
    {"more decimals than are kept exactly",
     "[[rule]]\nid = \"a\"\nvariable = \"floor_area_m2\"\nper = \"size\"\nbelow = \"7.2000001\"\n",
     1, "at most six decimals"},
    {"a divisor that may be zero",
     "[[rule]]\nid = \"a\"\nvariable = \"members\"\nper = \"members_working\"\nbelow = 2\n", 1,
     "`per` must be a variable from 1"},
    {"a variable that is known already",
     "[[variable]]\nname = \"floor\"\nlow = 1\nhigh = 2\nabout = \"x\"\n"
     "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [8]\n",
     1, "`floor` is known already"},
    {"a variable that nobody uses",
     "[[variable]]\nname = \"meals\"\nlow = 1\nhigh = 2\nabout = \"x\"\n"
     "[[rule]]\nid = \"a\"\nvariable = \"floor\"\nin = [8]\n",
     1, "no rule uses `meals`"},
    {"no text of this kind", "[[rule]\n", 1, "table header"},
};

TEST(Check, FindsEveryMistakeAtItsLine) {
  for (const Wrong& wrong : kWrong) {
    const std::string mistakes = MistakesOf(wrong.rules);
    EXPECT_THAT(mistakes, HasSubstr("f.toml:" + std::to_string(kFirst + wrong.line - 1) + ":"))
        << wrong.story;
    EXPECT_THAT(mistakes, HasSubstr(wrong.message)) << wrong.story;
  }
}

TEST(Check, TellsAllMistakesAtOnceInTheirOrder) {
  const std::string mistakes = MistakesOf(
      "[[rule]]\nid = \"a\"\nvariable = \"flor\"\nin = [1]\n"
      "[[rule]]\nid = \"b\"\nany_of = [\"c\"]\n"
      "[[rule]]\nid = \"d\"\nvariable = \"wall\"\nresaon = \"X\"\nin = [1]\n");
  EXPECT_EQ(mistakes,
            "f.toml:6: no variable is called `flor`; declare it with [[variable]] if a "
            "questionnaire asks it\n"
            "f.toml:12: no rule is called `c`\n"
            "f.toml:16: `resaon` is not a key of this table");
}

TEST(Check, ARuleThatWasNotUnderstoodIsNotJudgedFurther) {
  const std::string mistakes = MistakesOf(
      "[[rule]]\nid = \"a\"\nvariable = \"wall\"\ncase = [{ in = [1], iz = true }]\n"
      "[[rule]]\nid = \"b\"\nany_of = [\"a\"]\n");
  EXPECT_THAT(mistakes, HasSubstr("`iz` is not a key"));
  EXPECT_THAT(mistakes, testing::Not(HasSubstr("gap")));
}

// At least 25 of 25: more combinations than anybody tries out.
std::string ManyParts() {
  std::string rules = "[[rule]]\nid = \"many\"\nat_least = 25\nof = [\n";
  for (std::string_view variable : {"asset_refrigerator",
                                    "asset_television",
                                    "asset_computer",
                                    "asset_motorcycle",
                                    "asset_bicycle",
                                    "asset_smartphone",
                                    "asset_car",
                                    "asset_boat",
                                    "asset_gold",
                                    "asset_land",
                                    "asset_telephone",
                                    "asset_motorboat",
                                    "asset_water_heater",
                                    "asset_gas_cylinder",
                                    "children_under_5",
                                    "children_7_18",
                                    "members_disabled",
                                    "members_working",
                                    "members_pregnant",
                                    "members_uninsured",
                                    "aid_pkh",
                                    "aid_bpnt",
                                    "aid_kks",
                                    "aid_lpg",
                                    "aid_local"}) {
    rules += "  { variable = \"" + std::string(variable) + "\", from = 1 },\n";
  }
  return rules + "]\n";
}

TEST(Check, TakesApartWhatSharesNoVariable) {
  EXPECT_EQ(MistakesOf(ManyParts()), "");
  EXPECT_THAT(MistakesOf(ManyParts() + "[[rule]]\nid = \"never\"\nall_of = [\"many\", "
                                       "{ variable = \"wall\", in = [4] }, "
                                       "{ variable = \"wall\", in = [6] }]\n"),
              HasSubstr("`never` can never be true"));
}

TEST(Check, DoesNotCallAMistakeWhatIsTooEntangledToTryOut) {
  EXPECT_EQ(MistakesOf(ManyParts() + "[[rule]]\nid = \"never\"\nall_of = [\"many\", "
                                     "{ variable = \"aid_pkh\", in = [0] }]\n"),
            "");
}

TEST(Extends, SaysOnlyWhatDiffers) {
  const absl::StatusOr<std::vector<RuleSet>> builtin = ReadBuiltinRules();
  ASSERT_TRUE(builtin.ok()) << builtin.status();
  const absl::StatusOr<RuleSet> set = ReadRules("mine.toml", R"([rules]
version = "mine"
name = "Uji"
name_en = "Test"
source = "test"
extends = "bps-2019"
[[rule]]
id = "inadequate_floor_space"
variable = "floor_area_m2"
per = "size"
below = 6
)",
                                                *builtin);
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->Find("inadequate_floor_space")->source, "test");
  EXPECT_EQ(set->Find("unfit_house")->source, builtin->front().source);
}

TEST(Extends, ASetThatNobodyKnowsIsOneMistakeNotMany) {
  EXPECT_EQ(ReadRules("mine.toml", R"([rules]
version = "mine"
name = "Uji"
name_en = "Test"
source = "test"
extends = "bps-1999"
[[rule]]
id = "a"
any_of = ["unfit_house"]
)",
                      {})
                .status()
                .message(),
            "mine.toml:1: `extends` names bps-1999, which nobody knows");
}

TEST(Extends, AChangeThatMakesAnInheritedRuleImpossibleIsTold) {
  const absl::StatusOr<std::vector<RuleSet>> builtin = ReadBuiltinRules();
  ASSERT_TRUE(builtin.ok()) << builtin.status();
  const absl::Status status = ReadRules("mine.toml", R"([rules]
version = "mine"
name = "Uji"
name_en = "Test"
source = "test"
extends = "bps-2019"
[[rule]]
id = "two_small_assets"
variable = "asset_car"
in = [0]
)",
                                        *builtin)
                                  .status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("rule `few_assets` can never be true"));
}

}  // namespace
}  // namespace sepakat::rules
