// One pass over the live register under other parameters: every figure of every region beside the
// base's, and who gains and who loses.
//
//   WhatIfPass pass(branch, state);                 // at publication N
//   while (!pass.Read(state, 16'384)) {}            // still at N; the lock may be free in between
//   WhatIfResult result = *pass.Finish(state);      // still at N
//
// Nothing of the register is copied: families are derived one by one from the raw inputs and added
// to sums. Where order or weights differ, the ends of the deciles come first, from a pass of its
// own that holds 40 bytes per ranked family until they are known. The caller makes sure that all
// calls see one publication; then the figures are, to the bit, those of an engine that was given
// these parameters.
//
// Errors: OutOfRange RESULT_TOO_LARGE, WEIGHT_OUT_OF_RANGE, REGION_WEIGHT_FULL; NotFound
//   REGION_WITHOUT_FAMILIES.
// Thread: one owner. Complexity: linear in the families, then in the regions of the result.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "targeting/domain/figures.h"
#include "targeting/domain/population_state.h"
#include "targeting/domain/what_if_changes.h"

namespace sepakat::targeting {

// Families, unweighted, and the weight of their persons.
struct Moved {
  int64_t families = 0;
  int64_t person_weight = 0;
  bool operator==(const Moved&) const = default;
  Moved& operator+=(const Moved& other) {
    families += other.families;
    person_weight += other.person_weight;
    return *this;
  }
};

struct ProgrammeMoves {
  // Eligible families.
  int64_t base = 0;
  int64_t branch = 0;
  Moved gained;
  Moved lost;
  bool operator==(const ProgrammeMoves&) const = default;
};

// Families whose class differs between base and branch.
struct Moves {
  int64_t families = 0;
  Moved entered_poverty;
  Moved left_poverty;
  Moved poverty_unclear;  // from or to unknown
  Moved decile_higher;
  Moved decile_lower;
  Moved decile_unclear;
  std::vector<ProgrammeMoves> programmes;  // in the order of WhatIfResult::programmes
  bool operator==(const Moves&) const = default;
  Moves& operator+=(const Moves& other);
};

struct WhatIfRegion {
  std::string region;
  std::vector<FigureValue> base;
  std::vector<FigureValue> branch;
  Moves moves;
  // Places of the regions one level below.
  std::vector<size_t> inner;
};

struct WhatIfGroup {
  std::string_view dimension;  // decile (of the base), head_sex, urban_rural, size
  std::string_view group;
  Moves moves;
};

struct WhatIfResult {
  int weight_decimals = 3;
  std::vector<std::string> programmes;
  std::vector<WhatIfRegion> regions;  // the branch's region first
  std::map<std::string, size_t, std::less<>> places;
  std::vector<WhatIfGroup> groups;
  // [from][to], 0 for families without a decile.
  std::array<std::array<Moved, measures::kDeciles + 1>, measures::kDeciles + 1> deciles{};
};

struct Branch {
  ParameterSet parameters;
  const RuleSet* rules = nullptr;
  std::vector<AreaFactor> weights;
  std::string region;
};

// More regions than this would not fit well into memory and answers.
inline constexpr size_t kMostWhatIfRegions = 10'000;

class WhatIfPass {
 public:
  static absl::StatusOr<WhatIfPass> Begin(const Branch& branch, const PopulationState& base);
  WhatIfPass(WhatIfPass&&) = default;
  WhatIfPass(const WhatIfPass&) = delete;
  WhatIfPass& operator=(const WhatIfPass&) = delete;

  // Goes on by up to `families` records; true once there are none left.
  bool Read(const PopulationState& base, uint32_t families);
  absl::StatusOr<WhatIfResult> Finish(const PopulationState& base);

 private:
  static constexpr size_t kGroups = 21;
  struct RankedFamily {
    RankKey key;
    int64_t weight = 0;
  };

  WhatIfPass(const Branch& branch, const PopulationState& base, uint32_t region);
  Yardstick yardstick() const { return {branch_->rules, model_, &lines_, programmes_}; }
  void ListProgrammes(const PopulationState& base);
  void PrepareRegions(const PopulationState& base);
  // The weight of the family under the branch, 0 beyond what can be summed.
  int64_t WeightOf(const FamilyRecord& record, const Features& features) const;
  Derived DeriveFamily(const FamilyRecord& record, const Features& features) const;
  void Rank(const FamilyRecord& record);
  void FindEnds();
  void Count(const PopulationState& base, const FamilyRecord& record);
  void AddSums(const FamilyRecord& record, const Derived& derived, const FamilyClasses& classes,
               int64_t weight);
  Moves MovesOf(const FamilyClasses& before, const FamilyClasses& after, Moved family) const;
  void AddGroups(const FamilyRecord& record, const Features& features, const Moves& moves);
  void RollUp(const PopulationState& base);
  std::vector<FigureValue> FiguresOf(const PopulationState& base, uint32_t region) const;

  const Branch* branch_;
  uint32_t region_;
  const Model* model_ = nullptr;
  LineTable lines_;
  std::vector<const Programme*> programmes_;
  ServedDeciles served_;
  MpiCounter mpi_;
  // Of all programmes of base or branch: id, bit in either, -1 for none.
  struct ProgrammeBits {
    std::string id;
    int base = -1;
    int branch = -1;
  };
  std::vector<ProgrammeBits> bits_;
  bool same_rules_ = false;
  bool same_model_ = false;
  bool ends_known_ = false;
  bool weights_fit_ = true;
  uint32_t next_ = 0;
  std::vector<RankedFamily> ranked_;
  DecileEnds ends_;

  // By region of the tree.
  std::vector<std::vector<uint32_t>> region_lines_;
  std::vector<std::array<int64_t, 3>> factors_;  // by urban_rural
  std::vector<bool> inside_;
  std::vector<RegionSums> sums_;
  std::vector<Moves> moves_;
  std::vector<std::vector<WelfareEntry>> welfare_;  // only with weights

  std::array<Moves, kGroups> groups_;
  std::array<std::array<Moved, measures::kDeciles + 1>, measures::kDeciles + 1> deciles_{};
};

}  // namespace sepakat::targeting
