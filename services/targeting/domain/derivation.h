// What parameters make of one family: the one place where answers become classes.
//
// The engine applies it to its records, a what-if to the same records under other parameters, and a
// counterfactual to one family with other answers; so all three agree to the bit.
// Thread: pure functions. Complexity: linear in the model's terms, the rules and the programmes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "targeting/domain/family.h"
#include "targeting/domain/line_table.h"
#include "targeting/domain/parameters.h"

namespace sepakat::targeting {

// Parameters in a form that is ready to be applied. What it points to outlives it.
struct Yardstick {
  const RuleSet* rules = nullptr;
  const Model* model = nullptr;  // nullptr: welfare ranks
  const LineTable* lines = nullptr;
  std::span<const Programme* const> programmes;  // bit i of the masks
};

// The raw inputs of one family beside its features.
struct FamilyInputs {
  int64_t welfare = -1;  // -1: unknown
  int32_t size = 0;
  int32_t observed_on = 0;
  // Lines of its region, most special first.
  std::span<const uint32_t> lines;
};

struct Derived {
  DeprivationMasks masks;
  int32_t line = -1;  // index of the line class, -1 for none
  bool scored = false;
  bool ranked = false;
  int64_t rank_value = 0;  // score, or welfare where welfare ranks; 0 when unranked
  PovertyClass poverty = PovertyClass::kUnknown;
  uint64_t own_true = 0;  // per programme: what the family itself decides
  uint64_t own_unknown = 0;
  bool operator==(const Derived&) const = default;
};

Derived Derive(const Yardstick& yardstick, const Features& features, const FamilyInputs& inputs);

// The parts of it, for those who know the others already.
int32_t LineOf(const Yardstick& yardstick, const Features& features, const FamilyInputs& inputs);
PovertyClass PovertyOf(const LineTable& lines, int32_t line, int64_t welfare);
void DeriveRank(const Yardstick& yardstick, const Features& features, int64_t welfare,
                Derived* derived);
// Requires masks and poverty.
void DeriveProgrammes(const Yardstick& yardstick, const Features& features, Derived* derived);

// By decile (0: none): programmes that serve it, and those that cannot tell.
struct ServedDeciles {
  std::array<uint64_t, measures::kDeciles + 1> served{};
  std::array<uint64_t, measures::kDeciles + 1> undecided{};

  explicit ServedDeciles(std::span<const Programme* const> programmes = {});
  FamilyClasses ClassesOf(const Derived& derived, int decile) const;
};

// Counts by the measure that is recorded, or by the default where that contradicts itself.
MpiCounter CounterOf(const ParameterSet& parameters);

// The programmes that are counted, in the order of their bits; at most kMaxProgrammes.
std::vector<const Programme*> CountedProgrammes(const ParameterSet& parameters);

}  // namespace sepakat::targeting
