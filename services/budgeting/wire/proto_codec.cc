#include "budgeting/wire/proto_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"

namespace sepakat::budgeting {
namespace {

namespace pb = budgeting::events::v1;

template <typename Message>
absl::StatusOr<Message> Parse(std::string_view bytes) {
  Message message;
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return message;
  return base::Error(
      absl::StatusCode::kInvalidArgument, "MESSAGE_UNREADABLE",
      fmt::format("{} bytes are no {}", bytes.size(), Message::descriptor()->full_name()));
}

template <typename Message, typename Value>
std::string Bytes(const Value& value) {
  Message message;
  ToProto(value, &message);
  return message.SerializeAsString();
}

}  // namespace

absl::StatusOr<NeedManifest> ProtoBudgetingCodec::DecodeManifest(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<targeting::events::v1::PublicationManifest>(bytes));
  const auto count = m.output_counts().find(std::string(runtime::topics::kNeed));
  return NeedManifest{m.publication(), count == m.output_counts().end() ? 0 : count->second,
                      m.cut_at_ms()};
}

absl::StatusOr<Crossing> ProtoBudgetingCodec::DecodeCrossing(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<targeting::events::v1::BoundaryCrossed>(bytes));
  return Crossing{m.publication(), m.family_id(), m.region(), m.boundary(), m.to()};
}

absl::StatusOr<Need> ProtoBudgetingCodec::DecodeNeed(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<targeting::events::v1::NeedPublished>(bytes));
  Need need{.publication = m.publication(),
            .programme_id = m.programme_id(),
            .region = m.region(),
            .eligible = m.eligible_families(),
            .unknown = m.unknown_families(),
            .by_class = {},
            .cut_at_ms = m.cut_at_ms()};
  const size_t classes =
      std::min(kBenefitClasses, static_cast<size_t>(m.eligible_by_decile_size()));
  for (size_t k = 0; k < classes; ++k) need.by_class[k] = m.eligible_by_decile(static_cast<int>(k));
  if (need.programme_id.empty() || need.region.empty() || std::ranges::min(need.by_class) < 0) {
    return base::Error(absl::StatusCode::kInvalidArgument, "MESSAGE_UNREADABLE",
                       "a need without programme or region, or with a negative count");
  }
  return need;
}

absl::StatusOr<Programme> ProtoBudgetingCodec::DecodeProgramme(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<reference::events::v1::ProgrammeRecorded>(bytes));
  return FromProto(m);
}

absl::StatusOr<Proposal> ProtoBudgetingCodec::DecodeProposal(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<pb::PlanProposed>(bytes));
  return FromProto(m);
}

absl::StatusOr<ApprovedPlan> ProtoBudgetingCodec::DecodeApproved(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<pb::PlanApproved>(bytes));
  return FromProto(m);
}

absl::StatusOr<Delivery> ProtoBudgetingCodec::DecodeDelivery(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<pb::DeliveryRecorded>(bytes));
  return Delivery{.delivery_id = m.delivery_id(),
                  .plan_id = m.plan_id(),
                  .programme_id = m.programme_id(),
                  .family_id = m.family_id(),
                  .region = m.region(),
                  .delivered_on = m.delivered_on(),
                  .cost = m.cost_rupiah(),
                  .handover_record = m.handover_record(),
                  .recorded_by = m.recorded_by(),
                  .recorded_at_ms = m.recorded_at_ms()};
}

absl::StatusOr<std::optional<ApprovedPlan>> ProtoBudgetingCodec::DecodePlanEvent(
    std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<pb::PlanEvent>(bytes));
  std::optional<ApprovedPlan> approved;
  if (m.has_approved()) approved = FromProto(m.approved());
  return approved;
}

// The store keeps needs as the log has them, so that one decoder serves both.
std::string ProtoBudgetingCodec::EncodeNeed(const Need& need) const {
  targeting::events::v1::NeedPublished m;
  m.set_publication(need.publication);
  m.set_programme_id(need.programme_id);
  m.set_region(need.region);
  m.set_eligible_families(need.eligible);
  m.set_unknown_families(need.unknown);
  for (const int64_t families : need.by_class) m.add_eligible_by_decile(families);
  m.set_cut_at_ms(need.cut_at_ms);
  return m.SerializeAsString();
}

std::string ProtoBudgetingCodec::EncodeProgramme(const Programme& programme) const {
  return Bytes<reference::events::v1::ProgrammeRecorded>(programme);
}
std::string ProtoBudgetingCodec::EncodeProposal(const Proposal& proposal) const {
  return Bytes<pb::PlanProposed>(proposal);
}
std::string ProtoBudgetingCodec::EncodeApproved(const ApprovedPlan& plan) const {
  return Bytes<pb::PlanApproved>(plan);
}
std::string ProtoBudgetingCodec::EncodeDelivery(const Delivery& delivery) const {
  return Bytes<pb::DeliveryRecorded>(delivery);
}
std::string ProtoBudgetingCodec::EncodePlanEvent(const Proposal& proposal) const {
  pb::PlanEvent event;
  ToProto(proposal, event.mutable_proposed());
  return event.SerializeAsString();
}
std::string ProtoBudgetingCodec::EncodePlanEvent(const ApprovedPlan& plan) const {
  pb::PlanEvent event;
  ToProto(plan, event.mutable_approved());
  return event.SerializeAsString();
}

}  // namespace sepakat::budgeting
