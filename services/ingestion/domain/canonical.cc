#include "ingestion/domain/canonical.h"

namespace sepakat::ingestion {
namespace {

constexpr VariableInfo kVariables[] = {
    {"tenure", 1, 1, 5},
    {"floor_area_m2", 2, 1, 997},
    {"floor", 3, 1, 9},
    {"wall", 4, 1, 7},
    {"roof", 5, 1, 8},
    {"water_source", 6, 1, 11},
    {"water_distance", 7, 1, 2},
    {"lighting", 8, 1, 4},
    {"power", kPowerVariable, 1, 5},
    {"cooking_fuel", 10, 1, 12},
    {"toilet", 11, 1, 6},
    {"closet", 12, 1, 4},
    {"disposal", 13, 1, 6},
    {"urban_rural", 14, 1, 2},
    {"asset_gas_cylinder", 20, 0, 9999},
    {"asset_refrigerator", 21, 0, 9999},
    {"asset_air_conditioner", 22, 0, 9999},
    {"asset_water_heater", 23, 0, 9999},
    {"asset_telephone", 24, 0, 9999},
    {"asset_television", 25, 0, 9999},
    {"asset_gold", 26, 0, 9999},
    {"asset_computer", 27, 0, 9999},
    {"asset_motorcycle", 28, 0, 9999},
    {"asset_bicycle", 29, 0, 9999},
    {"asset_car", 30, 0, 9999},
    {"asset_boat", 31, 0, 9999},
    {"asset_motorboat", 32, 0, 9999},
    {"asset_smartphone", 33, 0, 9999},
    {"asset_land", 34, 0, 9999},
    {"asset_other_house", 35, 0, 9999},
    {"asset_large_livestock", 36, 0, 9999},
    {"asset_small_livestock", 37, 0, 9999},
    {"aid_bpnt", 40, 0, 1},
    {"aid_pkh", 41, 0, 1},
    {"aid_blt_desa", 42, 0, 1},
    {"aid_electricity", 43, 0, 1},
    {"aid_local", 44, 0, 1},
    {"aid_fertiliser", 45, 0, 1},
    {"aid_lpg", 46, 0, 1},
    {"aid_kks", 47, 0, 1},
    {"members", kMembers, 1, 255},
    {"children_under_5", kChildrenUnder5, 0, 255},
    {"children_7_18", kChildren7To18, 0, 255},
    {"children_out_of_school", kChildrenOutOfSchool, 0, 255},
    {"members_60_plus", kMembers60Plus, 0, 255},
    {"members_15_64", kMembers15To64, 0, 255},
    {"members_working", kMembersWorking, 0, 255},
    {"members_disabled", kMembersDisabled, 0, 255},
    {"members_chronically_ill", kMembersChronicallyIll, 0, 255},
    {"members_uninsured", kMembersUninsured, 0, 255},
    {"head_sex", kHeadSex, 1, 2},
    {"head_age", kHeadAge, 0, 130},
    {"head_schooling_years", kHeadSchoolingYears, 0, 25},
    {"max_schooling_years", kMaxSchoolingYears, 0, 25},
    {"children_malnourished", kChildrenMalnourished, 0, 255},
    {"members_pregnant", kMembersPregnant, 0, 255},
    {"members_without_nik", kMembersWithoutNik, 0, 255},
    {"head_works", kHeadWorks, 0, 1},
    {"head_sector", kHeadSector, 1, 26},
    {"head_marital", kHeadMarital, 1, 4},
    {"head_job_status", kHeadJobStatus, 1, 8},
};

constexpr ItemInfo kAllItems[] = {
    {"relation", Item::kRelation, 1, 8},
    {"sex", Item::kSex, 1, 2},
    {"age", Item::kAge, 0, 130},
    {"birth_date", Item::kBirthDate, 0, 0},
    {"marital", Item::kMarital, 1, 4},
    {"schooling", Item::kSchooling, 1, 3},
    {"certificate_years", Item::kCertificateYears, 0, 25},
    {"works", Item::kWorks, 0, 1},
    {"sector", Item::kSector, 1, 26},
    {"job_status", Item::kJobStatus, 1, 8},
    {"difficulty", Item::kDifficulty, 1, 4},
    {"chronic", Item::kChronic, 0, 1},
    {"insurance", Item::kInsurance, 0, 1},
    {"nutrition", Item::kNutrition, 0, 2},
    {"pregnant", Item::kPregnant, 0, 1},
};

}  // namespace

std::span<const VariableInfo> AllVariables() { return kVariables; }

const VariableInfo* FindVariable(std::string_view name) {
  for (const VariableInfo& variable : kVariables) {
    if (variable.name == name) return &variable;
  }
  return nullptr;
}

std::span<const ItemInfo> AllItems() { return kAllItems; }

const ItemInfo* FindItem(std::string_view name) {
  for (const ItemInfo& item : kAllItems) {
    if (item.name == name) return &item;
  }
  return nullptr;
}

}  // namespace sepakat::ingestion
