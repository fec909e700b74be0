// Change of a figure between two surveys, and of the MPI in its two factors.
//
//   absolute           after - before
//   relative           after / before - 1
//   annual_absolute    absolute / years
//   annual_relative    (after / before)^(1/years) - 1
// M0 = H A changes because there are more or fewer poor (incidence) and because the poor are
// deprived of more or less (intensity); averaging over the two orders leaves no residual:
//   by_incidence = (H1 - H0)(A0 + A1)/2        by_intensity = (A1 - A0)(H0 + H1)/2
// Source of the change measures: Alkire, Roche, Vaz (2017); of the averaging: Shapley (1953).
// Both surveys must ask alike: a changed indicator, cut-off or weight changes M0 without anybody's
// life changing. The standard error of a difference comes from the survey design.
// Errors: InvalidArgument BAD_PARAMETER. Thread: pure functions.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "common/measures/alkire_foster.h"

namespace sepakat::measures {

struct FigureChange {
  double absolute = 0;
  std::optional<double> relative;  // none from 0 or less
  double annual_absolute = 0;
  std::optional<double> annual_relative;
};

// `years` between the surveys, above 0.
absl::StatusOr<FigureChange> ChangeOfFigure(double before, double after, double years);

struct MpiChange {
  FigureChange headcount;
  std::optional<FigureChange> intensity;  // none when a survey has no poor
  FigureChange adjusted;
  std::optional<double> by_incidence;
  std::optional<double> by_intensity;
};

absl::StatusOr<MpiChange> ChangeOfMpi(const MpiFigures& before, const MpiFigures& after,
                                      double years);

}  // namespace sepakat::measures
