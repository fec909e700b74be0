#include "common/rules/text/builtin.h"

#include <algorithm>
#include <string>

#include "common/base/status.h"
#include "common/rules/text/rule_file.h"

namespace sepakat::rules {
namespace {

// Extended by others, or the one that targeting uses when nothing else is said.
constexpr std::string_view kFirst[] = {"bps-2019.toml", "sdg-2019.toml", "pupr-2018.toml"};

}  // namespace

absl::StatusOr<std::vector<RuleSet>> ReadBuiltinRules() {
  std::vector<BuiltinRuleFile> files(BuiltinRuleFiles().begin(), BuiltinRuleFiles().end());
  std::ranges::stable_sort(files, {}, [](const BuiltinRuleFile& file) {
    return std::ranges::find(kFirst, file.name) - std::begin(kFirst);
  });
  std::vector<RuleSet> sets;
  for (const BuiltinRuleFile& file : files) {
    SEPAKAT_ASSIGN_OR_RETURN(RuleSet set, ReadRules(file.name, file.text, sets));
    sets.push_back(std::move(set));
  }
  return sets;
}

}  // namespace sepakat::rules
