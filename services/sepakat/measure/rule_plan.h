// The rules of a set as shares with design errors, the unknown beside them.
//
// Each rule that a person wrote gives the share of yes among those of whom the answer is known
// (`rule`) and, where there are such, the share of everybody of whom it is not (`rule_unknown`).
// Persons have the answer of their family. Thread: one at a time. Complexity: one evaluation of
// the set per observation.
#pragma once

#include <string>
#include <vector>

#include "common/rules/rule_set.h"
#include "sepakat/measure/frame_request.h"
#include "sepakat/measure/plan.h"

namespace sepakat::measure {

// What the rules ask of the file, as far as it has it.
void TakeRuleColumns(const rules::RuleSet& set, const std::vector<std::string>& columns_of_file,
                     FrameRequest* frame);

void AddRules(const rules::RuleSet& set, Plan* plan);

}  // namespace sepakat::measure
