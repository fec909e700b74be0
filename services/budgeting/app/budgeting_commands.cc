// The commands and the preview of BudgetingTask (budgeting_task.h).
#include <fmt/format.h>

#include <algorithm>

#include "budgeting/app/budgeting_task.h"
#include "common/base/hash.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::budgeting {
namespace {

constexpr int64_t kMostRupiah = 1'000'000'000'000'000;

absl::Status Refuse(std::string_view reason, const std::string& why) {
  return base::Error(absl::StatusCode::kFailedPrecondition, reason, why);
}

std::string ListDigest(const std::vector<FrozenFamily>& families) {
  std::string text;
  for (const FrozenFamily& family : families) {
    text += fmt::format("{} {} {}\n", family.rank, family.family_id, family.region);
  }
  base::Digest128 digest;
  digest.Add(text);
  return digest.Hex();
}

size_t ClassOf(uint32_t decile) {
  return decile >= 1 && decile <= 10 ? decile - 1 : kBenefitClasses - 1;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> BudgetingTask::SetProgrammes(
    const std::vector<Programme>& programmes, runtime::Transaction& tx) {
  std::vector<std::string> warnings;
  std::string mistakes;
  for (const Programme& programme : programmes) {
    if (const absl::Status status = CheckProgramme(programme); !status.ok()) {
      mistakes += (mistakes.empty() ? "" : "\n") + std::string(status.message());
    }
    std::ranges::move(LintProgramme(programme), std::back_inserter(warnings));
  }
  if (!mistakes.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "PROGRAMME_INVALID", mistakes);
  }
  for (const Programme& programme : programmes) {
    if (const auto old = programmes_.find(programme.id);
        old != programmes_.end() && old->second == programme) {
      continue;
    }
    Keep(programme, {tx.NowMs(), kSaidHere}, tx);
    runtime::OutEvent event;
    event.topic = std::string(runtime::topics::kProgramme);
    event.key = programme.id;
    event.type = std::string(kProgrammeType);
    event.payload = codec_->EncodeProgramme(programme);
    tx.Say(std::move(event));
    Resolve(programme.id, tx);
  }
  return warnings;
}

absl::StatusOr<const Proposal*> BudgetingTask::Current(const std::string& plan_id) const {
  if (const PlanEntry* approved = plans_.Find(plan_id)) {
    return Refuse(
        "PLAN_ALREADY_APPROVED",
        fmt::format("plan {} was approved by {}; see its list and record deliveries against it",
                    plan_id, approved->plan.approved_by));
  }
  for (const auto& [programme_id, proposal] : proposals_) {
    if (proposal.plan_id != plan_id) continue;
    if (proposal.cost > 0) return &proposal;
    return Refuse("PLAN_EMPTY",
                  fmt::format("plan {} serves nobody: no money is left or no family is "
                              "eligible; raise the ceiling or change the rule",
                              plan_id));
  }
  for (const auto& [programme_id, programme] : programmes_) {
    if (!plan_id.starts_with(programme_id + "-")) continue;
    const Proposal* current = ProposalOf(programme_id);
    return Refuse(
        "PLAN_OUTDATED",
        fmt::format("proposal {} was replaced by {}; look at what changed and approve that one",
                    plan_id, current == nullptr ? "none yet" : current->plan_id));
  }
  return base::Error(absl::StatusCode::kNotFound, "PLAN_UNKNOWN",
                     fmt::format("no proposal or plan {}", plan_id));
}

absl::StatusOr<std::string> BudgetingTask::ProgrammeOf(const std::string& plan_id) const {
  SEPAKAT_ASSIGN_OR_RETURN(const Proposal* proposal, Current(plan_id));
  return proposal->programme_id;
}

absl::StatusOr<std::vector<Quota>> BudgetingTask::QuotasOf(const std::string& plan_id) const {
  SEPAKAT_ASSIGN_OR_RETURN(const Proposal* proposal, Current(plan_id));
  // Families that are on an earlier list still stand on targeting's; ask for that many more.
  const std::map<std::string, int64_t> on_lists = plans_.ApprovedUnits(proposal->programme_id);
  std::vector<Quota> quotas;
  for (const ProposalRow& row : proposal->rows) {
    if (row.units == 0) continue;
    const auto more = on_lists.find(row.region);
    quotas.push_back({row.region, row.units + (more == on_lists.end() ? 0 : more->second)});
  }
  return quotas;
}

absl::StatusOr<ApprovedPlan> BudgetingTask::Approve(const std::string& plan_id,
                                                    const Decision& decision,
                                                    const Selection& selection,
                                                    runtime::Transaction& tx) {
  if (decision.actor.empty() || decision.reason.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "DECISION_INCOMPLETE",
                       "an approval needs the person who decides (actor) and why (reason)");
  }
  SEPAKAT_ASSIGN_OR_RETURN(const Proposal* current, Current(plan_id));
  const Proposal proposal = *current;
  ApprovedPlan plan{.plan_id = plan_id,
                    .programme_id = proposal.programme_id,
                    .publication = selection.publication,
                    .approved_by = decision.actor,
                    .reason = decision.reason,
                    .approved_at_ms = tx.NowMs(),
                    .families = {},
                    .list_digest = "",
                    .cost = 0};
  std::map<std::string, int64_t> left = UnitsOf(proposal);
  std::vector<size_t> classes;
  for (const SelectedFamily& family : selection.families) {
    if (plans_.IsCommitted(proposal.programme_id, family.family_id)) continue;
    const auto units = left.find(family.region);
    if (units == left.end() || units->second == 0) continue;
    --units->second;
    plan.families.push_back(
        {family.family_id, family.region, static_cast<int64_t>(plan.families.size()) + 1});
    classes.push_back(ClassOf(family.decile));
  }
  if (plan.families.empty()) {
    return Refuse("LIST_EMPTY",
                  "no family of this proposal is eligible any more; wait for the next "
                  "proposal and look at it");
  }
  plan.list_digest = ListDigest(plan.families);
  plan.cost = static_cast<int64_t>(plan.families.size()) * proposal.unit_cost;
  plans_.Add(plan, proposal, classes, tx);
  runtime::OutEvent event;
  event.topic = std::string(runtime::topics::kPlan);
  event.key = plan.programme_id;
  event.type = std::string(kPlanEventType);
  event.payload = codec_->EncodePlanEvent(plan);
  tx.Say(std::move(event));
  Resolve(plan.programme_id, tx);
  return plan;
}

