#include "common/measures/relative_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/measures/errors.h"
#include "common/measures/poverty_line.h"

namespace sepakat::measures {

absl::StatusOr<double> LineOf(const SortedSample& sample, const RelativeLine& rule) {
  if (!std::isfinite(rule.share) || rule.share <= 0) {
    return Invalid("BAD_PARAMETER", fmt::format("a line at {} times the middle is not above 0; "
                                                "usual shares are 0.4 to 0.7",
                                                rule.share));
  }
  double base = sample.mean();
  if (rule.base == RelativeLine::Base::kQuantile) {
    SEPAKAT_ASSIGN_OR_RETURN(base, Quantile(sample, rule.level, rule.definition));
  }
  if (base <= 0) {
    return Undefined(
        "NON_POSITIVE_LINE",
        "the value that the line is a share of is 0 or less; check the welfare column");
  }
  return rule.share * base;
}

absl::StatusOr<double> MedianOfThePoor(const SortedSample& sample, double line,
                                       QuantileDefinition definition) {
  SEPAKAT_RETURN_IF_ERROR(CheckLines(PovertyLines(line), sample.size()));
  const auto values = sample.values();
  const auto poor = static_cast<size_t>(std::ranges::lower_bound(values, line) - values.begin());
  if (poor == 0 || sample.cumulative_weights()[poor - 1] == 0) {
    return Undefined("NOBODY_POOR", fmt::format("nobody lies below the line {}", line));
  }
  return QuantileOfLowest(sample, poor, {1, 2}, definition);
}

absl::StatusOr<double> RelativeMedianGap(const SortedSample& sample, double line,
                                         QuantileDefinition definition) {
  SEPAKAT_ASSIGN_OR_RETURN(const double median, MedianOfThePoor(sample, line, definition));
  return (line - median) / line;
}

}  // namespace sepakat::measures
