// Poverty measures against their exact second implementation on random populations.
#include <gtest/gtest.h>
// rapidcheck needs gtest before it.
#include <rapidcheck/gtest.h>

#include <vector>

#include "common/measures/fgt_sample.h"
#include "common/measures/quantile.h"
#include "common/measures/relative_line.h"
#include "common/measures/vulnerability.h"
#include "tests/support/measures/poverty_oracle.h"
#include "tests/support/measures/random_units.h"

namespace sepakat::measures {
namespace {

using support::Agrees;
using support::Columns;
using support::DrawLine;
using support::DrawUnits;
using support::Rational;
using support::Units;

constexpr auto kObserved = QuantileDefinition::kObserved;
constexpr auto kAveraged = QuantileDefinition::kAveragedAtTies;

RC_GTEST_PROP(PovertyOracle, FgtWithOneLine, ()) {
  Units units = DrawUnits(-20);
  const int64_t line = DrawLine(units);
  SetLine(units, line);
  const Columns columns(units);
  const Poverty poverty =
      *MeasurePoverty(columns.sample(), PovertyLines(static_cast<double>(line)));
  for (int order = 0; order < kFgtOrders; ++order) {
    RC_ASSERT(Agrees(poverty.fgt[static_cast<size_t>(order)], support::OracleFgt(units, order)));
  }
  RC_ASSERT(Agrees(poverty.shortfall, support::OracleShortfall(units)));
  const auto gap = support::OracleGapOfThePoor(units);
  RC_ASSERT(poverty.gap_of_the_poor.has_value() == gap.has_value());
  if (gap) RC_ASSERT(Agrees(*poverty.gap_of_the_poor, *gap));
}

RC_GTEST_PROP(PovertyOracle, FgtAndWattsWithALineForEachUnit, ()) {
  Units units = DrawUnits(1);
  for (auto& unit : units) {
    unit.line =
        *rc::gen::element<int64_t>(6, 15, 40, 120, 360) * *rc::gen::element<int64_t>(1, 10, 1000);
  }
  const Columns columns(units);
  const PovertyLines lines(columns.lines);
  const Poverty poverty = *MeasurePoverty(columns.sample(), lines);
  for (int order = 0; order < kFgtOrders; ++order) {
    RC_ASSERT(Agrees(poverty.fgt[static_cast<size_t>(order)], support::OracleFgt(units, order)));
  }
  RC_ASSERT(Agrees(*Watts(columns.sample(), lines), support::OracleWatts(units)));
}

RC_GTEST_PROP(PovertyOracle, SenAndSenShorrocksThon, ()) {
  Units units = DrawUnits(0, 3);
  const int64_t line = DrawLine(units);
  const SortedSample sample = Columns(units).sorted();
  const auto z = static_cast<double>(line);
  RC_ASSERT(Agrees(*Sen(sample, z, SenForm::kOriginal), support::OracleSenOriginal(units, line)));
  RC_ASSERT(Agrees(*Sen(sample, z, SenForm::kReplicationInvariant),
                   support::OracleSenInvariant(units, line)));
  RC_ASSERT(Agrees(*SenShorrocksThon(sample, z), support::OracleSenShorrocksThon(units, line)));
}

RC_GTEST_PROP(PovertyOracle, WelfareClasses, ()) {
  Units units = DrawUnits(-5);
  const int64_t line = DrawLine(units);
  SetLine(units, line);
  const Columns columns(units);
  const std::vector<double> multiples = {0.5, 1, 1.5, 3.5, 17};
  const auto expected =
      support::OracleSharesBelow(units, {{1, 2}, {1, 1}, {3, 2}, {7, 2}, {17, 1}});
  const auto classes =
      *WelfareClasses(columns.sample(), PovertyLines(static_cast<double>(line)), multiples);
  for (size_t c = 0; c < expected.size(); ++c) {
    RC_ASSERT(Agrees(classes[c].share_below, expected[c]));
    const Rational below = c == 0 ? Rational(0) : expected[c - 1];
    RC_ASSERT(Agrees(classes[c].share, expected[c] - below));
  }
  RC_ASSERT(Agrees(classes.back().share_below, Rational(1)));
}

RC_GTEST_PROP(PovertyOracle, QuantilesByEveryDefinition, ()) {
  const Units units = DrawUnits(-50);
  const SortedSample sample = Columns(units).sorted();
  const int64_t q = *rc::gen::inRange<int64_t>(1, 101);
  const int64_t k = *rc::gen::inRange<int64_t>(1, q + 1);
  const Rational level(k, q);
  const auto exactly = [](const Rational& value) { return static_cast<double>(value.value()); };
  RC_ASSERT(*Quantile(sample, {k, q}, kObserved) ==
            exactly(support::OracleQuantile(units, level, false)));
  RC_ASSERT(*Quantile(sample, {k, q}, kAveraged) ==
            exactly(support::OracleQuantile(units, level, true)));
  RC_ASSERT(*Quantile(sample, {k, q}, QuantileDefinition::kNextAtTies) ==
            exactly(support::OracleUpperQuantile(units, level)));
}

RC_GTEST_PROP(PovertyOracle, QuantileGroups, ()) {
  const Units units = DrawUnits(0);
  const auto groups = *rc::gen::inRange<uint32_t>(1, 21);
  RC_ASSERT(*QuantileGroups(Columns(units).sorted(), groups) ==
            support::OracleGroups(units, groups));
}

RC_GTEST_PROP(PovertyOracle, MedianOfThePoor, ()) {
  const Units units = DrawUnits(0);
  const int64_t line = DrawLine(units);
  Units poor;
  for (const auto& unit : units) {
    if (unit.welfare < line && unit.persons > 0) poor.push_back(unit);
  }
  const auto median =
      MedianOfThePoor(Columns(units).sorted(), static_cast<double>(line), kAveraged);
  RC_ASSERT(median.ok() == !poor.empty());
  if (poor.empty()) return;
  RC_ASSERT(Agrees(*median, support::OracleQuantile(poor, {1, 2}, true)));
}

}  // namespace
}  // namespace sepakat::measures
