#include "tests/support/measures/poverty_oracle.h"

#include <cmath>

namespace sepakat::support {
namespace {

Rational Gap(const Unit& unit) {
  if (unit.welfare >= unit.line) return 0;
  return {unit.line - unit.welfare, unit.line};
}

// Mean absolute difference over all pairs, over twice the mean.
Rational GiniOf(const std::vector<Rational>& values) {
  Rational differences;
  Rational total;
  for (const Rational& a : values) {
    total += a;
    for (const Rational& b : values) differences += Absolute(a - b);
  }
  if (total == Rational(0)) return 0;
  return differences / (Rational(2) * Rational(static_cast<int64_t>(values.size())) * total);
}

std::vector<Person> PoorPersons(const Units& units, int64_t line) {
  std::vector<Person> poor;
  for (const Person& person : PersonsOf(units)) {
    if (person.welfare < line) poor.push_back(person);
  }
  return poor;
}

}  // namespace

Rational OracleFgt(const Units& units, int order) {
  Rational sum;
  for (const Unit& unit : units) {
    if (unit.welfare >= unit.line) continue;
    Rational term = unit.persons;
    for (int i = 0; i < order; ++i) term = term * Gap(unit);
    sum += term;
  }
  return sum / Persons(units);
}

long double OracleWatts(const Units& units) {
  long double sum = 0;
  for (const Unit& unit : units) {
    if (unit.welfare >= unit.line) continue;
    sum +=
        static_cast<long double>(unit.persons) * (std::log(static_cast<long double>(unit.line)) -
                                                  std::log(static_cast<long double>(unit.welfare)));
  }
  return sum / static_cast<long double>(Persons(units));
}

std::optional<Rational> OracleGapOfThePoor(const Units& units) {
  Rational gaps;
  int64_t poor = 0;
  for (const Unit& unit : units) {
    if (unit.welfare >= unit.line) continue;
    gaps += Gap(unit) * unit.persons;
    poor += unit.persons;
  }
  if (poor == 0) return std::nullopt;
  return gaps / poor;
}

Rational OracleShortfall(const Units& units) {
  Rational sum;
  for (const Unit& unit : units) {
    if (unit.welfare < unit.line) sum += (unit.line - unit.welfare) * unit.persons;
  }
  return sum;
}

Rational OracleSenOriginal(const Units& units, int64_t line) {
  const std::vector<Person> poor = PoorPersons(units, line);
  const auto q = static_cast<int64_t>(poor.size());
  Rational sum;
  for (int64_t rank = 1; rank <= q; ++rank) {
    sum += (line - poor[static_cast<size_t>(rank - 1)].welfare) * (q + 1 - rank);
  }
  return Rational(2) * sum / Rational((q + 1) * Persons(units) * line);
}

Rational OracleSenInvariant(const Units& units, int64_t line) {
  std::vector<Rational> welfare;
  Rational gaps;
  for (const Person& person : PoorPersons(units, line)) {
    welfare.push_back(person.welfare);
    gaps += Rational(line - person.welfare, line);
  }
  if (welfare.empty()) return 0;
  const auto q = static_cast<int64_t>(welfare.size());
  const Rational headcount(q, Persons(units));
  const Rational mean_gap = gaps / q;
  return headcount * (mean_gap + (Rational(1) - mean_gap) * GiniOf(welfare));
}

Rational OracleSenShorrocksThon(const Units& units, int64_t line) {
  std::vector<Rational> gaps;
  Rational sum;
  for (const Person& person : PersonsOf(units)) {
    gaps.push_back(person.welfare < line ? Rational(line - person.welfare, line) : Rational(0));
    sum += gaps.back();
  }
  return sum / Persons(units) * (Rational(1) + GiniOf(gaps));
}

std::vector<Rational> OracleSharesBelow(const Units& units,
                                        const std::vector<Rational>& multiples) {
  std::vector<Rational> shares;
  for (const Rational& multiple : multiples) {
    int64_t below = 0;
    for (const Unit& unit : units) {
      if (Rational(unit.welfare) < multiple * unit.line) below += unit.persons;
    }
    shares.emplace_back(below, Persons(units));
  }
  return shares;
}

Rational OracleQuantile(const Units& units, const Rational& level, bool averaged) {
  const std::vector<Person> persons = PersonsOf(units);
  const auto all = static_cast<int64_t>(persons.size());
  for (int64_t i = 1; i <= all; ++i) {
    const Rational share(i, all);
    if (share < level) continue;
    const int64_t here = persons[static_cast<size_t>(i - 1)].welfare;
    if (!averaged || i == all || !(share == level)) return here;
    return Rational(here + persons[static_cast<size_t>(i)].welfare, 2);
  }
  std::abort();
}

Rational OracleUpperQuantile(const Units& units, const Rational& level) {
  const std::vector<Person> persons = PersonsOf(units);
  const auto all = static_cast<int64_t>(persons.size());
  for (int64_t i = 1; i <= all; ++i) {
    if (Rational(i, all) > level) return persons[static_cast<size_t>(i - 1)].welfare;
  }
  return persons.back().welfare;
}

std::vector<uint32_t> OracleGroups(const Units& units, uint32_t groups) {
  std::vector<uint32_t> result;
  const int64_t all = Persons(units);
  for (size_t u = 0; u < units.size(); ++u) {
    int64_t before = 0;
    for (size_t v = 0; v < units.size(); ++v) {
      const bool poorer = units[v].welfare < units[u].welfare;
      const bool equal_and_earlier = units[v].welfare == units[u].welfare && v < u;
      if (poorer || equal_and_earlier) before += units[v].persons;
    }
    const int64_t group = 1 + groups * before / all;
    result.push_back(static_cast<uint32_t>(group > groups ? groups : group));
  }
  return result;
}

}  // namespace sepakat::support
