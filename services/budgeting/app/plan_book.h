// Approved plans, the families they are committed to, and what was delivered to them.
//
// The rule of the second help: a family on an approved list of a programme is not proposed to that
// programme again, whether the help has arrived or not; another programme may still serve it. How
// many of them still count as eligible (and in which decile) is followed through their crossings,
// so that they can be taken out of the needs before a proposal is made. Errors: FailedPrecondition
// and NotFound as named at each method; those of the transaction. Thread: the task's.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "budgeting/app/budgeting_codec.h"
#include "common/runtime/state_store.h"
#include "common/runtime/transaction.h"

namespace sepakat::budgeting {

struct PlanEntry {
  ApprovedPlan plan;
  // The proposal it froze; its plan_id is empty when only the approval is known from the log.
  Proposal proposal;
  // By family id.
  std::map<std::string, Delivery> deliveries;
  int64_t delivered_cost = 0;
};

struct ProgrammeTotals {
  int64_t plans = 0;
  int64_t approved_cost = 0;
  int64_t approved_units = 0;
  int64_t delivered_cost = 0;
  int64_t delivered_units = 0;
};

struct DeliveryRequest {
  std::string plan_id;
  std::string family_id;
  int32_t delivered_on = 0;
  int64_t cost = 0;
  std::string handover_record;
  std::string actor;
};

class PlanBook {
 public:
  explicit PlanBook(const BudgetingCodec* codec) : codec_(codec) {}

  absl::Status Load(const runtime::StateStore& store);

  // Keeps an approved plan; `classes` are the benefit classes of its families, in their order.
  void Add(const ApprovedPlan& plan, const Proposal& proposal, const std::vector<size_t>& classes,
           runtime::Transaction& tx);
  // Checks and keeps a delivery: the family is on the frozen list and has received nothing yet, the
  // date is not before the approval nor after tomorrow, the cost is covered by what is left of the
  // plan, and the hand-over minutes are named. Errors: NotFound PLAN_UNKNOWN, FAMILY_NOT_ON_LIST;
  // FailedPrecondition ALREADY_DELIVERED, COST_ABOVE_PLAN; InvalidArgument DELIVERY_INVALID.
  absl::StatusOr<Delivery> Deliver(const DeliveryRequest& request, runtime::Transaction& tx);
  // Takes over a delivery read from the log unless it is known.
  void Adopt(const Delivery& delivery, runtime::Transaction& tx);

  // True if a crossing of this family can matter here.
  bool Follows(std::string_view family_id) const {
    return committed_.contains(std::string(family_id));
  }
  // Follows a committed family; returns the programmes whose commitments changed.
  std::vector<std::string> OnCrossing(const Crossing& crossing, runtime::Transaction& tx);

  const PlanEntry* Find(const std::string& plan_id) const;
  const std::map<std::string, PlanEntry>& plans() const { return plans_; }
  ProgrammeTotals TotalsOf(const std::string& programme_id) const;
  // Of the families of a region and below; every unit of a plan costs the same.
  ProgrammeTotals TotalsIn(const std::string& programme_id, std::string_view region) const;
  bool IsCommitted(const std::string& programme_id, const std::string& family_id) const;
  // Committed families of a programme that still count as eligible, by region and class.
  std::map<std::string, ByClass> StillEligible(const std::string& programme_id) const;
  // Units approved so far, by region.
  std::map<std::string, int64_t> ApprovedUnits(const std::string& programme_id) const;

 private:
  struct Commitment {
    std::string region;
    size_t cls = 0;
    bool eligible = true;
    int64_t publication = 0;
  };

  absl::Status LoadPlans(const runtime::StateStore& store);
  absl::Status CheckDelivery(const PlanEntry& entry, const DeliveryRequest& request,
                             int64_t now_ms) const;
  void Put(const std::string& family_id, const std::string& programme_id,
           const Commitment& commitment, runtime::Transaction& tx) const;

  const BudgetingCodec* codec_;
  std::map<std::string, PlanEntry> plans_;
  // Family id -> programme id -> commitment.
  std::unordered_map<std::string, std::map<std::string, Commitment>> committed_;
};

}  // namespace sepakat::budgeting
