// The kernel that quantiles and concentration curves are linearised with, by hand.
#include "common/measures/survey/density.h"

#include <gtest/gtest.h>

#include <cmath>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

double Phi(double u) { return std::exp(-u * u / 2) / std::sqrt(2 * M_PI); }

// Values 10 and 20 with weights 3 and 1: mean 12.5, standard deviation sqrt(75)/2, W = 4.
class TwoValues : public testing::Test {
 protected:
  const std::vector<double> values_ = {20, 10};
  const std::vector<double> weights_ = {1, 3};
  const SortedSample sample_{{values_, weights_}};
  const double bandwidth_ = std::sqrt(75.0) / 2 * std::pow(4, -0.2);
};

TEST_F(TwoValues, GiveABandwidthByTheWeightedDeviationAndTheWeightSum) {
  EXPECT_NEAR(*Bandwidth(sample_), bandwidth_, 1e-14);
}

TEST_F(TwoValues, GiveDensitiesAndTheMeanOfAnotherVariableAtAPoint) {
  const double at = 12;
  const double low = 3 * Phi((at - 10) / bandwidth_);
  const double high = 1 * Phi((at - 20) / bandwidth_);
  EXPECT_NEAR(Density(sample_, at, bandwidth_), (low + high) / (4 * bandwidth_), 1e-15);
  EXPECT_NEAR(TotalDensity(sample_, at, bandwidth_), (10 * low + 20 * high) / bandwidth_, 1e-13);
  // In the order of the input, which is not that of the values.
  const std::vector<double> benefits = {700, 100};
  EXPECT_NEAR(MeanAt(sample_, benefits, at, bandwidth_), (100 * low + 700 * high) / (low + high),
              1e-12);
}

TEST(Bandwidth, IsNotThereWhereAllValuesAreEqual) {
  const std::vector<double> values = {5, 5, 5};
  const std::vector<double> weights = {1, 2, 3};
  EXPECT_EQ(base::ReasonOf(Bandwidth(SortedSample({values, weights})).status()), "NO_SPREAD");
}

}  // namespace
}  // namespace sepakat::measures
