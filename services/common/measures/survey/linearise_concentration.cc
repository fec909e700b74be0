#include "common/measures/survey/linearise_concentration.h"

#include <algorithm>

#include "common/base/status.h"
#include "common/measures/benefit_incidence.h"
#include "common/measures/compensated_sum.h"
#include "common/measures/survey/density.h"

namespace sepakat::measures {
namespace {

double TotalOf(const SortedSample& welfare, std::span<const double> benefits) {
  CompensatedSum total;
  for (size_t i = 0; i < welfare.size(); ++i) {
    total.Add(welfare.weights()[i] * benefits[welfare.order()[i]]);
  }
  return total.value();
}

// The p-quantile of welfare.
double BorderOf(const SortedSample& welfare, double p) {
  const auto cumulative = welfare.cumulative_weights();
  const auto border = std::ranges::lower_bound(cumulative, p * welfare.total_weight());
  return welfare.values()[std::min<size_t>(static_cast<size_t>(border - cumulative.begin()),
                                           welfare.size() - 1)];
}

}  // namespace

absl::StatusOr<double> LineariseConcentrationIndex(const SortedSample& welfare,
                                                   std::span<const double> benefits,
                                                   std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const ConcentrationCurve curve,
                           ConcentrationCurve::Of(welfare, benefits));
  const double index = curve.Index();
  const double persons = welfare.total_weight();
  const double total = TotalOf(welfare, benefits);
  double persons_before = 0;
  double benefits_before = 0;
  for (size_t begin = 0; begin < welfare.size();) {
    size_t end = begin;
    double piece = 0;
    for (; end < welfare.size() && welfare.values()[end] == welfare.values()[begin]; ++end) {
      piece += welfare.weights()[end] * benefits[welfare.order()[end]];
    }
    const double persons_after = welfare.cumulative_weights()[end - 1];
    const double rank = (persons_before + persons_after) / 2 / persons;
    const double above = 1 - (benefits_before + piece / 2) / total;
    for (; begin < end; ++begin) {
      const double relative = benefits[welfare.order()[begin]] * persons / total;
      influence[begin] = (relative * (2 * rank - 1 - index) + 2 * above - 1 - index) / persons;
    }
    persons_before = persons_after;
    benefits_before += piece;
  }
  return index;
}

absl::StatusOr<double> LineariseConcentrationShare(const SortedSample& welfare,
                                                   std::span<const double> benefits, double p,
                                                   std::span<double> influence) {
  SEPAKAT_ASSIGN_OR_RETURN(const ConcentrationCurve curve,
                           ConcentrationCurve::Of(welfare, benefits));
  SEPAKAT_ASSIGN_OR_RETURN(const double share, curve.At(p));
  const double total = TotalOf(welfare, benefits);
  const double border = BorderOf(welfare, p);
  const absl::StatusOr<double> bandwidth = Bandwidth(welfare);
  if (!bandwidth.ok()) {
    // Equal welfare for all: one straight piece, which no weight moves.
    std::ranges::fill(influence, 0.0);
    return share;
  }
  const double at_border = MeanAt(welfare, benefits, border, *bandwidth);
  for (size_t i = 0; i < welfare.size(); ++i) {
    const double benefit = benefits[welfare.order()[i]];
    const double poorer = welfare.values()[i] <= border ? benefit - at_border : 0.0;
    influence[i] = (poorer + p * at_border - share * benefit) / total;
  }
  return share;
}

}  // namespace sepakat::measures
