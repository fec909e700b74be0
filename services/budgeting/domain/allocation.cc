#include "budgeting/domain/allocation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>

#include "budgeting/domain/certificate.h"
#include "common/base/fixed_point.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

using base::Int128;

// Swaps end by themselves, since each one gains a point; the limit only bounds the time.
constexpr int kMostSwaps = 256;
constexpr int64_t kMostFamilies = 1'000'000'000;
constexpr int64_t kMostRupiah = 1'000'000'000'000'000;  // one thousand trillion

struct Step {
  size_t region = 0;
  size_t cls = 0;
  int64_t families = 0;
  int64_t points = 0;
  int64_t cost = 0;
};

// All steps, most points per rupiah first.
std::vector<Step> SortedSteps(const AllocationProblem& problem) {
  std::vector<Step> steps;
  for (size_t r = 0; r < problem.regions.size(); ++r) {
    const RegionNeed& need = problem.regions[r];
    for (size_t k = 0; k < kBenefitClasses; ++k) {
      if (need.available[k] > 0) {
        steps.push_back({r, k, need.available[k], problem.points[k], need.unit_cost});
      }
    }
  }
  std::ranges::sort(steps, [&problem](const Step& a, const Step& b) {
    const Int128 left = Int128{a.points} * b.cost;
    const Int128 right = Int128{b.points} * a.cost;
    if (left != right) return left > right;
    return a.region != b.region ? a.region < b.region : a.cls < b.cls;
  });
  return steps;
}

// The class of the unit after the first `units` of a region; kBenefitClasses when there is none.
size_t ClassAfter(const RegionNeed& need, int64_t units) {
  size_t k = 0;
  while (k < kBenefitClasses && units >= need.available[k]) units -= need.available[k++];
  return k;
}

// Per unit cost, the least valuable unit taken and the most valuable one not taken.
struct Exchange {
  int64_t give_points = -1;
  size_t give_region = 0;
  int64_t take_points = -1;
  size_t take_region = 0;
};

std::map<int64_t, Exchange> Exchanges(const AllocationProblem& problem,
                                      const std::vector<int64_t>& units) {
  std::map<int64_t, Exchange> by_cost;
  for (size_t r = 0; r < units.size(); ++r) {
    const RegionNeed& need = problem.regions[r];
    Exchange& best = by_cost[need.unit_cost];
    if (units[r] > 0) {
      const int64_t points = problem.points[ClassAfter(need, units[r] - 1)];
      if (best.give_points < 0 || points < best.give_points) {
        best.give_points = points;
        best.give_region = r;
      }
    }
    if (const size_t next = ClassAfter(need, units[r]); next < kBenefitClasses) {
      if (problem.points[next] > best.take_points) {
        best.take_points = problem.points[next];
        best.take_region = r;
      }
    }
  }
  return by_cost;
}

// Applies the swap of one unit against another that gains most within `left`; false when none
// gains.
bool SwapOnce(const AllocationProblem& problem, int64_t* left, std::vector<int64_t>* units) {
  const std::map<int64_t, Exchange> by_cost = Exchanges(problem, *units);
  int64_t best_gain = 0;
  const Exchange* from = nullptr;
  const Exchange* to = nullptr;
  int64_t spent = 0;
  for (const auto& [give_cost, give] : by_cost) {
    if (give.give_points < 0) continue;
    for (const auto& [take_cost, take] : by_cost) {
      if (take.take_points < 0 || take_cost - give_cost > *left) continue;
      const int64_t gain = take.take_points - give.give_points;
      if (gain > best_gain) {
        best_gain = gain;
        from = &give;
        to = &take;
        spent = take_cost - give_cost;
      }
    }
  }
  if (from == nullptr) return false;
  --(*units)[from->give_region];
  ++(*units)[to->take_region];
  *left -= spent;
  return true;
}

int64_t CostOf(const AllocationProblem& problem, const std::vector<int64_t>& units) {
  int64_t cost = 0;
  for (size_t r = 0; r < units.size(); ++r) cost += units[r] * problem.regions[r].unit_cost;
  return cost;
}

}  // namespace

int64_t AvailableIn(const RegionNeed& need) {
  return std::accumulate(need.available.begin(), need.available.end(), int64_t{0});
}

int64_t ValueOf(const RegionNeed& need, const ByClass& points, int64_t units) {
  int64_t value = 0;
  for (size_t k = 0; k < kBenefitClasses && units > 0; ++k) {
    const int64_t taken = std::min(units, need.available[k]);
    value += taken * points[k];
    units -= taken;
  }
  return value;
}

absl::Status CheckProblem(const AllocationProblem& problem) {
  const auto invalid = [](const std::string& why) {
    return base::Error(absl::StatusCode::kInvalidArgument, "PROBLEM_INVALID", why);
  };
  if (problem.budget < 0) return invalid("the budget is negative");
  if (absl::Status points = CheckPoints(problem.points); !points.ok()) return points;
  int64_t families = 0;
  const RegionNeed* previous = nullptr;
  for (const RegionNeed& need : problem.regions) {
    if (previous != nullptr && previous->region >= need.region) {
      return invalid("region " + need.region + ": regions must ascend, each one once");
    }
    previous = &need;
    if (need.unit_cost <= 0)
      return invalid("region " + need.region + ": unit cost must be positive");
    for (const int64_t count : need.available) {
      if (count < 0) return invalid("region " + need.region + ": negative families");
      if (count > kMostFamilies - families || need.unit_cost > kMostRupiah ||
          problem.budget > kMostRupiah) {
        return base::Error(absl::StatusCode::kOutOfRange, "PROBLEM_TOO_LARGE",
                           "more than a billion families, or more than Rp 1,000 trillion");
      }
      families += count;
    }
  }
  return absl::OkStatus();
}

std::vector<int64_t> FillResidue(const AllocationProblem& problem, std::vector<int64_t> units) {
  int64_t left = problem.budget - CostOf(problem, units);
  for (const Step& step : SortedSteps(problem)) {
    const RegionNeed& need = problem.regions[step.region];
    int64_t before = 0;
    for (size_t k = 0; k < step.cls; ++k) before += need.available[k];
    const int64_t open = before + step.families - std::max(units[step.region], before);
    if (open <= 0 || units[step.region] < before) continue;
    const int64_t taken = std::min(open, left / step.cost);
    units[step.region] += taken;
    left -= taken * step.cost;
  }
  return units;
}

absl::StatusOr<Allocation> Solve(const AllocationProblem& problem) {
  if (absl::Status checked = CheckProblem(problem); !checked.ok()) return checked;
  std::vector<int64_t> units(problem.regions.size(), 0);
  int64_t left = problem.budget;
  int64_t lambda_numerator = 0;
  int64_t lambda_denominator = 1;
  for (const Step& step : SortedSteps(problem)) {
    const int64_t taken = std::min(step.families, left / step.cost);
    units[step.region] += taken;
    left -= taken * step.cost;
    if (taken < step.families) {
      lambda_numerator = step.points;
      lambda_denominator = step.cost;
      break;
    }
  }
  units = FillResidue(problem, std::move(units));
  left = problem.budget - CostOf(problem, units);
  for (int i = 0; i < kMostSwaps && SwapOnce(problem, &left, &units); ++i) {
    units = FillResidue(problem, std::move(units));
    left = problem.budget - CostOf(problem, units);
  }
  return Certify(problem, std::move(units), lambda_numerator, lambda_denominator);
}

}  // namespace sepakat::budgeting
