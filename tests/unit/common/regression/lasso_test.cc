#include "common/regression/lasso.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/regression/folds.h"
#include "common/regression/least_squares.h"
#include "tests/unit/common/regression/random_sample.h"

namespace sepakat::regression {
namespace {

// Conditions that hold at the minimum and nowhere else: the weighted correlation of each
// standardised regressor with the residuals is lambda times the sign of its coefficient, and at
// most lambda in size where that is 0.
void ExpectMinimum(const RandomSample& sample, double lambda, const std::vector<double>& b) {
  double total = 0;
  for (const double weight : sample.weights) total += weight;
  std::vector<double> residual = sample.outcome;
  for (size_t i = 0; i < residual.size(); ++i) {
    residual[i] -= b[0];
    for (size_t j = 0; j < sample.regressors.size(); ++j) {
      residual[i] -= b[j + 1] * sample.regressors[j][i];
    }
  }
  for (size_t j = 0; j < sample.regressors.size(); ++j) {
    double mean = 0;
    double square = 0;
    double with = 0;
    for (size_t i = 0; i < residual.size(); ++i) {
      const double x = sample.regressors[j][i];
      mean += sample.weights[i] / total * x;
      square += sample.weights[i] / total * x * x;
      with += sample.weights[i] / total * x * residual[i];
    }
    const double gradient = with / std::sqrt(square - mean * mean);
    if (b[j + 1] == 0) {
      EXPECT_LE(std::abs(gradient), lambda + 1e-7);
    } else {
      EXPECT_NEAR(gradient, std::copysign(lambda, b[j + 1]), 1e-7);
    }
  }
}

TEST(Lasso, IsAtTheMinimumOfItsObjective) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    const RandomSample sample(seed, 200, {0.8, 0.02, 0, 0.3, 0, -0.004, 0}, 1);
    const Triangle triangle = sample.triangle();
    for (const double lambda : LambdaPath(triangle, 7)) {
      ExpectMinimum(sample, lambda, Lasso(triangle, lambda));
    }
  }
}

TEST(Lasso, WithoutAPriceIsLeastSquares) {
  const RandomSample sample(2, 200, {0.8, 0.02, 0.003}, 1);
  const auto free = Lasso(sample.triangle(), 0);
  const auto fit = Fit(sample.triangle(), All(3), sample.names);
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(free[i], fit->coefficients[i], 1e-7);
}

TEST(Lasso, ChoosesNothingAtTheTopOfThePathAndMoreBelow) {
  const RandomSample sample(3, 300, {0.8, 0.02, 0, 0.3}, 1);
  const auto path = LambdaPath(sample.triangle(), 50);
  EXPECT_TRUE(Chosen(Lasso(sample.triangle(), path.front() * 1.000001)).empty());
  EXPECT_EQ(Chosen(Lasso(sample.triangle(), path[1])).size(), 1U);
  EXPECT_GE(Chosen(Lasso(sample.triangle(), path.back())).size(), 3U);
}

TEST(Lasso, UnitsDoNotMatter) {
  RandomSample sample(4, 200, {0.8, 0.02, 0}, 1);
  const double lambda = LambdaPath(sample.triangle(), 10)[4];
  const auto metres = Lasso(sample.triangle(), lambda);
  for (double& x : sample.regressors[1]) x *= 1000;
  const auto millimetres = Lasso(sample.triangle(), lambda);
  EXPECT_NEAR(metres[2], 1000 * millimetres[2], 1e-9);
}

TEST(CrossValidation, KeepsWhatMattersAndOneErrorKeepsNoMore) {
  const RandomSample sample(7, 900, {0.8, 0.05, 0, 0, 0, 0, 0, 0}, 1);
  const auto fold = SplitByUnit({}, 900, 10, 42);
  std::vector<Triangle> folds;
  for (uint32_t k = 0; k < 10; ++k) {
    std::vector<uint32_t> rows;
    for (const uint32_t row : sample.rows) {
      if (fold[row] == k) rows.push_back(row);
    }
    folds.emplace_back(sample.columns(), rows);
  }
  const auto choice = CrossValidate(folds);
  ASSERT_TRUE(choice.ok()) << choice.status();
  EXPECT_LE(choice->one_error, choice->smallest);
  const auto chosen = Chosen(Lasso(sample.triangle(), choice->path[choice->one_error]));
  EXPECT_THAT(chosen, testing::IsSupersetOf({0, 1}));
  EXPECT_LE(chosen.size(), Chosen(Lasso(sample.triangle(), choice->path[choice->smallest])).size());
  EXPECT_NEAR(choice->mean_error[choice->smallest], 1, 0.15);
  EXPECT_EQ(base::ReasonOf(CrossValidate(std::span(folds).first(1)).status()), "TOO_FEW_FOLDS");
}

}  // namespace
}  // namespace sepakat::regression
