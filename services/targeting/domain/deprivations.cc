#include "targeting/domain/deprivations.h"

#include <fmt/format.h>

#include "common/base/status.h"

namespace sepakat::targeting {

absl::StatusOr<RuleSet> RuleSet::Bind(const rules::RuleSet& set) {
  for (std::string_view name : measures::kDeprivationNames) {
    if (set.Find(name) != nullptr) continue;
    return base::Error(absl::StatusCode::kInvalidArgument, "DEPRIVATION_WITHOUT_RULE",
                       fmt::format("rule set {} has no rule `{}`", set.version, name));
  }
  RuleSet bound(rules::Program(set, measures::kDeprivationNames));
  const rules::Program& program = bound.program_;
  if (program.size() > kMost || program.variables().size() > kMost) {
    return base::Error(absl::StatusCode::kInvalidArgument, "RULE_SET_TOO_LARGE",
                       fmt::format("rule set {} has {} rules, {} may be bound", set.version,
                                   program.size(), kMost));
  }
  bound.version = set.version;
  bound.source = set.source;
  for (const std::string& name : program.variables()) {
    const std::optional<Variable> variable = VariableNamed(name);
    bound.numbers_.push_back(variable                       ? static_cast<int16_t>(*variable)
                             : name == rules::kSizeVariable ? kSize
                                                            : kNobodyAsks);
  }
  for (size_t i = 0; i < bound.places_.size(); ++i) {
    bound.places_[i] = static_cast<uint16_t>(program.Find(measures::kDeprivationNames[i]));
  }
  return bound;
}

void RuleSet::Evaluate(const Features& features, int32_t size, std::array<int32_t, kMost>* facts,
                       std::array<rules::Truth, kMost>* answers) const {
  int32_t* fact = facts->data();
  for (const int16_t number : numbers_) {
    if (number > kSize) {
      const auto variable = static_cast<Variable>(number);
      *fact = features.Known(variable) ? features.Value(variable) : rules::kUnknownValue;
    } else {
      *fact = number == kSize ? size : rules::kUnknownValue;
    }
    ++fact;
  }
  program_.Evaluate(*facts, *answers);
}

Truth Deprived(Deprivation deprivation, const Features& features, int32_t size,
               const RuleSet& rules, Reasons* reasons) {
  std::array<int32_t, RuleSet::kMost> facts;
  std::array<Truth, RuleSet::kMost> answers;
  rules.Evaluate(features, size, &facts, &answers);
  const size_t place = rules.place(static_cast<int>(deprivation));
  if (reasons != nullptr) {
    rules.program().Explain(static_cast<int>(place), answers, facts, reasons);
  }
  return answers[place];
}

DeprivationMasks EvaluateDeprivations(const Features& features, int32_t size,
                                      const RuleSet& rules) {
  std::array<int32_t, RuleSet::kMost> facts;
  std::array<Truth, RuleSet::kMost> answers;
  rules.Evaluate(features, size, &facts, &answers);
  DeprivationMasks masks;
  for (int i = 0; i < measures::kDeprivations; ++i) {
    const Truth answer = answers[rules.place(i)];
    if (answer == Truth::kUnknown) continue;
    masks.known = static_cast<uint16_t>(masks.known | (1 << i));
    if (answer == Truth::kTrue) masks.deprived = static_cast<uint16_t>(masks.deprived | 1 << i);
  }
  return masks;
}

}  // namespace sepakat::targeting
