#include "budgeting/domain/benefit_table.h"

#include <fmt/format.h>

#include "common/base/date.h"
#include "common/base/status.h"

namespace sepakat::budgeting {

absl::Status CheckPoints(const ByClass& points) {
  for (size_t i = 0; i < kBenefitClasses; ++i) {
    const bool rises = i > 0 && points[i] > points[i - 1];
    if (points[i] >= 1 && points[i] <= 1'000'000 && !rises) continue;
    return base::Error(
        absl::StatusCode::kInvalidArgument, "BENEFIT_TABLE_INVALID",
        fmt::format("class {} of the benefit table has {} points; points are 1 to 1000000 "
                    "and never rise from one decile to the next",
                    i + 1, points[i]));
  }
  return absl::OkStatus();
}

absl::StatusOr<BenefitTable> BenefitTableOn(std::span<const BenefitTable> tables, int32_t day) {
  const BenefitTable* best = nullptr;
  for (const BenefitTable& table : tables) {
    if (table.valid_from <= day && (best == nullptr || table.valid_from > best->valid_from)) {
      best = &table;
    }
  }
  if (best != nullptr) return *best;
  return base::Error(absl::StatusCode::kNotFound, "NO_BENEFIT_TABLE",
                     fmt::format("no benefit table is valid on {}", base::IsoDate(day)));
}

std::vector<BenefitTable> ShippedBenefitTables() {
  return {
      {.version = "2020-1",
       .valid_from = base::DaysFromCivil({.year = 2020, .month = 1, .day = 1}),
       .source = "definition of this product: the poorest tenth counts 100, each further one less",
       .points = {100, 85, 70, 55, 40, 30, 20, 12, 6, 3, 2}}};
}

}  // namespace sepakat::budgeting
