#include "common/measures/trend.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

std::vector<SeriesPoint> Yearly(double first, const std::vector<double>& values) {
  std::vector<SeriesPoint> series;
  for (const double value : values) {
    series.push_back({first + static_cast<double>(series.size()), value});
  }
  return series;
}

// Severity in Tanah Datar. A published text called this "less effective" because it bounces, and
// put the lowest year at 2011.
TEST(Trend, VectorE) {
  const Trend trend = *FitTrend(Yearly(2006, {.29, .11, .27, .18, .16, .10, .18, .04, .08, .06}));
  EXPECT_NEAR(trend.slope, -0.021152, 5e-7);
  EXPECT_NEAR(*trend.standard_error, 0.006525, 5e-7);
  EXPECT_EQ(EffectivenessOf(trend.slope, -1, 0.001), Effectiveness::kEffective);
  EXPECT_EQ(trend.lowest.time, 2013);
  EXPECT_EQ(trend.lowest.value, 0.04);
}

TEST(Trend, OfTheHeadcountOfKabupatenPekalongan) {
  const Trend trend = *FitTrend(Yearly(2020, {10.19, 10.57, 9.67, 9.67, 8.95, 8.05}));
  EXPECT_NEAR(trend.slope, -0.444571, 5e-7);
}

TEST(Trend, LeavesMissingYearsOut) {
  const std::vector<SeriesPoint> series = {{2010, 4}, {2011, 3}, {2014, 0}};
  EXPECT_NEAR(FitTrend(series)->slope, -1, 1e-15);
  EXPECT_NEAR(*FitTrend(series)->standard_error, 0, 1e-15);
}

TEST(Trend, OfTwoPointsHasNoError) {
  EXPECT_FALSE(FitTrend(Yearly(2010, {1, 2}))->standard_error.has_value());
}

TEST(Trend, NeedsTwoDifferentTimes) {
  for (const std::vector<SeriesPoint>& series :
       {std::vector<SeriesPoint>{}, {{2010, 1}}, {{2010, 1}, {2010, 2}}}) {
    EXPECT_EQ(base::ReasonOf(FitTrend(series).status()), "TOO_FEW_POINTS");
  }
}

TEST(Effectiveness, IsReadWithTheDirectionOfTheFigure) {
  EXPECT_EQ(EffectivenessOf(0.5, 1, 0.1), Effectiveness::kEffective);
  EXPECT_EQ(EffectivenessOf(0.5, -1, 0.1), Effectiveness::kIneffective);
  EXPECT_EQ(EffectivenessOf(0.1, -1, 0.1), Effectiveness::kStagnant);
}

}  // namespace
}  // namespace sepakat::measures
