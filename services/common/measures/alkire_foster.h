// The multidimensional poverty index of Alkire and Foster from the deprivations of each unit.
//
// Unit i has the score c_i = sum_j v_j d_ij out of D (weights v_j of the specification) and is poor
// if c_i / D >= k. With w_i the number of persons it stands for:
//   H   = sum w [poor] / sum w                    share of persons who are poor
//   A   = sum w [poor] c/D / sum w [poor]         mean score of the poor; none without poor
//   M0  = sum w [poor] c/D / sum w = H A
//   raw headcount of j       sum w d_j / sum w              deprived, poor or not
//   censored headcount of j  sum w [poor] d_j / sum w       deprived and poor
//   contribution of j        v_j/D censored_j / M0          sums to 1; none when M0 is 0
// Everybody in a household shares its deprivations; w is household weight times size.
// A unit with an unknown deprivation follows UnknownRule, and how much weight that concerns is part
// of the result. Mpi() answers by the rule; BoundsOfMpi() by every way the unknowns could be.
// Errors: those of CheckSpecification and CheckWeights; InvalidArgument LENGTH_MISMATCH,
// BAD_DEPRIVATION; FailedPrecondition NO_COMPLETE_UNIT.
// Thread: pure functions. Complexity: O(deprivations that hold) per unit; scores allocate once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/mpi_specification.h"

namespace sepakat::measures {

// Bit j is indicator j of the specification; a bit is set in one of the two at most.
struct Deprivations {
  uint64_t deprived = 0;
  uint64_t unknown = 0;

  void Set(size_t indicator, Answer answer) {
    const uint64_t bit = uint64_t{1} << indicator;
    if (answer == Answer::kYes) deprived |= bit;
    if (answer == Answer::kUnknown) unknown |= bit;
  }
};

// Parallel columns; owns nothing.
struct MpiSample {
  std::span<const Deprivations> units;
  std::span<const double> weights;  // finite, >= 0
  size_t size() const { return units.size(); }
};

absl::Status CheckMpiSample(const MpiSpecification& specification, MpiSample sample);

struct IndicatorFigures {
  double raw = 0;
  double censored = 0;
  std::optional<double> contribution;
};

struct MpiFigures {
  double headcount = 0;                                        // H
  std::optional<double> intensity;                             // A
  double adjusted = 0;                                         // M0
  std::vector<IndicatorFigures> indicators;                    // in the specification's order
  std::vector<std::optional<double>> dimension_contributions;  // the same
  // Of the units that were measured, and of those that the rule left out.
  size_t units = 0;
  size_t dropped_units = 0;
  double weight = 0;
  double dropped_weight = 0;
};

absl::StatusOr<MpiFigures> Mpi(const MpiSpecification& specification, MpiSample sample);

// Every unit's score out of D by the specification's rule, or nothing for a unit that it drops.
// What errors of the survey are computed from. Requires CheckMpiSample.
std::vector<std::optional<int64_t>> Scores(const MpiSpecification& specification, MpiSample sample);

}  // namespace sepakat::measures
