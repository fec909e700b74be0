// Reading what the other services say (proto_codec.h).
#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "monitoring/wire/proto_codec.h"
#include "sepakat/budgeting/events/v1/budgeting_events.pb.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"

namespace sepakat::monitoring {
namespace {

namespace targeting_pb = targeting::events::v1;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

absl::Status Unreadable(std::string_view what) {
  return base::Error(absl::StatusCode::kInvalidArgument, "MESSAGE_UNREADABLE",
                     fmt::format("the bytes are no {}", what));
}

template <typename Message>
absl::StatusOr<Message> Parse(std::string_view bytes) {
  Message message;
  if (message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return message;
  return Unreadable(Message::descriptor()->full_name());
}

// One field of an IndicatorPublished that the head needs; everything else is skipped.
bool ReadHeadField(uint32_t tag, CodedInputStream* input, IndicatorHead* head) {
  using Message = targeting_pb::IndicatorPublished;
  const auto read_number = [input](auto* number) {
    uint64_t value = 0;
    if (!input->ReadVarint64(&value)) return false;
    *number = static_cast<std::remove_pointer_t<decltype(number)>>(value);
    return true;
  };
  switch (WireFormatLite::GetTagFieldNumber(tag)) {
    case Message::kPublicationFieldNumber:
      return read_number(&head->publication);
    case Message::kPopulationFieldNumber:
      return WireFormatLite::ReadString(input, &head->population);
    case Message::kRegionFieldNumber:
      return WireFormatLite::ReadString(input, &head->region);
    case Message::kCutAtMsFieldNumber:
      return read_number(&head->cut_at_ms);
    case Message::kNewestObservationFieldNumber:
      return read_number(&head->newest_observation);
    case Message::kNewestAcceptedAtMsFieldNumber:
      return read_number(&head->newest_accepted_at_ms);
    default:
      return WireFormatLite::SkipField(input, tag);
  }
}

// A length-delimited field of `bytes`, not copied.
bool ReadView(CodedInputStream* input, std::string_view bytes, std::string_view* view) {
  uint32_t size = 0;
  if (!input->ReadVarint32(&size)) return false;
  const auto at = static_cast<size_t>(input->CurrentPosition());
  if (size > bytes.size() - at || !input->Skip(static_cast<int>(size))) return false;
  *view = bytes.substr(at, size);
  return true;
}

bool ReadFigure(std::string_view bytes, FigureView* figure) {
  using Message = common::v1::Figure;
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  while (const uint32_t tag = input.ReadTag()) {
    bool read = false;
    uint64_t families = 0;
    switch (WireFormatLite::GetTagFieldNumber(tag)) {
      case Message::kMeasureFieldNumber:
        read = ReadView(&input, bytes, &figure->measure);
        break;
      case Message::kValueFieldNumber:
        read = ReadView(&input, bytes, &figure->value);
        break;
      case Message::kObservedFamiliesFieldNumber:
        read = input.ReadVarint64(&families);
        figure->families = static_cast<int64_t>(families);
        break;
      default:
        read = WireFormatLite::SkipField(&input, tag);
    }
    if (!read) return false;
  }
  return input.ConsumedEntireMessage();
}

int64_t CountOf(const targeting_pb::PublicationManifest& manifest, std::string_view topic) {
  const auto found = manifest.output_counts().find(std::string(topic));
  return found == manifest.output_counts().end() ? 0 : found->second;
}

}  // namespace

absl::StatusOr<Manifest> ProtoMonitoringCodec::DecodeManifest(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<targeting_pb::PublicationManifest>(bytes));
  return Manifest{m.publication(), m.cut_at_ms(), CountOf(m, runtime::topics::kIndicator),
                  CountOf(m, runtime::topics::kNeed), CountOf(m, runtime::topics::kCrossing)};
}

absl::StatusOr<IndicatorHead> ProtoMonitoringCodec::DecodeIndicatorHead(
    std::string_view bytes) const {
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  IndicatorHead head;
  while (const uint32_t tag = input.ReadTag()) {
    if (!ReadHeadField(tag, &input, &head)) return Unreadable("IndicatorPublished");
  }
  if (!input.ConsumedEntireMessage() || head.population.empty() || head.region.empty()) {
    return Unreadable("IndicatorPublished");
  }
  return head;
}

absl::StatusOr<std::vector<FigureView>> ProtoMonitoringCodec::DecodeFigures(
    std::string_view bytes) const {
  constexpr int kFigures = targeting_pb::IndicatorPublished::kFiguresFieldNumber;
  std::vector<FigureView> figures;
  figures.reserve(64);
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  while (const uint32_t tag = input.ReadTag()) {
    std::string_view figure;
    if (WireFormatLite::GetTagFieldNumber(tag) != kFigures) {
      if (!WireFormatLite::SkipField(&input, tag)) return Unreadable("IndicatorPublished");
    } else if (!ReadView(&input, bytes, &figure) || !ReadFigure(figure, &figures.emplace_back())) {
      return Unreadable("IndicatorPublished");
    }
  }
  if (!input.ConsumedEntireMessage()) return Unreadable("IndicatorPublished");
  return figures;
}

absl::StatusOr<NeedHead> ProtoMonitoringCodec::DecodeNeed(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<targeting_pb::NeedPublished>(bytes));
  return NeedHead{m.publication(), m.programme_id()};
}

