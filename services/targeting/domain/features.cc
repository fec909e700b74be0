#include "targeting/domain/features.h"

#include <algorithm>
#include <bit>

namespace sepakat::targeting {
namespace {

struct Named {
  Variable variable;
  std::string_view name;
};

constexpr auto kNames = std::to_array<Named>({
    {Variable::kTenure, "tenure"},
    {Variable::kFloorAreaM2, "floor_area_m2"},
    {Variable::kFloor, "floor"},
    {Variable::kWall, "wall"},
    {Variable::kRoof, "roof"},
    {Variable::kWaterSource, "water_source"},
    {Variable::kWaterDistance, "water_distance"},
    {Variable::kLighting, "lighting"},
    {Variable::kPower, "power"},
    {Variable::kCookingFuel, "cooking_fuel"},
    {Variable::kToilet, "toilet"},
    {Variable::kCloset, "closet"},
    {Variable::kDisposal, "disposal"},
    {Variable::kUrbanRural, "urban_rural"},
    {Variable::kAssetGasCylinder, "asset_gas_cylinder"},
    {Variable::kAssetRefrigerator, "asset_refrigerator"},
    {Variable::kAssetAirConditioner, "asset_air_conditioner"},
    {Variable::kAssetWaterHeater, "asset_water_heater"},
    {Variable::kAssetTelephone, "asset_telephone"},
    {Variable::kAssetTelevision, "asset_television"},
    {Variable::kAssetGold, "asset_gold"},
    {Variable::kAssetComputer, "asset_computer"},
    {Variable::kAssetMotorcycle, "asset_motorcycle"},
    {Variable::kAssetBicycle, "asset_bicycle"},
    {Variable::kAssetCar, "asset_car"},
    {Variable::kAssetBoat, "asset_boat"},
    {Variable::kAssetMotorboat, "asset_motorboat"},
    {Variable::kAssetSmartphone, "asset_smartphone"},
    {Variable::kAssetLand, "asset_land"},
    {Variable::kAssetOtherHouse, "asset_other_house"},
    {Variable::kAssetLargeLivestock, "asset_large_livestock"},
    {Variable::kAssetSmallLivestock, "asset_small_livestock"},
    {Variable::kAidBpnt, "aid_bpnt"},
    {Variable::kAidPkh, "aid_pkh"},
    {Variable::kAidBltDesa, "aid_blt_desa"},
    {Variable::kAidElectricity, "aid_electricity"},
    {Variable::kAidLocal, "aid_local"},
    {Variable::kAidFertiliser, "aid_fertiliser"},
    {Variable::kAidLpg, "aid_lpg"},
    {Variable::kAidKks, "aid_kks"},
    {Variable::kMembers, "members"},
    {Variable::kChildrenUnder5, "children_under_5"},
    {Variable::kChildren718, "children_7_18"},
    {Variable::kChildrenOutOfSchool, "children_out_of_school"},
    {Variable::kMembers60Plus, "members_60_plus"},
    {Variable::kMembers1564, "members_15_64"},
    {Variable::kMembersWorking, "members_working"},
    {Variable::kMembersDisabled, "members_disabled"},
    {Variable::kMembersChronicallyIll, "members_chronically_ill"},
    {Variable::kMembersUninsured, "members_uninsured"},
    {Variable::kHeadSex, "head_sex"},
    {Variable::kHeadAge, "head_age"},
    {Variable::kHeadSchoolingYears, "head_schooling_years"},
    {Variable::kMaxSchoolingYears, "max_schooling_years"},
    {Variable::kChildrenMalnourished, "children_malnourished"},
    {Variable::kMembersPregnant, "members_pregnant"},
    {Variable::kMembersWithoutNik, "members_without_nik"},
    {Variable::kHeadWorks, "head_works"},
    {Variable::kHeadSector, "head_sector"},
    {Variable::kHeadMarital, "head_marital"},
    {Variable::kHeadJobStatus, "head_job_status"},
});

constexpr auto kVariables = [] {
  std::array<Variable, kNames.size()> variables{};
  for (size_t i = 0; i < kNames.size(); ++i) variables[i] = kNames[i].variable;
  return variables;
}();

constexpr auto kNameOf = [] {
  std::array<std::string_view, kVariableEnd> names{};
  for (const Named& named : kNames) names[static_cast<size_t>(named.variable)] = named.name;
  return names;
}();

constexpr size_t kMaskBytes = (kVariableEnd + 7) / 8;
constexpr size_t kMostValueBytes = 5;

// Zigzag base-128: small magnitudes take one byte. Returns the place behind.
char* PutValue(int32_t value, char* out) {
  uint32_t bits = (static_cast<uint32_t>(value) << 1) ^ static_cast<uint32_t>(value >> 31);
  for (; bits >= 0x80; bits >>= 7) *out++ = static_cast<char>(bits | 0x80);
  *out++ = static_cast<char>(bits);
  return out;
}

int32_t TakeValue(std::string_view* in) {
  uint32_t bits = 0;
  for (int shift = 0; !in->empty(); shift += 7) {
    const uint32_t byte = static_cast<uint8_t>(in->front());
    in->remove_prefix(1);
    bits |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return static_cast<int32_t>(bits >> 1) ^ -static_cast<int32_t>(bits & 1);
}

// Calls `visit(index)` for every set bit, ascending.
template <typename Visit>
void ForEachBit(const std::array<uint64_t, 2>& words, const Visit& visit) {
  for (size_t word = 0; word < words.size(); ++word) {
    for (uint64_t bits = words[word]; bits != 0; bits &= bits - 1) {
      visit(64 * word + static_cast<size_t>(std::countr_zero(bits)));
    }
  }
}

}  // namespace

std::string_view NameOf(Variable variable) { return kNameOf[static_cast<size_t>(variable)]; }

std::optional<Variable> VariableNamed(std::string_view name) {
  const auto it = std::ranges::find(kNames, name, &Named::name);
  if (it == kNames.end()) return std::nullopt;
  return it->variable;
}

std::span<const Variable> AllVariables() { return kVariables; }

std::string Features::Pack() const {
  std::string packed;
  AppendPacked(&packed);
  return packed;
}

bool Features::Within(int32_t limit) const {
  bool within = true;
  for (const int32_t value : values_) within &= value >= -limit && value <= limit;
  return within;
}

void Features::AppendPacked(std::string* packed) const {
  std::array<char, kMaskBytes + kMostValueBytes * kVariableEnd> bytes;
  for (size_t i = 0; i < kMaskBytes; ++i) {
    bytes[i] = static_cast<char>(known_[i / 8] >> (8 * (i % 8)));
  }
  char* end = bytes.data() + kMaskBytes;
  ForEachBit(known_, [&](size_t index) { end = PutValue(values_[index], end); });
  packed->append(bytes.data(), end);
}

Features Features::Unpack(std::string_view packed) {
  Features features;
  if (packed.size() < kMaskBytes) return features;
  for (size_t i = 0; i < kMaskBytes; ++i) {
    features.known_[i / 8] |= uint64_t{static_cast<uint8_t>(packed[i])} << (8 * (i % 8));
  }
  packed.remove_prefix(kMaskBytes);
  ForEachBit(features.known_, [&](size_t index) { features.values_[index] = TakeValue(&packed); });
  return features;
}

}  // namespace sepakat::targeting
