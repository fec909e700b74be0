#include "sepakat/cli/region_master.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/language.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"

namespace sepakat::cli {

absl::StatusOr<std::string> FindRegionMaster(const Environment& environment,
                                             const std::string& given) {
  if (!given.empty()) return given;
  const std::string named = environment.variable("SEPAKAT_REGIONS");
  if (!named.empty()) return named;
  const std::string built = environment.program_folder + "/../reference/regions.csv";
  if (FileExists(built)) return built;
  return base::ErrorInBoth(
      absl::StatusCode::kNotFound, "REGIONS_MISSING",
      "daftar wilayah tidak ditemukan: jalankan deploy/reference/build_regions.sh DIR dan sebutkan "
      "DIR/regions.csv, atau isi SEPAKAT_REGIONS",
      "no region master found: run deploy/reference/build_regions.sh DIR and name "
      "DIR/regions.csv, or set SEPAKAT_REGIONS");
}

absl::StatusOr<std::vector<generate::Village>> VillagesOf(std::string_view csv,
                                                          std::string_view regency) {
  std::vector<generate::Village> villages;
  while (!csv.empty()) {
    const size_t end = std::min(csv.find('\n'), csv.size());
    std::string_view line = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    const size_t comma = line.find(',');
    if (comma == std::string_view::npos) continue;
    const std::string_view code = line.substr(0, comma);
    if (!base::IsKemendagriCode(code) || !base::IsWithin(code, regency)) continue;
    if (base::LevelOf(code) != base::RegionLevel::kVillage) continue;
    villages.push_back({std::string(code), std::string(line.substr(comma + 1))});
  }
  if (!villages.empty()) return villages;
  return base::ErrorInBoth(absl::StatusCode::kNotFound, "REGIONS_MISSING",
                           "daftar wilayah tidak memuat desa di {}",
                           "the region master has no village of {}", regency);
}

}  // namespace sepakat::cli
