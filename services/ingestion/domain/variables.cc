#include "ingestion/domain/variables.h"

#include <algorithm>

namespace sepakat::ingestion {
namespace {

constexpr Range kCount = {0, 255};
constexpr Range kOwned = {0, 9999};
constexpr Range kYesNo = {0, 1};

constexpr FamilyVariable kFamilyVariables[] = {
    {"tenure", 1, {1, 5}},
    {"floor_area_m2", 2, {1, 997}},
    {"floor", 3, {1, 9}},
    {"wall", 4, {1, 7}},
    {"roof", 5, {1, 8}},
    {"water_source", 6, {1, 11}},
    {"water_distance", 7, {1, 2}},
    {"lighting", 8, {1, 4}},
    {"power", 9, {1, 5}},
    {"cooking_fuel", 10, {1, 12}},
    {"toilet", 11, {1, 6}},
    {"closet", 12, {1, 4}},
    {"disposal", 13, {1, 6}},
    {"urban_rural", 14, {1, 2}},
    {"asset_gas_cylinder", 20, kOwned},
    {"asset_refrigerator", 21, kOwned},
    {"asset_air_conditioner", 22, kOwned},
    {"asset_water_heater", 23, kOwned},
    {"asset_telephone", 24, kOwned},
    {"asset_television", 25, kOwned},
    {"asset_gold", 26, kOwned},
    {"asset_computer", 27, kOwned},
    {"asset_motorcycle", 28, kOwned},
    {"asset_bicycle", 29, kOwned},
    {"asset_car", 30, kOwned},
    {"asset_boat", 31, kOwned},
    {"asset_motorboat", 32, kOwned},
    {"asset_smartphone", 33, kOwned},
    {"asset_land", 34, kOwned},
    {"asset_other_house", 35, kOwned},
    {"asset_large_livestock", 36, kOwned},
    {"asset_small_livestock", 37, kOwned},
    {"aid_bpnt", 40, kYesNo},
    {"aid_pkh", 41, kYesNo},
    {"aid_blt_desa", 42, kYesNo},
    {"aid_electricity", 43, kYesNo},
    {"aid_local", 44, kYesNo},
    {"aid_fertiliser", 45, kYesNo},
    {"aid_lpg", 46, kYesNo},
    {"aid_kks", 47, kYesNo},
    {"members", derived::kMembers, kCount},
    {"children_under_5", derived::kChildrenUnder5, kCount},
    {"children_7_18", derived::kChildren7To18, kCount},
    {"children_out_of_school", derived::kChildrenOutOfSchool, kCount},
    {"members_60_plus", derived::kMembers60Plus, kCount},
    {"members_15_64", derived::kMembers15To64, kCount},
    {"members_working", derived::kMembersWorking, kCount},
    {"members_disabled", derived::kMembersDisabled, kCount},
    {"members_chronically_ill", derived::kMembersChronicallyIll, kCount},
    {"members_uninsured", derived::kMembersUninsured, kCount},
    {"head_sex", derived::kHeadSex, {1, 2}},
    {"head_age", derived::kHeadAge, {0, 130}},
    {"head_schooling_years", derived::kHeadSchoolingYears, {0, 25}},
    {"max_schooling_years", derived::kMaxSchoolingYears, {0, 25}},
    {"children_malnourished", derived::kChildrenMalnourished, kCount},
    {"members_pregnant", derived::kMembersPregnant, kCount},
    {"members_without_nik", derived::kMembersWithoutNik, kCount},
    {"head_works", derived::kHeadWorks, kYesNo},
    {"head_sector", derived::kHeadSector, {1, 26}},
    {"head_marital", derived::kHeadMarital, {1, 4}},
    {"head_job_status", derived::kHeadJobStatus, {0, 8}},
};

constexpr MemberItemInfo kItems[] = {
    {"relation", MemberItem::kRelation, {1, 8}},
    {"sex", MemberItem::kSex, {1, 2}},
    {"age", MemberItem::kAge, {0, 130}},
    {"birth_date", MemberItem::kBirthDate, {}},
    {"marital", MemberItem::kMarital, {1, 4}},
    {"schooling", MemberItem::kSchooling, {1, 3}},
    {"certificate_years", MemberItem::kCertificateYears, {0, 25}},
    {"works", MemberItem::kWorks, kYesNo},
    {"chronic", MemberItem::kChronic, kYesNo},
    {"insurance", MemberItem::kInsurance, kYesNo},
    {"pregnant", MemberItem::kPregnant, kYesNo},
    {"sector", MemberItem::kSector, {1, 26}},
    {"job_status", MemberItem::kJobStatus, {0, 8}},
    {"difficulty", MemberItem::kDifficulty, {1, 4}},
    {"nutrition", MemberItem::kNutrition, {0, 2}},
    {"civil_document", MemberItem::kCivilDocument, kYesNo},
};

}  // namespace

std::span<const FamilyVariable> FamilyVariables() { return kFamilyVariables; }

const FamilyVariable* FindFamilyVariable(std::string_view name) {
  const auto* it = std::ranges::find(kFamilyVariables, name, &FamilyVariable::name);
  return it == std::end(kFamilyVariables) ? nullptr : it;
}

const MemberItemInfo* FindMemberItem(std::string_view name) {
  const auto* it = std::ranges::find(kItems, name, &MemberItemInfo::name);
  return it == std::end(kItems) ? nullptr : it;
}

}  // namespace sepakat::ingestion
