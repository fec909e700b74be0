#include "common/canonical/variables.h"

#include <algorithm>

namespace sepakat::canonical {
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
    {"power", 9, 1, 5},
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
    {"members", 60, 1, 255},
    {"children_under_5", 61, 0, 255},
    {"children_7_18", 62, 0, 255},
    {"children_out_of_school", 63, 0, 255},
    {"members_60_plus", 64, 0, 255},
    {"members_15_64", 65, 0, 255},
    {"members_working", 66, 0, 255},
    {"members_disabled", 67, 0, 255},
    {"members_chronically_ill", 68, 0, 255},
    {"members_uninsured", 69, 0, 255},
    {"head_sex", 70, 1, 2},
    {"head_age", 71, 0, 130},
    {"head_schooling_years", 72, 0, 25},
    {"max_schooling_years", 73, 0, 25},
    {"children_malnourished", 74, 0, 255},
    {"members_pregnant", 75, 0, 255},
    {"members_without_nik", 76, 0, 255},
    {"head_works", 77, 0, 1},
    {"head_sector", 78, 1, 26},
    {"head_marital", 79, 1, 4},
    {"head_job_status", 80, 1, 8},
};

}  // namespace

std::span<const VariableInfo> AllVariables() { return kVariables; }

const VariableInfo* FindVariable(std::string_view name) {
  const auto* const found = std::ranges::find(kVariables, name, &VariableInfo::name);
  return found == std::end(kVariables) ? nullptr : found;
}

}  // namespace sepakat::canonical
