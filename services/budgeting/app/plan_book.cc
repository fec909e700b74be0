#include "budgeting/app/plan_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "common/base/date.h"
#include "common/base/hash.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/runtime/topics.h"

namespace sepakat::budgeting {
namespace {

constexpr std::string_view kPlanPrefix = "plan/";
constexpr std::string_view kFrozenPrefix = "frozen/";
constexpr std::string_view kDeliveryPrefix = "delivery/";
constexpr std::string_view kCommitPrefix = "commit/";
constexpr int64_t kDayMs = 86'400'000;

std::string Key(std::string_view prefix, std::string_view a, std::string_view b) {
  return fmt::format("{}{}/{}", prefix, a, b);
}

std::vector<std::string_view> Split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t at = text.find(mark);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

int64_t Number(std::string_view text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

const FrozenFamily* FindFamily(const ApprovedPlan& plan, const std::string& family_id) {
  const auto found = std::ranges::find(plan.families, family_id, &FrozenFamily::family_id);
  return found == plan.families.end() ? nullptr : &*found;
}

}  // namespace

absl::Status PlanBook::LoadPlans(const runtime::StateStore& store) {
  absl::Status status;
  const auto each = [&](std::string_view prefix, const auto& take) -> absl::Status {
    SEPAKAT_RETURN_IF_ERROR(store.Scan(prefix, runtime::PrefixEnd(prefix),
                                       [&](std::string_view, std::string_view value) {
                                         status = take(value);
                                         return status.ok();
                                       }));
    return status;
  };
  SEPAKAT_RETURN_IF_ERROR(each(kPlanPrefix, [this](std::string_view value) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(ApprovedPlan plan, codec_->DecodeApproved(value));
    plans_[plan.plan_id].plan = std::move(plan);
    return absl::OkStatus();
  }));
  SEPAKAT_RETURN_IF_ERROR(each(kFrozenPrefix, [this](std::string_view value) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(Proposal proposal, codec_->DecodeProposal(value));
    plans_[proposal.plan_id].proposal = std::move(proposal);
    return absl::OkStatus();
  }));
  return each(kDeliveryPrefix, [this](std::string_view value) -> absl::Status {
    SEPAKAT_ASSIGN_OR_RETURN(Delivery delivery, codec_->DecodeDelivery(value));
    PlanEntry& entry = plans_[delivery.plan_id];
    entry.delivered_cost += delivery.cost;
    entry.deliveries.insert_or_assign(delivery.family_id, std::move(delivery));
    return absl::OkStatus();
  });
}

absl::Status PlanBook::Load(const runtime::StateStore& store) {
  plans_.clear();
  committed_.clear();
  SEPAKAT_RETURN_IF_ERROR(LoadPlans(store));
  return store.Scan(kCommitPrefix, runtime::PrefixEnd(kCommitPrefix),
                    [this](std::string_view key, std::string_view value) {
                      const auto names = Split(key.substr(kCommitPrefix.size()), '/');
                      const auto parts = Split(value, '|');
                      if (names.size() == 2 && parts.size() == 4) {
                        committed_[std::string(names[1])][std::string(names[0])] = {
                            std::string(parts[0]), static_cast<size_t>(Number(parts[1])),
                            parts[2] == "1", Number(parts[3])};
                      }
                      return true;
                    });
}

void PlanBook::Put(const std::string& family_id, const std::string& programme_id,
                   const Commitment& commitment, runtime::Transaction& tx) const {
  tx.Put(Key(kCommitPrefix, programme_id, family_id),
         fmt::format("{}|{}|{}|{}", commitment.region, commitment.cls, commitment.eligible ? 1 : 0,
                     commitment.publication));
}

