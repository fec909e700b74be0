// To whom, from poorest to richest, the benefits of a programme went.
//
// Units stand in ascending order of welfare; b is the benefit that each of the w persons (or
// households) of an observation has, in any unit of money; 1 and 0 for a programme of equal
// benefits.
//   concentration curve  C(p) = share of all benefits held by the poorest share p of the weight;
//                        piecewise linear, with units of equal welfare as one straight piece, so
//                        that it does not depend on their order
//   concentration index  1 - 2 (area under C), -1..1; below 0 when the poor have more than their
//                        share; equals the Gini when b is welfare (Kakwani 1977)
//   CGH                  C(p) / p, Coady, Grosh and Hoddinott (2004): 1 is what a lottery or a
//                        universal programme gives, 1.5 at p = 0.4 means that the poorest 40 % have
//                        60 % of the benefits
// Welfare should be what it would be without the benefit; else a programme that lifts its
// recipients looks badly targeted.
// Errors: InvalidArgument LENGTH_MISMATCH, BAD_BENEFIT, BAD_PARAMETER, BAD_GROUPS;
// FailedPrecondition NO_BENEFITS. Thread: values. Complexity: O(n) once, then O(log n) per point.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/lorenz.h"
#include "common/measures/sample.h"

namespace sepakat::measures {

class ConcentrationCurve {
 public:
  // `benefits` in the order of the input that `welfare` was sorted from; finite and >= 0.
  static absl::StatusOr<ConcentrationCurve> Of(const SortedSample& welfare,
                                               std::span<const double> benefits);

  // Share of benefits of the poorest share p, 0..1.
  absl::StatusOr<double> At(double p) const;
  // The points p = 0, 1/segments, ..., 1.
  absl::StatusOr<std::vector<CurvePoint>> Points(uint32_t segments) const;
  double Index() const;
  // At(p) / p for 0 < p <= 1.
  absl::StatusOr<double> CoadyGroshHoddinott(double p) const;

 private:
  std::vector<CurvePoint> corners_;  // from (0, 0) to (1, 1), one per distinct welfare
};

// One group of equal weight, from the poorest.
struct GroupIncidence {
  double weight = 0;
  std::optional<double> coverage;  // share of the group that receives anything; none if empty
  double recipient_share = 0;      // of all who receive
  double benefit_share = 0;        // of all benefits
  std::optional<double> benefit_per_recipient;
  // Benefits as a share of the group's welfare: progressive if it falls from poor to rich.
  std::optional<double> benefit_to_welfare;
};

// Groups as by QuantileGroups().
absl::StatusOr<std::vector<GroupIncidence>> IncidenceByGroup(const SortedSample& welfare,
                                                             std::span<const double> benefits,
                                                             uint32_t groups);

}  // namespace sepakat::measures
