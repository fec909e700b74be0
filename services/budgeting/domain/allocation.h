// How many units each region gets under a ceiling, with a proof of how good that is.
//
// The problem: region r has available[k] families of benefit class k, each costs unit_cost rupiah
// and is worth points[k]. Choose a number of units per region; the most valuable families of a
// region come first. That is a multiple-choice knapsack whose options lie on their own upper hull,
// because points never rise (engine.md 7): a step is (class, unit cost), all steps are sorted by
// exact efficiency, and the greedy prefix is the optimum of the relaxed problem. Its last, broken
// step gives lambda, the price of one rupiah. The residue is filled down the list, then improved by
// swaps between regions with different unit costs.
//
// Ties: of equally efficient steps the greater need (the lower class) comes first, then the lower
// cost. Families of one step are worth the same wherever they live; where the money does not reach
// all of them, its units are shared among their regions by the number of those families (share.h),
// and only equal remainders go by region code. Everything is an integer, so equal problems give
// equal plans on every machine.
//
// Errors: InvalidArgument PROBLEM_INVALID, OutOfRange PROBLEM_TOO_LARGE. Thread: pure functions.
// Complexity: O(r log r) per step for r regions, plus O(k^2) per swap for k distinct costs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "budgeting/domain/benefit_table.h"

namespace sepakat::budgeting {

struct RegionNeed {
  std::string region;
  // Families that could be served, by benefit class.
  ByClass available{};
  // Whole rupiah for one unit in this region.
  int64_t unit_cost = 0;
};

struct AllocationProblem {
  // Ascending by region code.
  std::vector<RegionNeed> regions;
  int64_t budget = 0;
  ByClass points{};
};

// Proof that no plan can be worth more than `bound`: the Lagrangian bound at lambda, which holds
// for every lambda >= 0 and can be recomputed from the problem in one pass.
struct Certificate {
  int64_t value = 0;
  int64_t bound = 0;
  int64_t gap = 0;  // bound - value
  // Points per rupiah at the margin; 0/1 when every family can be served.
  int64_t lambda_numerator = 0;
  int64_t lambda_denominator = 1;
  bool operator==(const Certificate&) const = default;
};

struct Allocation {
  // Units per region, in the order of the problem's regions.
  std::vector<int64_t> units;
  int64_t cost = 0;
  Certificate certificate;
  bool operator==(const Allocation&) const = default;
};

// Families of a region over all classes.
int64_t AvailableIn(const RegionNeed& need);
// Points of the first `units` families of a region, most valuable first.
// Requires 0 <= units <= AvailableIn(need).
int64_t ValueOf(const RegionNeed& need, const ByClass& points, int64_t units);

// The class of the unit after the first `units` of a region; kBenefitClasses when there is none.
size_t ClassAfter(const RegionNeed& need, int64_t units);

// Bounds of the inputs under which no intermediate result overflows.
absl::Status CheckProblem(const AllocationProblem& problem);

absl::StatusOr<Allocation> Solve(const AllocationProblem& problem);

// Units given, completed down the list of steps with what the budget still allows.
// Requires `units` to be feasible.
std::vector<int64_t> FillResidue(const AllocationProblem& problem, std::vector<int64_t> units);

}  // namespace sepakat::budgeting
