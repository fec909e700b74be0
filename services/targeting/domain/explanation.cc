#include "targeting/domain/explanation.h"

#include "targeting/domain/eligibility.h"
#include "targeting/domain/score.h"

namespace sepakat::targeting {

std::vector<VariableView> ViewVariables(const Features& features, const Model* model) {
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

std::vector<RuleView> ViewRules(const Features& features, int32_t size, const RuleSet& rules) {
  std::vector<RuleView> views;
  for (int i = 0; i < measures::kDeprivations; ++i) {
    RuleView view{std::string(measures::kDeprivationNames[i]), Truth::kUnknown, {}};
    view.result = Deprived(static_cast<Deprivation>(i), features, size, rules, &view.reasons);
    views.push_back(std::move(view));
  }
  return views;
}

std::vector<RuleView> ViewProgrammes(std::span<const Programme* const> programmes,
                                     const Features& features, const Derived& derived, int decile) {
  std::optional<bool> poor;
  if (derived.poverty != PovertyClass::kUnknown) poor = derived.poverty == PovertyClass::kPoor;
  std::vector<RuleView> views;
  for (const Programme* programme : programmes) {
    RuleView view{programme->id, Truth::kUnknown, {}};
    const Truth own = OwnEligibility(*programme, derived.masks, poor, features, &view.reasons);
    view.result = And(own, DecileEligibility(*programme, decile, &view.reasons));
    views.push_back(std::move(view));
  }
  return views;
}

Explanation Explain(const PopulationState& state, const FamilyRecord& record) {
  Explanation explanation;
  explanation.features = Features::Unpack(record.packed());
  explanation.model = state.parameters().RankingModel();
  explanation.variables = ViewVariables(explanation.features, explanation.model);
  explanation.rules = ViewRules(explanation.features, record.size, state.rules());
  explanation.programmes = ViewProgrammes(state.programmes(), explanation.features,
                                          state.DerivedOf(record), record.decile);
  if (record.line >= 0) {
    explanation.line = state.lines().classes()[static_cast<size_t>(record.line)];
  }
  explanation.ranked_families = state.ranked().size();
  if (record.ranked) explanation.national_rank = state.ranked().Before(state.KeyOf(record)) + 1;
  return explanation;
}

}  // namespace sepakat::targeting
