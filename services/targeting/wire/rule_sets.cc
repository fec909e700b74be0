#include "targeting/wire/rule_sets.h"

#include <algorithm>

#include "common/base/status.h"
#include "common/rules/text/builtin.h"

namespace sepakat::targeting {

absl::StatusOr<RuleSets> RuleSets::Builtin() {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<rules::RuleSet> read, rules::ReadBuiltinRules());
  RuleSets built;
  for (const rules::RuleSet& set : read) {
    const bool complete =
        std::ranges::all_of(measures::kDeprivationNames,
                            [&set](std::string_view name) { return set.Find(name) != nullptr; });
    if (!complete) continue;
    SEPAKAT_ASSIGN_OR_RETURN(RuleSet bound, RuleSet::Bind(set));
    built.sets_.push_back(std::move(bound));
  }
  return built;
}

const RuleSet* RuleSets::Find(std::string_view version) const {
  const auto found = std::ranges::find(sets_, version, &RuleSet::version);
  return found == sets_.end() ? nullptr : &*found;
}

}  // namespace sepakat::targeting
