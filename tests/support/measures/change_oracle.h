// Growth, redistribution, sectors and dominance a second time, exactly; no code of the library.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "tests/support/measures/people.h"

namespace sepakat::support {

// FGT of welfare multiplied by `factor`.
Rational OracleScaledFgt(const Units& units, const Rational& factor, int order);
// Mean of welfare over line.
Rational OracleMeanRatio(const Units& units);

struct OracleGrowth {
  Rational growth, redistribution, residual, shapley_growth, shapley_redistribution;
};
OracleGrowth OracleGrowthParts(const Units& before, const Units& after, int order);

// Huppi-Ravallion from poverty and population per sector: {within, shift, interaction}.
std::array<Rational, 3> OracleSectors(const std::map<uint32_t, Units>& before,
                                      const std::map<uint32_t, Units>& after, int order);

// Poverty of the first minus that of the second at every line of `lines`: shares below the line,
// or mean shortfalls.
std::vector<Rational> OracleDifferences(const Units& first, const Units& second,
                                        const std::vector<Rational>& lines, bool shortfalls);

}  // namespace sepakat::support
