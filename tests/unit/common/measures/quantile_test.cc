#include "common/measures/quantile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

using ::testing::ElementsAre;

constexpr auto kObserved = QuantileDefinition::kObserved;
constexpr auto kAveraged = QuantileDefinition::kAveragedAtTies;
constexpr auto kNext = QuantileDefinition::kNextAtTies;

SortedSample Sorted(const std::vector<double>& values, const std::vector<double>& weights) {
  return SortedSample({values, weights});
}

TEST(Quantile, DefinitionsDifferOnlyWhereTheLevelIsMetExactly) {
  struct Case {
    Fraction level;
    double observed;
    double averaged;
    double next;
  };
  const SortedSample sample = Sorted({10, 20, 30, 40}, {1, 1, 1, 1});
  const Case cases[] = {
      {{0, 1}, 10, 10, 10}, {{1, 8}, 10, 10, 10}, {{1, 4}, 10, 15, 20}, {{3, 8}, 20, 20, 20},
      {{1, 2}, 20, 25, 30}, {{3, 4}, 30, 35, 40}, {{7, 8}, 40, 40, 40}, {{1, 1}, 40, 40, 40},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(*Quantile(sample, c.level, kObserved), c.observed) << c.level.value();
    EXPECT_EQ(*Quantile(sample, c.level, kAveraged), c.averaged) << c.level.value();
    EXPECT_EQ(*Quantile(sample, c.level, kNext), c.next) << c.level.value();
  }
}

// Medians and quantiles as `laeken` 0.5.2 gives them, although it cites the definition that
// averages.
TEST(Quantile, TheNextValueAtTiesIsWhatLaekenComputes) {
  EXPECT_EQ(Median(Sorted({1, 2, 3, 4, 5, 6, 7, 8}, std::vector<double>(8, 1.0)), kNext), 5);
  const SortedSample weighted = Sorted({10, 20, 30}, {5, 1, 4});
  EXPECT_EQ(*Quantile(weighted, {1, 2}, kNext), 20);
  EXPECT_EQ(*Quantile(weighted, {3, 5}, kNext), 30);
  EXPECT_EQ(*Quantile(weighted, {51, 100}, kNext), 20);
}

TEST(Quantile, AWeightCountsAsSoManyPersons) {
  const SortedSample sample = Sorted({10, 20, 30}, {5, 1, 4});
  EXPECT_EQ(Median(sample, kObserved), 10);
  EXPECT_EQ(Median(sample, kAveraged), 15);
  EXPECT_EQ(*Quantile(sample, {51, 100}, kAveraged), 20);
}

TEST(Quantile, AnObservationWithoutWeightIsNeverOne) {
  const SortedSample sample = Sorted({5, 10, 15, 20, 25}, {0, 1, 0, 1, 0});
  EXPECT_EQ(*Quantile(sample, {0, 1}, kObserved), 10);
  EXPECT_EQ(Median(sample, kObserved), 10);
  EXPECT_EQ(Median(sample, kAveraged), 15);  // of 10 and 20, not the weightless 15
  EXPECT_EQ(*Quantile(sample, {1, 1}, kObserved), 20);
  EXPECT_EQ(*Quantile(sample, {1, 1}, kAveraged), 20);
}

TEST(Quantile, TenWeightsOfATenthMakeThreeTenthsAfterTheThird) {
  const std::vector<double> weights(10, 0.1);
  const SortedSample sample = Sorted({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, weights);
  for (int64_t k = 1; k < 10; ++k) {
    EXPECT_EQ(*Quantile(sample, {k, 10}, kObserved), static_cast<double>(k));
    EXPECT_EQ(*Quantile(sample, {k, 10}, kAveraged), static_cast<double>(k) + 0.5);
  }
}

TEST(Quantile, OneThirdIsExact) {
  const std::vector<double> weights(3'000'000, 1.0);
  std::vector<double> values(weights.size());
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i + 1);
  EXPECT_EQ(*Quantile(Sorted(values, weights), {1, 3}, kObserved), 1'000'000);
  EXPECT_EQ(*Quantile(Sorted(values, weights), {1, 3}, kAveraged), 1'000'000.5);
}

TEST(Quantile, RefusesALevelThatIsNoShare) {
  const SortedSample sample = Sorted({1}, {1});
  for (const Fraction level : {Fraction{2, 1}, Fraction{-1, 2}, Fraction{1, 0}, Fraction{1, -2}}) {
    EXPECT_EQ(base::ReasonOf(Quantile(sample, level, kObserved).status()), "BAD_FRACTION");
  }
}

TEST(Quantile, OfTheLowestLooksAtThemAlone) {
  const SortedSample sample = Sorted({10, 20, 30, 40, 1000}, {1, 1, 1, 1, 1000});
  EXPECT_EQ(*QuantileOfLowest(sample, 4, {1, 2}, kObserved), 20);
  EXPECT_EQ(*QuantileOfLowest(sample, 4, {1, 2}, kAveraged), 25);
}

// Five families of sizes 4, 1, 3, 1, 1 in the order of their score.
TEST(QuantileGroups, VectorC) {
  const std::vector<double> scores = {1, 2, 3, 4, 5};
  EXPECT_THAT(*QuantileGroups(Sorted(scores, {1, 1, 1, 1, 1}), 10), ElementsAre(1, 3, 5, 7, 9));
  EXPECT_THAT(*QuantileGroups(Sorted(scores, {4, 1, 3, 1, 1}), 10), ElementsAre(1, 5, 6, 9, 10));
}

TEST(QuantileGroups, StandInTheOrderOfTheInput) {
  EXPECT_THAT(*QuantileGroups(Sorted({30, 10, 20, 40}, {1, 1, 1, 1}), 4), ElementsAre(3, 1, 2, 4));
}

TEST(QuantileGroups, AUnitWithoutWeightAtTheEndStaysInTheLastGroup) {
  EXPECT_THAT(*QuantileGroups(Sorted({1, 2, 3}, {1, 1, 0}), 2), ElementsAre(1, 2, 2));
}

TEST(QuantileGroups, OfTenEqualFractionalWeightsHoldOneEach) {
  const std::vector<double> weights(10, 0.1);
  EXPECT_THAT(*QuantileGroups(Sorted({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, weights), 10),
              ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
}

TEST(QuantileGroups, RefusesNoGroup) {
  EXPECT_EQ(base::ReasonOf(QuantileGroups(Sorted({1}, {1}), 0).status()), "BAD_GROUPS");
}

}  // namespace
}  // namespace sepakat::measures
