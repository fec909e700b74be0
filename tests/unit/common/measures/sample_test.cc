#include "common/measures/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

using ::testing::ElementsAre;

TEST(Sample, IsRefusedWithAReasonBeforeItCanFalsifyAFigure) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  struct Case {
    std::string reason;
    std::vector<double> values;
    std::vector<double> weights;
  };
  const Case cases[] = {
      {"EMPTY_SAMPLE", {}, {}},         {"LENGTH_MISMATCH", {1, 2}, {1}},
      {"NOT_FINITE", {1, nan}, {1, 1}}, {"NOT_FINITE", {1, infinite}, {1, 1}},
      {"NOT_FINITE", {1, 2}, {1, nan}}, {"NEGATIVE_WEIGHT", {1, 2}, {1, -1}},
      {"NO_WEIGHT", {1, 2}, {0, 0}},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(base::ReasonOf(CheckSample({c.values, c.weights})), c.reason);
  }
  EXPECT_TRUE(CheckSample({std::vector<double>{-1, 0}, std::vector<double>{0, 1}}).ok());
}

TEST(Sample, TheMessageNamesTheRowAndNotTheValue) {
  const std::vector<double> values = {1, 2};
  const std::vector<double> weights = {1, -987};
  const std::string message(CheckSample({values, weights}).message());
  EXPECT_THAT(message, ::testing::HasSubstr("row 2"));
  EXPECT_THAT(message, ::testing::Not(::testing::HasSubstr("987")));
}

TEST(Sample, TotalsAreWeighted) {
  const std::vector<double> values = {10, 40};
  const std::vector<double> weights = {3, 1};
  EXPECT_EQ(TotalWeight({values, weights}), 4);
  EXPECT_EQ(Total({values, weights}), 70);
  EXPECT_EQ(Mean({values, weights}), 17.5);
}

TEST(Sample, AMillionSmallTermsAfterALargeOneAreNotLost) {
  std::vector<double> values(1'000'001, 1.0);
  values[0] = 1e16;
  const std::vector<double> weights(values.size(), 1.0);
  EXPECT_EQ(Total({values, weights}), 1e16 + 1e6);
}

TEST(SortedSample, StandsInAscendingOrderWithRunningSums) {
  const std::vector<double> values = {30, 10, 20};
  const std::vector<double> weights = {1, 2, 4};
  const SortedSample sorted({values, weights});
  EXPECT_THAT(sorted.values(), ElementsAre(10, 20, 30));
  EXPECT_THAT(sorted.weights(), ElementsAre(2, 4, 1));
  EXPECT_THAT(sorted.order(), ElementsAre(1, 2, 0));
  EXPECT_THAT(sorted.cumulative_weights(), ElementsAre(2, 6, 7));
  EXPECT_THAT(sorted.cumulative_totals(), ElementsAre(20, 100, 130));
  EXPECT_EQ(sorted.total_weight(), 7);
  EXPECT_EQ(sorted.total(), 130);
  EXPECT_EQ(sorted.mean(), 130.0 / 7);
}

TEST(SortedSample, TiesKeepTheOrderOfTheInput) {
  const std::vector<double> values = {5, 1, 5, 1, 5};
  const std::vector<double> weights = {1, 1, 1, 1, 1};
  EXPECT_THAT(SortedSample({values, weights}).order(), ElementsAre(1, 3, 0, 2, 4));
}

}  // namespace
}  // namespace sepakat::measures
