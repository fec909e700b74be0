#include "common/runtime/topics.h"

#include <fmt/format.h>

namespace sepakat::runtime::topics {

std::string QuarantineOf(std::string_view topic) { return fmt::format("{}.quarantine", topic); }

std::vector<TopicSpec> All(int32_t data_partitions) {
  struct Declaration {
    std::string_view name;
    bool data;
    bool compacted;
  };
  static constexpr Declaration kDeclarations[] = {
      {kSubmission, true, false},     {kRejection, false, false},   {kFamily, true, true},
      {kProgress, false, true},       {kPopulation, false, true},   {kRegion, false, true},
      {kPovertyLine, false, true},    {kModel, false, true},        {kRankingSettings, false, true},
      {kProgramme, false, true},      {kTarget, false, true},       {kSeries, false, true},
      {kManifest, false, false},      {kIndicator, false, true},    {kNeed, false, true},
      {kPriority, false, true},       {kCrossing, false, false},    {kPlan, false, false},
      {kDelivery, false, false},      {kAlert, false, false},       {kTargetScore, false, true},
      {kOutcome, false, false},
  };
  std::vector<TopicSpec> specs;
  for (const Declaration& topic : kDeclarations) {
    specs.push_back({std::string(topic.name), topic.data ? data_partitions : 1, topic.compacted});
    specs.push_back({QuarantineOf(topic.name), 1, false});
  }
  return specs;
}

}  // namespace sepakat::runtime::topics