void PlanBook::Add(const ApprovedPlan& plan, const Proposal& proposal,
                   const std::vector<size_t>& classes, runtime::Transaction& tx) {
  for (size_t i = 0; i < plan.families.size(); ++i) {
    const FrozenFamily& family = plan.families[i];
    Commitment& commitment = committed_[family.family_id][plan.programme_id];
    commitment = {family.region, i < classes.size() ? classes[i] : 0, true, plan.publication};
    Put(family.family_id, plan.programme_id, commitment, tx);
  }
  tx.Put(fmt::format("{}{}", kPlanPrefix, plan.plan_id), codec_->EncodeApproved(plan));
  if (!proposal.plan_id.empty()) {
    tx.Put(fmt::format("{}{}", kFrozenPrefix, plan.plan_id), codec_->EncodeProposal(proposal));
  }
  PlanEntry& entry = plans_[plan.plan_id];
  entry.plan = plan;
  entry.proposal = proposal;
}

absl::Status PlanBook::CheckDelivery(const PlanEntry& entry, const DeliveryRequest& request,
                                     int64_t now_ms) const {
  const auto invalid = [](const std::string& why) {
    return base::Error(absl::StatusCode::kInvalidArgument, "DELIVERY_INVALID", why);
  };
  if (const auto known = entry.deliveries.find(request.family_id);
      known != entry.deliveries.end()) {
    return base::Error(
        absl::StatusCode::kFailedPrecondition, "ALREADY_DELIVERED",
        fmt::format("this family received its unit on {} (minutes {}); a list serves each "
                    "family once",
                    base::IsoDate(known->second.delivered_on), known->second.handover_record));
  }
  if (request.handover_record.empty())
    return invalid("the number of the hand-over minutes (BAST) is missing");
  if (request.cost <= 0) return invalid("the cost must be positive");
  // Local days run up to 14 hours ahead of UTC.
  if (request.delivered_on > now_ms / kDayMs + 1) return invalid("the delivery lies in the future");
  if (request.delivered_on < entry.plan.approved_at_ms / kDayMs) {
    return invalid(fmt::format(
        "the delivery on {} lies before the approval on {}", base::IsoDate(request.delivered_on),
        base::IsoDate(static_cast<int32_t>(entry.plan.approved_at_ms / kDayMs))));
  }
  const int64_t left = entry.plan.cost - entry.delivered_cost;
  if (request.cost > left) {
    return base::Error(
        absl::StatusCode::kFailedPrecondition, "COST_ABOVE_PLAN",
        fmt::format("Rp {} is more than the Rp {} left of this plan", request.cost, left));
  }
  return absl::OkStatus();
}

absl::StatusOr<Delivery> PlanBook::Deliver(const DeliveryRequest& request,
                                           runtime::Transaction& tx) {
  const auto entry = plans_.find(request.plan_id);
  if (Find(request.plan_id) == nullptr) {
    return base::Error(
        absl::StatusCode::kNotFound, "PLAN_UNKNOWN",
        fmt::format("no approved plan {}; deliveries are recorded against approved plans",
                    request.plan_id));
  }
  const FrozenFamily* family = FindFamily(entry->second.plan, request.family_id);
  if (family == nullptr) {
    return base::Error(absl::StatusCode::kNotFound, "FAMILY_NOT_ON_LIST",
                       "this family is not on the frozen list of the plan");
  }
  SEPAKAT_RETURN_IF_ERROR(CheckDelivery(entry->second, request, tx.NowMs()));
  base::Digest128 digest;
  digest.Add(request.plan_id + "/" + request.family_id);
  Delivery delivery{.delivery_id = digest.Hex(),
                    .plan_id = request.plan_id,
                    .programme_id = entry->second.plan.programme_id,
                    .family_id = request.family_id,
                    .region = family->region,
                    .delivered_on = request.delivered_on,
                    .cost = request.cost,
                    .handover_record = request.handover_record,
                    .recorded_by = request.actor,
                    .recorded_at_ms = tx.NowMs()};
  Adopt(delivery, tx);
  runtime::OutEvent event;
  event.topic = std::string(runtime::topics::kDelivery);
  event.key = delivery.plan_id;
  event.type = std::string(kDeliveryType);
  event.payload = codec_->EncodeDelivery(delivery);
  tx.Say(std::move(event));
  return delivery;
}

