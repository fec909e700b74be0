// Codes of administrative regions as text: `0` the nation, then dotted Kemendagri parts.
//
//   0  33  33.26  33.26.15  33.26.15.2014     nation, province, regency, district, village
//
// The parent of a code is the code without its last part; that of a province is the nation. Surveys
// may bring codes of their own (letters, digits, `_`, `-` between the dots); the same rule holds.
// Names only suggest, codes decide (domain ground rule 7).
// Thread: pure functions. Complexity: linear in the length of the code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sepakat::base {

inline constexpr std::string_view kNationCode = "0";

enum class RegionLevel { kNation = 0, kProvince = 1, kRegency = 2, kDistrict = 3, kVillage = 4 };

// True for `0` and for one to four non-empty parts of [A-Za-z0-9_-] separated by dots.
bool IsRegionCode(std::string_view code);

// True for a code in the official form: parts of 2, 2, 2 and 4 digits.
bool IsKemendagriCode(std::string_view code);

// Level by number of parts. Requires IsRegionCode(code).
RegionLevel LevelOf(std::string_view code);

// Code of the enclosing region; empty for the nation.
std::string_view ParentOf(std::string_view code);

// True if `code` is `ancestor` or lies below it.
bool IsWithin(std::string_view code, std::string_view ancestor);

// The code itself, then every ancestor up to the nation.
std::vector<std::string> PathToNation(std::string_view code);

// The regency (two parts) of a code; the code itself when it has fewer parts.
std::string_view RegencyOf(std::string_view code);

// Undotted official digits with dots (`3326152014` -> `33.26.15.2014`); dotted text is returned as
// it is, anything else as an empty string. Lengths 2, 4, 6 and 10 are codes.
std::string WithDots(std::string_view digits);

}  // namespace sepakat::base
