// What a code book can fill: canonical family variables and items of a member.
//
// Numbers of the family variables are those of sepakat.common.v1.Variable (a test compares the lists).
// Thread: constant data.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sepakat::ingestion {

struct Range {
  int32_t lowest = 0;
  int32_t highest = 0;
};

struct FamilyVariable {
  std::string_view name;
  int number = 0;
  Range range;
};

inline constexpr int kVariableLimit = 96;  // Above every number of a family variable.

std::span<const FamilyVariable> FamilyVariables();
const FamilyVariable* FindFamilyVariable(std::string_view name);

enum class MemberItem {
  kRelation,
  kSex,
  kAge,
  kBirthDate,
  kMarital,
  kSchooling,
  kCertificateYears,
  kWorks,
  kChronic,
  kInsurance,
  kPregnant,
  kSector,
  kJobStatus,
  kDifficulty,
  kNutrition,
  kCivilDocument,
};
inline constexpr int kMemberItems = 16;

struct MemberItemInfo {
  std::string_view name;
  MemberItem item;
  Range range;
};

const MemberItemInfo* FindMemberItem(std::string_view name);

// Numbers of the variables that come from members.
namespace derived {
inline constexpr int kMembers = 60;
inline constexpr int kChildrenUnder5 = 61;
inline constexpr int kChildren7To18 = 62;
inline constexpr int kChildrenOutOfSchool = 63;
inline constexpr int kMembers60Plus = 64;
inline constexpr int kMembers15To64 = 65;
inline constexpr int kMembersWorking = 66;
inline constexpr int kMembersDisabled = 67;
inline constexpr int kMembersChronicallyIll = 68;
inline constexpr int kMembersUninsured = 69;
inline constexpr int kHeadSex = 70;
inline constexpr int kHeadAge = 71;
inline constexpr int kHeadSchoolingYears = 72;
inline constexpr int kMaxSchoolingYears = 73;
inline constexpr int kChildrenMalnourished = 74;
inline constexpr int kMembersPregnant = 75;
inline constexpr int kMembersWithoutNik = 76;
inline constexpr int kHeadWorks = 77;
inline constexpr int kHeadSector = 78;
inline constexpr int kHeadMarital = 79;
inline constexpr int kHeadJobStatus = 80;
}  // namespace derived

// Values of one family by number; absent is unknown.
using VariableValues = std::array<std::optional<int32_t>, kVariableLimit>;

}  // namespace sepakat::ingestion
