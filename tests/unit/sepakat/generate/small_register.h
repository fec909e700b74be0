// A small register for tests: the shipped profile on a few invented villages of each cluster.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/date.h"
#include "gtest/gtest.h"
#include "sepakat/generate/plan.h"
#include "sepakat/reference/builtin.h"
#include "sepakat/reference/profile_file.h"

namespace sepakat::generate {

inline Profile ShippedProfile() {
  const auto file = reference::FindBuiltin(reference::BuiltinKind::kProfile, "demo_3326");
  EXPECT_TRUE(file.has_value());
  absl::StatusOr<Profile> profile = reference::ReadProfile(file->name, file->text);
  EXPECT_TRUE(profile.ok()) << profile.status();
  return *std::move(profile);
}

// Two desa and a kelurahan in a mountain, an urban, a rural and a coastal district.
inline std::vector<Village> FewVillages() {
  std::vector<Village> villages;
  for (const char* district : {"33.26.04", "33.26.11", "33.26.13", "33.26.16"}) {
    for (const char* village : {"1001", "2001", "2002"}) {
      villages.push_back({std::string(district) + "." + village, "Contoh"});
    }
  }
  return villages;
}

inline Plan SmallPlan(int64_t families, uint64_t seed = 1, int dirty = 0) {
  Request request{.seed = seed, .families = families, .dirty_per_10000 = dirty};
  request.last_day = base::DaysFromCivil({2026, 6, 30});
  absl::StatusOr<Plan> plan = MakePlan(ShippedProfile(), FewVillages(), request);
  EXPECT_TRUE(plan.ok()) << plan.status();
  return *std::move(plan);
}

}  // namespace sepakat::generate
