#include "common/measures/lorenz.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

constexpr auto kObserved = QuantileDefinition::kObserved;
constexpr auto kAveraged = QuantileDefinition::kAveragedAtTies;

SortedSample Sorted(const std::vector<double>& values, const std::vector<double>& weights) {
  return SortedSample({values, weights});
}

std::string Reason(const absl::Status& status) { return base::ReasonOf(status); }

TEST(LorenzShare, DividesTheUnitOnTheBorder) {
  const SortedSample sample = Sorted({10, 30, 60}, {1, 1, 1});
  EXPECT_EQ(*LorenzShare(sample, 0), 0);
  EXPECT_NEAR(*LorenzShare(sample, 1.0 / 6), 0.05, 1e-15);
  EXPECT_NEAR(*LorenzShare(sample, 0.5), 0.25, 1e-15);
  EXPECT_NEAR(*LorenzShare(sample, 1), 1, 1e-15);
}

TEST(LorenzShare, OfTheLowestFortyPercentOfVectorA) {
  const SortedSample sample =
      Sorted({10, 20, 30, 40, 60, 70, 80, 90, 100, 110}, std::vector<double>(10, 1.0));
  EXPECT_NEAR(*LorenzShare(sample, 0.4), 100.0 / 610, 1e-15);
  EXPECT_NEAR(*Palma(sample), 110.0 / 100, 1e-12);
}

TEST(LorenzCurve, RunsFromZeroToOne) {
  const auto curve = *LorenzCurve(Sorted({1, 3}, {3, 1}), 4);
  ASSERT_EQ(curve.size(), 5u);
  EXPECT_EQ(curve[0].population, 0);
  EXPECT_EQ(curve[0].share, 0);
  EXPECT_NEAR(curve[2].share, 2.0 / 6, 1e-15);
  EXPECT_NEAR(curve[3].share, 3.0 / 6, 1e-15);
  EXPECT_EQ(curve[4].population, 1);
  EXPECT_NEAR(curve[4].share, 1, 1e-15);
}

TEST(QuintileShareRatio, ComparesThoseAboveAndNotAboveTheThresholds) {
  const SortedSample sample = Sorted({1, 2, 3, 4, 10}, {1, 1, 1, 1, 1});
  EXPECT_EQ(*QuintileShareRatio(sample, kObserved), 10);
  // Thresholds 1.5 and 7: nobody changes sides.
  EXPECT_EQ(*QuintileShareRatio(sample, kAveraged), 10);
}

TEST(QuintileShareRatio, CountsAllOnTheThresholdAsPoor) {
  // Three in five have 1: the lowest fifth by threshold is all of them.
  EXPECT_EQ(*QuintileShareRatio(Sorted({1, 1, 1, 4, 10}, {1, 1, 1, 1, 1}), kObserved), 10.0 / 3);
}

TEST(Lorenz, HasNoValueWithoutWelfareToShare) {
  const SortedSample nothing = Sorted({0, 0}, {1, 1});
  EXPECT_EQ(Reason(LorenzShare(nothing, 0.5).status()), "NON_POSITIVE_MEAN");
  const SortedSample poor_have_nothing = Sorted({0, 0, 0, 0, 9}, {1, 1, 1, 1, 1});
  EXPECT_EQ(Reason(Palma(poor_have_nothing).status()), "NON_POSITIVE_SHARE");
  EXPECT_EQ(Reason(QuintileShareRatio(poor_have_nothing, kObserved).status()),
            "NON_POSITIVE_SHARE");
  EXPECT_EQ(Reason(LorenzShare(poor_have_nothing, 1.1).status()), "BAD_PARAMETER");
  EXPECT_EQ(Reason(LorenzCurve(poor_have_nothing, 0).status()), "BAD_PARAMETER");
}

}  // namespace
}  // namespace sepakat::measures
