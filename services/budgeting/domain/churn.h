// Keeping a proposal calm: it changes only where it must, or where changing is worth it.
//
// A register moves all day; a proposal that flips hundreds of villages for a fraction of a point
// cannot be discussed in a meeting. Revise() first repairs the old plan (units above what is
// available are cut, cost above the budget is taken from the least efficient steps, shared among
// their regions as in allocation.h, money left over is used), then takes the new optimum instead
// only if it gains at least `points_per_region` per region that changes. Errors: those of Solve().
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "budgeting/domain/allocation.h"

namespace sepakat::budgeting {

struct Revision {
  Allocation plan;
  // Regions whose units differ from the old plan.
  int64_t regions_changed = 0;
  // Points by which the new optimum exceeds the repaired old plan, and the regions it would change.
  int64_t optimum_gain = 0;
  int64_t optimum_changes = 0;
  // The repaired old plan was kept, although the optimum is worth more.
  bool kept = false;
};

// `old_units` in the order of the problem's regions; 0 where the old plan has no such region.
absl::StatusOr<Revision> Revise(const AllocationProblem& problem,
                                const std::vector<int64_t>& old_units, int64_t points_per_region);

// The feasible plan nearest to `old_units`, as described above.
std::vector<int64_t> Repair(const AllocationProblem& problem, std::vector<int64_t> old_units);

}  // namespace sepakat::budgeting
