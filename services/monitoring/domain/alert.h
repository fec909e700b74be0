// Alert rules and the life of one alert: pending, firing, resolved.
//
// A rule compares one measure of one kind of region with a threshold. While the condition holds,
// the alert is pending; once it has held for `hold_ms` without a break it fires; when it no longer
// holds it is resolved. A value that is not known is no evidence: it ends a pending alert, but does
// not resolve a firing one. The caller brings the instant, so the same history gives the same
// alerts. Thread: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/region_code.h"

namespace sepakat::monitoring {

enum class Condition { kAbove, kAtLeast, kBelow, kAtMost };

struct AlertRule {
  std::string id;
  std::string population;
  std::string measure;
  // Which regions: those within `region`, of one level if it is set.
  std::string region;
  std::optional<base::RegionLevel> level;
  Condition condition = Condition::kAbove;
  // In millionths of the measure's published value.
  int64_t threshold_micro = 0;
  int64_t hold_ms = 0;
  // Regions with fewer families behind the figure are left alone.
  int64_t min_families = 0;
  // info, warning, critical.
  std::string severity;
  std::map<std::string, std::string> labels;
  // May contain {region}, {value}, {threshold}.
  std::string summary_id;
  std::string summary_en;
};

struct Reading {
  std::optional<int64_t> value_micro;
  int64_t families = 0;
};

enum class AlertPhase { kInactive, kPending, kFiring, kResolved };

struct AlertProgress {
  AlertPhase phase = AlertPhase::kInactive;
  // When the condition began to hold; of a resolved alert, when it had begun.
  int64_t since_ms = 0;
  bool operator==(const AlertProgress&) const = default;
};

bool AppliesTo(const AlertRule& rule, std::string_view population, std::string_view region);
// Absent: the reading is no evidence.
std::optional<bool> Holds(const AlertRule& rule, const Reading& reading);
// The alert after one more look at `now_ms`.
AlertProgress Advance(const AlertRule& rule, const AlertProgress& before, const Reading& reading,
                      int64_t now_ms);

std::string_view PhaseName(AlertPhase phase);
AlertPhase PhaseOf(std::string_view name);

}  // namespace sepakat::monitoring
