// Achievement of a target and its rating, exactly.
//
//   maximum type (more is better)   realisation / target x 100
//   minimum type (less is better)   (2 x target - realisation) / target x 100
//
// Formula and table as used by e-monev software after Permendagri 86/2017: at least 91 Sangat
// Tinggi, at least 76 Tinggi, at least 66 Sedang, at least 51 Rendah, else Sangat Rendah. The
// regulation prints whole-number intervals that leave 90.5 undefined; the code rule gives Tinggi.
// The rating is decided on the exact quotient; only the printed percentage is rounded, half to
// even, to two decimals. A target of 0 has no achievement (ground rule 6): both texts stay empty.
// Errors: InvalidArgument TARGET_INVALID.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sepakat::monitoring {

struct Target {
  std::string id;
  std::string version;
  std::string name;
  std::string name_en;
  std::string population;
  std::string region;
  std::string measure;
  // `maximum` or `minimum`.
  std::string type;
  // As published (`0.0725`), or with a per cent sign (`7.25 %`).
  std::string target;
  int32_t year = 0;
  std::string document;
  std::string source;
  bool operator==(const Target&) const = default;
};

// Lowest percentage of each rating, best first; the last one has no lower end.
struct RatingTable {
  struct Step {
    int64_t at_least_percent = 0;
    std::string rating;
  };
  std::string version;
  int32_t valid_from = 0;
  std::vector<Step> steps;
  std::string below;
};

struct Achievement {
  // Per cent with two decimals; empty when not applicable.
  std::string percent;
  std::string rating;
  std::string table;
  bool operator==(const Achievement&) const = default;
};

absl::Status CheckTarget(const Target& target);

// Millionths of a decimal text, with or without per cent sign.
absl::StatusOr<int64_t> ParseMicro(std::string_view text);

// Requires CheckTarget(target).
Achievement Achieve(const Target& target, int64_t realisation_micro, const RatingTable& table);

std::vector<RatingTable> ShippedRatingTables();
// The table in force on a day: the latest that is valid, else the earliest.
const RatingTable& RatingTableOn(std::span<const RatingTable> tables, int32_t day);

}  // namespace sepakat::monitoring
