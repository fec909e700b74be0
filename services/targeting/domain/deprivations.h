// The fourteen deprivations of a family, each a rule over its known answers.
//
// Definitions: adequate water, sanitation, durable building and space as BPS counts them since
// 2019; an unfit house (rumah tidak layak huni) fails one of these four; the others follow the
// global multidimensional poverty index. What a regulation may change is data in RuleSet, with its
// version and source; each answer names the rule set.
//
// Two readings are fixed here because the sources leave them open:
//   - The questionnaire knows "under 10 m" and "10 m or more", the rule says "more than 10 m": the
//     answer "10 m or more" counts as adequate.
//   - Bottled and refill water count only if the bathing water is adequate, which the questionnaire
//     does not ask: unknown (WATER_BATHING_SOURCE_NOT_ASKED).
// Thread: pure functions. Complexity: constant.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "common/measures/catalogue.h"
#include "targeting/domain/features.h"
#include "targeting/domain/truth.h"

namespace sepakat::targeting {

// Order of measures::kDeprivationNames.
enum class Deprivation : uint8_t {
  kUnfitHouse,
  kInadequateFloorSpace,
  kInadequateWater,
  kInadequateSanitation,
  kNoOwnToilet,
  kNoElectricity,
  kSolidCookingFuel,
  kOutOfSchool,
  kUninsured,
  kDisability,
  kLowSchooling,
  kNoCivilDocument,
  kMalnourishedChild,
  kFewAssets,
};

// What the rules take from regulations. Bit c of a mask stands for code c of the questionnaire.
struct RuleSet {
  std::string_view version;
  std::string_view source;
  // First day it holds, days since 1970-01-01.
  int32_t valid_from = 0;
  // Least floor area per person in tenths of a square metre.
  int32_t min_area_tenths = 0;
  // SDG variant: a hole is safe disposal in rural areas.
  bool rural_pit_is_safe = false;
  uint16_t durable_roof = 0;
  uint16_t durable_wall = 0;
  uint16_t durable_floor = 0;
};

// All variants that ship, the default one first.
std::span<const RuleSet> RuleSets();
// The variant of that version; nullptr when there is none.
const RuleSet* FindRuleSet(std::string_view version);

// One rule. `size` is the number of persons.
Truth Deprived(Deprivation deprivation, const Features& features, int32_t size,
               const RuleSet& rules, Reasons* reasons);

// All answers as bit masks; bit i is Deprivation i.
struct DeprivationMasks {
  uint16_t known = 0;
  uint16_t deprived = 0;
  bool operator==(const DeprivationMasks&) const = default;
  Truth Of(int index) const {
    if ((known >> index & 1) == 0) return Truth::kUnknown;
    return TruthOf((deprived >> index & 1) != 0);
  }
};
DeprivationMasks EvaluateDeprivations(const Features& features, int32_t size, const RuleSet& rules);

}  // namespace sepakat::targeting
