#include "tests/support/measures/multidimensional_oracle.h"

#include <functional>

namespace sepakat::support {

OracleMpi OracleAlkireFoster(const std::vector<AnsweredUnit>& units,
                             const std::vector<int64_t>& weights, const Rational& cutoff) {
  Rational denominator;
  for (const int64_t weight : weights) denominator += weight;
  Rational all;
  Rational poor;
  Rational scores;
  std::vector<Rational> raw(weights.size());
  std::vector<Rational> censored(weights.size());
  for (const AnsweredUnit& unit : units) {
    all += unit.persons;
    Rational score;
    for (size_t j = 0; j < weights.size(); ++j) {
      if (unit.answers[j] == 1) score += Rational(weights[j]) / denominator;
    }
    const bool is_poor = score >= cutoff;
    if (is_poor) {
      poor += unit.persons;
      scores += score * unit.persons;
    }
    for (size_t j = 0; j < weights.size(); ++j) {
      if (unit.answers[j] != 1) continue;
      raw[j] += unit.persons;
      if (is_poor) censored[j] += unit.persons;
    }
  }
  OracleMpi result;
  result.headcount = poor / all;
  result.adjusted = scores / all;
  if (poor > Rational(0)) result.intensity = scores / poor;
  for (size_t j = 0; j < weights.size(); ++j) {
    result.raw.push_back(raw[j] / all);
    result.censored.push_back(censored[j] / all);
    std::optional<Rational>& contribution = result.contribution.emplace_back();
    if (scores > Rational(0)) {
      contribution = Rational(weights[j]) / denominator * result.censored[j] / result.adjusted;
    }
  }
  return result;
}

void OracleRange::Take(const Rational& value) {
  if (!lower || value < *lower) lower = value;
  if (!upper || value > *upper) upper = value;
}

OracleMpiBounds OracleBounds(const std::vector<AnsweredUnit>& units,
                             const std::vector<int64_t>& weights, const Rational& cutoff) {
  OracleMpiBounds bounds;
  bounds.censored.resize(weights.size());
  std::vector<AnsweredUnit> completed = units;
  const std::function<void(size_t)> visit = [&](size_t position) {
    if (position == units.size() * weights.size()) {
      const OracleMpi figures = OracleAlkireFoster(completed, weights, cutoff);
      bounds.headcount.Take(figures.headcount);
      bounds.adjusted.Take(figures.adjusted);
      if (figures.intensity) bounds.intensity.Take(*figures.intensity);
      for (size_t j = 0; j < weights.size(); ++j) bounds.censored[j].Take(figures.censored[j]);
      return;
    }
    const size_t unit = position / weights.size();
    const size_t j = position % weights.size();
    if (units[unit].answers[j] != -1) return visit(position + 1);
    for (const int answer : {0, 1}) {
      completed[unit].answers[j] = answer;
      visit(position + 1);
    }
  };
  visit(0);
  return bounds;
}

}  // namespace sepakat::support
