// Bytes of budgeting's records: the events on the log, and the rows in its store.
//
// Errors: InvalidArgument MESSAGE_UNREADABLE; the runtime sets such a record aside.
// Thread: any; implementations hold no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "budgeting/app/records.h"
#include "budgeting/domain/programme.h"

namespace sepakat::budgeting {

class BudgetingCodec {
 public:
  virtual ~BudgetingCodec() = default;

  virtual absl::StatusOr<NeedManifest> DecodeManifest(std::string_view bytes) const = 0;
  virtual absl::StatusOr<Crossing> DecodeCrossing(std::string_view bytes) const = 0;
  virtual absl::StatusOr<Need> DecodeNeed(std::string_view bytes) const = 0;
  virtual absl::StatusOr<Programme> DecodeProgramme(std::string_view bytes) const = 0;
  virtual absl::StatusOr<Proposal> DecodeProposal(std::string_view bytes) const = 0;
  virtual absl::StatusOr<ApprovedPlan> DecodeApproved(std::string_view bytes) const = 0;
  virtual absl::StatusOr<Delivery> DecodeDelivery(std::string_view bytes) const = 0;
  // The approval in a message of the plan topic; absent when it is a proposal.
  virtual absl::StatusOr<std::optional<ApprovedPlan>> DecodePlanEvent(
      std::string_view bytes) const = 0;

  virtual std::string EncodeNeed(const Need& need) const = 0;
  virtual std::string EncodeProgramme(const Programme& programme) const = 0;
  virtual std::string EncodeProposal(const Proposal& proposal) const = 0;
  virtual std::string EncodeApproved(const ApprovedPlan& plan) const = 0;
  virtual std::string EncodeDelivery(const Delivery& delivery) const = 0;
  virtual std::string EncodePlanEvent(const Proposal& proposal) const = 0;
  virtual std::string EncodePlanEvent(const ApprovedPlan& plan) const = 0;
};

// Types of the events that budgeting says.
inline constexpr std::string_view kPlanEventType = "sepakat.budgeting.events.v1.PlanEvent";
inline constexpr std::string_view kDeliveryType = "sepakat.budgeting.events.v1.DeliveryRecorded";
inline constexpr std::string_view kProgrammeType = "sepakat.reference.events.v1.ProgrammeRecorded";

}  // namespace sepakat::budgeting
