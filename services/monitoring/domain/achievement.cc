#include "monitoring/domain/achievement.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/date.h"
#include "common/base/fixed_point.h"
#include "common/base/region_code.h"
#include "common/base/status.h"

namespace sepakat::monitoring {

using base::Int128;

absl::StatusOr<int64_t> ParseMicro(std::string_view text) {
  int decimals = 6;
  if (text.ends_with('%')) {
    text.remove_suffix(1);
    decimals = 4;
  }
  while (text.ends_with(' ')) text.remove_suffix(1);
  return base::ParseScaled(text, decimals);
}

absl::Status CheckTarget(const Target& target) {
  const auto invalid = [&target](std::string_view why) {
    return base::Error(absl::StatusCode::kInvalidArgument, "TARGET_INVALID",
                       fmt::format("target '{}': {}", target.id, why));
  };
  if (target.id.empty()) return invalid("id is missing");
  if (target.measure.empty()) return invalid("measure is missing");
  if (!base::IsRegionCode(target.region)) return invalid("region is no region code");
  if (target.type != "maximum" && target.type != "minimum") {
    return invalid("type must be 'maximum' (more is better) or 'minimum' (less is better)");
  }
  const absl::StatusOr<int64_t> value = ParseMicro(target.target);
  if (!value.ok()) return invalid("target is no decimal number such as 0.0725 or 7.25 %");
  if (*value < 0) return invalid("target is negative");
  return absl::OkStatus();
}

Achievement Achieve(const Target& target, int64_t realisation_micro, const RatingTable& table) {
  Achievement achievement{.percent = "", .rating = "", .table = table.version};
  const absl::StatusOr<int64_t> goal = ParseMicro(target.target);
  if (!goal.ok() || *goal == 0) return achievement;
  const Int128 reached =
      target.type == "maximum" ? Int128{realisation_micro} : 2 * Int128{*goal} - realisation_micro;
  achievement.percent = base::QuotientText(reached * 100, *goal, 2);
  achievement.rating = table.below;
  for (const RatingTable::Step& step : table.steps) {
    if (reached * 100 < Int128{step.at_least_percent} * *goal) continue;
    achievement.rating = step.rating;
    break;
  }
  return achievement;
}

std::vector<RatingTable> ShippedRatingTables() {
  return {{.version = "Permendagri 86/2017",
           .valid_from = base::DaysFromCivil({.year = 2017, .month = 9, .day = 1}),
           .steps = {{91, "Sangat Tinggi"}, {76, "Tinggi"}, {66, "Sedang"}, {51, "Rendah"}},
           .below = "Sangat Rendah"}};
}

const RatingTable& RatingTableOn(std::span<const RatingTable> tables, int32_t day) {
  const RatingTable* best = &tables.front();
  for (const RatingTable& table : tables) {
    const bool better = table.valid_from <= day
                            ? best->valid_from > day || table.valid_from > best->valid_from
                            : best->valid_from > day && table.valid_from < best->valid_from;
    if (better) best = &table;
  }
  return *best;
}

}  // namespace sepakat::monitoring
