#include "sepakat/pmt/score.h"

#include <cmath>

#include "common/base/status.h"
#include "common/measures/quantile.h"
#include "common/measures/sample.h"

namespace sepakat::pmt {
namespace {

std::vector<std::optional<int64_t>> Scores(const Families& families, const Model& model) {
  std::vector<std::optional<int64_t>> scores(families.size(), model.intercept_micro);
  for (const ModelTerm& term : model.terms) {
    const std::vector<double> values = families.ValuesOf(term.term);
    for (size_t i = 0; i < scores.size(); ++i) {
      const std::optional<double> value =
          std::isnan(values[i]) ? std::nullopt : std::optional(values[i]);
      const std::optional<int64_t> part = Contribution(term, value);
      scores[i] = scores[i] && part ? std::optional(*scores[i] + *part) : std::nullopt;
    }
  }
  return scores;
}

}  // namespace

absl::StatusOr<std::vector<FamilyScore>> ScoreFamilies(const Families& families, const Model& model,
                                                       bool by_persons) {
  const std::vector<std::optional<int64_t>> scores = Scores(families, model);
  std::vector<FamilyScore> result(scores.size());
  std::vector<size_t> ranked;
  std::vector<double> values;
  std::vector<double> weights;
  for (size_t i = 0; i < scores.size(); ++i) {
    result[i].score_micro = scores[i];
    const double weight = families.weights[i] * (by_persons ? families.sizes[i] : 1);
    if (!scores[i] || !(weight > 0)) continue;
    ranked.push_back(i);
    values.push_back(static_cast<double>(*scores[i]));
    weights.push_back(weight);
  }
  if (ranked.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "NO_SCORE",
                       "no family has a score: a variable of the model is unknown everywhere; "
                       "compare the model's terms with the code book");
  }
  const measures::SortedSample sorted(measures::Sample{values, weights});
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<uint32_t> deciles,
                           measures::QuantileGroups(sorted, 10));
  int64_t rank = 0;
  for (const uint32_t place : sorted.order()) result[ranked[place]].rank = ++rank;
  for (size_t i = 0; i < ranked.size(); ++i) result[ranked[i]].decile = deciles[i];
  return result;
}

}  // namespace sepakat::pmt
