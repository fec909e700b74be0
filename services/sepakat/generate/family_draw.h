// What the parts that draw one family share: its place, its welfare, its source of choices.
#pragma once

#include <cstdint>
#include <string>

#include "sepakat/generate/plan.h"
#include "sepakat/generate/random.h"

namespace sepakat::generate {

struct FamilyDraw {
  const Plan& plan;
  const Cluster& cluster;
  int64_t family = 0;
  int village = 0;
  int rank = 0;
  int members = 0;
  int32_t observed_on = 0;
  Random random;

  bool Has(Trait trait) { return random.Chance(ChanceOf(cluster, trait, rank)); }
};

// One member before it becomes cells.
struct Member {
  int number = 1;
  // Codes of items 405, 408, 409.
  int sex = 1;
  int marital = 1;
  int relation = 1;
  int age = 0;
};

// Decimal text of a code or an amount.
inline void SetNumber(std::string& cell, int64_t value) { cell = std::to_string(value); }

// Writes the dwelling, the assets and the aid into the head's row.
void FillDwelling(FamilyDraw& draw, std::vector<std::string>& row);

// The members by age and relation, head first.
std::vector<Member> DrawMembers(FamilyDraw& draw);

// Writes the member items of one row.
void FillMember(FamilyDraw& draw, const Member& member, std::vector<std::string>& row);

}  // namespace sepakat::generate
