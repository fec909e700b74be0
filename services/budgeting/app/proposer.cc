#include "budgeting/app/proposer.h"

#include <fmt/format.h>

#include <algorithm>

#include "budgeting/domain/allocation.h"
#include "budgeting/domain/churn.h"
#include "common/base/hash.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

constexpr int64_t kDayMs = 86'400'000;

// Takes `count` families out of class `cls`; what is not there comes from the nearest class,
// because a family's decile may have moved since it was last heard of.
void Exclude(ByClass* available, size_t cls, int64_t count) {
  for (size_t distance = 0; distance < kBenefitClasses && count > 0; ++distance) {
    for (const size_t at : {cls - distance, cls + distance}) {
      if (at >= kBenefitClasses) continue;
      const int64_t taken = std::min(count, (*available)[at]);
      (*available)[at] -= taken;
      count -= taken;
    }
  }
}

std::string PlanId(const Proposal& proposal, int64_t earlier_plans) {
  std::string terms =
      fmt::format("{}|{}|{}|{}|{}", proposal.programme_id, proposal.programme_version,
                  proposal.ceiling, proposal.unit_cost, earlier_plans);
  for (const ProposalRow& row : proposal.rows) {
    if (row.units > 0) terms += fmt::format("|{}={}", row.region, row.units);
  }
  base::Digest128 digest;
  digest.Add(terms);
  return fmt::format("{}-{}", proposal.programme_id, digest.Hex().substr(0, 16));
}

}  // namespace

AllocationProblem BuildProblem(const ProposalInputs& inputs, const ByClass& points) {
  AllocationProblem problem;
  problem.points = points;
  problem.budget =
      std::max<int64_t>(0, inputs.programme->ceiling_rupiah - inputs.totals.approved_cost);
  for (const auto& [region, need] : *inputs.needs) {
    RegionNeed available{region, need.by_class, inputs.programme->unit_cost_rupiah};
    if (const auto held = inputs.still_eligible.find(region); held != inputs.still_eligible.end()) {
      for (size_t k = 0; k < kBenefitClasses; ++k)
        Exclude(&available.available, k, held->second[k]);
    }
    if (AvailableIn(available) > 0) problem.regions.push_back(std::move(available));
  }
  return problem;
}

absl::StatusOr<Proposal> Propose(const ProposalInputs& inputs, const Proposal* old,
                                 int64_t now_ms) {
  SEPAKAT_ASSIGN_OR_RETURN(
      const BenefitTable table,
      BenefitTableOn(inputs.tables, static_cast<int32_t>(inputs.cut_at_ms / kDayMs)));
  const AllocationProblem problem = BuildProblem(inputs, table.points);
  absl::StatusOr<Allocation> plan = absl::UnknownError("");
  if (old == nullptr) {
    plan = Solve(problem);
  } else {
    const std::map<std::string, int64_t> before = UnitsOf(*old);
    std::vector<int64_t> units;
    for (const RegionNeed& need : problem.regions) {
      const auto found = before.find(need.region);
      units.push_back(found == before.end() ? 0 : found->second);
    }
    absl::StatusOr<Revision> revision = Revise(problem, units, inputs.churn_points_per_region);
    plan =
        revision.ok() ? absl::StatusOr<Allocation>(std::move(revision->plan)) : revision.status();
  }
  if (!plan.ok()) return std::move(plan).status();

  Proposal proposal{.plan_id = "",
                    .programme_id = inputs.programme->id,
                    .programme_version = inputs.programme->version,
                    .publication = inputs.publication,
                    .ceiling = inputs.programme->ceiling_rupiah,
                    .committed = inputs.totals.approved_cost,
                    .unit_cost = inputs.programme->unit_cost_rupiah,
                    .cost = plan->cost,
                    .certificate = plan->certificate,
                    .benefit_table = table.version,
                    .rows = {},
                    .proposed_at_ms = now_ms,
                    .eligible = 0,
                    .unserved = 0};
  for (size_t r = 0; r < problem.regions.size(); ++r) {
    const RegionNeed& need = problem.regions[r];
    const int64_t units = plan->units[r];
    proposal.rows.push_back({need.region, AvailableIn(need), units, units * need.unit_cost,
                             ValueOf(need, problem.points, units)});
    proposal.eligible += proposal.rows.back().eligible;
    proposal.unserved += proposal.rows.back().eligible - units;
  }
  proposal.plan_id = PlanId(proposal, inputs.totals.plans);
  return proposal;
}

std::map<std::string, int64_t> UnitsOf(const Proposal& proposal) {
  std::map<std::string, int64_t> units;
  for (const ProposalRow& row : proposal.rows) units.emplace(row.region, row.units);
  return units;
}

Comparison Compare(const std::map<std::string, int64_t>& before,
                   const std::map<std::string, int64_t>& after) {
  std::map<std::string, UnitsChange> merged;
  for (const auto& [region, units] : before) merged[region] = {region, units, 0};
  for (const auto& [region, units] : after) {
    UnitsChange& change = merged[region];
    change.region = region;
    change.after = units;
  }
  Comparison comparison;
  for (auto& [region, change] : merged) {
    if (change.before == change.after) continue;
    comparison.gaining += std::max<int64_t>(0, change.after - change.before);
    comparison.losing += std::max<int64_t>(0, change.before - change.after);
    comparison.changes.push_back(std::move(change));
  }
  return comparison;
}

}  // namespace sepakat::budgeting
