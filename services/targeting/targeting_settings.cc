#include "targeting/targeting_settings.h"

#include <algorithm>

#include "common/platform/host/service_host.h"

namespace sepakat::targeting {

using platform::Setting;
using platform::SettingType;

std::vector<Setting> TargetingSettings() {
  return {
      {"checkpoint.interval_s", SettingType::kInteger, "300",
       "Seconds between two checkpoints of the register, when something changed."},
      {"checkpoint.families", SettingType::kInteger, "1000000",
       "A checkpoint is written earlier when this many families changed."},
      platform::MemoryBudgetSetting(),
  };
}

TargetingOptions OptionsFrom(const platform::Config& config) {
  TargetingOptions options;
  options.checkpoint_interval_ms =
      std::max<int64_t>(config.Integer("checkpoint.interval_s"), 1) * 1000;
  options.checkpoint_families = std::max<int64_t>(config.Integer("checkpoint.families"), 1);
  options.memory_budget_mib = platform::MemoryBudgetMib(config);
  return options;
}

}  // namespace sepakat::targeting
