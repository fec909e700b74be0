// Monitoring's records as protobuf messages.
//
// Errors: InvalidArgument MESSAGE_UNREADABLE, ALERT_RULES_INVALID.
// Thread: any; holds no state.
#pragma once

#include "monitoring/app/monitoring_codec.h"
#include "sepakat/monitoring/events/v1/monitoring_events.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"

namespace sepakat::monitoring {

class ProtoMonitoringCodec final : public MonitoringCodec {
 public:
  absl::StatusOr<Manifest> DecodeManifest(std::string_view bytes) const override;
  absl::StatusOr<IndicatorHead> DecodeIndicatorHead(std::string_view bytes) const override;
  absl::StatusOr<std::vector<FigureView>> DecodeFigures(std::string_view bytes) const override;
  absl::StatusOr<NeedHead> DecodeNeed(std::string_view bytes) const override;
  absl::StatusOr<Crossing> DecodeCrossing(std::string_view bytes) const override;
  absl::StatusOr<PlanNews> DecodePlan(std::string_view bytes) const override;
  absl::StatusOr<DeliveryNews> DecodeDelivery(std::string_view bytes) const override;
  absl::StatusOr<IngestNews> DecodeIngest(std::string_view bytes) const override;
  absl::StatusOr<ProgrammeName> DecodeProgramme(std::string_view bytes) const override;
  absl::StatusOr<std::vector<RegionName>> DecodeRegions(std::string_view bytes) const override;
  absl::StatusOr<Target> DecodeTarget(std::string_view bytes) const override;
  std::string EncodeTarget(const Target& target) const override;
  absl::StatusOr<ScoreRecord> DecodeScore(std::string_view bytes) const override;
  std::string EncodeScore(const ScoreRecord& score) const override;
  absl::StatusOr<AlertRecord> DecodeAlert(std::string_view bytes) const override;
  std::string EncodeAlert(const AlertRecord& alert) const override;
  absl::StatusOr<Change> DecodeChange(std::string_view bytes) const override;
  std::string EncodeChange(const Change& change) const override;
  absl::StatusOr<Arrivals> DecodeArrivals(std::string_view bytes) const override;
  std::string EncodeArrivals(const Arrivals& arrivals) const override;
  std::string EncodeOutcome(const Outcome& outcome) const override;
  std::string EncodeNotice(const Notice& notice) const override;
  absl::StatusOr<std::vector<AlertRule>> ParseAlertRules(std::string_view toml,
                                                         std::string_view file_name) const override;
};

Target FromProto(const reference::events::v1::TargetRecorded& from);
void ToProto(const Target& from, reference::events::v1::TargetRecorded* to);

}  // namespace sepakat::monitoring
