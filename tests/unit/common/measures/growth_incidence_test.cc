#include "common/measures/growth_incidence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

SortedSample Sorted(const std::vector<double>& values) {
  return SortedSample({values, std::vector<double>(values.size(), 1.0)});
}

TEST(GrowthIncidence, ComparesPlacesOfTheDistribution) {
  const SortedSample before = Sorted({100, 200, 300, 400});
  const SortedSample after = Sorted({440, 220, 120, 300});  // not in the order of persons
  const GrowthIncidence curve =
      *MeasureGrowthIncidence(before, after, {.segments = 4, .headcount_before = 0.5});
  ASSERT_EQ(curve.points.size(), 3u);
  EXPECT_NEAR(*curve.points[0].growth, 0.2, 1e-15);
  EXPECT_NEAR(*curve.points[1].growth, 0.1, 1e-15);
  EXPECT_NEAR(*curve.points[2].growth, 0, 1e-15);
  EXPECT_NEAR(curve.growth_of_mean, 0.08, 1e-15);
  EXPECT_NEAR(*curve.growth_of_median, 0.1, 1e-15);
  EXPECT_NEAR(*curve.mean_growth, 0.1, 1e-15);
  EXPECT_NEAR(*curve.pro_poor_rate, 0.15, 1e-15);
}

TEST(GrowthIncidence, IsPerYear) {
  const GrowthIncidence curve =
      *MeasureGrowthIncidence(Sorted({100, 100}), Sorted({121, 121}), {.segments = 2, .years = 2});
  EXPECT_NEAR(*curve.points[0].growth, 0.1, 1e-15);
  EXPECT_NEAR(curve.growth_of_mean, 0.1, 1e-15);
}

TEST(GrowthIncidence, FromZeroThereIsNoRate) {
  const GrowthIncidence curve =
      *MeasureGrowthIncidence(Sorted({0, 100, 100, 100}), Sorted({50, 110, 110, 110}),
                              {.segments = 4, .headcount_before = 0.25});
  EXPECT_FALSE(curve.points[0].growth.has_value());
  EXPECT_FALSE(curve.mean_growth.has_value());
  EXPECT_FALSE(curve.pro_poor_rate.has_value());
  EXPECT_NEAR(*curve.growth_of_median, 0.1, 1e-15);
}

TEST(GrowthIncidence, WithoutPoorThereIsNoRateOfTheirs) {
  const GrowthIncidence curve = *MeasureGrowthIncidence(Sorted({1, 2}), Sorted({2, 3}), {});
  EXPECT_FALSE(curve.pro_poor_rate.has_value());
  EXPECT_TRUE(curve.mean_growth.has_value());
}

TEST(GrowthIncidence, RefusesQuestionsWithoutAnAnswer) {
  const SortedSample sample = Sorted({1, 2});
  for (const GrowthIncidenceQuestion& question :
       {GrowthIncidenceQuestion{.segments = 1}, GrowthIncidenceQuestion{.years = 0},
        GrowthIncidenceQuestion{.headcount_before = 40}}) {
    EXPECT_EQ(base::ReasonOf(MeasureGrowthIncidence(sample, sample, question).status()),
              "BAD_PARAMETER");
  }
  EXPECT_EQ(base::ReasonOf(MeasureGrowthIncidence(Sorted({0}), sample, {}).status()),
            "NON_POSITIVE_MEAN");
}

}  // namespace
}  // namespace sepakat::measures
