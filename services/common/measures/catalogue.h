// The measures that are published per region: what they are called, and how to read them.
//
// The one list of names for the engine, the dashboards, the command line and alert rules. Measures
// of a family of ten (`decile_families.1` to `.10`) are listed one by one.
// Thread: constant data.
#pragma once

#include <iterator>
#include <span>
#include <string_view>

namespace sepakat::measures {

// percent: quotient 0..1 shown times 100; index: quotient shown as it is; count: weighted
// number; rupiah: welfare in the population's unit; score: mean log welfare.
struct Measure {
  std::string_view id;
  std::string_view name_id;
  std::string_view name_en;
  std::string_view unit;
  // +1: higher is better; -1: higher is worse; 0: neither.
  int direction = 0;
  // Digits of the published value after the decimal point.
  int decimals = 0;
};

std::span<const Measure> Catalogue();

// The entry of one measure; nullptr for an unknown id.
const Measure* FindMeasure(std::string_view id);

// Names of the deprivations in the order of the engine's bit masks, for example `unfit_house`.
inline constexpr std::string_view kDeprivationNames[] = {
    "unfit_house",        "inadequate_floor_space",
    "inadequate_water",   "inadequate_sanitation",
    "no_own_toilet",      "no_electricity",
    "solid_cooking_fuel", "out_of_school",
    "uninsured",          "disability",
    "low_schooling",      "no_civil_document",
    "malnourished_child", "few_assets"};
inline constexpr int kDeprivations = static_cast<int>(std::size(kDeprivationNames));
inline constexpr int kDeciles = 10;

}  // namespace sepakat::measures
