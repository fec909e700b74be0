#include "common/measures/survey/change.h"

#include <gtest/gtest.h>

#include <cmath>

#include "common/measures/survey/student_t.h"

namespace sepakat::measures {
namespace {

Estimate Of(double value, std::optional<double> error, double df) {
  Estimate estimate;
  estimate.estimate = value;
  estimate.standard_error = error;
  estimate.design_df = df;
  return estimate;
}

TEST(Change, AddsTheVariancesOfIndependentSurveys) {
  const Change change = ChangeBetween(Of(0.30, 0.03, 20), Of(0.20, 0.04, 50));
  EXPECT_NEAR(change.difference, -0.10, 1e-15);
  EXPECT_NEAR(*change.relative, -1.0 / 3, 1e-15);
  EXPECT_NEAR(*change.standard_error, 0.05, 1e-15);
  EXPECT_NEAR(*change.t, -2, 1e-12);
  // 625 / (81/20 + 256/50)
  EXPECT_NEAR(*change.df, 625 / (81.0 / 20 + 256.0 / 50), 1e-9);
  EXPECT_NEAR(*change.p_value, 2 * StudentTProbability(-2, *change.df), 1e-14);
  EXPECT_NEAR(*change.upper - change.difference, 0.05 * StudentTQuantile(0.975, *change.df), 1e-14);
  EXPECT_NEAR(change.difference - *change.lower, *change.upper - change.difference, 1e-15);
}

// Welch's test of R: t.test(c(1, 2, 3, 4, 5, 8), c(2, 7, 9, 11, 30)).
TEST(Change, OfTwoSimpleSamplesIsWelchsTest) {
  const Change change = ChangeBetween(Of(23.0 / 6, std::sqrt(6.166666666666667 / 6), 5),
                                      Of(11.8, std::sqrt(114.7 / 5), 4));
  EXPECT_NEAR(-*change.t, -1.62728177882, 1e-10);
  EXPECT_NEAR(*change.df, 4.35945155581, 1e-9);
  EXPECT_NEAR(*change.p_value, 0.173115010537, 1e-10);
}

TEST(Change, WithoutAnErrorOnOneSideHasNone) {
  const Change change = ChangeBetween(Of(0.30, std::nullopt, 0), Of(0.20, 0.04, 50));
  EXPECT_NEAR(change.difference, -0.10, 1e-15);
  EXPECT_FALSE(change.standard_error || change.t || change.p_value || change.lower || change.df);
}

TEST(Change, FromNothingHasNoRate) {
  EXPECT_FALSE(ChangeBetween(Of(0, 0.1, 5), Of(1, 0.1, 5)).relative.has_value());
}

}  // namespace
}  // namespace sepakat::measures
