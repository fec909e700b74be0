// Budgeting's records as protobuf messages of protos/sepakat/{budgeting,targeting,reference}.
//
// Errors: InvalidArgument MESSAGE_UNREADABLE.
// Thread: any; holds no state.
#pragma once

#include "budgeting/app/budgeting_codec.h"
#include "sepakat/budgeting/events/v1/budgeting_events.pb.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"

namespace sepakat::budgeting {

class ProtoBudgetingCodec final : public BudgetingCodec {
 public:
  absl::StatusOr<NeedManifest> DecodeManifest(std::string_view bytes) const override;
  absl::StatusOr<Crossing> DecodeCrossing(std::string_view bytes) const override;
  absl::StatusOr<Need> DecodeNeed(std::string_view bytes) const override;
  absl::StatusOr<Programme> DecodeProgramme(std::string_view bytes) const override;
  absl::StatusOr<Proposal> DecodeProposal(std::string_view bytes) const override;
  absl::StatusOr<ApprovedPlan> DecodeApproved(std::string_view bytes) const override;
  absl::StatusOr<Delivery> DecodeDelivery(std::string_view bytes) const override;
  absl::StatusOr<std::optional<ApprovedPlan>> DecodePlanEvent(
      std::string_view bytes) const override;
  std::string EncodeNeed(const Need& need) const override;
  std::string EncodeProgramme(const Programme& programme) const override;
  std::string EncodeProposal(const Proposal& proposal) const override;
  std::string EncodeApproved(const ApprovedPlan& plan) const override;
  std::string EncodeDelivery(const Delivery& delivery) const override;
  std::string EncodePlanEvent(const Proposal& proposal) const override;
  std::string EncodePlanEvent(const ApprovedPlan& plan) const override;
};

void ToProto(const Programme& from, reference::events::v1::ProgrammeRecorded* to);
Programme FromProto(const reference::events::v1::ProgrammeRecorded& from);
void ToProto(const Proposal& from, budgeting::events::v1::PlanProposed* to);
Proposal FromProto(const budgeting::events::v1::PlanProposed& from);
void ToProto(const ApprovedPlan& from, budgeting::events::v1::PlanApproved* to);
ApprovedPlan FromProto(const budgeting::events::v1::PlanApproved& from);
void ToProto(const Delivery& from, budgeting::events::v1::DeliveryRecorded* to);

}  // namespace sepakat::budgeting
