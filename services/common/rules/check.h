// Every mistake of a rule set, each with file and line.
//
// Looks for: unknown variables and rules, rules that ask each other in a circle, values that a
// variable does not have, cases that overlap or leave a gap, branches that nothing can reach, rules
// that can only give one answer (a contradiction), answers without a reason, ids and reasons that
// are misspelt, variables declared and not used.
//
// What a rule can answer is worked out over every combination of values that its questions tell
// apart. Rules of more than a million such combinations that cannot be taken apart are taken as
// able to give any answer: no mistake is invented, one may be missed.
// Thread: pure functions. Complexity: milliseconds for a set of some dozens of rules.
#pragma once

#include <string>
#include <vector>

#include "common/rules/rule_set.h"

namespace sepakat::rules {

struct Mistake {
  Position at;
  std::string message;
};

// In order of file and line. Empty: the set can be made a Program.
std::vector<Mistake> Check(const RuleSet& set);

}  // namespace sepakat::rules
