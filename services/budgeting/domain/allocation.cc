#include "budgeting/domain/allocation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "budgeting/domain/certificate.h"
#include "budgeting/domain/share.h"
#include "common/base/fixed_point.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

using base::Int128;

// Swaps end by themselves, since each one gains a point; the limit only bounds the time.
constexpr int kMostSwaps = 256;
constexpr int64_t kMostFamilies = 1'000'000'000;
constexpr int64_t kMostRupiah = 1'000'000'000'000'000;  // one thousand trillion

int64_t CostOf(const AllocationProblem& problem, const std::vector<int64_t>& units) {
  int64_t cost = 0;
  for (size_t r = 0; r < units.size(); ++r) cost += units[r] * problem.regions[r].unit_cost;
  return cost;
}

// The families of one class whose unit costs the same: each is worth as much as another.
struct Step {
  size_t cls = 0;
  int64_t cost = 0;
  int64_t points = 0;
  std::vector<size_t> regions;  // ascending
};

// All steps, most points per rupiah first.
std::vector<Step> SortedSteps(const AllocationProblem& problem) {
  std::map<std::pair<size_t, int64_t>, std::vector<size_t>> regions;
  for (size_t r = 0; r < problem.regions.size(); ++r) {
    const RegionNeed& need = problem.regions[r];
    for (size_t k = 0; k < kBenefitClasses; ++k) {
      if (need.available[k] > 0) regions[{k, need.unit_cost}].push_back(r);
    }
  }
  std::vector<Step> steps;
  steps.reserve(regions.size());
  for (auto& [place, at] : regions) {
    steps.push_back({place.first, place.second, problem.points[place.first], std::move(at)});
  }
  std::ranges::stable_sort(steps, [](const Step& a, const Step& b) {
    return Int128{a.points} * b.cost > Int128{b.points} * a.cost;
  });
  return steps;
}

// Families of the step's class that a region could serve next.
int64_t OpenIn(const RegionNeed& need, size_t cls, int64_t units) {
  int64_t before = 0;
  for (size_t k = 0; k < cls; ++k) before += need.available[k];
  // While one of a poorer class waits, this one waits too.
  if (units < before) return 0;
  return std::max<int64_t>(0, before + need.available[cls] - units);
}

// Serves what is open, down the steps, with what `budget` leaves. Gives the first step that it does
// not pay for in full; null when everybody is served.
const Step* Serve(const AllocationProblem& problem, const std::vector<Step>& steps,
                  std::vector<int64_t>* units) {
  int64_t left = problem.budget - CostOf(problem, *units);
  const Step* broken = nullptr;
  std::vector<int64_t> open;
  for (const Step& step : steps) {
    open.clear();
    for (const size_t r : step.regions) {
      open.push_back(OpenIn(problem.regions[r], step.cls, (*units)[r]));
    }
    const int64_t families = std::accumulate(open.begin(), open.end(), int64_t{0});
    const int64_t taken = std::min(families, left / step.cost);
    if (taken < families && broken == nullptr) broken = &step;
    if (taken == 0) continue;
    const std::vector<int64_t> shares = SharedOut(taken, open);
    for (size_t i = 0; i < shares.size(); ++i) (*units)[step.regions[i]] += shares[i];
    left -= taken * step.cost;
  }
  return broken;
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

}  // namespace

int64_t AvailableIn(const RegionNeed& need) {
  return std::accumulate(need.available.begin(), need.available.end(), int64_t{0});
}

size_t ClassAfter(const RegionNeed& need, int64_t units) {
  size_t k = 0;
  while (k < kBenefitClasses && units >= need.available[k]) units -= need.available[k++];
  return k;
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
  Serve(problem, SortedSteps(problem), &units);
  return units;
}

absl::StatusOr<Allocation> Solve(const AllocationProblem& problem) {
  if (absl::Status checked = CheckProblem(problem); !checked.ok()) return checked;
  const std::vector<Step> steps = SortedSteps(problem);
  std::vector<int64_t> units(problem.regions.size(), 0);
  const Step* const broken = Serve(problem, steps, &units);
  int64_t left = problem.budget - CostOf(problem, units);
  for (int i = 0; i < kMostSwaps && SwapOnce(problem, &left, &units); ++i) {
    Serve(problem, steps, &units);
    left = problem.budget - CostOf(problem, units);
  }
  return Certify(problem, std::move(units), broken == nullptr ? 0 : broken->points,
                 broken == nullptr ? 1 : broken->cost);
}

}  // namespace sepakat::budgeting
