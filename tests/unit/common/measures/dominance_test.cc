#include "common/measures/dominance.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

constexpr auto kShares = DominanceOrder::kFirst;
constexpr auto kShortfalls = DominanceOrder::kSecond;

SortedSample Sorted(const std::vector<double>& values) {
  return SortedSample({values, std::vector<double>(values.size(), 1.0)});
}

TEST(Dominance, WhenEverybodyHasMoreThereIsLessPovertyAtEveryLine) {
  const SortedSample before = Sorted({10, 20, 30});
  const SortedSample after = Sorted({12, 20, 33});
  for (const DominanceOrder order : {kShares, kShortfalls}) {
    EXPECT_EQ(CompareDistributions(before, after, order)->ordering, Ordering::kSecondHasLess);
    EXPECT_EQ(CompareDistributions(after, before, order)->ordering, Ordering::kFirstHasLess);
  }
}

TEST(Dominance, OfADistributionOverItsCopyIsNone) {
  const SortedSample once = Sorted({10, 20, 30});
  const SortedSample twice = Sorted({30, 10, 20, 20, 10, 30});
  for (const DominanceOrder order : {kShares, kShortfalls}) {
    EXPECT_EQ(CompareDistributions(once, twice, order)->ordering, Ordering::kEqual);
  }
}

TEST(Dominance, SharesCrossWhereThePoorestGainAndOthersLose) {
  const SortedSample before = Sorted({10, 40, 90});
  const SortedSample after = Sorted({20, 30, 90});
  const Dominance shares = *CompareDistributions(before, after, kShares);
  EXPECT_EQ(shares.ordering, Ordering::kCrossing);
  // Up to a line of 30 fewer are poor after; above it, and up to 40, more are.
  ASSERT_EQ(shares.crossings.size(), 1u);
  EXPECT_EQ(shares.crossings[0].line, 30);
  EXPECT_EQ(shares.crossings[0].above, Ordering::kFirstHasLess);
  // The transfer was to the poorer: every measure of depth agrees.
  EXPECT_EQ(CompareDistributions(before, after, kShortfalls)->ordering, Ordering::kSecondHasLess);
}

TEST(Dominance, ShortfallsCrossBetweenObservedValues) {
  // After: the poorest lose 5, the next gain 10.
  const SortedSample before = Sorted({10, 20});
  const SortedSample after = Sorted({5, 30});
  const Dominance shortfalls = *CompareDistributions(before, after, kShortfalls);
  EXPECT_EQ(shortfalls.ordering, Ordering::kCrossing);
  ASSERT_EQ(shortfalls.crossings.size(), 1u);
  EXPECT_EQ(shortfalls.crossings[0].line, 25);  // (25-10 + 25-20) = (25-5)
  EXPECT_EQ(shortfalls.crossings[0].above, Ordering::kSecondHasLess);
}

TEST(Dominance, LinesOutsideTheRangeDoNotCount) {
  const SortedSample before = Sorted({10, 20});
  const SortedSample after = Sorted({5, 30});
  const auto ordering = [&](DominanceOrder order, double lowest, double highest) {
    return CompareDistributions(before, after, order, {lowest, highest})->ordering;
  };
  EXPECT_EQ(ordering(kShortfalls, 0, 25), Ordering::kFirstHasLess);
  EXPECT_EQ(ordering(kShortfalls, 25, 100), Ordering::kSecondHasLess);
  EXPECT_EQ(ordering(kShortfalls, 40, 100), Ordering::kSecondHasLess);
  EXPECT_EQ(ordering(kShortfalls, 24, 26), Ordering::kCrossing);
  EXPECT_EQ(ordering(kShares, 0, 10), Ordering::kFirstHasLess);
  EXPECT_EQ(ordering(kShares, 11, 20), Ordering::kEqual);
  EXPECT_EQ(ordering(kShares, 11, 21), Ordering::kSecondHasLess);
  EXPECT_EQ(ordering(kShares, 31, 99), Ordering::kEqual);
  EXPECT_EQ(ordering(kShares, 0, 5), Ordering::kEqual);  // nobody is below 5
}

TEST(Dominance, AnEmptyRangeIsRefused) {
  EXPECT_EQ(
      base::ReasonOf(CompareDistributions(Sorted({1}), Sorted({2}), kShares, {5, 4}).status()),
      "BAD_RANGE");
}

TEST(Dominance, TheRoundingOfWeightsIsNoDifference) {
  const std::vector<double> values = {1, 2, 3, 4, 5, 6, 7};
  const std::vector<double> tenths(7, 0.1);
  const std::vector<double> thirds(7, 1.0 / 3);
  for (const DominanceOrder order : {kShares, kShortfalls}) {
    EXPECT_EQ(
        CompareDistributions(SortedSample({values, tenths}), SortedSample({values, thirds}), order)
            ->ordering,
        Ordering::kEqual);
  }
}

}  // namespace
}  // namespace sepakat::measures
