// A gentle stream of re-surveys: families of the register whose circumstances changed.
//
// A pure function of plan, seed and step: the same step always gives the same record, so a stream
// can be interrupted and taken up again. Families that are dirty on purpose are left alone. Thread:
// pure functions. Complexity: one family per step.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sepakat/generate/dirt.h"
#include "sepakat/generate/plan.h"

namespace sepakat::generate {

enum class Change {
  kHouseRepaired,
  kToiletBuilt,
  kWaterConnected,
  kIncomeRose,
  kIncomeFell,
  kChildBackToSchool,
  kInsured,
};

struct Update {
  int64_t family = 0;
  Change change = Change::kHouseRepaired;
  std::vector<Row> rows;
};

// The record of step `step`, observed on `observed_on` (days since 1970-01-01). A change that the
// chosen family does not need (its floor is good already) becomes a change of its income.
Update DrawUpdate(const Plan& plan, uint64_t seed, int64_t step, int32_t observed_on);

std::string_view NameOf(Change change);

}  // namespace sepakat::generate
