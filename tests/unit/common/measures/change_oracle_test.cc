// Decompositions of change, and dominance, against their exact second implementation.
#include <gtest/gtest.h>
// rapidcheck needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "common/measures/decomposition.h"
#include "common/measures/dominance.h"
#include "common/measures/growth_incidence.h"
#include "common/measures/sector_decomposition.h"
#include "tests/support/measures/change_oracle.h"
#include "tests/support/measures/poverty_oracle.h"
#include "tests/support/measures/random_units.h"

namespace sepakat::measures {
namespace {

using support::Agrees;
using support::Columns;
using support::DrawUnits;
using support::Rational;
using support::Units;

// Welfare 1..1000, so that products of two surveys stay exact.
Units DrawPlainUnits() {
  Units units(*rc::gen::inRange<size_t>(1, 13));
  for (auto& unit : units) {
    unit.welfare = *rc::gen::inRange<int64_t>(1, 1001);
    unit.persons = *rc::gen::inRange<int64_t>(1, 5);
  }
  return units;
}

// Somebody whose scaled welfare is exactly the line is poor or not by the last bit.
bool StandsOnTheLine(const Units& units, const Rational& factor) {
  return std::ranges::any_of(units, [&](const support::Unit& unit) {
    return factor * unit.welfare == Rational(unit.line);
  });
}

RC_GTEST_PROP(ChangeOracle, GrowthAndRedistribution, ()) {
  Units before = DrawPlainUnits();
  Units after = DrawPlainUnits();
  const int64_t line_before = *rc::gen::element<int64_t>(97, 360, 720);
  const int64_t line_after = *rc::gen::element<int64_t>(97, 360, 720);
  SetLine(before, line_before);
  SetLine(after, line_after);
  const Rational up = support::OracleMeanRatio(after) / support::OracleMeanRatio(before);
  RC_PRE(!StandsOnTheLine(before, up) && !StandsOnTheLine(after, Rational(1) / up));
  const Columns first(before);
  const Columns second(after);
  const GrowthDecomposition result =
      *DecomposeGrowth({first.sample(), PovertyLines(static_cast<double>(line_before))},
                       {second.sample(), PovertyLines(second.lines)});
  for (int order = 0; order < kFgtOrders; ++order) {
    const support::OracleGrowth expected = support::OracleGrowthParts(before, after, order);
    const GrowthRedistribution& parts = result.orders[static_cast<size_t>(order)];
    RC_ASSERT(Agrees(parts.growth, expected.growth, 1));
    RC_ASSERT(Agrees(parts.redistribution, expected.redistribution, 1));
    RC_ASSERT(Agrees(parts.residual, expected.residual, 1));
    RC_ASSERT(Agrees(parts.shapley_growth, expected.shapley_growth, 1));
    RC_ASSERT(Agrees(parts.shapley_redistribution, expected.shapley_redistribution, 1));
    RC_ASSERT(Agrees(parts.bias_of_growth, expected.redistribution * -1 - expected.residual, 1));
  }
}

RC_GTEST_PROP(ChangeOracle, Sectors, ()) {
  const auto sectors = *rc::gen::inRange<uint32_t>(1, 5);
  std::map<uint32_t, Units> units[2];
  Units all[2];
  std::vector<uint32_t> sector_of[2];
  for (int t = 0; t < 2; ++t) {
    for (uint32_t s = 0; s < sectors; ++s) {
      units[t][s] = DrawPlainUnits();
      SetLine(units[t][s], 360);
      all[t].insert(all[t].end(), units[t][s].begin(), units[t][s].end());
      sector_of[t].resize(all[t].size(), s);
    }
  }
  const Columns before(all[0]);
  const Columns after(all[1]);
  const PovertyLines line(360);
  const SectorDecomposition result = *DecomposeBySector(
      {{before.sample(), line}, sector_of[0]}, {{after.sample(), line}, sector_of[1]}, sectors);
  for (int order = 0; order < kFgtOrders; ++order) {
    const SectorParts& total = result.total[static_cast<size_t>(order)];
    const auto expected = support::OracleSectors(units[0], units[1], order);
    RC_ASSERT(Agrees(total.within, expected[0], 1));
    RC_ASSERT(Agrees(total.shift, expected[1], 1));
    RC_ASSERT(Agrees(total.interaction, expected[2], 1));
    RC_ASSERT(Agrees(total.before, support::OracleFgt(all[0], order)));
    RC_ASSERT(Agrees(total.after, support::OracleFgt(all[1], order)));
    RC_ASSERT(Agrees(total.within + total.shift + total.interaction,
                     support::OracleFgt(all[1], order) - support::OracleFgt(all[0], order), 1));
  }
}

RC_GTEST_PROP(ChangeOracle, GrowthIncidence, ()) {
  const Units before = DrawUnits(1);
  const Units after = DrawUnits(1);
  const auto segments = *rc::gen::inRange<uint32_t>(2, 30);
  const double years = *rc::gen::element(1.0, 2.0, 5.0);
  const GrowthIncidence curve = *MeasureGrowthIncidence(
      Columns(before).sorted(), Columns(after).sorted(), {.segments = segments, .years = years});
  for (uint32_t i = 1; i < segments; ++i) {
    const Rational level(i, segments);
    const Rational growth = support::OracleQuantile(after, level, false) /
                            support::OracleQuantile(before, level, false);
    const long double yearly = std::pow(growth.value(), 1.0L / years) - 1;
    RC_ASSERT(Agrees(*curve.points[i - 1].growth, yearly, 1));
  }
}

struct Sequence {
  Ordering ordering = Ordering::kEqual;
  size_t turns = 0;
};

// Reads signs of differences from left to right.
Sequence Read(const std::vector<Rational>& differences) {
  Sequence sequence;
  Ordering last = Ordering::kEqual;
  for (const Rational& difference : differences) {
    if (difference == Rational(0)) continue;
    const Ordering here =
        difference > Rational(0) ? Ordering::kSecondHasLess : Ordering::kFirstHasLess;
    if (last != Ordering::kEqual && here != last) ++sequence.turns;
    last = here;
  }
  sequence.ordering = sequence.turns > 0 ? Ordering::kCrossing : last;
  return sequence;
}

RC_GTEST_PROP(ChangeOracle, Dominance, ()) {
  const auto draw = [] {
    Units units(*rc::gen::inRange<size_t>(1, 8));
    for (auto& unit : units) {
      unit.welfare = *rc::gen::inRange<int64_t>(-2, 12);
      unit.persons = *rc::gen::inRange<int64_t>(1, 4);
    }
    return units;
  };
  const Units first = draw();
  const Units second = draw();
  const int64_t lowest = *rc::gen::inRange<int64_t>(-4, 8);
  const int64_t highest = *rc::gen::inRange<int64_t>(lowest, 15);
  const bool shortfalls = *rc::gen::arbitrary<bool>();
  // Between whole numbers shares are constant and shortfalls straight, so halves show every turn.
  std::vector<Rational> lines;
  for (int64_t half = 2 * lowest; half <= 2 * highest; ++half) lines.emplace_back(half, 2);
  const Sequence expected = Read(support::OracleDifferences(first, second, lines, shortfalls));
  const Dominance actual =
      *CompareDistributions(Columns(first).sorted(), Columns(second).sorted(),
                            shortfalls ? DominanceOrder::kSecond : DominanceOrder::kFirst,
                            {static_cast<double>(lowest), static_cast<double>(highest)});
  RC_ASSERT(actual.ordering == expected.ordering);
  RC_ASSERT(actual.crossings.size() == expected.turns);
  for (const Crossing& crossing : actual.crossings) {
    const auto billionths = static_cast<int64_t>(std::llround(crossing.line * 1e9));
    const Rational at(billionths, 1'000'000'000);
    const auto differences = support::OracleDifferences(
        first, second, {at - Rational(1, 1000), at, at + Rational(1, 1000)}, shortfalls);
    // The curves meet here, and just above it the named one has less.
    if (shortfalls) RC_ASSERT(std::abs(differences[1].value()) < 1e-6L);
    const Rational above =
        crossing.above == Ordering::kSecondHasLess ? differences[2] : -differences[2];
    RC_ASSERT(above > Rational(0));
  }
}

}  // namespace
}  // namespace sepakat::measures
