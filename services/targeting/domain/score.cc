#include "targeting/domain/score.h"

#include <algorithm>
#include <cstdlib>

namespace sepakat::targeting {

std::optional<int64_t> Contribution(const ModelTerm& term, const Features& features) {
  if (!features.Known(term.variable)) return term.unknown_micro;
  const int32_t value = features.Value(term.variable);
  if (term.power == 2) {
    if (std::abs(value) > kLargestSquared) return term.unknown_micro;
    return term.coefficient_micro * value * value;
  }
  if (term.codes.empty()) return term.coefficient_micro * value;
  return std::ranges::find(term.codes, value) != term.codes.end() ? term.coefficient_micro : 0;
}

std::optional<int64_t> Score(const Model& model, const Features& features) {
  int64_t score = model.intercept_micro;
  for (const ModelTerm& term : model.terms) {
    // Most terms are a coefficient times a known value.
    if (term.codes.empty() && term.power == 1 && features.Known(term.variable)) {
      score += term.coefficient_micro * features.Value(term.variable);
      continue;
    }
    const std::optional<int64_t> part = Contribution(term, features);
    if (!part) return std::nullopt;
    score += *part;
  }
  return score;
}

}  // namespace sepakat::targeting
