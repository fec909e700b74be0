#include "common/measures/targeting_accuracy.h"

#include <fmt/format.h>

#include "common/measures/compensated_sum.h"
#include "common/measures/errors.h"
#include "common/measures/sample.h"

namespace sepakat::measures {
namespace {

std::optional<double> Quotient(double part, double whole) {
  if (whole == 0) return std::nullopt;
  return part / whole;
}

}  // namespace

absl::StatusOr<TargetingAccuracy> MeasureTargeting(TargetingSample sample) {
  if (sample.target.size() != sample.weights.size() ||
      sample.receives.size() != sample.weights.size()) {
    return Invalid(
        "LENGTH_MISMATCH",
        fmt::format("{} weights, {} answers on the target and {} on receipt; give one of "
                    "each per unit",
                    sample.weights.size(), sample.target.size(), sample.receives.size()));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckWeights(sample.weights));
  CompensatedSum cells[2][2];  // [target][receives]
  CompensatedSum unknown;
  for (size_t i = 0; i < sample.weights.size(); ++i) {
    const Answer target = sample.target[i];
    const Answer receives = sample.receives[i];
    CompensatedSum& cell = target == Answer::kUnknown || receives == Answer::kUnknown
                               ? unknown
                               : cells[target == Answer::kYes][receives == Answer::kYes];
    cell.Add(sample.weights[i]);
  }
  TargetingAccuracy accuracy;
  accuracy.reached = cells[1][1].value();
  accuracy.missed = cells[1][0].value();
  accuracy.leaked = cells[0][1].value();
  accuracy.left_out = cells[0][0].value();
  accuracy.unknown = unknown.value();
  const double recipients = accuracy.reached + accuracy.leaked;
  const double targets = accuracy.reached + accuracy.missed;
  const double others = accuracy.leaked + accuracy.left_out;
  if (targets + others == 0) {
    return Undefined("NOTHING_KNOWN",
                     fmt::format("of none of {} units both the target and the receipt are known",
                                 sample.weights.size()));
  }
  accuracy.coverage = recipients / (targets + others);
  accuracy.coverage_of_target = Quotient(accuracy.reached, targets);
  accuracy.exclusion_error = Quotient(accuracy.missed, targets);
  accuracy.inclusion_error = Quotient(accuracy.leaked, recipients);
  accuracy.coverage_of_others = Quotient(accuracy.leaked, others);
  if (accuracy.coverage_of_target && accuracy.coverage_of_others) {
    accuracy.differential = *accuracy.coverage_of_target - *accuracy.coverage_of_others;
  }
  return accuracy;
}

}  // namespace sepakat::measures
