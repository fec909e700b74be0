#include "tests/support/targeting/shipped_rules.h"

#include <stdexcept>
#include <string>

#include "targeting/wire/rule_sets.h"

namespace sepakat::support {

const targeting::RuleSet& ShippedRules(std::string_view version) {
  static const targeting::RuleSets sets = *targeting::RuleSets::Builtin();
  const targeting::RuleSet* const found = sets.Find(version);
  if (found == nullptr) throw std::invalid_argument("no rule set " + std::string(version));
  return *found;
}

}  // namespace sepakat::support
