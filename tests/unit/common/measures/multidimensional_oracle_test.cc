// The multidimensional index, its function of k and its bounds against their exact second
// implementation.
#include <gtest/gtest.h>
// rapidcheck needs gtest before it.
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "common/measures/alkire_foster.h"
#include "common/measures/mpi_sensitivity.h"
#include "tests/support/measures/multidimensional_oracle.h"
#include "tests/support/measures/random_units.h"

namespace sepakat::measures {
namespace {

using support::Agrees;
using support::AnsweredUnit;
using support::OracleMpi;
using support::Rational;

struct Drawn {
  MpiSpecification specification;
  std::vector<int64_t> indicator_weights;
  std::vector<AnsweredUnit> units;
  std::vector<Deprivations> deprivations;
  std::vector<double> persons;

  MpiSample sample() const { return {deprivations, persons}; }
  Rational cutoff() const {
    return {specification.cutoff.numerator, specification.cutoff.denominator};
  }
};

Drawn Draw(size_t most_units, int most_unknown) {
  Drawn drawn;
  MpiSpecification& specification = drawn.specification;
  specification.dimensions = {{"one", 1}, {"two", 1}};
  const auto indicators = *rc::gen::inRange<size_t>(2, 8);
  for (size_t j = 0; j < indicators; ++j) {
    const int64_t weight = *rc::gen::inRange<int64_t>(1, 8);
    drawn.indicator_weights.push_back(weight);
    specification.indicators.push_back({std::to_string(j), j == 0 ? "one" : "two", weight, {}});
  }
  const int64_t q = *rc::gen::inRange<int64_t>(1, 20);
  specification.cutoff = {*rc::gen::inRange<int64_t>(1, q + 1), q};
  const auto units = *rc::gen::inRange<size_t>(1, most_units + 1);
  int unknown = 0;
  for (size_t i = 0; i < units; ++i) {
    AnsweredUnit unit;
    unit.persons = *rc::gen::inRange<int64_t>(i == 0 ? 1 : 0, 6);
    Deprivations deprivations;
    for (size_t j = 0; j < indicators; ++j) {
      int answer = *rc::gen::inRange(0, 2);
      if (unknown < most_unknown && *rc::gen::inRange(0, 4) == 0) {
        answer = -1;
        ++unknown;
      }
      unit.answers.push_back(answer);
      deprivations.Set(j, answer == 1   ? Answer::kYes
                          : answer == 0 ? Answer::kNo
                                        : Answer::kUnknown);
    }
    drawn.persons.push_back(static_cast<double>(unit.persons));
    drawn.units.push_back(unit);
    drawn.deprivations.push_back(deprivations);
  }
  return drawn;
}

void AssertFigures(const MpiFigures& actual, const OracleMpi& expected) {
  RC_ASSERT(Agrees(actual.headcount, expected.headcount));
  RC_ASSERT(Agrees(actual.adjusted, expected.adjusted));
  RC_ASSERT(actual.intensity.has_value() == expected.intensity.has_value());
  if (expected.intensity) RC_ASSERT(Agrees(*actual.intensity, *expected.intensity));
  for (size_t j = 0; j < expected.raw.size(); ++j) {
    RC_ASSERT(Agrees(actual.indicators[j].raw, expected.raw[j]));
    RC_ASSERT(Agrees(actual.indicators[j].censored, expected.censored[j]));
    RC_ASSERT(actual.indicators[j].contribution.has_value() ==
              expected.contribution[j].has_value());
    if (expected.contribution[j]) {
      RC_ASSERT(Agrees(*actual.indicators[j].contribution, *expected.contribution[j]));
    }
  }
}

RC_GTEST_PROP(MultidimensionalOracle, FiguresOfCompleteUnits, ()) {
  const Drawn drawn = Draw(20, 0);
  const MpiFigures figures = *Mpi(drawn.specification, drawn.sample());
  AssertFigures(figures, OracleAlkireFoster(drawn.units, drawn.indicator_weights, drawn.cutoff()));
  if (figures.intensity) {
    RC_ASSERT(Agrees(*figures.dimension_contributions[0] + *figures.dimension_contributions[1],
                     Rational(1)));
  }
}

RC_GTEST_PROP(MultidimensionalOracle, UnknownsByEitherRule, ()) {
  Drawn drawn = Draw(20, 40);
  std::vector<AnsweredUnit> complete;
  std::vector<AnsweredUnit> as_no;
  int64_t persons = 0;
  for (AnsweredUnit unit : drawn.units) {
    const bool known = std::ranges::count(unit.answers, -1) == 0;
    if (known) complete.push_back(unit);
    if (known) persons += unit.persons;
    std::ranges::replace(unit.answers, -1, 0);
    as_no.push_back(unit);
  }
  drawn.specification.unknown = UnknownRule::kNotDeprived;
  AssertFigures(*Mpi(drawn.specification, drawn.sample()),
                OracleAlkireFoster(as_no, drawn.indicator_weights, drawn.cutoff()));
  drawn.specification.unknown = UnknownRule::kDropUnit;
  const auto dropped = Mpi(drawn.specification, drawn.sample());
  RC_ASSERT(dropped.ok() == (persons > 0));
  if (persons == 0) return;
  AssertFigures(*dropped, OracleAlkireFoster(complete, drawn.indicator_weights, drawn.cutoff()));
}

RC_GTEST_PROP(MultidimensionalOracle, EveryCutoff, ()) {
  Drawn drawn = Draw(12, 0);
  const auto by_cutoff = *MpiByCutoff(drawn.specification, drawn.sample());
  const int64_t denominator = Denominator(drawn.specification);
  for (const CutoffFigures& entry : by_cutoff) {
    const OracleMpi expected =
        OracleAlkireFoster(drawn.units, drawn.indicator_weights, {entry.score, denominator});
    RC_ASSERT(Agrees(entry.headcount, expected.headcount));
    RC_ASSERT(Agrees(entry.intensity, *expected.intensity));
    RC_ASSERT(Agrees(entry.adjusted, expected.adjusted));
  }
  const Rational highest = by_cutoff.empty()
                               ? Rational(1, 2 * denominator)
                               : Rational(2 * by_cutoff.back().score + 1, 2 * denominator);
  RC_ASSERT(OracleAlkireFoster(drawn.units, drawn.indicator_weights, highest).headcount ==
            Rational(0));
}

RC_GTEST_PROP(MultidimensionalOracle, BoundsOverEveryCompletion, ()) {
  const Drawn drawn = Draw(4, 9);
  const MpiBounds bounds = *BoundsOfMpi(drawn.specification, drawn.sample());
  const auto expected = support::OracleBounds(drawn.units, drawn.indicator_weights, drawn.cutoff());
  RC_ASSERT(Agrees(bounds.headcount.lower, *expected.headcount.lower));
  RC_ASSERT(Agrees(bounds.headcount.upper, *expected.headcount.upper));
  RC_ASSERT(Agrees(bounds.adjusted.lower, *expected.adjusted.lower));
  RC_ASSERT(Agrees(bounds.adjusted.upper, *expected.adjusted.upper));
  RC_ASSERT(bounds.intensity.has_value() == expected.intensity.lower.has_value());
  if (bounds.intensity) {
    RC_ASSERT(Agrees(bounds.intensity->lower, *expected.intensity.lower));
    RC_ASSERT(Agrees(bounds.intensity->upper, *expected.intensity.upper));
  }
  for (size_t j = 0; j < drawn.indicator_weights.size(); ++j) {
    RC_ASSERT(Agrees(bounds.censored[j].lower, *expected.censored[j].lower));
    RC_ASSERT(Agrees(bounds.censored[j].upper, *expected.censored[j].upper));
  }
}

}  // namespace
}  // namespace sepakat::measures
