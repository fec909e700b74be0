#include "common/regression/least_squares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/measures/survey/design.h"
#include "common/measures/survey/variance.h"
#include "tests/unit/common/regression/random_sample.h"

namespace sepakat::regression {
namespace {

// b and (X'WX)^-1 by the normal equations and Gauss-Jordan elimination in long doubles.
struct NormalEquations {
  std::vector<std::vector<long double>> inverse;
  std::vector<long double> coefficients;

  explicit NormalEquations(const RandomSample& sample) {
    const size_t size = sample.regressors.size() + 1;
    std::vector<std::vector<long double>> a(size, std::vector<long double>(2 * size));
    std::vector<long double> with_outcome(size);
    const auto x = [&](size_t row, size_t j) -> long double {
      return j == 0 ? 1.0L : static_cast<long double>(sample.regressors[j - 1][row]);
    };
    for (const uint32_t row : sample.rows) {
      const long double w = sample.weights[row];
      for (size_t i = 0; i < size; ++i) {
        with_outcome[i] += w * x(row, i) * sample.outcome[row];
        for (size_t j = 0; j < size; ++j) a[i][j] += w * x(row, i) * x(row, j);
      }
    }
    for (size_t i = 0; i < size; ++i) a[i][size + i] = 1;
    for (size_t pivot = 0; pivot < size; ++pivot) {
      const long double by = a[pivot][pivot];
      for (long double& value : a[pivot]) value /= by;
      for (size_t i = 0; i < size; ++i) {
        if (i == pivot) continue;
        const long double factor = a[i][pivot];
        for (size_t j = 0; j < 2 * size; ++j) a[i][j] -= factor * a[pivot][j];
      }
    }
    for (size_t i = 0; i < size; ++i) {
      inverse.emplace_back(a[i].begin() + static_cast<long>(size), a[i].end());
      long double b = 0;
      for (size_t j = 0; j < size; ++j) b += inverse[i][j] * with_outcome[j];
      coefficients.push_back(b);
    }
  }
};

TEST(LeastSquares, EqualsTheNormalEquations) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const RandomSample sample(seed, 60 + 400 * (seed % 5), {0.5, -0.03, 0.001, 0, 2}, 0.7);
    const auto fit = Fit(sample.triangle(), All(5), sample.names);
    ASSERT_TRUE(fit.ok()) << fit.status();
    const NormalEquations expected(sample);
    for (size_t i = 0; i < 6; ++i) {
      const auto b = static_cast<double>(expected.coefficients[i]);
      EXPECT_NEAR(fit->coefficients[i], b, 1e-11 * (1 + std::abs(b))) << seed;
      const auto error = fit->sigma * std::sqrt(static_cast<double>(expected.inverse[i][i]));
      EXPECT_NEAR(fit->classical_errors[i] / error, 1, 1e-10) << seed;
    }
  }
}

// Anscombe's first quartet, whose line is known: y = 3.0001 + 0.5001 x, R^2 0.6665.
TEST(LeastSquares, FindsAKnownLine) {
  RandomSample sample(1, 11, {0}, 0);
  sample.regressors[0] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
  sample.outcome = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
  sample.weights.assign(11, 1);
  const auto fit = Fit(sample.triangle(), All(1), sample.names);
  ASSERT_TRUE(fit.ok()) << fit.status();
  EXPECT_NEAR(fit->coefficients[0], 3.000090909090909, 1e-12);
  EXPECT_NEAR(fit->coefficients[1], 0.500090909090909, 1e-12);
  EXPECT_NEAR(fit->classical_errors[1], 0.117905500598, 1e-10);
  EXPECT_NEAR(fit->r_squared, 0.666542459508775, 1e-12);
  EXPECT_EQ(fit->df, 9U);
}

TEST(LeastSquares, AWeightOfThreeIsThreeEqualRowsForTheCoefficients) {
  RandomSample sample(5, 40, {1, -1}, 0.4);
  for (double& weight : sample.weights) weight = std::floor(weight) + 1;
  RandomSample repeated = sample;
  for (auto* column : {&repeated.regressors[0], &repeated.regressors[1], &repeated.outcome}) {
    std::vector<double> longer;
    for (size_t i = 0; i < 40; ++i) {
      longer.insert(longer.end(), static_cast<size_t>(sample.weights[i]), (*column)[i]);
    }
    *column = longer;
  }
  repeated.weights.assign(repeated.outcome.size(), 1);
  repeated.rows.resize(repeated.outcome.size());
  std::iota(repeated.rows.begin(), repeated.rows.end(), 0U);
  const auto weighted = Fit(sample.triangle(), All(2), sample.names);
  const auto single = Fit(repeated.triangle(), All(2), sample.names);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(weighted->coefficients[i], single->coefficients[i], 1e-12);
  }
  EXPECT_NEAR(weighted->residual_sum, single->residual_sum, 1e-10);
}

