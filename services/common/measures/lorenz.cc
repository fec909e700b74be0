#include "common/measures/lorenz.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

absl::Status RequirePositiveTotal(const SortedSample& sample) {
  if (sample.total() > 0) return absl::OkStatus();
  return Undefined("NON_POSITIVE_MEAN",
                   "total welfare is 0 or less, so shares of it say nothing; check the welfare "
                   "column");
}

absl::Status NoShare(std::string_view group) {
  return Undefined("NON_POSITIVE_SHARE",
                   fmt::format("the {} has no welfare above 0 to divide by; check for zero and "
                               "negative values",
                               group));
}

// Welfare of all observations that are not above `threshold`.
double TotalUpTo(const SortedSample& sample, double threshold) {
  const auto values = sample.values();
  const auto count = std::ranges::upper_bound(values, threshold) - values.begin();
  return count == 0 ? 0.0 : sample.cumulative_totals()[static_cast<size_t>(count) - 1];
}

}  // namespace

absl::StatusOr<double> LorenzShare(const SortedSample& sample, double p) {
  if (!(p >= 0 && p <= 1)) {
    return Invalid("BAD_PARAMETER", fmt::format("{} is no share of the population, 0 to 1", p));
  }
  SEPAKAT_RETURN_IF_ERROR(RequirePositiveTotal(sample));
  const auto below = sample.cumulative_weights();
  const double reached = p * sample.total_weight();
  const auto i =
      std::min(static_cast<size_t>(std::ranges::lower_bound(below, reached) - below.begin()),
               sample.size() - 1);
  const double weight_before = i == 0 ? 0.0 : below[i - 1];
  const double total_before = i == 0 ? 0.0 : sample.cumulative_totals()[i - 1];
  return (total_before + (reached - weight_before) * sample.values()[i]) / sample.total();
}

absl::StatusOr<std::vector<CurvePoint>> LorenzCurve(const SortedSample& sample, uint32_t segments) {
  if (segments == 0) return Invalid("BAD_PARAMETER", "a curve has at least one segment");
  std::vector<CurvePoint> curve(size_t{segments} + 1);
  for (uint32_t i = 0; i <= segments; ++i) {
    curve[i].population = static_cast<double>(i) / segments;
    SEPAKAT_ASSIGN_OR_RETURN(curve[i].share, LorenzShare(sample, curve[i].population));
  }
  return curve;
}

absl::StatusOr<double> Palma(const SortedSample& sample) {
  SEPAKAT_ASSIGN_OR_RETURN(const double lowest40, LorenzShare(sample, 0.4));
  SEPAKAT_ASSIGN_OR_RETURN(const double lowest90, LorenzShare(sample, 0.9));
  if (lowest40 <= 0) return NoShare("lowest 40 %");
  return (1 - lowest90) / lowest40;
}

absl::StatusOr<double> QuintileShareRatio(const SortedSample& sample,
                                          QuantileDefinition definition) {
  SEPAKAT_ASSIGN_OR_RETURN(const double lower, Quantile(sample, {1, 5}, definition));
  SEPAKAT_ASSIGN_OR_RETURN(const double upper, Quantile(sample, {4, 5}, definition));
  const double bottom = TotalUpTo(sample, lower);
  if (bottom <= 0) return NoShare("lowest fifth");
  return (sample.total() - TotalUpTo(sample, upper)) / bottom;
}

}  // namespace sepakat::measures