void PlanBook::Adopt(const Delivery& delivery, runtime::Transaction& tx) {
  PlanEntry& entry = plans_[delivery.plan_id];
  if (!entry.deliveries.emplace(delivery.family_id, delivery).second) return;
  entry.delivered_cost += delivery.cost;
  tx.Put(Key(kDeliveryPrefix, delivery.plan_id, delivery.family_id),
         codec_->EncodeDelivery(delivery));
}

std::vector<std::string> PlanBook::OnCrossing(const Crossing& crossing, runtime::Transaction& tx) {
  std::vector<std::string> changed;
  const auto found = committed_.find(crossing.family_id);
  if (found == committed_.end()) return changed;
  for (auto& [programme_id, commitment] : found->second) {
    if (crossing.publication <= commitment.publication) continue;
    if (crossing.boundary == "decile") {
      const int64_t decile = Number(crossing.to);
      commitment.cls =
          decile >= 1 && decile <= 10 ? static_cast<size_t>(decile - 1) : kBenefitClasses - 1;
    } else if (crossing.boundary == "need." + programme_id) {
      commitment.eligible = crossing.to == "open";
    } else {
      continue;
    }
    commitment.region = crossing.region;
    Put(crossing.family_id, programme_id, commitment, tx);
    changed.push_back(programme_id);
  }
  return changed;
}

const PlanEntry* PlanBook::Find(const std::string& plan_id) const {
  const auto found = plans_.find(plan_id);
  // A delivery may be read back before its plan.
  return found == plans_.end() || found->second.plan.plan_id.empty() ? nullptr : &found->second;
}

ProgrammeTotals PlanBook::TotalsOf(const std::string& programme_id) const {
  ProgrammeTotals totals;
  for (const auto& [id, entry] : plans_) {
    if (entry.plan.programme_id != programme_id) continue;
    ++totals.plans;
    totals.approved_cost += entry.plan.cost;
    totals.approved_units += static_cast<int64_t>(entry.plan.families.size());
    totals.delivered_cost += entry.delivered_cost;
    totals.delivered_units += static_cast<int64_t>(entry.deliveries.size());
  }
  return totals;
}

ProgrammeTotals PlanBook::TotalsIn(const std::string& programme_id, std::string_view region) const {
  ProgrammeTotals totals;
  for (const auto& [id, entry] : plans_) {
    if (entry.plan.programme_id != programme_id || entry.plan.families.empty()) continue;
    const int64_t unit_cost = entry.plan.cost / std::ssize(entry.plan.families);
    const int64_t units = std::ranges::count_if(
        entry.plan.families,
        [&](const FrozenFamily& family) { return base::IsWithin(family.region, region); });
    totals.plans += units > 0 ? 1 : 0;
    totals.approved_units += units;
    totals.approved_cost += units * unit_cost;
    for (const auto& [family_id, delivery] : entry.deliveries) {
      if (!base::IsWithin(delivery.region, region)) continue;
      ++totals.delivered_units;
      totals.delivered_cost += delivery.cost;
    }
  }
  return totals;
}

bool PlanBook::IsCommitted(const std::string& programme_id, const std::string& family_id) const {
  const auto found = committed_.find(family_id);
  return found != committed_.end() && found->second.contains(programme_id);
}

std::map<std::string, ByClass> PlanBook::StillEligible(const std::string& programme_id) const {
  std::map<std::string, ByClass> counts;
  for (const auto& [family_id, programmes] : committed_) {
    const auto found = programmes.find(programme_id);
    if (found == programmes.end() || !found->second.eligible) continue;
    ++counts[found->second.region][std::min(found->second.cls, kBenefitClasses - 1)];
  }
  return counts;
}

std::map<std::string, int64_t> PlanBook::ApprovedUnits(const std::string& programme_id) const {
  std::map<std::string, int64_t> units;
  for (const auto& [id, entry] : plans_) {
    if (entry.plan.programme_id != programme_id) continue;
    for (const FrozenFamily& family : entry.plan.families) ++units[family.region];
  }
  return units;
}

}  // namespace sepakat::budgeting
