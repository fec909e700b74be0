#include "common/measures/survey/linearise_poverty.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "common/measures/errors.h"
#include "common/measures/fgt_sample.h"
#include "common/measures/survey/density.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_quantile.h"

namespace sepakat::measures {
namespace {

double Power(double gap, int order) { return order == 0 ? 1.0 : order == 1 ? gap : gap * gap; }

}  // namespace

absl::StatusOr<UnderLine> LinearisePoverty(const SortedSample& sample, double line, int order,
                                           std::span<double> influence) {
  if (order < 0 || order >= kFgtOrders) {
    return Invalid("BAD_PARAMETER", fmt::format("order {} is none of 0, 1, 2", order));
  }
  SEPAKAT_ASSIGN_OR_RETURN(const Poverty poverty,
                           MeasurePoverty(sample.sample(), PovertyLines(line)));
  const double total = sample.total_weight();
  UnderLine result{poverty.fgt[static_cast<size_t>(order)], 0};
  double slope = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double y = sample.values()[i];
    const double gap = (line - y) / line;
    const bool poor = y < line;
    influence[i] = ((poor ? Power(gap, order) : 0.0) - result.estimate) / total;
    if (poor && order > 0) {
      slope += sample.weights()[i] * order * Power(gap, order - 1) * y / (line * line);
    }
  }
  if (order > 0) {
    result.slope = slope / total;
    return result;
  }
  SEPAKAT_ASSIGN_OR_RETURN(const double bandwidth, Bandwidth(sample));
  result.slope = Density(sample, line, bandwidth);
  return result;
}

absl::StatusOr<UnderLine> LineariseWatts(const SortedSample& sample, double line,
                                         std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double watts, Watts(sample.sample(), PovertyLines(line)));
  double poor = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double y = sample.values()[i];
    if (y < line) poor += sample.weights()[i];
    influence[i] = ((y < line ? std::log(line / y) : 0.0) - watts) / sample.total_weight();
  }
  return UnderLine{watts, poor / (sample.total_weight() * line)};
}

absl::StatusOr<UnderLine> LineariseMedianOfThePoor(const SortedSample& sample, double line,
                                                   std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double median,
                           MedianOfThePoor(sample, line, QuantileDefinition::kObserved));
  SEPAKAT_ASSIGN_OR_RETURN(const double bandwidth, Bandwidth(sample));
  const double at_median = Density(sample, median, bandwidth);
  if (at_median == 0) {
    return Undefined("NO_DENSITY", fmt::format("no observation near {}", median));
  }
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine headcount, LinearisePoverty(sample, line, 0, influence));
  const double total = sample.total_weight();
  for (size_t i = 0; i < sample.size(); ++i) {
    const double below = (sample.values()[i] <= median ? 1.0 : 0.0) - headcount.estimate / 2;
    influence[i] = (influence[i] / 2 - below / total) / at_median;
  }
  return UnderLine{median, headcount.slope / (2 * at_median)};
}

absl::StatusOr<UnderLine> LineariseRelativeMedianGap(const SortedSample& sample, double line,
                                                     std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine median,
                           LineariseMedianOfThePoor(sample, line, influence));
  for (double& u : influence) u /= -line;
  return UnderLine{(line - median.estimate) / line,
                   median.estimate / (line * line) - median.slope / line};
}

absl::StatusOr<double> LineariseSenShorrocksThon(const SortedSample& sample, double line,
                                                 std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double index, SenShorrocksThon(sample, line));
  const double total = sample.total_weight();
  // From the poorest, whose gap is the largest, upwards: the gaps of those before are larger.
  double gaps_before = 0;
  for (size_t i = 0; i < sample.size(); ++i) {
    const double gap = std::max(0.0, (line - sample.values()[i]) / line);
    gaps_before += sample.weights()[i] * gap;
    const double larger = gaps_before + gap * (total - sample.cumulative_weights()[i]);
    influence[i] = 2 * (larger / total - index) / total;
  }
  return index;
}

absl::StatusOr<double> LineariseSen(const SortedSample& sample, double line,
                                    std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const double sen, Sen(sample, line, SenForm::kReplicationInvariant));
  SEPAKAT_ASSIGN_OR_RETURN(const Poverty poverty,
                           MeasurePoverty(sample.sample(), PovertyLines(line)));
  std::ranges::fill(influence, 0.0);
  if (poverty.poor_weight == 0) return sen;
  const auto poor = static_cast<size_t>(std::ranges::lower_bound(sample.values(), line) -
                                        sample.values().begin());
  const SortedSample of_poor({sample.values().first(poor), sample.weights().first(poor)});
  std::vector<double> of_gini(poor);
  SEPAKAT_ASSIGN_OR_RETURN(const double gini,
                           LineariseGini(of_poor, GiniForm::kMeanDifference, of_gini));
  const double total = sample.total_weight();
  const double between = poverty.headcount() - poverty.gap();
  for (size_t i = 0; i < sample.size(); ++i) {
    const bool is_poor = i < poor;
    const double of_headcount = ((is_poor ? 1.0 : 0.0) - poverty.headcount()) / total;
    const double gap = is_poor ? (line - sample.values()[i]) / line : 0.0;
    const double of_gap = (gap - poverty.gap()) / total;
    influence[i] = of_gap + (of_headcount - of_gap) * gini + (is_poor ? between * of_gini[i] : 0);
  }
  return sen;
}

absl::StatusOr<double> WithOwnLine(const SortedSample& sample, const RelativeLine& rule,
                                   LineLineariser measure, std::span<double> influence) {
  std::vector<double> of_line(sample.size(), 0.0);
  SEPAKAT_ASSIGN_OR_RETURN(const double line, LineariseRelativeLine(sample, rule, of_line));
  SEPAKAT_ASSIGN_OR_RETURN(const UnderLine under, measure(sample, line, influence));
  for (size_t i = 0; i < sample.size(); ++i) influence[i] += under.slope * of_line[i];
  return under.estimate;
}

}  // namespace sepakat::measures
