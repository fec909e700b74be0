#include "common/rules/rule_set.h"

#include <algorithm>

#include "common/canonical/variables.h"

namespace sepakat::rules {

const Rule* RuleSet::Find(std::string_view id) const {
  const auto found = std::ranges::find(rules, id, &Rule::id);
  return found == rules.end() ? nullptr : &*found;
}

std::optional<Domain> DomainOf(const RuleSet& set, std::string_view variable) {
  if (variable == kSizeVariable) return Domain{1, 255};
  if (const canonical::VariableInfo* info = canonical::FindVariable(variable)) {
    return Domain{info->low, info->high};
  }
  const auto declared = std::ranges::find(set.variables, variable, &DeclaredVariable::name);
  if (declared == set.variables.end()) return std::nullopt;
  return Domain{declared->low, declared->high};
}

}  // namespace sepakat::rules
