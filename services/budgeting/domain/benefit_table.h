// What helping one family is worth, by its local decile: the planner's value judgement, as dated
// data.
//
// Points only order and compare plans; they are no money and no welfare. A table is valid from a
// day on, until a later one. The last entry is for eligible families without a decile: they are
// known to be in need but not how poor they are, so they come after the ranked ones, as on the
// ranked lists. Errors: InvalidArgument BENEFIT_TABLE_INVALID; NotFound NO_BENEFIT_TABLE. Thread:
// pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::budgeting {

// Deciles 1..10, then "no decile".
inline constexpr size_t kBenefitClasses = 11;

using ByClass = std::array<int64_t, kBenefitClasses>;

struct BenefitTable {
  std::string version;
  // Days since 1970-01-01.
  int32_t valid_from = 0;
  std::string source;
  // Points for one family. Never rising from one class to the next, 1..1,000,000.
  ByClass points{};
};

// OK if the points are in range and never rise: then the families of a region are served in the
// order of the ranked list.
absl::Status CheckPoints(const ByClass& points);

// The table in force on a day.
absl::StatusOr<BenefitTable> BenefitTableOn(std::span<const BenefitTable> tables, int32_t day);

// The tables shipped with the product; a deployment may bring its own.
std::vector<BenefitTable> ShippedBenefitTables();

}  // namespace sepakat::budgeting
