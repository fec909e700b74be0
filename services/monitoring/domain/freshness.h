// How fresh the data of a region are: segar, menua, basi, kosong.
//
// By the age of the newest observation, under dated thresholds: the national register is renewed
// every quarter, so data of one quarter are fresh (segar), of two quarters ageing (menua), older
// ones stale (basi); a region without families is empty (kosong). Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sepakat::monitoring {

struct FreshnessTable {
  std::string version = "DTSEN quarterly, 2025";
  int32_t fresh_days = 92;
  int32_t ageing_days = 184;
};

// `newest_observation` and `today` in days since 1970-01-01; an observation of 0 is unknown.
std::string_view FreshnessOf(int64_t families, int32_t newest_observation, int32_t today,
                             const FreshnessTable& table);

}  // namespace sepakat::monitoring
