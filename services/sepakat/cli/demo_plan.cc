#include "sepakat/cli/demo_plan.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/region_master.h"
#include "sepakat/reference/builtin.h"
#include "sepakat/reference/profile_file.h"

namespace sepakat::cli {
namespace {

constexpr const char* kBuiltinProfile = "demo_3326.toml";
constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

absl::StatusOr<generate::Profile> ProfileOf(const DemoOptions& options) {
  if (options.profile.empty()) {
    const auto builtin = reference::FindBuiltin(reference::BuiltinKind::kProfile, kBuiltinProfile);
    return reference::ReadProfile(builtin->name, builtin->text);
  }
  SEPAKAT_ASSIGN_OR_RETURN(const std::string text, ReadFile(options.profile));
  return reference::ReadProfile(options.profile, text);
}

absl::StatusOr<int32_t> LastDay(const DemoOptions& options, const Environment& environment) {
  if (!options.last_day.empty()) return base::ParseIsoDate(options.last_day);
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t usual, base::ParseIsoDate(kDemoLastDay));
  return std::min(usual, static_cast<int32_t>(environment.now_ms() / kDayMs));
}

}  // namespace

void AddDemoOptions(CLI::App& command, DemoOptions& options) {
  command.add_option(
      "--seed", options.seed,
      Both("benih yang sama memberi isi yang sama (1)", "the same seed gives the same bytes (1)"));
  command.add_option("--families", options.families,
                     Both("banyaknya keluarga; jiwa mengikuti (290000)",
                          "families; persons follow in proportion (290000)"));
  command.add_option("--dirty", options.dirty,
                     Both("keluarga per 10.000 yang sengaja salah (30)",
                          "families per 10,000 that are wrong on purpose (30)"));
  command.add_option("--last-day", options.last_day,
                     Both("hari terakhir survei (2026-09-30, tidak setelah hari ini)",
                          "last day of the survey (2026-09-30, not after today)"));
  command.add_option(
      "--regions", options.regions,
      Both("daftar wilayah, `kode,nama` (bawaan $SEPAKAT_REGIONS, lalu milik program)",
           "region master, `kode,nama` (default $SEPAKAT_REGIONS, else the build's)"));
  command.add_option(
      "--profile", options.profile,
      Both("profil lain daripada bawaan (TOML)", "another profile than the built-in one (TOML)"));
}

absl::StatusOr<generate::Plan> MakeDemoPlan(const DemoOptions& options,
                                            const Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(generate::Profile profile, ProfileOf(options));
  SEPAKAT_ASSIGN_OR_RETURN(const std::string path, FindRegionMaster(environment, options.regions));
  SEPAKAT_ASSIGN_OR_RETURN(const std::string csv, ReadFile(path));
  SEPAKAT_ASSIGN_OR_RETURN(std::vector<generate::Village> villages,
                           VillagesOf(csv, profile.regency));
  generate::Request request{
      .seed = options.seed, .families = options.families, .dirty_per_10000 = options.dirty};
  SEPAKAT_ASSIGN_OR_RETURN(request.last_day, LastDay(options, environment));
  return generate::MakePlan(std::move(profile), std::move(villages), request);
}

}  // namespace sepakat::cli
