// The rule sets that ship, bound to the deprivations.
//
// Thread: immutable after it was built.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "targeting/domain/deprivations.h"

namespace sepakat::targeting {

class RuleSets {
 public:
  // Of the shipped sets those that judge all fourteen deprivations, bps-2019 first.
  // Errors: InvalidArgument RULES_INVALID, which would be a defect of the program.
  static absl::StatusOr<RuleSets> Builtin();

  std::span<const RuleSet> all() const { return sets_; }
  // The set of that version; nullptr when there is none.
  const RuleSet* Find(std::string_view version) const;

 private:
  std::vector<RuleSet> sets_;
};

}  // namespace sepakat::targeting
