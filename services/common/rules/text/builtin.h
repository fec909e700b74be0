// The rule sets that ship, as text and read.
//
// Conflicts between sources are kept as sets of their own that extend another one and say only what
// differs.
// Errors: those of rule_file.h, which would be a defect of the program.
// Thread: pure functions. Complexity: reading all takes some milliseconds; keep the result.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rules/rule_set.h"

namespace sepakat::rules {

struct BuiltinRuleFile {
  // File name, for example `bps-2019.toml`: the version of its set and `.toml`.
  std::string_view name;
  std::string_view text;
};

// By name.
std::span<const BuiltinRuleFile> BuiltinRuleFiles();

// Each behind the one it extends, bps-2019 first.
absl::StatusOr<std::vector<RuleSet>> ReadBuiltinRules();

}  // namespace sepakat::rules
