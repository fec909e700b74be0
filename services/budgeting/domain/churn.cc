#include "budgeting/domain/churn.h"

#include <algorithm>

#include "budgeting/domain/certificate.h"
#include "common/base/fixed_point.h"

namespace sepakat::budgeting {
namespace {

using base::Int128;

int64_t Differences(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  int64_t count = 0;
  for (size_t r = 0; r < a.size(); ++r) count += a[r] != b[r] ? 1 : 0;
  return count;
}

int64_t LastUnitPoints(const AllocationProblem& problem, size_t region, int64_t units) {
  const RegionNeed& need = problem.regions[region];
  return ValueOf(need, problem.points, units) - ValueOf(need, problem.points, units - 1);
}

// The region whose last unit is worth least per rupiah; of equals the one with the largest code.
size_t WeakestRegion(const AllocationProblem& problem, const std::vector<int64_t>& units) {
  size_t weakest = units.size();
  int64_t weakest_points = 0;
  for (size_t r = 0; r < units.size(); ++r) {
    if (units[r] == 0) continue;
    const int64_t points = LastUnitPoints(problem, r, units[r]);
    if (weakest == units.size() || Int128{points} * problem.regions[weakest].unit_cost <=
                                       Int128{weakest_points} * problem.regions[r].unit_cost) {
      weakest = r;
      weakest_points = points;
    }
  }
  return weakest;
}

// Units of the weakest region that share the points of its last one.
int64_t UnitsOfLastClass(const AllocationProblem& problem, size_t region, int64_t units) {
  int64_t below = 0;
  for (const int64_t available : problem.regions[region].available) {
    if (below + available >= units) return units - below;
    below += available;
  }
  return 1;
}

}  // namespace

std::vector<int64_t> Repair(const AllocationProblem& problem, std::vector<int64_t> old_units) {
  Int128 over = -Int128{problem.budget};
  for (size_t r = 0; r < old_units.size(); ++r) {
    old_units[r] = std::clamp<int64_t>(old_units[r], 0, AvailableIn(problem.regions[r]));
    over += Int128{old_units[r]} * problem.regions[r].unit_cost;
  }
  while (over > 0) {
    const size_t weakest = WeakestRegion(problem, old_units);
    const int64_t cost = problem.regions[weakest].unit_cost;
    const int64_t cut = std::min<int64_t>(UnitsOfLastClass(problem, weakest, old_units[weakest]),
                                          static_cast<int64_t>((over + cost - 1) / cost));
    old_units[weakest] -= cut;
    over -= Int128{cut} * cost;
  }
  return FillResidue(problem, std::move(old_units));
}

absl::StatusOr<Revision> Revise(const AllocationProblem& problem,
                                const std::vector<int64_t>& old_units, int64_t points_per_region) {
  absl::StatusOr<Allocation> optimum = Solve(problem);
  if (!optimum.ok()) return std::move(optimum).status();
  const Certificate& price = optimum->certificate;
  Allocation repaired = Certify(problem, Repair(problem, old_units), price.lambda_numerator,
                                price.lambda_denominator);
  Revision revision;
  revision.optimum_gain = price.value - repaired.certificate.value;
  revision.optimum_changes = Differences(optimum->units, repaired.units);
  const bool worth_it =
      revision.optimum_gain > 0 &&
      Int128{revision.optimum_gain} >= Int128{points_per_region} * revision.optimum_changes;
  revision.kept = !worth_it && revision.optimum_gain > 0;
  revision.plan = worth_it ? *std::move(optimum) : std::move(repaired);
  revision.regions_changed = Differences(revision.plan.units, old_units);
  return revision;
}

}  // namespace sepakat::budgeting
