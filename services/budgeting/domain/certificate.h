// The certificate of an allocation: computing it for a given plan, and checking it independently.
//
// VerifyPlan trusts nothing but the problem: it adds up cost and value again, checks every limit
// and recomputes the bound from lambda. It shares no code with the solver. Errors:
// FailedPrecondition PLAN_NOT_PROVEN with the first thing that does not hold. Thread: pure
// functions. Complexity: O(regions).
#pragma once

#include "absl/status/status.h"
#include "budgeting/domain/allocation.h"

namespace sepakat::budgeting {

// Cost, value, bound and gap of `units` under lambda. Requires a checked problem and feasible
// units.
Allocation Certify(const AllocationProblem& problem, std::vector<int64_t> units,
                   int64_t lambda_numerator, int64_t lambda_denominator);

absl::Status VerifyPlan(const AllocationProblem& problem, const Allocation& plan);

}  // namespace sepakat::budgeting
