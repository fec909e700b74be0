// The variance that a design gives to weighted totals, for all domains in one pass.
//
// Every statistic of this folder is brought to the form "total of weight times influence": a total
// and a mean directly, others by linearisation (linearise_*.h). What remains is this file: given
// one influence per row, the variance of sum w u over the rows of each domain, by the formula of
// design.h. A domain's part of a unit is gathered sparsely, so a pass costs O(rows) however many
// domains there are, not O(rows x domains).
//
// Single units follow DesignRules. kAverage multiplies what the other strata that the domain
// touches add by (all touched strata) / (touched strata with more than one unit), as R's `survey`
// does; a domain that touches none of the latter has no variance (nullopt).
// Thread: pure functions. Complexity: O(rows x levels), two passes over a cell for accuracy; memory
// 28 bytes per domain and what one cell needs.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "common/measures/survey/design.h"
#include "common/measures/survey/domains.h"

namespace sepakat::measures {

// Variance of sum w u over each domain; `influence` has one u per row of the design.
std::vector<std::optional<double>> VarianceByDomain(const Design& design, const Domains& domains,
                                                    std::span<const double> influence);

// Variance of sum w u over all rows.
std::optional<double> Variance(const Design& design, std::span<const double> influence);

// Variances of u_d + a v where u_d is 0 outside domain d, v is shared by all domains (an estimated
// poverty line), and a is chosen by the caller: own[d] + 2 a cross[d] + a^2 shared.
struct JointVariance {
  std::vector<double> own;
  std::vector<double> cross;
  double shared = 0;
};
// Nullopt when kAverage finds no stratum with two units.
std::optional<JointVariance> JointVarianceByDomain(const Design& design, const Domains& domains,
                                                   std::span<const double> influence,
                                                   std::span<const double> shared);

}  // namespace sepakat::measures
