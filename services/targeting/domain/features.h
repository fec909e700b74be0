// The canonical variables of one family: known values and holes.
//
// Numbers and codes are those of the survey contract (Regsosek 2022, see the family contract's
// comments); a test compares the two lists. An absent variable is unknown, never zero.
// Packed features take about one byte per known variable.
// Thread: values. Complexity: access constant, packing linear in the number of variables.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sepakat::targeting {

enum class Variable : uint8_t {
  kTenure = 1,
  kFloorAreaM2 = 2,
  kFloor = 3,
  kWall = 4,
  kRoof = 5,
  kWaterSource = 6,
  kWaterDistance = 7,
  kLighting = 8,
  kPower = 9,
  kCookingFuel = 10,
  kToilet = 11,
  kCloset = 12,
  kDisposal = 13,
  kUrbanRural = 14,
  kAssetGasCylinder = 20,
  kAssetRefrigerator = 21,
  kAssetAirConditioner = 22,
  kAssetWaterHeater = 23,
  kAssetTelephone = 24,
  kAssetTelevision = 25,
  kAssetGold = 26,
  kAssetComputer = 27,
  kAssetMotorcycle = 28,
  kAssetBicycle = 29,
  kAssetCar = 30,
  kAssetBoat = 31,
  kAssetMotorboat = 32,
  kAssetSmartphone = 33,
  kAssetLand = 34,
  kAssetOtherHouse = 35,
  kAssetLargeLivestock = 36,
  kAssetSmallLivestock = 37,
  kAidBpnt = 40,
  kAidPkh = 41,
  kAidBltDesa = 42,
  kAidElectricity = 43,
  kAidLocal = 44,
  kAidFertiliser = 45,
  kAidLpg = 46,
  kAidKks = 47,
  kMembers = 60,
  kChildrenUnder5 = 61,
  kChildren718 = 62,
  kChildrenOutOfSchool = 63,
  kMembers60Plus = 64,
  kMembers1564 = 65,
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

// One more than the largest number of a variable.
inline constexpr int kVariableEnd = 81;
// Values outside [-kValueEnd, kValueEnd] are refused at intake.
inline constexpr int32_t kValueEnd = 1'000'000;

// Lower-case name as models and rules write it (`head_age`), and back.
std::string_view NameOf(Variable variable);
std::optional<Variable> VariableNamed(std::string_view name);
// All variables, ascending.
std::span<const Variable> AllVariables();

class Features {
 public:
  void Set(Variable variable, int32_t value) {
    const size_t index = Index(variable);
    known_[index / 64] |= uint64_t{1} << (index % 64);
    values_[index] = value;
  }
  bool Known(Variable variable) const {
    const size_t index = Index(variable);
    return (known_[index / 64] >> (index % 64) & 1) != 0;
  }
  // The answer becomes unknown.
  void Forget(Variable variable) {
    const size_t index = Index(variable);
    known_[index / 64] &= ~(uint64_t{1} << (index % 64));
    values_[index] = 0;
  }
  // 0 when unknown: ask Known() first.
  int32_t Value(Variable variable) const { return values_[Index(variable)]; }
  std::optional<int32_t> Get(Variable variable) const {
    if (!Known(variable)) return std::nullopt;
    return Value(variable);
  }
  // True if every value lies in [-limit, limit].
  bool Within(int32_t limit) const;
  bool operator==(const Features&) const = default;

  // (variable, value) pairs, ascending, in one or a few bytes each; equal features pack equally.
  std::string Pack() const;
  void AppendPacked(std::string* packed) const;
  static Features Unpack(std::string_view packed);

 private:
  static constexpr size_t Index(Variable variable) { return static_cast<size_t>(variable); }

  std::array<uint64_t, 2> known_{};
  std::array<int32_t, kVariableEnd> values_{};
};

}  // namespace sepakat::targeting
