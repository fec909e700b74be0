#include "budgeting/domain/certificate.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "common/base/fixed_point.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

using base::Int128;

// The part of the budget that a plan can use: every plan costs a multiple of the costs' common
// divisor.
int64_t UsableBudget(const AllocationProblem& problem) {
  int64_t divisor = 0;
  for (const RegionNeed& need : problem.regions) divisor = std::gcd(divisor, need.unit_cost);
  return divisor == 0 ? 0 : problem.budget / divisor * divisor;
}

// floor(L(lambda)), L = sum over families of max(v - lambda*c, 0) + lambda*budget.
int64_t LagrangianBound(const AllocationProblem& problem, Int128 numerator, Int128 denominator) {
  Int128 scaled = numerator * UsableBudget(problem);
  for (const RegionNeed& need : problem.regions) {
    for (size_t k = 0; k < kBenefitClasses; ++k) {
      const Int128 reduced = denominator * problem.points[k] - numerator * need.unit_cost;
      if (reduced > 0) scaled += reduced * need.available[k];
    }
  }
  return static_cast<int64_t>(scaled / denominator);
}

absl::Status NotProven(const std::string& why) {
  return base::Error(absl::StatusCode::kFailedPrecondition, "PLAN_NOT_PROVEN", why);
}

}  // namespace

Allocation Certify(const AllocationProblem& problem, std::vector<int64_t> units,
                   int64_t lambda_numerator, int64_t lambda_denominator) {
  Allocation plan;
  for (size_t r = 0; r < units.size(); ++r) {
    plan.cost += units[r] * problem.regions[r].unit_cost;
    plan.certificate.value += ValueOf(problem.regions[r], problem.points, units[r]);
  }
  plan.units = std::move(units);
  plan.certificate.lambda_numerator = lambda_numerator;
  plan.certificate.lambda_denominator = lambda_denominator;
  plan.certificate.bound = LagrangianBound(problem, lambda_numerator, lambda_denominator);
  plan.certificate.gap = plan.certificate.bound - plan.certificate.value;
  return plan;
}

absl::Status VerifyPlan(const AllocationProblem& problem, const Allocation& plan) {
  if (absl::Status checked = CheckProblem(problem); !checked.ok()) return checked;
  const Certificate& claim = plan.certificate;
  if (plan.units.size() != problem.regions.size())
    return NotProven("one number per region is needed");
  if (claim.lambda_numerator < 0 || claim.lambda_denominator <= 0) {
    return NotProven("lambda must not be negative");
  }
  Int128 cost = 0;
  Int128 value = 0;
  for (size_t r = 0; r < plan.units.size(); ++r) {
    const RegionNeed& need = problem.regions[r];
    int64_t left = plan.units[r];
    if (left < 0) return NotProven(fmt::format("region {}: negative units", need.region));
    cost += Int128{left} * need.unit_cost;
    for (size_t k = 0; k < kBenefitClasses && left > 0; ++k) {
      const int64_t taken = std::min(left, need.available[k]);
      value += Int128{taken} * problem.points[k];
      left -= taken;
    }
    if (left > 0) {
      return NotProven(fmt::format("region {}: {} units for {} families", need.region,
                                   plan.units[r], plan.units[r] - left));
    }
  }
  if (cost > problem.budget) return NotProven("the plan costs more than the budget");
  if (cost != plan.cost) return NotProven("the cost does not add up");
  if (value != claim.value) return NotProven("the value does not add up");
  if (LagrangianBound(problem, claim.lambda_numerator, claim.lambda_denominator) != claim.bound) {
    return NotProven("the bound does not follow from lambda");
  }
  if (claim.gap != claim.bound - claim.value || claim.gap < 0) return NotProven("the gap is wrong");
  return absl::OkStatus();
}

}  // namespace sepakat::budgeting
