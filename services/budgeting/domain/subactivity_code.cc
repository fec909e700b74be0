#include "budgeting/domain/subactivity_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

struct Curated {
  std::string_view code;
  std::string_view unit;
};

// Codes checked one by one in the regency part (KABKOT) of the SIPD export "versi pemutakhiran
// 2027".
constexpr std::string_view kCuratedEdition = "SIPD 2027";
constexpr std::array kCurated = {
    Curated{"1.01.02.2.01.0054", "Peserta Didik"},
    Curated{"1.01.02.2.02.0032", "Peserta Didik"},
    Curated{"1.02.02.2.02.0001", "Orang"},
    Curated{"1.02.02.2.02.0004", "Orang"},
    Curated{"1.03.03.2.01.0022", "Unit"},
    Curated{"1.03.03.2.01.0032", "SR"},
    Curated{"1.03.03.2.01.0035", "SR"},
    Curated{"1.03.05.2.01.0051", "Rumah Tangga"},
    Curated{"1.04.03.2.03.0002", "Unit Rumah"},
    Curated{"1.04.04.2.01.0001", "Unit Rumah"},
    Curated{"1.04.04.2.01.0004", "Unit"},
    Curated{"1.06.04.2.01.0003", "Orang"},
    Curated{"1.06.05.2.02.0004", "Orang"},
    Curated{"1.06.05.2.02.0006", "Orang"},
    Curated{"2.07.03.2.01.0009", "Orang"},
    Curated{"2.09.03.2.01.0007", "Keluarga"},
    Curated{"2.14.04.2.02.0009", "Keluarga"},
    Curated{"2.17.07.2.01.0018", "Orang"},
};

bool ReadPart(std::string_view part, size_t least, size_t most, int* value) {
  if (part.size() < least || part.size() > most) return false;
  if (!std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; })) return false;
  return std::from_chars(part.data(), part.data() + part.size(), *value).ec == std::errc{};
}

}  // namespace

absl::StatusOr<SubactivityCode> ParseSubactivityCode(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::string_view rest = text;;) {
    const size_t dot = rest.find('.');
    parts.push_back(rest.substr(0, dot));
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  SubactivityCode code;
  const bool four_or_two = parts.size() == 6 && (parts[5].size() == 4 || parts[5].size() == 2);
  if (four_or_two && ReadPart(parts[0], 1, 1, &code.affair) &&
      ReadPart(parts[1], 2, 2, &code.field) && ReadPart(parts[2], 2, 2, &code.program) &&
      ReadPart(parts[3], 1, 1, &code.level) && ReadPart(parts[4], 2, 2, &code.activity) &&
      ReadPart(parts[5], 2, 4, &code.subactivity) && code.affair >= 1 && code.level >= 1 &&
      code.level <= 8) {
    return code;
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "SUBACTIVITY_CODE_INVALID",
                     fmt::format("'{}' is no sub kegiatan code; codes look like 1.04.03.2.03.0002 "
                                 "(U.BB.PP.L.KK.SSSS, urusan 1 to 9, level 1 to 8)",
                                 text));
}

std::optional<std::string> CuratedUnit(std::string_view nomenclature_version,
                                       std::string_view code) {
  if (nomenclature_version != kCuratedEdition) return std::nullopt;
  const auto* found = std::ranges::find(kCurated, code, &Curated::code);
  if (found == kCurated.end()) return std::nullopt;
  return std::string(found->unit);
}

}  // namespace sepakat::budgeting
