#include "sepakat/judge/judgement.h"

#include <algorithm>
#include <cmath>

namespace sepakat::judge {
int32_t WholeAnswer(double value) {
  return std::isnan(value) || std::abs(value) > 2e9 ? rules::kUnknownValue
                                                    : static_cast<int32_t>(std::lround(value));
}

std::set<std::string> ColumnsOf(const rules::RuleSet& set,
                                const std::vector<std::string>& columns_of_file) {
  std::set<std::string> columns;
  for (const rules::DeclaredVariable& variable : set.variables) {
    if (std::ranges::find(columns_of_file, variable.name) != columns_of_file.end()) {
      columns.insert(variable.name);
    }
  }
  return columns;
}

Judgement::Judgement(const rules::RuleSet& set, size_t families, const AnswersTo& answers_to)
    : program_(set), families_(families) {
  for (const rules::Rule& rule : set.rules) {
    if (rule.named()) rules_.push_back(program_.Find(rule.id));
  }
  const size_t variables = program_.variables().size();
  facts_.resize(families_ * variables);
  for (size_t slot = 0; slot < variables; ++slot) {
    const std::vector<int32_t> answers = answers_to(program_.variables()[slot]);
    for (size_t family = 0; family < families_; ++family) {
      facts_[family * variables + slot] = answers[family];
    }
  }
  answers_.resize(families_ * program_.size());
  for (size_t family = 0; family < families_; ++family) {
    program_.Evaluate(std::span(facts_).subspan(family * variables, variables),
                      std::span(answers_).subspan(family * program_.size(), program_.size()));
  }
}

rules::Reasons Judgement::Why(int rule, size_t family) const {
  const size_t variables = program_.variables().size();
  rules::Reasons reasons;
  program_.Explain(rule, std::span(answers_).subspan(family * program_.size(), program_.size()),
                   std::span(facts_).subspan(family * variables, variables), &reasons);
  return reasons;
}

}  // namespace sepakat::judge
