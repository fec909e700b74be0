// One family with other answers, in its place among the others as they stand: what a correction
// would change, without a write.
//
// With(corrections) gives, to the bit, what the engine would say of the family after an update with
// these answers: it takes the family's old weight out of the order, puts the new one in, and reads
// rank and decile off the same sums. Boundaries are those of the publication.
// Errors: InvalidArgument VARIABLE_REPEATED, MEMBERS_CONTRADICT; OutOfRange ANSWER_OUT_OF_RANGE,
//   SIZE_OUT_OF_RANGE, WELFARE_OUT_OF_RANGE.
// Thread: the owner of the state. Complexity: O(log n) beside what one derivation costs, some
// microseconds; ranks of a village are counted; SingleAnswers() derives some hundred times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "targeting/domain/population_state.h"

namespace sepakat::targeting {

struct Corrections {
  // An absent value makes the answer unknown.
  std::vector<std::pair<Variable, std::optional<int32_t>>> answers = {};
  std::optional<int64_t> welfare = {};
  // The variable `members` follows the size, and the size follows `members`.
  std::optional<int32_t> size = {};
};

absl::Status Check(const Corrections& corrections);

struct RegionRank {
  std::string region;
  int64_t rank = 0;  // from 1
  int64_t families = 0;
};

struct BoundaryDistance {
  std::string boundary;  // decile.1 to decile.9, poverty_line
  int64_t distance = 0;  // boundary less own value
  std::optional<int64_t> families;
};

struct Standing {
  Features features;
  int32_t size = 0;
  int64_t welfare = -1;
  Derived derived;
  FamilyClasses classes;
  int percentile = 0;  // 1..100, 0 when unranked
  std::optional<LineClass> line;
  std::vector<RegionRank> ranks;  // nation first
  std::vector<BoundaryDistance> boundaries;
};

struct ClassChange {
  std::string boundary;
  std::string from;
  std::string to;
  bool operator==(const ClassChange&) const = default;
};

struct SingleAnswer {
  Variable variable = Variable::kMembers;
  std::optional<int32_t> from;
  int32_t to = 0;
  std::vector<ClassChange> changes;
};

class FamilyTrial {
 public:
  // A recorded family. Both stay as they are while the trial lasts.
  FamilyTrial(const PopulationState& state, const FamilyRecord& record);

  Standing AsRecorded() const;
  // Requires Check(corrections).
  Standing With(const Corrections& corrections) const;
  // Every other answer to one question that changes a class by itself: of numbers the nearest one
  // above and below, among kSteps each.
  std::vector<SingleAnswer> SingleAnswers() const;
  static constexpr int kSteps = 10;

  // Adds the ranks in the regions between nation and village where these hold at most kCounted
  // families.
  void AddRanks(Standing* standing) const;
  static constexpr int64_t kCounted = 400'000;

  std::vector<ClassChange> Changes(const FamilyClasses& before, const FamilyClasses& after) const;

 private:
  struct Place {
    int decile = 0;
    int percentile = 0;
    int64_t families_before = 0;
  };
  struct Answers {
    Features features;
    int32_t size = 0;
    int64_t welfare = -1;
  };
  Answers Corrected(const Corrections& corrections) const;
  Derived DeriveFor(const Answers& answers) const;
  FamilyClasses ClassesOf(const Derived& derived, int32_t size) const;
  // Requires a ranked family.
  Place PlaceOf(const Derived& derived, int32_t size) const;
  Standing StandingOf(Answers answers) const;
  RegionRank RankIn(uint32_t region, const RankKey& key) const;
  std::vector<BoundaryDistance> Boundaries(const Standing& standing, const Place& place) const;
  void TryValue(Variable variable, int32_t value, std::vector<SingleAnswer>* found) const;

  const PopulationState& state_;
  const FamilyRecord& record_;
  Answers recorded_;
  RankKey recorded_key_;
  int64_t recorded_weight_ = 0;  // 0 when unranked
  FamilyClasses recorded_classes_;
};

}  // namespace sepakat::targeting
