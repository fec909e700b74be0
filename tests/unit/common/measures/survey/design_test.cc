#include "common/measures/survey/design.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

using ::testing::HasSubstr;

constexpr auto kCount = Population::Form::kCount;
constexpr auto kFraction = Population::Form::kFraction;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Two strata of two units of two rows.
struct Survey {
  std::vector<double> weights = {1, 1, 1, 1, 1, 1, 1, 1};
  std::vector<int64_t> strata = {7, 7, 7, 7, 9, 9, 9, 9};
  std::vector<int64_t> units = {1, 1, 2, 2, 1, 1, 2, 2};
  std::vector<double> population;
  Population::Form form = Population::Form::kUnknown;

  absl::StatusOr<Design> Make(DesignRules rules = {}) const {
    return Design::Create({weights, {{units, strata, {form, population}}}}, rules);
  }
};

TEST(Design, CountsUnitsStrataAndDegreesOfFreedom) {
  const auto design = Survey{}.Make();
  ASSERT_TRUE(design.ok()) << design.status();
  EXPECT_EQ(design->psus(), 4);
  EXPECT_EQ(design->strata(), 2);
  EXPECT_EQ(design->df(), 2);
}

TEST(Design, WithoutUnitsEveryRowIsOne) {
  const std::vector<double> weights = {1, 2, 3};
  const auto design = Design::Create({weights, {Stage{}}}, {});
  ASSERT_TRUE(design.ok()) << design.status();
  EXPECT_EQ(design->psus(), 3);
  EXPECT_EQ(design->strata(), 1);
}

TEST(Design, ASurveyorsMistakesAreRefusedWithTheirConsequence) {
  struct Case {
    std::string reason;
    std::string text;
    Survey survey;
    DesignRules rules;
  };
  std::vector<Case> cases;
  const auto mistake = [&](std::string reason, std::string text, auto change,
                           DesignRules rules = {}) {
    Survey survey;
    change(survey);
    cases.push_back({std::move(reason), std::move(text), survey, rules});
  };
  mistake("NO_ROWS", "no rows", [](Survey& s) { s.weights.clear(); });
  mistake("NEGATIVE_WEIGHT", "row 3", [](Survey& s) { s.weights[2] = -4; });
  mistake("NOT_FINITE", "row 5", [](Survey& s) { s.weights[4] = kNaN; });
  mistake("NO_WEIGHT", "nobody", [](Survey& s) { s.weights.assign(8, 0); });
  mistake("LENGTH_MISMATCH", "stage 1", [](Survey& s) { s.strata.pop_back(); });
  mistake("LENGTH_MISMATCH", "stage 1", [](Survey& s) { s.form = kCount; });
  mistake("PSU_IN_TWO_STRATA", "rows 1 and 5", [](Survey&) {},
          {.units_numbered_within_strata = false});
  mistake("SINGLE_PSU", "row 5", [](Survey& s) { s.units = {1, 1, 2, 2, 1, 1, 1, 1}; });
  mistake("ONE_PSU", "one primary unit", [](Survey& s) {
    s.strata.clear();
    s.units.assign(8, 1);
  });
  mistake("BAD_POPULATION", "row 1", [](Survey& s) {
    s.form = kCount;
    s.population.assign(8, 0);
  });
  mistake("BAD_POPULATION", "up to 1", [](Survey& s) {
    s.form = kFraction;
    s.population.assign(8, 20);
  });
  mistake("BAD_POPULATION", "nan", [](Survey& s) {
    s.form = kFraction;
    s.population.assign(8, kNaN);
  });
  mistake("POPULATION_VARIES", "rows 1 and 4", [](Survey& s) {
    s.form = kCount;
    s.population = {10, 10, 10, 12, 5, 5, 5, 5};
  });
  mistake("POPULATION_BELOW_SAMPLE", "2 units were drawn from a population of 1", [](Survey& s) {
    s.form = kCount;
    s.population = {9, 9, 9, 9, 1, 1, 1, 1};
  });
  for (const Case& c : cases) {
    const auto design = c.survey.Make(c.rules);
    EXPECT_EQ(base::ReasonOf(design.status()), c.reason) << design.status();
    EXPECT_THAT(std::string(design.status().message()), HasSubstr(c.text));
  }
}

TEST(Design, ASingleUnitIsNoMistakeWhenItIsTheWholeStratum) {
  Survey survey;
  survey.units = {1, 1, 2, 2, 1, 1, 1, 1};
  survey.form = kCount;
  survey.population = {6, 6, 6, 6, 1, 1, 1, 1};
  const auto design = survey.Make();
  ASSERT_TRUE(design.ok()) << design.status();
  EXPECT_EQ(design->single_psu_strata(), 0);
}

TEST(Design, ASingleUnitPassesUnderEveryOtherRule) {
  Survey survey;
  survey.units = {1, 1, 2, 2, 1, 1, 1, 1};
  for (const SinglePsu rule : {SinglePsu::kCertainty, SinglePsu::kCentred, SinglePsu::kAverage}) {
    const auto design = survey.Make({.single_psu = rule});
    ASSERT_TRUE(design.ok()) << design.status();
    EXPECT_EQ(design->single_psu_strata(), 1);
  }
}

TEST(Design, UniqueUnitCodesMayBeSaidToBeUnique) {
  Survey survey;
  survey.units = {1, 1, 2, 2, 3, 3, 4, 4};
  EXPECT_TRUE(survey.Make({.units_numbered_within_strata = false}).ok());
}

TEST(Design, AnUnlimitedPopulationMeansDrawnWithReplacement) {
  Survey survey;
  survey.form = kCount;
  survey.population.assign(8, std::numeric_limits<double>::infinity());
  const auto design = survey.Make();
  ASSERT_TRUE(design.ok()) << design.status();
  EXPECT_EQ(design->levels()[0].cells[0].sampled_fraction, 0);
}

TEST(Design, NoStageIsToldApartFromAStageOfRows) {
  const std::vector<double> weights = {1, 2, 3};
  EXPECT_EQ(base::ReasonOf(Design::Create({weights, {}}, {}).status()), "NO_STAGE");
}

}  // namespace
}  // namespace sepakat::measures
