#include "targeting/domain/explanation.h"

#include "targeting/domain/eligibility.h"
#include "targeting/domain/score.h"

namespace sepakat::targeting {
namespace {

std::vector<VariableView> Variables(const Features& features, const Model* model) {
  std::vector<VariableView> views;
  for (Variable variable : AllVariables()) {
    VariableView view{variable, features.Get(variable), 0, false};
    if (model != nullptr) {
      for (const ModelTerm& term : model->terms) {
        if (term.variable != variable) continue;
        view.in_model = true;
        view.contribution_micro += Contribution(term, features).value_or(0);
      }
    }
    views.push_back(view);
  }
  return views;
}

}  // namespace

Explanation Explain(const PopulationState& state, const FamilyRecord& record) {
  Explanation explanation;
  explanation.features = Features::Unpack(record.packed());
  explanation.model = state.parameters().RankingModel();
  explanation.variables = Variables(explanation.features, explanation.model);
  for (int i = 0; i < measures::kDeprivations; ++i) {
    RuleView view{std::string(measures::kDeprivationNames[i]), Truth::kUnknown, {}};
    view.result = Deprived(static_cast<Deprivation>(i), explanation.features, record.size,
                           state.rules(), &view.reasons);
    explanation.rules.push_back(std::move(view));
  }
  const FamilyClasses classes = state.ClassesOf(record);
  std::optional<bool> poor;
  if (classes.poverty != PovertyClass::kUnknown) poor = classes.poverty == PovertyClass::kPoor;
  for (const Programme* programme : state.programmes()) {
    RuleView view{programme->id, Truth::kUnknown, {}};
    const Truth own =
        OwnEligibility(*programme, record.masks, poor, explanation.features, &view.reasons);
    view.result = And(own, DecileEligibility(*programme, record.decile, &view.reasons));
    explanation.programmes.push_back(std::move(view));
  }
  if (record.line >= 0) {
    explanation.line = state.lines().classes()[static_cast<size_t>(record.line)];
  }
  explanation.ranked_families = state.ranked().size();
  if (record.ranked) explanation.national_rank = state.ranked().Before(state.KeyOf(record)) + 1;
  return explanation;
}

}  // namespace sepakat::targeting
