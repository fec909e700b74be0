// The canonical variables as ingestion uses them, and the items of a family's members.
//
// Names, numbers and legal values of the variables: common/canonical/variables.h.
// Thread: pure functions. Complexity: a search in about a hundred names.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "common/canonical/variables.h"

namespace sepakat::ingestion {

using canonical::AllVariables;
using canonical::FindVariable;
using canonical::IsCoded;
using canonical::VariableInfo;

// One more than the largest number.
inline constexpr int kVariableLimit = 81;

enum Variable : int {
  kPowerVariable = 9,
  kMembers = 60,
  kChildrenUnder5 = 61,
  kChildren7To18 = 62,
  kChildrenOutOfSchool = 63,
  kMembers60Plus = 64,
  kMembers15To64 = 65,
  kMembersWorking = 66,
  kMembersDisabled = 67,
  kMembersChronicallyIll = 68,
  kMembersUninsured = 69,
  kHeadSex = 70,
  kHeadAge = 71,
  kHeadSchoolingYears = 72,
  kMaxSchoolingYears = 73,
  kChildrenMalnourished = 74,
  kMembersPregnant = 75,
  kMembersWithoutNik = 76,
  kHeadWorks = 77,
  kHeadSector = 78,
  kHeadMarital = 79,
  kHeadJobStatus = 80,
};

// What is asked of each member.
enum class Item : int {
  kRelation,
  kSex,
  kAge,
  kBirthDate,
  kMarital,
  kSchooling,
  kCertificateYears,
  kWorks,
  kSector,
  kJobStatus,
  kDifficulty,
  kChronic,
  kInsurance,
  kNutrition,
  kPregnant,
};
inline constexpr int kItems = 15;

struct ItemInfo {
  std::string_view name;
  Item item;
  int32_t low;
  int32_t high;
};

std::span<const ItemInfo> AllItems();
const ItemInfo* FindItem(std::string_view name);

}  // namespace sepakat::ingestion
