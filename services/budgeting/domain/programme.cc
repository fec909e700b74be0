#include "budgeting/domain/programme.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "budgeting/domain/subactivity_code.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

constexpr int64_t kMostRupiah = 1'000'000'000'000'000;

// Units that count papers, not receivers: one per family would be a wrong plan.
constexpr std::array<std::string_view, 6> kPaperUnits = {"Dokumen",  "Laporan",     "Usulan",
                                                         "Kegiatan", "Rekomendasi", "Data"};

}  // namespace

absl::Status CheckProgramme(const Programme& p) {
  std::vector<std::string> mistakes;
  const auto need = [&mistakes](bool holds, std::string_view what) {
    if (!holds) mistakes.emplace_back(what);
  };
  need(!p.id.empty(), "id is missing");
  need(p.id.find('/') == std::string::npos, "id must not contain '/'");
  need(!p.version.empty(), "version is missing");
  need(!p.name.empty(), "name is missing");
  need(!p.agency.empty(), "agency is missing");
  need(!p.unit.empty(), "unit is missing");
  need(!p.nomenclature_version.empty(),
       "nomenclature_version is missing (which edition is the code from?)");
  need(p.unit_cost_rupiah > 0 && p.unit_cost_rupiah <= kMostRupiah,
       "unit_cost_rupiah must be 1 to 1,000 trillion");
  need(p.ceiling_rupiah >= 0 && p.ceiling_rupiah <= kMostRupiah,
       "ceiling_rupiah must be 0 to 1,000 trillion");
  need(p.decile_max <= 10, "decile_max must be 0 to 10");
  need(!p.needs.empty() || p.decile_max > 0 || p.poor_only || !p.parts.empty(),
       "the rule states nothing: everybody would be eligible");
  for (const RulePart& part : p.parts) {
    need(!part.variable.empty() && part.at_least <= part.at_most,
         fmt::format("rule part '{}' accepts no value ({} to {})", part.variable, part.at_least,
                     part.at_most));
  }
  if (absl::StatusOr<SubactivityCode> code = ParseSubactivityCode(p.subactivity_code); !code.ok()) {
    mistakes.emplace_back(code.status().message());
  }
  if (mistakes.empty()) return absl::OkStatus();
  return base::Error(absl::StatusCode::kInvalidArgument, "PROGRAMME_INVALID",
                     fmt::format("programme '{}': {}", p.id, fmt::join(mistakes, "; ")));
}

std::vector<std::string> LintProgramme(const Programme& p) {
  std::vector<std::string> warnings;
  const std::optional<std::string> unit = CuratedUnit(p.nomenclature_version, p.subactivity_code);
  if (unit.has_value() && *unit != p.unit) {
    warnings.push_back(fmt::format("UNIT_DIFFERS: {} counts in '{}', edition {} counts {} in '{}'",
                                   p.id, p.unit, p.nomenclature_version, p.subactivity_code,
                                   *unit));
  }
  if (std::ranges::find(kPaperUnits, p.unit) != kPaperUnits.end()) {
    warnings.push_back(
        fmt::format("UNIT_COUNTS_PAPERS: {} counts in '{}', but a plan gives one unit to "
                    "each family",
                    p.id, p.unit));
  }
  const absl::StatusOr<SubactivityCode> code = ParseSubactivityCode(p.subactivity_code);
  if (code.ok() && code->program == 1) {
    warnings.push_back(
        fmt::format("SUPPORT_PROGRAMME: {} uses {}, a line of the agency's own support", p.id,
                    p.subactivity_code));
  }
  if (p.ceiling_rupiah > 0 && p.ceiling_rupiah < p.unit_cost_rupiah) {
    warnings.push_back(
        fmt::format("CEILING_BELOW_UNIT: the ceiling of {} does not pay for one unit", p.id));
  }
  if (p.deadline == 0)
    warnings.push_back(fmt::format("NO_DEADLINE: {} has no delivery date", p.id));
  return warnings;
}

}  // namespace sepakat::budgeting
