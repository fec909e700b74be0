// Mistakes that are made on purpose, one kind per dirty family, and what must become of each.
//
// Thread: pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sepakat/generate/random.h"

namespace sepakat::generate {

// A row of text cells in the order of columns.h.
using Row = std::vector<std::string>;

enum class Dirt : uint8_t {
  kNone,
  kTwoHeads,
  kNoHead,
  kCardNumberShort,
  kRegionUnknown,
  kSurveyDateImpossible,
  kVillageUnknown,
  kTwoSpouses,
  kFloorCodeUnknown,
  kFloorAreaTooLarge,
  kBirthDateImpossible,
  kNumberInName,
  kNikShort,
  kInvalidUtf8,
  kConsumptionUnreadable,
  kSkipViolated,
  kRepeated,
};
inline constexpr int kDirtKinds = static_cast<int>(Dirt::kRepeated) + 1;

enum class Outcome { kAccepted, kFlagged, kRejected, kRepeated };

struct DirtRule {
  std::string_view name;
  // What the code book regsosek_2022 must make of it. A repeated family is accepted once, and its
  // copy at the end of the file is `repeated`.
  Outcome outcome;
  // Reason that the record must carry; empty for none.
  std::string_view reason;
  // Fewest members that the mistake needs.
  int least_members;
};

const DirtRule& RuleOf(Dirt dirt);

// The kind for one dirty family of `members` persons: each kind about equally often.
Dirt DrawDirt(Random& random, int members);

// True if the family's welfare stays known and the record is accepted (flags included).
bool CountsInFigures(Dirt dirt);

// Makes the mistake in the rows of one family, head first.
void Soil(Dirt dirt, std::span<Row> rows);

std::string_view NameOf(Outcome outcome);

}  // namespace sepakat::generate
