// Whether a family is eligible for a programme: true, false or unknown, with reasons.
//
// Every stated part of the rule must hold; one that fails decides, otherwise one unknown part makes
// the answer unknown. The decile is kept apart because it moves when other families move.
// Thread: pure functions. Complexity: linear in the parts of the rule.
#pragma once

#include <optional>

#include "targeting/domain/deprivations.h"
#include "targeting/domain/features.h"
#include "targeting/domain/parameters.h"
#include "targeting/domain/truth.h"

namespace sepakat::targeting {

// What the family itself decides: needs, poverty and variables. `poor` absent when unknown.
Truth OwnEligibility(const Programme& programme, const DeprivationMasks& masks,
                     std::optional<bool> poor, const Features& features, Reasons* reasons);

// What its rank decides; decile 0 stands for a family without rank.
Truth DecileEligibility(const Programme& programme, int decile, Reasons* reasons);

}  // namespace sepakat::targeting
