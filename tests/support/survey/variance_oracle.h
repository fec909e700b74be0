// The variance of an estimated total, a second time: slow, with maps, straight from the textbook
// and without a line of the library's.
//
// At every stage the rows of one stratum are grouped by unit; sum over strata of
// (1 - n/N) n/(n-1) sum (t - mean)^2, plus n/N times the variance inside each unit, recursively
// (Saerndal, Swensson, Wretman 1992, result 4.3.1). Sums in long double.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "common/measures/survey/design.h"

namespace sepakat::support {

// Variance of sum of `weighted` (weight times influence) over the rows where `inside` is true;
// nullopt where the average of single units has nothing to average.
std::optional<double> OracleVariance(const measures::DesignColumns& columns,
                                     const measures::DesignRules& rules,
                                     std::span<const double> weighted,
                                     const std::vector<bool>& inside);

}  // namespace sepakat::support
