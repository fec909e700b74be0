// The rule sets that ship, for tests of the domain, which is handed one.
#pragma once

#include <string_view>

#include "targeting/domain/deprivations.h"

namespace sepakat::support {

// Read once per program; an unknown version ends the test with its name.
const targeting::RuleSet& ShippedRules(std::string_view version = "bps-2019");

}  // namespace sepakat::support
