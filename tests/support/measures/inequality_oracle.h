// Inequality a second time, by pairs and by definition; no code of the library. Exact where the
// definition has no logarithm or power; else in long double.
#pragma once

#include <functional>

#include "tests/support/measures/people.h"

namespace sepakat::support {

Rational OracleGini(const Units& units);
Rational OracleHoover(const Units& units);
Rational OracleHalfSquaredVariation(const Units& units);  // GE(2)
long double OracleMeanLogDeviation(const Units& units);
long double OracleTheilT(const Units& units);
long double OracleEntropy(const Units& units, long double a);
long double OracleAtkinson(const Units& units, long double aversion);
long double OracleKolm(const Units& units, long double aversion);

// Share of `held` (a whole number per person of each unit) of the poorest share p of persons, units
// of equal welfare together. With `held` = welfare: the Lorenz curve.
Rational OracleConcentration(const Units& units, const std::function<int64_t(size_t)>& held,
                             const Rational& p);
// Covariance form over pairs: sum of (b_i - b_j) sign(y_i - y_j) over twice the mean.
Rational OracleConcentrationIndex(const Units& units, const std::function<int64_t(size_t)>& held);

Rational OraclePalma(const Units& units);
Rational OracleQuintileShareRatio(const Units& units, bool averaged);

}  // namespace sepakat::support
