#include "monitoring/domain/freshness.h"

namespace sepakat::monitoring {

std::string_view FreshnessOf(int64_t families, int32_t newest_observation, int32_t today,
                             const FreshnessTable& table) {
  if (families <= 0) return "kosong";
  if (newest_observation == 0) return "basi";
  const int32_t age = today - newest_observation;
  if (age <= table.fresh_days) return "segar";
  return age <= table.ageing_days ? "menua" : "basi";
}

}  // namespace sepakat::monitoring
