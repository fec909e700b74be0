// Small populations drawn by rapidcheck, and the comparison with an oracle's answer.
//
// Populations have ties, units without persons, and spreads from a few units of money to millions,
// with very poor beside very rich.
// A failure prints the seed that repeats it. Include after <gtest/gtest.h>.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "common/measures/sample.h"
#include "tests/support/measures/people.h"

namespace sepakat::support {

// `least` is the smallest welfare drawn. Somebody has welfare above 0 and weight above 0.
inline Units DrawUnits(int64_t least, int64_t most_persons = 6) {
  const int64_t largest = *rc::gen::element<int64_t>(5, 60, 1000, 1'000'000);
  Units units(*rc::gen::inRange<size_t>(1, 25));
  for (Unit& unit : units) {
    const bool destitute = *rc::gen::inRange(0, 4) == 0;
    unit.welfare = *rc::gen::inRange<int64_t>(least, destitute ? 6 : largest + 1);
    unit.persons = *rc::gen::inRange<int64_t>(0, most_persons + 1);
  }
  units.front().persons = *rc::gen::inRange<int64_t>(1, most_persons + 1);
  units.front().welfare = *rc::gen::inRange<int64_t>(largest / 2 + 1, largest + 1);
  return units;
}

// A line of the same scale as welfare.
inline int64_t DrawLine(const Units& units) {
  int64_t largest = 1;
  for (const Unit& unit : units) largest = std::max(largest, unit.welfare);
  return *rc::gen::inRange<int64_t>(1, largest + 3);
}

inline void SetLine(Units& units, int64_t line) {
  for (Unit& unit : units) unit.line = line;
}

// Columns of a population as the library takes them.
struct Columns {
  explicit Columns(const Units& units) {
    for (const Unit& unit : units) {
      values.push_back(static_cast<double>(unit.welfare));
      weights.push_back(static_cast<double>(unit.persons));
      lines.push_back(static_cast<double>(unit.line));
    }
  }
  measures::Sample sample() const { return {values, weights}; }
  measures::SortedSample sorted() const { return measures::SortedSample(sample()); }

  std::vector<double> values;
  std::vector<double> weights;
  std::vector<double> lines;
};

// Within 1e-12 of `expected`, relative to it or, for a difference of larger numbers, to `scale`.
inline bool Agrees(double actual, long double expected, long double scale = 0) {
  const long double allowed = 1e-12L * std::max(std::abs(expected), scale);
  return std::isfinite(actual) && std::abs(actual - expected) <= allowed;
}
inline bool Agrees(double actual, const Rational& expected, long double scale = 0) {
  return Agrees(actual, expected.value(), scale);
}

}  // namespace sepakat::support
