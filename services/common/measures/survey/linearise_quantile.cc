#include "common/measures/survey/linearise_quantile.h"

#include <fmt/format.h>

#include "common/measures/errors.h"
#include "common/measures/survey/density.h"

namespace sepakat::measures {

absl::StatusOr<double> LineariseQuantile(const SortedSample& sample, Fraction level,
                                         QuantileDefinition definition,
                                         std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double quantile, Quantile(sample, level, definition));
  SEPAKAT_ASSIGN_OR_RETURN(const double bandwidth, Bandwidth(sample));
  const double slope = sample.total_weight() * Density(sample, quantile, bandwidth);
  if (slope == 0) {
    return Undefined("NO_DENSITY", fmt::format("no observation near {}", quantile));
  }
  const double p = level.value();
  for (size_t i = 0; i < sample.size(); ++i) {
    influence[i] = (p - (sample.values()[i] <= quantile ? 1.0 : 0.0)) / slope;
  }
  return quantile;
}

absl::StatusOr<double> LineariseRelativeLine(const SortedSample& sample, const RelativeLine& rule,
                                             std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double line, LineOf(sample, rule));
  if (rule.base == RelativeLine::Base::kQuantile) {
    SEPAKAT_RETURN_IF_ERROR(
        LineariseQuantile(sample, rule.level, rule.definition, influence).status());
  } else {
    for (size_t i = 0; i < sample.size(); ++i) {
      influence[i] = (sample.values()[i] - sample.mean()) / sample.total_weight();
    }
  }
  for (double& u : influence) u *= rule.share;
  return line;
}

}  // namespace sepakat::measures
