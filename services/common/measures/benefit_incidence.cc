#include "common/measures/benefit_incidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/quantile.h"

namespace sepakat::measures {
namespace {

absl::Status CheckBenefits(const SortedSample& welfare, std::span<const double> benefits) {
  if (benefits.size() != welfare.size()) {
    return Invalid("LENGTH_MISMATCH",
                   fmt::format("{} benefits and {} units; give one benefit per unit, 0 for none",
                               benefits.size(), welfare.size()));
  }
  for (size_t i = 0; i < benefits.size(); ++i) {
    if (!std::isfinite(benefits[i]) || benefits[i] < 0) {
      return Invalid("BAD_BENEFIT",
                     fmt::format("row {}: a benefit is missing, infinite or negative; leave units "
                                 "with an unknown benefit out and report how many",
                                 i + 1));
    }
  }
  return absl::OkStatus();
}

absl::Status NoBenefits() {
  return Undefined("NO_BENEFITS",
                   "nobody with weight receives anything, so there is no share of it");
}

}  // namespace

absl::StatusOr<ConcentrationCurve> ConcentrationCurve::Of(const SortedSample& welfare,
                                                          std::span<const double> benefits) {
  SEPAKAT_RETURN_IF_ERROR(CheckBenefits(welfare, benefits));
  ConcentrationCurve curve;
  curve.corners_.emplace_back();
  CompensatedSum sum;
  for (size_t i = 0; i < welfare.size(); ++i) {
    sum.Add(welfare.weights()[i] * benefits[welfare.order()[i]]);
    const bool last_of_equals =
        i + 1 == welfare.size() || welfare.values()[i + 1] != welfare.values()[i];
    if (last_of_equals) curve.corners_.push_back({welfare.cumulative_weights()[i], sum.value()});
  }
  const CurvePoint all = curve.corners_.back();
  if (all.share == 0) return NoBenefits();
  for (CurvePoint& corner : curve.corners_) {
    corner.population /= all.population;
    corner.share /= all.share;
  }
  return curve;
}

absl::StatusOr<double> ConcentrationCurve::At(double p) const {
  if (!(p >= 0 && p <= 1)) {
    return Invalid("BAD_PARAMETER", fmt::format("{} is no share of the population, 0 to 1", p));
  }
  const auto right = std::ranges::lower_bound(corners_, p, {}, &CurvePoint::population);
  if (right == corners_.begin()) return right->share;
  const CurvePoint& left = *std::prev(right);
  const double along = (p - left.population) / (right->population - left.population);
  return left.share + along * (right->share - left.share);
}

absl::StatusOr<std::vector<CurvePoint>> ConcentrationCurve::Points(uint32_t segments) const {
  if (segments == 0) return Invalid("BAD_PARAMETER", "a curve has at least one segment");
  std::vector<CurvePoint> points(size_t{segments} + 1);
  for (uint32_t i = 0; i <= segments; ++i) {
    points[i].population = static_cast<double>(i) / segments;
    SEPAKAT_ASSIGN_OR_RETURN(points[i].share, At(points[i].population));
  }
  return points;
}

double ConcentrationCurve::Index() const {
  // Twice the area between the diagonal and the curve, corner by corner.
  CompensatedSum area;
  for (size_t i = 1; i < corners_.size(); ++i) {
    const CurvePoint& left = corners_[i - 1];
    const CurvePoint& right = corners_[i];
    area.Add((right.population - left.population) *
             ((left.population - left.share) + (right.population - right.share)));
  }
  return area.value();
}

absl::StatusOr<double> ConcentrationCurve::CoadyGroshHoddinott(double p) const {
  if (!(p > 0 && p <= 1)) {
    return Invalid("BAD_PARAMETER",
                   fmt::format("{} is no share of the population above 0 and up to 1", p));
  }
  SEPAKAT_ASSIGN_OR_RETURN(const double share, At(p));
  return share / p;
}

absl::StatusOr<std::vector<GroupIncidence>> IncidenceByGroup(const SortedSample& welfare,
                                                             std::span<const double> benefits,
                                                             uint32_t groups) {
  SEPAKAT_RETURN_IF_ERROR(CheckBenefits(welfare, benefits));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<uint32_t> group_of, QuantileGroups(welfare, groups));
  struct Sums {
    CompensatedSum weight, recipients, benefits, welfare;
  };
  std::vector<Sums> sums(groups);
  Sums all;
  for (size_t i = 0; i < welfare.size(); ++i) {
    const uint32_t row = welfare.order()[i];
    const double w = welfare.weights()[i];
    for (Sums* sum : {&sums[group_of[row] - 1], &all}) {
      sum->weight.Add(w);
      sum->welfare.Add(w * welfare.values()[i]);
      if (benefits[row] > 0) sum->recipients.Add(w);
      sum->benefits.Add(w * benefits[row]);
    }
  }
  if (all.benefits.value() == 0) return NoBenefits();
  std::vector<GroupIncidence> incidence(groups);
  for (uint32_t g = 0; g < groups; ++g) {
    const double recipients = sums[g].recipients.value();
    const double benefit = sums[g].benefits.value();
    GroupIncidence& group = incidence[g];
    group.weight = sums[g].weight.value();
    group.recipient_share = recipients / all.recipients.value();
    group.benefit_share = benefit / all.benefits.value();
    if (group.weight > 0) group.coverage = recipients / group.weight;
    if (recipients > 0) group.benefit_per_recipient = benefit / recipients;
    if (sums[g].welfare.value() > 0) group.benefit_to_welfare = benefit / sums[g].welfare.value();
  }
  return incidence;
}

}  // namespace sepakat::measures
