#include "common/measures/decomposition.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

const std::vector<double> kBefore = {10, 20, 30, 40, 60, 70, 80, 90, 100, 110};
const std::vector<double> kAfter = {12, 22, 30, 55, 60, 75, 90, 110, 130, 150};
const std::vector<double> kOnce(10, 1.0);

Survey Of(const std::vector<double>& values, double line) {
  return {{values, kOnce}, PovertyLines(line)};
}

TEST(DecomposeGrowth, VectorB) {
  struct Expected {
    double change, growth, redistribution, residual, shapley_growth, shapley_redistribution, bias;
  };
  const Expected expected[] = {
      {-0.1, 0, 0.1, -0.2, -0.1, 0, 0.1},
      {-0.028, -0.040656, 0.002480, 0.010176, -0.035568, 0.007568, -0.012656},
      {-0.01488, -0.027566, 0.010199, 0.002487, -0.026322, 0.011442, -0.012686},
  };
  const GrowthDecomposition result = *DecomposeGrowth(Of(kBefore, 50), Of(kAfter, 50));
  EXPECT_NEAR(result.mean_before * 50, 61.0, 1e-12);
  EXPECT_NEAR(result.mean_after * 50, 73.4, 1e-12);
  EXPECT_NEAR(result.growth_rate, 12.4 / 61, 1e-15);
  for (size_t order = 0; order < 3; ++order) {
    const GrowthRedistribution& parts = result.orders[order];
    const Expected& e = expected[order];
    EXPECT_NEAR(parts.change, e.change, 6e-7) << order;
    EXPECT_NEAR(parts.growth, e.growth, 6e-7) << order;
    EXPECT_NEAR(parts.redistribution, e.redistribution, 6e-7) << order;
    EXPECT_NEAR(parts.residual, e.residual, 6e-7) << order;
    EXPECT_NEAR(parts.shapley_growth, e.shapley_growth, 6e-7) << order;
    EXPECT_NEAR(parts.shapley_redistribution, e.shapley_redistribution, 6e-7) << order;
    EXPECT_NEAR(parts.bias_of_growth, e.bias, 6e-7) << order;
  }
}

TEST(DecomposeGrowth, LinesOfTwoYearsAreTheirPrices) {
  std::vector<double> dearer = kAfter;
  for (double& value : dearer) value *= 2;
  const GrowthDecomposition nominal = *DecomposeGrowth(Of(kBefore, 50), Of(dearer, 100));
  const GrowthDecomposition real = *DecomposeGrowth(Of(kBefore, 50), Of(kAfter, 50));
  for (size_t order = 0; order < 3; ++order) {
    EXPECT_NEAR(nominal.orders[order].growth, real.orders[order].growth, 1e-15);
    EXPECT_NEAR(nominal.orders[order].residual, real.orders[order].residual, 1e-15);
  }
}

TEST(DecomposeGrowth, OfEqualGrowthForAllIsGrowthAlone) {
  std::vector<double> grown = kBefore;
  for (double& value : grown) value *= 1.5;
  const GrowthDecomposition result = *DecomposeGrowth(Of(kBefore, 50), Of(grown, 50));
  for (const GrowthRedistribution& parts : result.orders) {
    EXPECT_NEAR(parts.growth, parts.change, 1e-15);
    EXPECT_NEAR(parts.redistribution, 0, 1e-15);
    EXPECT_NEAR(parts.residual, 0, 1e-15);
    EXPECT_NEAR(parts.bias_of_growth, 0, 1e-15);
    EXPECT_NEAR(*parts.total_elasticity, *parts.neutral_elasticity, 1e-12);
  }
}

TEST(DecomposeGrowth, WithoutGrowthOrPovertyThereIsNoElasticity) {
  for (const GrowthRedistribution& parts :
       DecomposeGrowth(Of(kBefore, 50), Of(kBefore, 50))->orders) {
    EXPECT_FALSE(parts.total_elasticity.has_value());
    EXPECT_EQ(parts.change, 0);
  }
  for (const GrowthRedistribution& parts : DecomposeGrowth(Of(kBefore, 5), Of(kAfter, 5))->orders) {
    EXPECT_FALSE(parts.neutral_elasticity.has_value());
  }
}

TEST(DecomposeGrowth, RefusesToScaleAMeanOfZero) {
  const std::vector<double> nothing(10, 0.0);
  EXPECT_EQ(base::ReasonOf(DecomposeGrowth(Of(nothing, 50), Of(kAfter, 50)).status()),
            "NON_POSITIVE_MEAN");
}

TEST(PointElasticity, IsTheLimitOfSmallNeutralGrowth) {
  std::vector<double> grown = kBefore;
  for (double& value : grown) value *= 1 + 1e-7;
  const GrowthDecomposition arc = *DecomposeGrowth(Of(kBefore, 50), Of(grown, 50));
  const Poverty poverty = *MeasurePoverty({kBefore, kOnce}, PovertyLines(50));
  EXPECT_NEAR(*PointElasticity(poverty, 1), *arc.orders[1].neutral_elasticity, 1e-5);
  EXPECT_NEAR(*PointElasticity(poverty, 2), *arc.orders[2].neutral_elasticity, 1e-5);
  EXPECT_EQ(*PointElasticity(poverty, 1), -1);  // -(0.4 - 0.2)/0.2
  EXPECT_FALSE(PointElasticity(poverty, 0).has_value());
}

}  // namespace
}  // namespace sepakat::measures