absl::StatusOr<Crossing> ProtoMonitoringCodec::DecodeCrossing(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<targeting_pb::BoundaryCrossed>(bytes));
  return Crossing{m.publication(), m.population(), m.family_id(), m.region(),   m.boundary(),
                  m.from(),        m.to(),         m.cause(),     m.cut_at_ms()};
}

absl::StatusOr<PlanNews> ProtoMonitoringCodec::DecodePlan(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<budgeting::events::v1::PlanEvent>(bytes));
  PlanNews news;
  if (m.has_approved()) {
    const auto& plan = m.approved();
    news = {true,
            plan.plan_id(),
            plan.programme_id(),
            plan.publication(),
            plan.cost_rupiah(),
            plan.families_size(),
            plan.approved_by(),
            plan.approved_at_ms(),
            {}};
    for (const auto& family : plan.families()) news.family_ids.push_back(family.family_id());
    return news;
  }
  if (!m.has_proposed()) return Unreadable("PlanEvent");
  const auto& plan = m.proposed();
  return PlanNews{false,
                  plan.plan_id(),
                  plan.programme_id(),
                  plan.publication(),
                  plan.cost_rupiah(),
                  plan.eligible_families() - plan.unserved_families(),
                  "",
                  plan.proposed_at_ms(),
                  {}};
}

absl::StatusOr<DeliveryNews> ProtoMonitoringCodec::DecodeDelivery(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<budgeting::events::v1::DeliveryRecorded>(bytes));
  return DeliveryNews{m.delivery_id(), m.plan_id(), m.programme_id(),
                      m.family_id(),   m.region(),  m.recorded_at_ms()};
}

absl::StatusOr<IngestNews> ProtoMonitoringCodec::DecodeIngest(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<ingestion::events::v1::IngestProgressed>(bytes));
  return IngestNews{m.ingest_id(), m.source(),   m.population(), m.received(), m.accepted(),
                    m.flagged(),   m.rejected(), m.repeated(),   m.complete(), m.updated_at_ms()};
}

absl::StatusOr<ProgrammeName> ProtoMonitoringCodec::DecodeProgramme(std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<reference::events::v1::ProgrammeRecorded>(bytes));
  return ProgrammeName{m.id(), m.name(), m.name_en(), m.population()};
}

absl::StatusOr<std::vector<RegionName>> ProtoMonitoringCodec::DecodeRegions(
    std::string_view bytes) const {
  SEPAKAT_ASSIGN_OR_RETURN(const auto m, Parse<reference::events::v1::RegionsRecorded>(bytes));
  std::vector<RegionName> names;
  for (const auto& region : m.regions())
    names.push_back({m.population(), region.code(), region.name()});
  return names;
}

}  // namespace sepakat::monitoring