TEST(LeastSquares, PartsJoinToTheWhole) {
  const RandomSample sample(9, 3000, {0.2, 0.02, -0.004}, 1);
  std::vector<Triangle> parts;
  for (uint32_t part = 0; part < 3; ++part) {
    std::vector<uint32_t> rows;
    for (uint32_t row = part; row < 3000; row += 3) rows.push_back(row);
    parts.emplace_back(sample.columns(), rows);
  }
  const Triangle* const pointers[] = {&parts[0], &parts[1], &parts[2]};
  const auto joined = Fit(Triangle::Joined(pointers), All(3), sample.names);
  const auto whole = Fit(sample.triangle(), All(3), sample.names);
  EXPECT_EQ(joined->rows, whole->rows);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(joined->coefficients[i], whole->coefficients[i], 1e-12);
    EXPECT_NEAR(joined->classical_errors[i], whole->classical_errors[i], 1e-12);
  }
}

TEST(LeastSquares, ASubsetOfRegressorsIsAFitOfItsOwn) {
  RandomSample sample(3, 200, {1, 0.1, -0.01}, 1);
  const std::vector<size_t> chosen = {0, 2};
  const auto subset = Fit(sample.triangle(), chosen, sample.names);
  sample.regressors.erase(sample.regressors.begin() + 1);
  const auto own = Fit(sample.triangle(), All(2), sample.names);
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(subset->coefficients[i], own->coefficients[i], 1e-12);
  }
}

TEST(LeastSquares, RefusesWhatCannotBeDeterminedByName) {
  RandomSample sample(4, 50, {1, 1, 1}, 1);
  for (size_t i = 0; i < 50; ++i) {
    sample.regressors[2][i] = 3 * sample.regressors[0][i] - sample.regressors[1][i] + 5;
  }
  const absl::Status collinear = Fit(sample.triangle(), All(3), sample.names).status();
  EXPECT_EQ(base::ReasonOf(collinear), "COLLINEAR");
  EXPECT_THAT(std::string(collinear.message()), testing::HasSubstr("x"));
  const RandomSample few(4, 4, {1, 1, 1}, 1);
  EXPECT_EQ(base::ReasonOf(Fit(few.triangle(), All(3), few.names).status()), "TOO_FEW_ROWS");
  RandomSample flat(4, 50, {1}, 1);
  flat.outcome.assign(50, 7);
  EXPECT_EQ(base::ReasonOf(Fit(flat.triangle(), All(1), flat.names).status()), "NO_VARIATION");
}

// With every row a unit of its own and equal weights the survey error of a mean (a regression on
// the constant alone) is the textbook one.
TEST(LeastSquares, InfluencesGiveTheErrorOfASimpleRandomSample) {
  RandomSample sample(8, 120, {0}, 1);
  sample.weights.assign(120, 1);
  const auto fit = Fit(sample.triangle(), {}, sample.names);
  ASSERT_TRUE(fit.ok()) << fit.status();
  const auto design = measures::Design::Create({.weights = sample.weights, .stages = {{}}}, {});
  ASSERT_TRUE(design.ok()) << design.status();
  std::vector<double> influence;
  for (const double y : sample.outcome) {
    influence.push_back(fit->Influence({}, y - fit->coefficients[0])[0]);
  }
  EXPECT_NEAR(std::sqrt(*measures::Variance(*design, influence)) / fit->classical_errors[0], 1,
              1e-12);
}

TEST(LeastSquares, InfluencesAddUpToNothing) {
  const RandomSample sample(2, 150, {1, 0.1, -0.01}, 1);
  const auto fit = Fit(sample.triangle(), All(3), sample.names);
  std::vector<double> sums(4);
  for (const uint32_t row : sample.rows) {
    const std::vector<double> x = {sample.regressors[0][row], sample.regressors[1][row],
                                   sample.regressors[2][row]};
    const auto influence = fit->Influence(x, sample.outcome[row] - fit->Predict(x));
    for (size_t j = 0; j < 4; ++j) sums[j] += sample.weights[row] * influence[j];
  }
  for (const double sum : sums) EXPECT_NEAR(sum, 0, 1e-11);
}

}  // namespace
}  // namespace sepakat::regression
