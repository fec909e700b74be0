// Bytes of monitoring's records: the events it reads and says, and the rows of its store.
//
// Errors: InvalidArgument MESSAGE_UNREADABLE; the runtime sets such a record aside.
// Thread: any; implementations hold no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "monitoring/app/records.h"
#include "monitoring/domain/achievement.h"
#include "monitoring/domain/alert.h"

namespace sepakat::monitoring {

class MonitoringCodec {
 public:
  virtual ~MonitoringCodec() = default;

  virtual absl::StatusOr<Manifest> DecodeManifest(std::string_view bytes) const = 0;
  // Skips the figures: about a microsecond.
  virtual absl::StatusOr<IndicatorHead> DecodeIndicatorHead(std::string_view bytes) const = 0;
  // Copies nothing: the figures look into `bytes`.
  virtual absl::StatusOr<std::vector<FigureView>> DecodeFigures(std::string_view bytes) const = 0;
  virtual absl::StatusOr<NeedHead> DecodeNeed(std::string_view bytes) const = 0;
  virtual absl::StatusOr<Crossing> DecodeCrossing(std::string_view bytes) const = 0;
  virtual absl::StatusOr<PlanNews> DecodePlan(std::string_view bytes) const = 0;
  virtual absl::StatusOr<DeliveryNews> DecodeDelivery(std::string_view bytes) const = 0;
  virtual absl::StatusOr<IngestNews> DecodeIngest(std::string_view bytes) const = 0;
  virtual absl::StatusOr<ProgrammeName> DecodeProgramme(std::string_view bytes) const = 0;
  virtual absl::StatusOr<std::vector<RegionName>> DecodeRegions(std::string_view bytes) const = 0;

  virtual absl::StatusOr<Target> DecodeTarget(std::string_view bytes) const = 0;
  virtual std::string EncodeTarget(const Target& target) const = 0;
  virtual absl::StatusOr<ScoreRecord> DecodeScore(std::string_view bytes) const = 0;
  virtual std::string EncodeScore(const ScoreRecord& score) const = 0;
  virtual absl::StatusOr<AlertRecord> DecodeAlert(std::string_view bytes) const = 0;
  virtual std::string EncodeAlert(const AlertRecord& alert) const = 0;
  virtual absl::StatusOr<Change> DecodeChange(std::string_view bytes) const = 0;
  virtual std::string EncodeChange(const Change& change) const = 0;
  virtual absl::StatusOr<Arrivals> DecodeArrivals(std::string_view bytes) const = 0;
  virtual std::string EncodeArrivals(const Arrivals& arrivals) const = 0;
  virtual std::string EncodeOutcome(const Outcome& outcome) const = 0;
  virtual std::string EncodeNotice(const Notice& notice) const = 0;

  // Rules of a TOML text. Errors: InvalidArgument ALERT_RULES_INVALID naming every mistake, one per
  // line, each with file name and line.
  virtual absl::StatusOr<std::vector<AlertRule>> ParseAlertRules(
      std::string_view toml, std::string_view file_name) const = 0;
};

inline constexpr std::string_view kAlertType = "sepakat.monitoring.events.v1.AlertChanged";
inline constexpr std::string_view kScoreType = "sepakat.monitoring.events.v1.TargetScored";
inline constexpr std::string_view kOutcomeType = "sepakat.monitoring.events.v1.OutcomeMeasured";
inline constexpr std::string_view kTargetType = "sepakat.reference.events.v1.TargetRecorded";

}  // namespace sepakat::monitoring
