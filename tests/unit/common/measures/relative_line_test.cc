#include "common/measures/relative_line.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

constexpr auto kObserved = QuantileDefinition::kObserved;
constexpr auto kAveraged = QuantileDefinition::kAveragedAtTies;

SortedSample Sorted(const std::vector<double>& values, const std::vector<double>& weights) {
  return SortedSample({values, weights});
}

TEST(RelativeLine, IsAShareOfTheMedianTheMeanOrAQuantile) {
  const SortedSample sample = Sorted({10, 20, 30, 100}, {1, 1, 1, 1});
  EXPECT_EQ(*LineOf(sample, {}), 0.6 * 20);
  EXPECT_EQ(*LineOf(sample, {.share = 0.6, .definition = kAveraged}), 0.6 * 25);
  EXPECT_EQ(*LineOf(sample, {.share = 0.5, .base = RelativeLine::Base::kMean}), 20);
  EXPECT_EQ(*LineOf(sample, {.share = 1, .level = {1, 4}}), 10);
}

TEST(RelativeLine, HasNoValueBelowAMiddleOfZero) {
  EXPECT_EQ(base::ReasonOf(LineOf(Sorted({0, 0, 9}, {1, 1, 1}), {}).status()), "NON_POSITIVE_LINE");
}

TEST(RelativeLine, RefusesANonPositiveShareAndABadLevel) {
  const SortedSample sample = Sorted({10}, {1});
  EXPECT_EQ(base::ReasonOf(LineOf(sample, {.share = 0}).status()), "BAD_PARAMETER");
  EXPECT_EQ(base::ReasonOf(LineOf(sample, {.share = 0.6, .level = {3, 2}}).status()),
            "BAD_FRACTION");
}

TEST(RelativeMedianGap, IsThatOfTheMedianPoorPerson) {
  const SortedSample sample = Sorted({10, 40, 50, 200}, {1, 1, 2, 9});
  EXPECT_EQ(*MedianOfThePoor(sample, 100, kObserved), 40);
  EXPECT_EQ(*MedianOfThePoor(sample, 100, kAveraged), 45);
  EXPECT_EQ(*RelativeMedianGap(sample, 100, kAveraged), 0.55);
}

TEST(RelativeMedianGap, WhoStandsOnTheLineIsNotAmongThePoor) {
  const SortedSample sample = Sorted({10, 100, 100}, {1, 1, 1});
  EXPECT_EQ(*MedianOfThePoor(sample, 100, kObserved), 10);
}

TEST(RelativeMedianGap, HasNoValueWithoutPoor) {
  EXPECT_EQ(base::ReasonOf(RelativeMedianGap(Sorted({10, 20}, {1, 1}), 10, kObserved).status()),
            "NOBODY_POOR");
  EXPECT_EQ(base::ReasonOf(RelativeMedianGap(Sorted({5, 20}, {0, 1}), 10, kObserved).status()),
            "NOBODY_POOR");
}

}  // namespace
}  // namespace sepakat::measures
