// The change of a figure between two surveys that drew their samples independently.
//
//   difference = after - before,   variance = variance before + variance after
//   df by Welch (1947) and Satterthwaite: (v1 + v2)^2 / (v1^2/df1 + v2^2/df2)
// The p-value is that of a two-sided test that nothing changed. A change that the errors do not
// allow to be called one is the usual finding between two years: say so instead of explaining it.
// Two domains of one survey, or rounds that share primary units, are not independent: their
// covariance is missing here, and for a panel this error is too large.
// Thread: pure function. Errors: none; what cannot be known is absent.
#pragma once

#include <optional>

#include "common/measures/survey/estimate.h"

namespace sepakat::measures {

struct Change {
  double difference = 0;
  std::optional<double> relative;  // difference / before; absent when before is 0
  std::optional<double> standard_error;
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<double> df;
  std::optional<double> t;
  std::optional<double> p_value;
};

Change ChangeBetween(const Estimate& before, const Estimate& after, double confidence = 0.95);

}  // namespace sepakat::measures
