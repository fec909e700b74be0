// How well a programme reached those it was meant for.
//
// Over the weight w of units of which both is known, whether they belong to the target group and
// whether they receive:
//                     in the target        not in the target
//   receives          reached              leaked
//   does not          missed               left_out
//   coverage              (reached + leaked) / all
//   coverage_of_target    reached / (reached + missed)
//   exclusion_error       missed / (reached + missed) = 1 - coverage_of_target; undercoverage
//   inclusion_error       leaked / (reached + leaked); leakage
//   coverage_of_others    leaked / (leaked + left_out)
//   differential          coverage_of_target - coverage_of_others, -1..1 (Ravallion 2000)
// Two inclusion errors are in use; this one divides by the recipients, the one that divides by
// those outside the target is coverage_of_others. With as many recipients as targets, inclusion and
// exclusion error are equal. A programme may be meant for a group other than the poor (families
// with children, a quota of the lowest 40 %): measure it against its own target first.
// A quotient without a denominator (nobody in the target, nobody receiving) has no value.
// Errors: those of CheckWeights; InvalidArgument LENGTH_MISMATCH; FailedPrecondition NOTHING_KNOWN.
// Thread: pure functions. Complexity: one pass.
#pragma once

#include <optional>
#include <span>

#include "absl/status/statusor.h"
#include "common/measures/answer.h"

namespace sepakat::measures {

// Parallel columns; owns nothing.
struct TargetingSample {
  std::span<const double> weights;
  std::span<const Answer> target;
  std::span<const Answer> receives;
};

struct TargetingAccuracy {
  double reached = 0;  // weights
  double leaked = 0;
  double missed = 0;
  double left_out = 0;
  double unknown = 0;  // left out of everything else because an answer is missing

  double coverage = 0;
  std::optional<double> coverage_of_target;
  std::optional<double> exclusion_error;
  std::optional<double> inclusion_error;
  std::optional<double> coverage_of_others;
  std::optional<double> differential;
};

absl::StatusOr<TargetingAccuracy> MeasureTargeting(TargetingSample sample);

}  // namespace sepakat::measures
