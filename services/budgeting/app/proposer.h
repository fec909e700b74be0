// From needs, money and what is already promised to a proposal, and what it would change.
//
// Errors: those of Solve(); NotFound NO_BENEFIT_TABLE.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "budgeting/app/need_book.h"
#include "budgeting/app/plan_book.h"
#include "budgeting/app/records.h"
#include "budgeting/domain/benefit_table.h"
#include "budgeting/domain/programme.h"

namespace sepakat::budgeting {

struct ProposalInputs {
  const Programme* programme = nullptr;
  const NeedBook::ByRegion* needs = nullptr;
  // Publication and instant of the needs.
  int64_t publication = 0;
  int64_t cut_at_ms = 0;
  ProgrammeTotals totals;
  std::map<std::string, ByClass> still_eligible;
  std::span<const BenefitTable> tables;
  int64_t churn_points_per_region = 0;
};

// The needs without the families that are on a list already, under the money that is left.
AllocationProblem BuildProblem(const ProposalInputs& inputs, const ByClass& points);

// The proposal of this moment. `old` (may be null) is changed as little as churn.h says.
absl::StatusOr<Proposal> Propose(const ProposalInputs& inputs, const Proposal* old, int64_t now_ms);

struct UnitsChange {
  std::string region;
  int64_t before = 0;
  int64_t after = 0;
};

struct Comparison {
  std::vector<UnitsChange> changes;  // ascending by region
  int64_t gaining = 0;
  int64_t losing = 0;
};

// Regions whose units differ.
Comparison Compare(const std::map<std::string, int64_t>& before,
                   const std::map<std::string, int64_t>& after);
std::map<std::string, int64_t> UnitsOf(const Proposal& proposal);

}  // namespace sepakat::budgeting
