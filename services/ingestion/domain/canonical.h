// The canonical variables of a family and the items of its members: names, numbers, legal values.
//
// Numbers are those of protos/sepakat/common/v1/family.proto (a test compares them); codes follow the
// Regsosek 2022 questionnaire whatever the instrument was.
// Thread: pure functions. Complexity: a search in about a hundred names.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sepakat::ingestion {

struct VariableInfo {
  std::string_view name;
  int number;
  int32_t low;
  int32_t high;
};

// True for values that are codes of answers, false for counts, years and square metres.
constexpr bool IsCoded(int32_t high) { return high <= 12 || high == 26; }

// Ascending by number.
std::span<const VariableInfo> AllVariables();
const VariableInfo* FindVariable(std::string_view name);

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
