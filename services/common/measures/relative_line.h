// Poverty lines that move with the distribution, and the gap of the median poor.
//
//   line = share times the median, the mean, or a quantile
// The at-risk-of-poverty threshold of Eurostat is 0.6 times the median. A relative line measures
// inequality below the middle more than want: it rises when everybody gains. The line of the whole
// population is applied to its regions; a region's own line answers another question.
// The relative median poverty gap is (line - median of the poor) / line, poor strictly below.
// Errors: InvalidArgument BAD_PARAMETER, BAD_FRACTION, BAD_LINE;
// FailedPrecondition NON_POSITIVE_LINE, NOBODY_POOR.
// Thread: pure functions. Complexity: O(log n).
#pragma once

#include "absl/status/statusor.h"
#include "common/measures/fraction.h"
#include "common/measures/quantile.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

struct RelativeLine {
  enum class Base { kQuantile, kMean };

  double share = 0.6;
  Base base = Base::kQuantile;
  Fraction level = {1, 2};  // of the quantile
  QuantileDefinition definition = QuantileDefinition::kObserved;
};

// In the unit of the values.
absl::StatusOr<double> LineOf(const SortedSample& sample, const RelativeLine& rule);

absl::StatusOr<double> MedianOfThePoor(const SortedSample& sample, double line,
                                       QuantileDefinition definition);
absl::StatusOr<double> RelativeMedianGap(const SortedSample& sample, double line,
                                         QuantileDefinition definition);

}  // namespace sepakat::measures
