#include "budgeting/domain/churn.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "budgeting/domain/certificate.h"
#include "budgeting/domain/share.h"
#include "common/base/fixed_point.h"

namespace sepakat::budgeting {
namespace {

using base::Int128;

int64_t Differences(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  int64_t count = 0;
  for (size_t r = 0; r < a.size(); ++r) count += a[r] != b[r] ? 1 : 0;
  return count;
}

// The last units of some regions, which share class and cost: what is given up first.
struct Weakest {
  size_t cls = 0;
  int64_t cost = 0;
  std::vector<size_t> regions;
  std::vector<int64_t> units;  // of that class, per region
};

// Units of a region that share the class of its last one.
int64_t UnitsOfLastClass(const RegionNeed& need, size_t cls, int64_t units) {
  for (size_t k = 0; k < cls; ++k) units -= need.available[k];
  return units;
}

// Least points per rupiah; of equals the lesser need, then the dearer unit.
Weakest WeakestUnits(const AllocationProblem& problem, const std::vector<int64_t>& units) {
  Weakest weakest;
  for (size_t r = 0; r < units.size(); ++r) {
    if (units[r] == 0) continue;
    const RegionNeed& need = problem.regions[r];
    const size_t cls = ClassAfter(need, units[r] - 1);
    if (!weakest.regions.empty()) {
      const Int128 here = Int128{problem.points[cls]} * weakest.cost;
      const Int128 there = Int128{problem.points[weakest.cls]} * need.unit_cost;
      const auto tie = std::pair(cls, need.unit_cost) <=> std::pair(weakest.cls, weakest.cost);
      if (here > there || (here == there && tie < 0)) continue;
      if (here < there || tie > 0) weakest = {};
    }
    weakest.cls = cls;
    weakest.cost = need.unit_cost;
    weakest.regions.push_back(r);
    weakest.units.push_back(UnitsOfLastClass(need, cls, units[r]));
  }
  return weakest;
}

}  // namespace

std::vector<int64_t> Repair(const AllocationProblem& problem, std::vector<int64_t> old_units) {
  Int128 over = -Int128{problem.budget};
  for (size_t r = 0; r < old_units.size(); ++r) {
    old_units[r] = std::clamp<int64_t>(old_units[r], 0, AvailableIn(problem.regions[r]));
    over += Int128{old_units[r]} * problem.regions[r].unit_cost;
  }
  while (over > 0) {
    const Weakest weakest = WeakestUnits(problem, old_units);
    const int64_t held = std::accumulate(weakest.units.begin(), weakest.units.end(), int64_t{0});
    const Int128 needed = (over + weakest.cost - 1) / weakest.cost;
    const int64_t cut = needed < held ? static_cast<int64_t>(needed) : held;
    const std::vector<int64_t> shares = SharedOut(cut, weakest.units);
    for (size_t i = 0; i < shares.size(); ++i) old_units[weakest.regions[i]] -= shares[i];
    over -= Int128{cut} * weakest.cost;
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
