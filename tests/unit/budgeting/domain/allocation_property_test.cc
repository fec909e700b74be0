// Properties of the solver over random small problems, against complete enumeration.
#include <gtest/gtest.h>
// rapidcheck needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "budgeting/domain/allocation.h"
#include "budgeting/domain/certificate.h"
#include "budgeting/domain/churn.h"

namespace sepakat::budgeting {
namespace {

AllocationProblem Problem(bool equal_costs) {
  AllocationProblem problem;
  int64_t points = *rc::gen::inRange<int64_t>(1, 40);
  for (size_t k = kBenefitClasses; k-- > 0;) {
    points += *rc::gen::inRange<int64_t>(0, 30);
    problem.points[k] = points;
  }
  const int regions = *rc::gen::inRange(1, 5);
  const int64_t common = *rc::gen::inRange<int64_t>(1, 12);
  for (int r = 0; r < regions; ++r) {
    RegionNeed need{
        .region = std::string("R") + std::to_string(r), .available = {}, .unit_cost = common};
    if (!equal_costs) need.unit_cost = *rc::gen::inRange<int64_t>(1, 12);
    for (int families = 0; families < 4; ++families) {
      ++need.available[static_cast<size_t>(*rc::gen::inRange(0, 11))];
    }
    problem.regions.push_back(need);
  }
  problem.budget = *rc::gen::inRange<int64_t>(0, 160);
  return problem;
}

// Value of the best plan, by trying all of them.
int64_t BruteForce(const AllocationProblem& problem) {
  int64_t best = 0;
  const std::function<void(size_t, int64_t, int64_t)> visit = [&](size_t r, int64_t left,
                                                                  int64_t value) {
    if (r == problem.regions.size()) {
      best = std::max(best, value);
      return;
    }
    const RegionNeed& need = problem.regions[r];
    for (int64_t units = 0; units <= AvailableIn(need) && units * need.unit_cost <= left; ++units) {
      visit(r + 1, left - units * need.unit_cost, value + ValueOf(need, problem.points, units));
    }
  };
  visit(0, problem.budget, 0);
  return best;
}

RC_GTEST_PROP(AllocationProperties, TheCertificateHoldsAndTheBoundIsAboveEveryPlan, ()) {
  const AllocationProblem problem = Problem(*rc::gen::arbitrary<bool>());
  const absl::StatusOr<Allocation> plan = Solve(problem);
  RC_ASSERT(plan.ok());
  RC_ASSERT(VerifyPlan(problem, *plan).ok());
  const int64_t best = BruteForce(problem);
  RC_ASSERT(plan->certificate.value <= best);
  RC_ASSERT(best <= plan->certificate.bound);
}

RC_GTEST_PROP(AllocationProperties, WithOneUnitCostThePlanIsTheBestAndProvenSo, ()) {
  const AllocationProblem problem = Problem(true);
  const absl::StatusOr<Allocation> plan = Solve(problem);
  RC_ASSERT(plan.ok());
  RC_ASSERT(plan->certificate.value == BruteForce(problem));
  RC_ASSERT(plan->certificate.gap == 0);
}

RC_GTEST_PROP(AllocationProperties, MoreMoneyNeverLowersTheValueWithOneUnitCost, ()) {
  AllocationProblem problem = Problem(true);
  const int64_t before = Solve(problem)->certificate.value;
  problem.budget += *rc::gen::inRange<int64_t>(0, 50);
  RC_ASSERT(Solve(problem)->certificate.value >= before);
}

RC_GTEST_PROP(AllocationProperties, MoreMoneyNeverLowersTheBound, ()) {
  AllocationProblem problem = Problem(false);
  const int64_t before = Solve(problem)->certificate.bound;
  problem.budget += *rc::gen::inRange<int64_t>(0, 50);
  RC_ASSERT(Solve(problem)->certificate.bound >= before);
}

RC_GTEST_PROP(AllocationProperties, ARevisionIsFeasibleCertifiedAndNeverWorseThanItsRepair, ()) {
  const AllocationProblem problem = Problem(*rc::gen::arbitrary<bool>());
  std::vector<int64_t> old;
  for (size_t r = 0; r < problem.regions.size(); ++r)
    old.push_back(*rc::gen::inRange<int64_t>(0, 8));
  const absl::StatusOr<Revision> revision = Revise(problem, old, *rc::gen::inRange<int64_t>(0, 60));
  RC_ASSERT(revision.ok());
  RC_ASSERT(VerifyPlan(problem, revision->plan).ok());
  const Allocation repaired = Certify(problem, Repair(problem, old), 0, 1);
  RC_ASSERT(revision->plan.certificate.value >= repaired.certificate.value);
}

}  // namespace
}  // namespace sepakat::budgeting
