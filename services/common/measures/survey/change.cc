#include "common/measures/survey/change.h"

#include <cmath>

#include "common/measures/survey/student_t.h"

namespace sepakat::measures {

Change ChangeBetween(const Estimate& before, const Estimate& after, double confidence) {
  Change change;
  change.difference = after.estimate - before.estimate;
  if (before.estimate != 0) change.relative = change.difference / before.estimate;
  if (!before.standard_error || !after.standard_error) return change;
  const double v1 = *before.standard_error * *before.standard_error;
  const double v2 = *after.standard_error * *after.standard_error;
  change.standard_error = std::sqrt(v1 + v2);
  const double weight = v1 * v1 / before.design_df + v2 * v2 / after.design_df;
  if (!(weight > 0)) return change;
  change.df = (v1 + v2) * (v1 + v2) / weight;
  change.t = change.difference / *change.standard_error;
  change.p_value = 2 * StudentTProbability(-std::abs(*change.t), *change.df);
  const double reach = StudentTQuantile(0.5 + confidence / 2, *change.df) * *change.standard_error;
  change.lower = change.difference - reach;
  change.upper = change.difference + reach;
  return change;
}

}  // namespace sepakat::measures
