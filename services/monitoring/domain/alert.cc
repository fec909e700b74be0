#include "monitoring/domain/alert.h"

namespace sepakat::monitoring {

bool AppliesTo(const AlertRule& rule, std::string_view population, std::string_view region) {
  return population == rule.population && base::IsWithin(region, rule.region) &&
         (!rule.level.has_value() || base::LevelOf(region) == *rule.level);
}

std::optional<bool> Holds(const AlertRule& rule, const Reading& reading) {
  if (!reading.value_micro.has_value() || reading.families < rule.min_families) return std::nullopt;
  const int64_t value = *reading.value_micro;
  switch (rule.condition) {
    case Condition::kAbove:
      return value > rule.threshold_micro;
    case Condition::kAtLeast:
      return value >= rule.threshold_micro;
    case Condition::kBelow:
      return value < rule.threshold_micro;
    case Condition::kAtMost:
      return value <= rule.threshold_micro;
  }
  return std::nullopt;
}

AlertProgress Advance(const AlertRule& rule, const AlertProgress& before, const Reading& reading,
                      int64_t now_ms) {
  const std::optional<bool> holds = Holds(rule, reading);
  if (before.phase == AlertPhase::kFiring) {
    if (holds.value_or(true)) return before;
    return {AlertPhase::kResolved, before.since_ms};
  }
  if (!holds.value_or(false)) {
    if (before.phase == AlertPhase::kResolved) return before;
    return {};
  }
  const int64_t since = before.phase == AlertPhase::kPending ? before.since_ms : now_ms;
  return {now_ms - since >= rule.hold_ms ? AlertPhase::kFiring : AlertPhase::kPending, since};
}

std::string_view PhaseName(AlertPhase phase) {
  switch (phase) {
    case AlertPhase::kPending:
      return "pending";
    case AlertPhase::kFiring:
      return "firing";
    case AlertPhase::kResolved:
      return "resolved";
    case AlertPhase::kInactive:
      break;
  }
  return "inactive";
}

AlertPhase PhaseOf(std::string_view name) {
  for (const AlertPhase phase :
       {AlertPhase::kPending, AlertPhase::kFiring, AlertPhase::kResolved}) {
    if (PhaseName(phase) == name) return phase;
  }
  return AlertPhase::kInactive;
}

}  // namespace sepakat::monitoring
