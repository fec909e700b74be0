#include "tests/support/measures/inequality_oracle.h"

#include <cmath>

#include "tests/support/measures/poverty_oracle.h"

namespace sepakat::support {
namespace {

Rational MeanOf(const Units& units) { return {TotalWelfare(units), Persons(units)}; }

// Mean over persons of f(y / mean).
template <typename Function>
long double MeanOverPersons(const Units& units, Function f) {
  const long double mean = MeanOf(units).value();
  long double sum = 0;
  for (const Unit& unit : units) {
    if (unit.persons == 0) continue;
    sum +=
        static_cast<long double>(unit.persons) * f(static_cast<long double>(unit.welfare) / mean);
  }
  return sum / static_cast<long double>(Persons(units));
}

}  // namespace

Rational OracleGini(const Units& units) {
  Rational differences;
  for (const Unit& a : units) {
    for (const Unit& b : units) {
      differences += Absolute(a.welfare - b.welfare) * (a.persons * b.persons);
    }
  }
  return differences / (Rational(2) * Persons(units) * TotalWelfare(units));
}

Rational OracleHoover(const Units& units) {
  Rational sum;
  for (const Unit& unit : units) {
    sum += Absolute(Rational(unit.welfare) - MeanOf(units)) * unit.persons;
  }
  return sum / (Rational(2) * TotalWelfare(units));
}

Rational OracleHalfSquaredVariation(const Units& units) {
  Rational sum;
  for (const Unit& unit : units) {
    const Rational away = Rational(unit.welfare) - MeanOf(units);
    sum += away * away * unit.persons;
  }
  return sum / Persons(units) / (MeanOf(units) * MeanOf(units)) / 2;
}

long double OracleMeanLogDeviation(const Units& units) {
  return MeanOverPersons(units, [](long double x) { return -std::log(x); });
}

long double OracleTheilT(const Units& units) {
  return MeanOverPersons(units, [](long double x) { return x == 0 ? 0 : x * std::log(x); });
}

long double OracleEntropy(const Units& units, long double a) {
  return (MeanOverPersons(units, [a](long double x) { return std::pow(x, a); }) - 1) /
         (a * (a - 1));
}

long double OracleAtkinson(const Units& units, long double aversion) {
  if (aversion == 1) {
    return 1 - std::exp(MeanOverPersons(units, [](long double x) { return std::log(x); }));
  }
  const long double a = 1 - aversion;
  return 1 - std::pow(MeanOverPersons(units, [a](long double x) { return std::pow(x, a); }), 1 / a);
}

long double OracleKolm(const Units& units, long double aversion) {
  long double sum = 0;
  for (const Unit& unit : units) {
    const long double below = (MeanOf(units) - Rational(unit.welfare)).value();
    sum += static_cast<long double>(unit.persons) * std::exp(aversion * below);
  }
  return std::log(sum / static_cast<long double>(Persons(units))) / aversion;
}

Rational OracleConcentration(const Units& units, const std::function<int64_t(size_t)>& held,
                             const Rational& p) {
  Rational reached = p * Persons(units);
  Rational share;
  Rational all;
  for (size_t u = 0; u < units.size(); ++u) {
    if (units[u].persons == 0) continue;
    int64_t poorer = 0;
    int64_t equal = 0;
    for (const Unit& other : units) {
      if (other.welfare < units[u].welfare) poorer += other.persons;
      if (other.welfare == units[u].welfare) equal += other.persons;
    }
    Rational part = (reached - poorer) / equal;  // of those with this welfare
    if (part < Rational(0)) part = 0;
    if (part > Rational(1)) part = 1;
    share += part * (held(u) * units[u].persons);
    all += held(u) * units[u].persons;
  }
  return share / all;
}

Rational OracleConcentrationIndex(const Units& units, const std::function<int64_t(size_t)>& held) {
  Rational sum;
  Rational total;
  for (size_t u = 0; u < units.size(); ++u) {
    total += held(u) * units[u].persons;
    for (size_t v = 0; v < units.size(); ++v) {
      const int64_t sign =
          (units[u].welfare > units[v].welfare) - (units[u].welfare < units[v].welfare);
      sum += (held(u) - held(v)) * sign * units[u].persons * units[v].persons;
    }
  }
  return sum / (Rational(2) * Persons(units) * total);
}

Rational OraclePalma(const Units& units) {
  const auto welfare = [&](size_t u) { return units[u].welfare; };
  return (Rational(1) - OracleConcentration(units, welfare, {9, 10})) /
         OracleConcentration(units, welfare, {4, 10});
}

Rational OracleQuintileShareRatio(const Units& units, bool averaged) {
  const Rational lower = OracleQuantile(units, {1, 5}, averaged);
  const Rational upper = OracleQuantile(units, {4, 5}, averaged);
  Rational bottom;
  Rational top;
  for (const Unit& unit : units) {
    if (Rational(unit.welfare) <= lower) bottom += unit.welfare * unit.persons;
    if (Rational(unit.welfare) > upper) top += unit.welfare * unit.persons;
  }
  return top / bottom;
}

}  // namespace sepakat::support
