// Rule sets as TOML text; docs/RULES.md teaches the language.
//
// Reading never stops at the first mistake: what the text says wrong and what the rules do wrong
// (check.h) is told at once, each with file and line.
// Errors: InvalidArgument RULES_INVALID with one line `file:line: mistake` per mistake.
// Thread: pure function.
#pragma once

#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/rules/rule_set.h"

namespace sepakat::rules {

// `known`: the sets that this one may extend. The rules of the extended set are part of the result,
// except those that this file says anew.
absl::StatusOr<RuleSet> ReadRules(std::string_view file_name, std::string_view toml,
                                  std::span<const RuleSet> known);

}  // namespace sepakat::rules
