// What a surveyor should know about a design before trusting its errors.
//
// Mistakes that make errors impossible are refused by Design::Create. What is found here can be
// computed with, and says with each finding what it does to the result, so that nobody reads an
// error that is too small as precision. Findings are in the order of their weight.
//   NO_STRATA            errors usually too large; a real stratification was not told
//   NO_CLUSTERS          errors usually far too small if households were drawn in clusters
//   SINGLE_PSU           what the chosen rule does with them
//   UNITS_RENUMBERED     a unit code occurs in several strata and is taken as different units
//   FEW_DF               intervals wide and unstable
//   ZERO_WEIGHTS         rows that take part in nothing
//   UNEQUAL_WEIGHTS      design effect of the weights alone (Kish 1992: 1 + cv^2) above the limit
//   WEIGHTS_NOT_CENSUS   totals off by this factor; shares and means unaffected
//   WEIGHTS_NORMALISED   weights add up to the number of rows: totals count rows, not people
//   VALUE_MISSING        rows without the measured value leave the estimate and bias it if they
//                        differ from the others
// Thread: pure function. Complexity: O(rows).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/measures/survey/design.h"

namespace sepakat::measures {

struct Finding {
  std::string reason;
  int64_t count = 0;  // rows, strata or units concerned
  std::string text_id;
  std::string text_en;
};

struct FindingOptions {
  // What the weights ought to add up to, when a census or projection is known.
  std::optional<double> census_total = {};
  double census_tolerance = 0.02;  // relative
  double few_df = 10;              // below this
  double unequal_weights = 2.0;    // 1 + cv^2 above this
  int64_t missing_values = 0;      // rows whose measured value is missing
};

// `columns` are those of `design`.
std::vector<Finding> FindingsOf(const Design& design, const DesignColumns& columns,
                                const FindingOptions& options);

}  // namespace sepakat::measures