absl::StatusOr<Delivery> BudgetingTask::Deliver(const DeliveryRequest& request,
                                                runtime::Transaction& tx) {
  if (request.actor.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "DECISION_INCOMPLETE",
                       "a delivery needs the person who records it (actor)");
  }
  return plans_.Deliver(request, tx);
}

absl::StatusOr<Preview> BudgetingTask::MakePreview(const std::string& programme_id,
                                                   std::optional<int64_t> ceiling,
                                                   std::optional<int64_t> unit_cost,
                                                   int64_t now_ms) const {
  const auto found = programmes_.find(programme_id);
  if (found == programmes_.end()) {
    return base::Error(absl::StatusCode::kNotFound, "PROGRAMME_UNKNOWN",
                       fmt::format("no programme {}", programme_id));
  }
  Programme programme = found->second;
  programme.ceiling_rupiah = ceiling.value_or(programme.ceiling_rupiah);
  programme.unit_cost_rupiah = unit_cost.value_or(programme.unit_cost_rupiah);
  if (programme.ceiling_rupiah < 0 || programme.ceiling_rupiah > kMostRupiah ||
      programme.unit_cost_rupiah <= 0 || programme.unit_cost_rupiah > kMostRupiah) {
    return base::Error(absl::StatusCode::kInvalidArgument, "TERMS_INVALID",
                       "a ceiling is Rp 0 to 1,000 trillion, a unit cost at least Rp 1");
  }
  const Proposal* current = ProposalOf(programme_id);
  const bool comparable = current != nullptr && current->unit_cost == programme.unit_cost_rupiah;
  const bool other_terms = ceiling.has_value() || unit_cost.has_value();
  Preview preview;
  SEPAKAT_ASSIGN_OR_RETURN(preview.proposal,
                           Propose(InputsOf(programme), comparable ? current : nullptr, now_ms));
  std::map<std::string, int64_t> before;
  std::map<std::string, int64_t> after = UnitsOf(preview.proposal);
  const std::map<std::string, int64_t> approved = plans_.ApprovedUnits(programme_id);
  if (!approved.empty()) {
    preview.compared_with = "approved";
    int64_t newest = -1;
    for (const auto& [id, entry] : plans_.plans()) {
      if (entry.plan.programme_id != programme_id || entry.plan.approved_at_ms < newest) continue;
      newest = entry.plan.approved_at_ms;
      preview.compared_plan_id = id;
    }
    before = approved;
    for (const auto& [region, units] : approved) after[region] += units;
  } else if (const auto old = previous_.find(programme_id); other_terms && current != nullptr) {
    preview.compared_with = "proposal";
    preview.compared_plan_id = current->plan_id;
    before = UnitsOf(*current);
  } else if (old != previous_.end()) {
    preview.compared_with = "proposal";
    preview.compared_plan_id = old->second.plan_id;
    before = UnitsOf(old->second);
  }
  preview.comparison = Compare(before, after);
  return preview;
}

}  // namespace sepakat::budgeting
