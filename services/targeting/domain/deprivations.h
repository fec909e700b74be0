// The fourteen deprivations of a family, each a rule over its known answers.
//
// The rules are data (common/rules, docs/RULES.md), with their source and the points that sources
// leave open; a set of them is bound once to the fourteen names. Each answer names the version.
// Thread: immutable values and pure functions. Complexity: constant, some nanoseconds per rule.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/catalogue.h"
#include "common/rules/program.h"
#include "common/rules/rule_set.h"
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

// One version of the rules, ready to judge features.
class RuleSet {
 public:
  // Errors: InvalidArgument DEPRIVATION_WITHOUT_RULE, RULE_SET_TOO_LARGE.
  static absl::StatusOr<RuleSet> Bind(const rules::RuleSet& set);

  std::string version;
  std::string source;

  // Gathers what the rules ask of a family of `size` persons, and answers them all.
  // `facts` and `answers` hold at least kMost values.
  static constexpr size_t kMost = 256;
  void Evaluate(const Features& features, int32_t size, std::array<int32_t, kMost>* facts,
                std::array<rules::Truth, kMost>* answers) const;

  const rules::Program& program() const { return program_; }
  // Place of a deprivation among the answers.
  size_t place(int deprivation) const { return places_[static_cast<size_t>(deprivation)]; }

 private:
  explicit RuleSet(rules::Program program) : program_(std::move(program)) {}

  rules::Program program_;
  // Number of the canonical variable behind each fact; 0 is the family's size.
  static constexpr int16_t kSize = 0;
  static constexpr int16_t kNobodyAsks = -1;
  std::vector<int16_t> numbers_;
  std::array<uint16_t, measures::kDeprivations> places_{};
};

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
