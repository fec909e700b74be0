// Inequality and concentration against their second implementation by pairs and definitions.
#include <gtest/gtest.h>
// rapidcheck needs gtest before it.
#include <rapidcheck/gtest.h>

#include <vector>

#include "common/measures/benefit_incidence.h"
#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "tests/support/measures/inequality_oracle.h"
#include "tests/support/measures/random_units.h"

namespace sepakat::measures {
namespace {

using support::Agrees;
using support::Columns;
using support::DrawUnits;
using support::Rational;
using support::Units;

constexpr auto kObserved = QuantileDefinition::kObserved;
constexpr auto kAveraged = QuantileDefinition::kAveragedAtTies;

RC_GTEST_PROP(InequalityOracle, GiniHooverAndVariation, ()) {
  const Units units = DrawUnits(-3);
  RC_PRE(support::TotalWelfare(units) > 0);
  const Columns columns(units);
  RC_ASSERT(Agrees(*Gini(columns.sorted()), support::OracleGini(units)));
  RC_ASSERT(Agrees(*Hoover(columns.sample()), support::OracleHoover(units)));
  RC_ASSERT(
      Agrees(*GeneralisedEntropy(columns.sample(), 2), support::OracleHalfSquaredVariation(units)));
}

// The oracle's logarithms and powers have 64 bits, and their sums cancel when all are nearly equal;
// measured against a squared deviation of at least 1e-6 that is far below 1e-12.
RC_GTEST_PROP(InequalityOracle, EntropyAndAtkinson, ()) {
  const Units units = DrawUnits(1);
  const Columns columns(units);
  const Sample sample = columns.sample();
  const long double least = 1e-6L;
  RC_ASSERT(Agrees(*MeanLogDeviation(sample), support::OracleMeanLogDeviation(units), least));
  RC_ASSERT(Agrees(*TheilT(sample), support::OracleTheilT(units), least));
  for (const double a : {-1.0, 0.5, 3.0}) {
    RC_ASSERT(Agrees(*GeneralisedEntropy(sample, a), support::OracleEntropy(units, a), least));
  }
  for (const double aversion : {0.25, 0.5, 1.0, 2.0}) {
    RC_ASSERT(Agrees(*Atkinson(sample, aversion), support::OracleAtkinson(units, aversion), least));
  }
}

RC_GTEST_PROP(InequalityOracle, MeasuresThatAdmitZeros, ()) {
  const Units units = DrawUnits(0);
  const Columns columns(units);
  RC_ASSERT(Agrees(*TheilT(columns.sample()), support::OracleTheilT(units), 1e-6L));
  RC_ASSERT(Agrees(*Atkinson(columns.sample(), 0.5), support::OracleAtkinson(units, 0.5L), 1e-6L));
}

RC_GTEST_PROP(InequalityOracle, Kolm, ()) {
  const Units units = DrawUnits(-5);
  int64_t largest = 1;
  for (const auto& unit : units) largest = std::max(largest, unit.welfare);
  const double aversion = 1 / static_cast<double>(largest);
  RC_ASSERT(Agrees(*Kolm(Columns(units).sample(), aversion),
                   support::OracleKolm(units, static_cast<long double>(aversion)),
                   1e-6L * static_cast<long double>(largest)));
}

RC_GTEST_PROP(InequalityOracle, LorenzSharesPalmaAndQuintileRatio, ()) {
  const Units units = DrawUnits(1);
  const SortedSample sample = Columns(units).sorted();
  const int64_t q = *rc::gen::inRange<int64_t>(1, 50);
  const int64_t k = *rc::gen::inRange<int64_t>(0, q + 1);
  const auto welfare = [&](size_t u) { return units[u].welfare; };
  RC_ASSERT(Agrees(*LorenzShare(sample, static_cast<double>(k) / static_cast<double>(q)),
                   support::OracleConcentration(units, welfare, {k, q})));
  RC_ASSERT(Agrees(*Palma(sample), support::OraclePalma(units)));
  RC_ASSERT(Agrees(*QuintileShareRatio(sample, kObserved),
                   support::OracleQuintileShareRatio(units, false)));
  RC_ASSERT(Agrees(*QuintileShareRatio(sample, kAveraged),
                   support::OracleQuintileShareRatio(units, true)));
}

RC_GTEST_PROP(InequalityOracle, ConcentrationCurveItsIndexAndCoadyGroshHoddinott, ()) {
  const Units units = DrawUnits(-5);
  std::vector<double> benefits(units.size());
  for (double& benefit : benefits) benefit = *rc::gen::element(0.0, 0.0, 1.0, 3.0, 250.0);
  benefits.front() = 1;
  const auto held = [&](size_t u) { return static_cast<int64_t>(benefits[u]); };
  const auto curve = *ConcentrationCurve::Of(Columns(units).sorted(), benefits);
  const int64_t q = *rc::gen::inRange<int64_t>(1, 50);
  const int64_t k = *rc::gen::inRange<int64_t>(1, q + 1);
  const double p = static_cast<double>(k) / static_cast<double>(q);
  const Rational share = support::OracleConcentration(units, held, {k, q});
  RC_ASSERT(Agrees(*curve.At(p), share, 1));
  RC_ASSERT(Agrees(*curve.CoadyGroshHoddinott(p), share / Rational(k, q), 1));
  RC_ASSERT(Agrees(curve.Index(), support::OracleConcentrationIndex(units, held), 1));
}

}  // namespace
}  // namespace sepakat::measures
