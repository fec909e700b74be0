// What an operator sets of targeting, for every program that runs it.
//
// Thread: pure functions.
#pragma once

#include <vector>

#include "common/platform/config/config.h"
#include "targeting/app/targeting_task.h"

namespace sepakat::targeting {

// checkpoint.*, memory.budget_mb
std::vector<platform::Setting> TargetingSettings();
TargetingOptions OptionsFrom(const platform::Config& config);

}  // namespace sepakat::targeting
