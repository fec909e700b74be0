// Names of all topics, and which are compacted. Partitions come from the configuration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/runtime/event_log.h"

namespace sepakat::runtime::topics {

inline constexpr std::string_view kSubmission = "sepakat.ingestion.submission.v1";
inline constexpr std::string_view kRejection = "sepakat.ingestion.rejection.v1";
inline constexpr std::string_view kFamily = "sepakat.ingestion.family.v1";
inline constexpr std::string_view kProgress = "sepakat.ingestion.progress.v1";
inline constexpr std::string_view kPopulation = "sepakat.reference.population.v1";
inline constexpr std::string_view kRegion = "sepakat.reference.region.v1";
inline constexpr std::string_view kPovertyLine = "sepakat.reference.poverty_line.v1";
inline constexpr std::string_view kModel = "sepakat.reference.model.v1";
inline constexpr std::string_view kRankingSettings = "sepakat.reference.ranking_settings.v1";
inline constexpr std::string_view kMpi = "sepakat.reference.mpi.v1";
inline constexpr std::string_view kProgramme = "sepakat.reference.programme.v1";
inline constexpr std::string_view kTarget = "sepakat.reference.target.v1";
inline constexpr std::string_view kSeries = "sepakat.reference.series.v1";
inline constexpr std::string_view kManifest = "sepakat.targeting.manifest.v1";
inline constexpr std::string_view kIndicator = "sepakat.targeting.indicator.v1";
inline constexpr std::string_view kNeed = "sepakat.targeting.need.v1";
inline constexpr std::string_view kPriority = "sepakat.targeting.priority.v1";
inline constexpr std::string_view kCrossing = "sepakat.targeting.crossing.v1";
inline constexpr std::string_view kPlan = "sepakat.budgeting.plan.v1";
inline constexpr std::string_view kDelivery = "sepakat.budgeting.delivery.v1";
inline constexpr std::string_view kAlert = "sepakat.monitoring.alert.v1";
inline constexpr std::string_view kTargetScore = "sepakat.monitoring.target.v1";
inline constexpr std::string_view kOutcome = "sepakat.monitoring.outcome.v1";

// Where records go that a reader cannot use: `<topic>.quarantine`.
std::string QuarantineOf(std::string_view topic);

// Every topic with its declaration, and the quarantine topic beside each input topic. Submission
// and family have `data_partitions` partitions, all others one. Mirrors deploy/topics.yaml (a test
// compares them).
std::vector<TopicSpec> All(int32_t data_partitions);

}  // namespace sepakat::runtime::topics
