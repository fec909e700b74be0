#include "common/measures/survey/design_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sepakat::measures {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Twenty strata of two units of one row, weights around 50.
struct Survey {
  std::vector<double> weights;
  std::vector<int64_t> strata;
  std::vector<int64_t> units;

  Survey() {
    for (int i = 0; i < 40; ++i) {
      weights.push_back(i % 3 == 0 ? 40 : 55);
      strata.push_back(i / 2);
      units.push_back(i);
    }
  }

  std::vector<Finding> Findings(FindingOptions options = {}, DesignRules rules = {}) const {
    const DesignColumns columns{weights, {{units, strata, {}}}};
    const auto design = Design::Create(columns, rules);
    EXPECT_TRUE(design.ok()) << design.status();
    return FindingsOf(*design, columns, options);
  }
};

std::vector<std::string> Reasons(const std::vector<Finding>& findings) {
  std::vector<std::string> reasons;
  for (const Finding& finding : findings) reasons.push_back(finding.reason);
  return reasons;
}

TEST(DesignFindings, AGoodDesignHasNone) { EXPECT_THAT(Reasons(Survey().Findings()), IsEmpty()); }

TEST(DesignFindings, EachMistakeIsNamedAndCounted) {
  struct Case {
    std::string reason;
    int64_t count;
    std::vector<Finding> findings;
  };
  std::vector<Case> cases;
  const auto add = [&](std::string reason, int64_t count, auto change, FindingOptions options = {},
                       DesignRules rules = {}) {
    Survey survey;
    change(survey);
    cases.push_back({std::move(reason), count, survey.Findings(options, rules)});
  };
  const auto nothing = [](Survey&) {};
  add("NO_CLUSTERS", 40, [](Survey& s) { s.units.clear(); });
  add("NO_STRATA", 40, [](Survey& s) { s.strata.clear(); });
  add("SINGLE_PSU", 1, [](Survey& s) { s.units[1] = s.units[0]; }, {},
      {.single_psu = SinglePsu::kCentred});
  add("UNITS_RENUMBERED", 2, [](Survey& s) {
    for (size_t i = 0; i < 40; ++i) s.units[i] = static_cast<int64_t>(i % 2);
  });
  add("FEW_DF", 20, nothing, {.few_df = 30});
  add("ZERO_WEIGHTS", 2, [](Survey& s) { s.weights[3] = s.weights[9] = 0; });
  add("UNEQUAL_WEIGHTS", 40, [](Survey& s) { s.weights[0] = 5000; });
  add("WEIGHTS_NOT_CENSUS", 40, nothing, {.census_total = 4000});
  add("WEIGHTS_NORMALISED", 40, [](Survey& s) { s.weights.assign(40, 1); });
  add("VALUE_MISSING", 7, nothing, {.missing_values = 7});
  for (const Case& c : cases) {
    EXPECT_THAT(c.findings,
                Contains(::testing::AllOf(::testing::Field(&Finding::reason, c.reason),
                                          ::testing::Field(&Finding::count, c.count),
                                          ::testing::Field(&Finding::text_id, Not(IsEmpty())),
                                          ::testing::Field(&Finding::text_en, Not(IsEmpty())))))
        << c.reason;
    EXPECT_EQ(c.findings.size(), 1u) << c.reason << " comes alone";
  }
}

TEST(DesignFindings, TheTextSaysWhatItDoesToTheResult) {
  Survey survey;
  const auto findings = survey.Findings({.census_total = 4000});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0].text_en, HasSubstr("totals are off by a factor of 0.4975"));
  EXPECT_THAT(findings[0].text_en, HasSubstr("means are not affected"));
  EXPECT_THAT(findings[0].text_id, HasSubstr("rata-rata tidak terpengaruh"));
}

TEST(DesignFindings, ACensusWithinTheToleranceIsNoFinding) {
  Survey survey;
  double sum = 0;
  for (const double w : survey.weights) sum += w;
  EXPECT_THAT(survey.Findings({.census_total = 1.01 * sum}), IsEmpty());
}

}  // namespace
}  // namespace sepakat::measures
