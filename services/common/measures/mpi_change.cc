#include "common/measures/mpi_change.h"

#include <fmt/format.h>

#include <cmath>

#include "common/measures/errors.h"

namespace sepakat::measures {

absl::StatusOr<FigureChange> ChangeOfFigure(double before, double after, double years) {
  if (!std::isfinite(years) || years <= 0) {
    return Invalid(
        "BAD_PARAMETER",
        fmt::format("{} years between two surveys; give the later survey second", years));
  }
  FigureChange change;
  change.absolute = after - before;
  change.annual_absolute = change.absolute / years;
  if (before > 0) {
    change.relative = change.absolute / before;
    if (after >= 0) change.annual_relative = std::pow(after / before, 1 / years) - 1;
  }
  return change;
}

absl::StatusOr<MpiChange> ChangeOfMpi(const MpiFigures& before, const MpiFigures& after,
                                      double years) {
  MpiChange change;
  SEPAKAT_ASSIGN_OR_RETURN(change.headcount,
                           ChangeOfFigure(before.headcount, after.headcount, years));
  SEPAKAT_ASSIGN_OR_RETURN(change.adjusted, ChangeOfFigure(before.adjusted, after.adjusted, years));
  if (!before.intensity || !after.intensity) return change;
  SEPAKAT_ASSIGN_OR_RETURN(change.intensity,
                           ChangeOfFigure(*before.intensity, *after.intensity, years));
  change.by_incidence = change.headcount.absolute * (*before.intensity + *after.intensity) / 2;
  change.by_intensity = change.intensity->absolute * (before.headcount + after.headcount) / 2;
  return change;
}

}  // namespace sepakat::measures
