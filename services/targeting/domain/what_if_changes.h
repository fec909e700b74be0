// What a what-if branch has otherwise than the register, and the parameters that follow from it.
//
// Errors: InvalidArgument with reasons NOTHING_CHANGED, LINES_CONTRADICT, PERCENT_OUT_OF_RANGE,
//   MODEL_UNKNOWN, PROGRAMME_UNKNOWN, PROGRAMME_REPEATED, RULE_CONTRADICTS, DECILE_OUT_OF_RANGE,
//   FACTORS_CONTRADICT, FACTOR_OUT_OF_RANGE, and those of parameters.h. Every check comes before
//   any family is looked at.
// Thread: values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "targeting/domain/deprivations.h"
#include "targeting/domain/parameters.h"

namespace sepakat::targeting {

// Weights of families in an area, times a factor in millionths.
struct AreaFactor {
  std::string region;
  int urban_rural = 0;  // 0 both, 1 urban, 2 rural
  int64_t factor_micro = 1'000'000;
  bool operator==(const AreaFactor&) const = default;
};

inline constexpr int64_t kLargestFactorMicro = 100'000'000;
// Percentages have up to four decimals.
inline constexpr int64_t kWholePercent = 1'000'000;
inline constexpr int64_t kLargestPercent = 1'000 * (kWholePercent / 100);

struct WhatIfChanges {
  std::vector<PovertyLine> lines = {};
  // All other lines in force, in 10^-4 of a percent.
  int64_t line_percent = kWholePercent;
  std::optional<Model> model = {};
  std::optional<RankingSettings> settings = {};
  // Other rules for programmes that are recorded: id, needs, decile_max, poor_only, parts.
  std::vector<Programme> programmes = {};
  // nullptr: the rules in force.
  const RuleSet* rules = nullptr;
  std::optional<MpiParameter> mpi = {};
  std::vector<AreaFactor> weights = {};
};

// weight * factor, half to even, at least 1.
int64_t ScaledWeight(int64_t weight, int64_t factor_micro);

// The parameters of a branch that starts from `base`.
absl::StatusOr<ParameterSet> Changed(const ParameterSet& base, const WhatIfChanges& changes);

}  // namespace sepakat::targeting
