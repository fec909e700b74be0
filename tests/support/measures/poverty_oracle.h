// Poverty measures a second time, person by person and word by word; no code of the library.
// Exact where the definition has no logarithm. Quadratic in persons.
#pragma once

#include <optional>
#include <vector>

#include "tests/support/measures/people.h"

namespace sepakat::support {

// The unit's own line applies.
Rational OracleFgt(const Units& units, int order);
long double OracleWatts(const Units& units);
std::optional<Rational> OracleGapOfThePoor(const Units& units);
Rational OracleShortfall(const Units& units);

// One line for all.
Rational OracleSenOriginal(const Units& units, int64_t line);
Rational OracleSenInvariant(const Units& units, int64_t line);
Rational OracleSenShorrocksThon(const Units& units, int64_t line);

// Shares of persons below each multiple of the unit's line.
std::vector<Rational> OracleSharesBelow(const Units& units, const std::vector<Rational>& multiples);

// The smallest welfare such that at least `level` of the persons have it or less; with `averaged`,
// the mean with the next person where that share is met exactly. `level` above 0.
Rational OracleQuantile(const Units& units, const Rational& level, bool averaged);
// The smallest welfare such that more than `level` of the persons have it or less; the largest if
// there is none.
Rational OracleUpperQuantile(const Units& units, const Rational& level);
// 1 + floor(groups times the share of persons that come before the unit).
std::vector<uint32_t> OracleGroups(const Units& units, uint32_t groups);

}  // namespace sepakat::support
