// Regressors chosen one by one, each time the one that lowers the residual sum of squares most.
//
// A step is taken as long as the criterion says so:
//   p value   the t test of the new coefficient has p <= threshold
//   BIC, AIC  n log(RSS / n) + k log n, or + 2 k, becomes smaller (k coefficients)
// The tests take rows for independent and do not know that many regressors were tried: they order
// and stop, they do not prove (Harrell 2015, Regression Modeling Strategies, section 4.3).
// Regressors that the chosen ones determine are never taken.
// Thread: pure function. Complexity: O(steps p^3) at most, from a triangle.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "common/regression/triangle.h"

namespace sepakat::regression {

enum class Criterion { kPValue, kBic, kAic };

struct ForwardRules {
  Criterion criterion = Criterion::kPValue;
  // For kPValue.
  double threshold = 0.05;
  // Most regressors beside the forced ones; 0: no limit.
  size_t most = 0;
};

struct ForwardStep {
  size_t regressor = 0;
  double r_squared = 0;
  double p_value = 0;
};

// `forced`: in the model from the start. Steps in the order in which they were taken.
std::vector<ForwardStep> SelectForward(const Triangle& triangle, std::span<const size_t> forced,
                                       const ForwardRules& rules);

}  // namespace sepakat::regression
