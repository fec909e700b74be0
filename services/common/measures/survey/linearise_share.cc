#include "common/measures/survey/linearise_share.h"

#include <algorithm>
#include <vector>

#include "common/measures/errors.h"
#include "common/measures/lorenz.h"
#include "common/measures/survey/density.h"
#include "common/measures/survey/linearise_quantile.h"

namespace sepakat::measures {

absl::StatusOr<double> LineariseLorenzShare(const SortedSample& sample, double p,
                                            std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double share, LorenzShare(sample, p));
  const auto cumulative = sample.cumulative_weights();
  const auto border = std::ranges::lower_bound(cumulative, p * sample.total_weight());
  const double q = sample.values()[std::min<size_t>(
      static_cast<size_t>(border - cumulative.begin()), sample.size() - 1)];
  for (size_t i = 0; i < sample.size(); ++i) {
    const double y = sample.values()[i];
    influence[i] = (std::min(y - q, 0.0) + p * q - share * y) / sample.total();
  }
  return share;
}

absl::StatusOr<double> LinearisePalma(const SortedSample& sample, std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double palma, Palma(sample));
  std::vector<double> of_low(sample.size());
  SEPAKAT_ASSIGN_OR_RETURN(const double low, LineariseLorenzShare(sample, 0.4, of_low));
  SEPAKAT_RETURN_IF_ERROR(LineariseLorenzShare(sample, 0.9, influence).status());
  for (size_t i = 0; i < influence.size(); ++i) {
    influence[i] = -(influence[i] + palma * of_low[i]) / low;
  }
  return palma;
}

absl::StatusOr<double> LineariseQuintileShareRatio(const SortedSample& sample,
                                                   QuantileDefinition definition,
                                                   std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double ratio, QuintileShareRatio(sample, definition));
  SEPAKAT_ASSIGN_OR_RETURN(const double bandwidth, Bandwidth(sample));
  std::vector<double> of_low(sample.size());
  SEPAKAT_ASSIGN_OR_RETURN(const double low, LineariseQuantile(sample, {1, 5}, definition, of_low));
  SEPAKAT_ASSIGN_OR_RETURN(const double high,
                           LineariseQuantile(sample, {4, 5}, definition, influence));
  const double slope_low = TotalDensity(sample, low, bandwidth);
  const double slope_high = TotalDensity(sample, high, bandwidth);
  double poor = 0;
  for (size_t i = 0; i < sample.size() && sample.values()[i] <= low; ++i) {
    poor += sample.weights()[i] * sample.values()[i];
  }
  for (size_t i = 0; i < sample.size(); ++i) {
    const double y = sample.values()[i];
    const double of_poor = (y <= low ? y : 0.0) + slope_low * of_low[i];
    const double of_rich = (y > high ? y : 0.0) - slope_high * influence[i];
    influence[i] = (of_rich - ratio * of_poor) / poor;
  }
  return ratio;
}

}  // namespace sepakat::measures
