// The lasso: least squares under a price for the size of the coefficients (Tibshirani 1996).
//
//   min over b  1/2 sum w (y - b0 - x b)^2 / sum w  +  lambda sum |b_j| s_j
//
// with s_j the weighted standard deviation of regressor j, so that units do not matter; this is
// glmnet's objective with standardised columns. Solved by cyclic coordinate descent along a falling
// path of lambda (Friedman, Hastie, Tibshirani 2010) on the inner products of a triangle.
// Cross-validation: the weighted mean squared error of predictions for fold k from the others, over
// all folds; its standard error is that of the folds' means, weighted by their weight.
// Regressors that do not vary stay 0.
// Errors: InvalidArgument TOO_FEW_FOLDS, NO_VARIATION.
// Thread: pure functions. Complexity: O(p^2) per round of a lambda, whatever the number of rows.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/regression/triangle.h"

namespace sepakat::regression {

// Coefficients at one lambda, constant first, in the regressors' own units.
std::vector<double> Lasso(const Triangle& triangle, double lambda);

// From the smallest lambda at which nothing is chosen down to a thousandth of it, evenly on the
// logarithm.
std::vector<double> LambdaPath(const Triangle& triangle, size_t steps = 100);

struct LassoChoice {
  std::vector<double> path;
  // By lambda of the path.
  std::vector<double> mean_error;
  std::vector<double> standard_error;
  // Places in the path: the smallest error, and the largest lambda within one standard error of it.
  size_t smallest = 0;
  size_t one_error = 0;
};

// `folds`: the triangle of each part of the sample.
absl::StatusOr<LassoChoice> CrossValidate(std::span<const Triangle> folds);

// Regressors with a coefficient other than 0.
std::vector<size_t> Chosen(const std::vector<double>& coefficients);

}  // namespace sepakat::regression
