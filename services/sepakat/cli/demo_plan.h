// The plan of the demonstration register from the options of a command.
//
// Errors: those of the region master, the profile and MakePlan.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "sepakat/cli/command.h"
#include "sepakat/generate/plan.h"

namespace sepakat::cli {

// Last day of the invented survey unless another is given; today where the clock has not come so
// far, because a visit in the future is refused.
inline constexpr const char* kDemoLastDay = "2026-09-30";

struct DemoOptions {
  uint64_t seed = 1;
  int64_t families = 0;
  int dirty = 30;
  // Empty: kDemoLastDay, but not after today.
  std::string last_day;
  std::string regions;
  std::string profile;
};

// --seed, --families, --dirty, --last-day, --regions, --profile.
void AddDemoOptions(CLI::App& command, DemoOptions& options);

absl::StatusOr<generate::Plan> MakeDemoPlan(const DemoOptions& options,
                                            const Environment& environment);

}  // namespace sepakat::cli
