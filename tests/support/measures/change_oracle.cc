#include "tests/support/measures/change_oracle.h"

namespace sepakat::support {
namespace {

Units All(const std::map<uint32_t, Units>& sectors) {
  Units all;
  for (const auto& [sector, units] : sectors) all.insert(all.end(), units.begin(), units.end());
  return all;
}

Rational PovertyAt(const Units& units, const Rational& line, bool shortfalls) {
  Rational sum;
  for (const Unit& unit : units) {
    if (Rational(unit.welfare) >= line) continue;
    sum += (shortfalls ? line - unit.welfare : Rational(1)) * unit.persons;
  }
  return sum / Persons(units);
}

}  // namespace

Rational OracleScaledFgt(const Units& units, const Rational& factor, int order) {
  Rational sum;
  for (const Unit& unit : units) {
    const Rational gap = Rational(1) - factor * Rational(unit.welfare, unit.line);
    if (gap <= Rational(0)) continue;
    Rational term = unit.persons;
    for (int i = 0; i < order; ++i) term = term * gap;
    sum += term;
  }
  return sum / Persons(units);
}

Rational OracleMeanRatio(const Units& units) {
  Rational sum;
  for (const Unit& unit : units) sum += Rational(unit.welfare, unit.line) * unit.persons;
  return sum / Persons(units);
}

OracleGrowth OracleGrowthParts(const Units& before, const Units& after, int order) {
  const Rational up = OracleMeanRatio(after) / OracleMeanRatio(before);
  const Rational p00 = OracleScaledFgt(before, 1, order);
  const Rational p11 = OracleScaledFgt(after, 1, order);
  const Rational p10 = OracleScaledFgt(before, up, order);               // mean after, shape before
  const Rational p01 = OracleScaledFgt(after, Rational(1) / up, order);  // mean before, shape after
  OracleGrowth parts;
  parts.growth = p10 - p00;
  parts.redistribution = p01 - p00;
  parts.residual = (p11 - p00) - parts.growth - parts.redistribution;
  parts.shapley_growth = ((p10 - p00) + (p11 - p01)) / 2;
  parts.shapley_redistribution = ((p01 - p00) + (p11 - p10)) / 2;
  return parts;
}

std::array<Rational, 3> OracleSectors(const std::map<uint32_t, Units>& before,
                                      const std::map<uint32_t, Units>& after, int order) {
  const int64_t all_before = Persons(All(before));
  const int64_t all_after = Persons(All(after));
  std::array<Rational, 3> parts;
  for (const auto& [sector, units] : before) {
    const Units& later = after.at(sector);
    const Rational n0(Persons(units), all_before);
    const Rational n1(Persons(later), all_after);
    const Rational p0 = OracleScaledFgt(units, 1, order);
    const Rational p1 = OracleScaledFgt(later, 1, order);
    parts[0] += n0 * (p1 - p0);
    parts[1] += (n1 - n0) * p0;
    parts[2] += (n1 - n0) * (p1 - p0);
  }
  return parts;
}

std::vector<Rational> OracleDifferences(const Units& first, const Units& second,
                                        const std::vector<Rational>& lines, bool shortfalls) {
  std::vector<Rational> differences;
  for (const Rational& line : lines) {
    differences.push_back(PovertyAt(first, line, shortfalls) - PovertyAt(second, line, shortfalls));
  }
  return differences;
}

}  // namespace sepakat::support
