#include "common/runtime/topics.h"

#include <fmt/format.h>

namespace sepakat::runtime::topics {

std::string QuarantineOf(std::string_view topic) { return fmt::format("{}.quarantine", topic); }

std::vector<TopicSpec> All(int32_t data_partitions) {
  // Days that a superseded record stays: long where figures are recomputed from it, short where it
  // is itself computed.
  constexpr int kEverything = 0;
  constexpr int kSource = 7;
  constexpr int kDerived = 1;
  struct Declaration {
    std::string_view name;
    bool data;
    int lag_days;
  };
  static constexpr Declaration kDeclarations[] = {
      {kSubmission, true, kEverything},   {kRejection, false, kEverything},
      {kFamily, true, kSource},           {kProgress, false, kDerived},
      {kPopulation, false, kSource},      {kRegion, false, kSource},
      {kPovertyLine, false, kSource},     {kModel, false, kSource},
      {kRankingSettings, false, kSource}, {kMpi, false, kSource},
      {kProgramme, false, kSource},       {kTarget, false, kSource},
      {kSeries, false, kSource},          {kManifest, false, kEverything},
      {kIndicator, false, kDerived},      {kNeed, false, kDerived},
      {kPriority, false, kDerived},       {kCrossing, false, kEverything},
      {kPlan, false, kEverything},        {kDelivery, false, kEverything},
      {kAlert, false, kEverything},       {kTargetScore, false, kDerived},
      {kOutcome, false, kEverything},
  };
  constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;
  std::vector<TopicSpec> specs;
  for (const Declaration& topic : kDeclarations) {
    TopicSpec spec{std::string(topic.name), topic.data ? data_partitions : 1};
    spec.compacted = topic.lag_days != kEverything;
    if (spec.compacted) spec.min_lag_ms = topic.lag_days * kDayMs;
    specs.push_back(std::move(spec));
    specs.push_back({QuarantineOf(topic.name), 1});
  }
  return specs;
}

}  // namespace sepakat::runtime::topics
