// Sub kegiatan codes of the regional budget nomenclature: `U.BB.PP.L.KK.SSSS`.
//
//   1.04.03.2.03.0002   urusan 1, bidang 04, program 03, level 2 (regency), kegiatan 03, sub
//   kegiatan
//
// Editions since 2020 have four digits at the end, that of 2019 two. Names are never matched: 348
// names of one edition occur more than once (domain.md 6). Errors: InvalidArgument
// SUBACTIVITY_CODE_INVALID. Thread: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace sepakat::budgeting {

struct SubactivityCode {
  int affair = 0;    // urusan, 1..9
  int field = 0;     // bidang
  int program = 0;   // 1 is the support programme that every agency has
  int level = 0;     // 1 province, 2 regency or city, 3 and 4 Papua, 5 DIY, 6 DKI, 7 Aceh, 8 Bali
  int activity = 0;  // kegiatan
  int subactivity = 0;  // sub kegiatan
};

absl::StatusOr<SubactivityCode> ParseSubactivityCode(std::string_view text);

// Unit in which a curated edition counts the output of a code; absent when the code is not curated.
// The names of units are those of the nomenclature, for example `Unit Rumah`.
std::optional<std::string> CuratedUnit(std::string_view nomenclature_version,
                                       std::string_view code);

}  // namespace sepakat::budgeting
