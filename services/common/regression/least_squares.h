// Weighted least squares: y = b0 + b1 x1 + ... + bp xp + e, minimising sum w e^2.
//
//   b = (X'WX)^-1 X'Wy                       by an orthogonal method on the triangle of the sample
//   classical error of b_j = sigma sqrt((X'WX)^-1_jj),  sigma^2 = sum w e^2 / (n - p - 1)
//   R^2 = 1 - sum w e^2 / sum w (y - mean y)^2
// The classical error takes the weights for precisions and the rows for independent; it is what R's
// lm() prints. A survey's error follows from the influence of each row on b_j,
//   u_ij = ((X'WX)^-1 x_i)_j e_i,
// whose weighted total has the variance of b_j under the design (Binder 1983; R's svyglm()):
// measures::Variance(design, influence).
// Errors: InvalidArgument TOO_FEW_ROWS, COLLINEAR naming the regressors that others determine,
// NO_VARIATION when the outcome is the same everywhere.
// Thread: pure functions. Complexity: O(p^3) from a triangle.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/regression/triangle.h"

namespace sepakat::regression {

struct LeastSquares {
  // Constant first, then in the order of the chosen regressors.
  std::vector<double> coefficients;
  std::vector<double> classical_errors;
  // (X'WX)^-1, row-major.
  std::vector<double> inverse;
  double residual_sum = 0;  // sum w e^2
  double total_sum = 0;     // sum w (y - mean y)^2
  double sigma = 0;
  double r_squared = 0;
  double adjusted_r_squared = 0;
  size_t rows = 0;
  // n - p - 1.
  size_t df = 0;

  // Of a row given by its chosen regressors.
  double Predict(std::span<const double> regressors) const;
  // u_ij of a row for every coefficient.
  std::vector<double> Influence(std::span<const double> regressors, double residual) const;
};

// `chosen`: places of regressors in the triangle; `names` of all of them, for messages.
absl::StatusOr<LeastSquares> Fit(const Triangle& triangle, std::span<const size_t> chosen,
                                 std::span<const std::string> names);

}  // namespace sepakat::regression
