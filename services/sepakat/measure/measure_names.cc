#include "sepakat/measure/measure_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "absl/strings/str_split.h"
#include "common/base/status.h"
#include "sepakat/measure/fraction_text.h"

namespace sepakat::measure {
namespace {

using enum MeasureKind;

constexpr auto kMeasures = std::to_array<MeasureInfo>({
    {"p0", kHeadcount, Need::kLine, Unit::kShare, "Persentase penduduk miskin (P0)",
     "Poverty headcount (P0)", "fgt0 headcount arpr", ""},
    {"p1", kGap, Need::kLine, Unit::kShare, "Indeks kedalaman kemiskinan (P1)",
     "Poverty gap index (P1)", "fgt1 gap", ""},
    {"p2", kSeverity, Need::kLine, Unit::kShare, "Indeks keparahan kemiskinan (P2)",
     "Poverty severity index (P2)", "fgt2 severity", ""},
    {"poor", kPoor, Need::kLine, Unit::kCount, "Jumlah penduduk miskin", "Number of the poor",
     "poor_persons", ""},
    {"gap_of_poor", kGapOfThePoor, Need::kLine, Unit::kShare,
     "Rata-rata kesenjangan penduduk miskin", "Mean gap of the poor", "income_gap", ""},
    {"shortfall", kShortfall, Need::kLine, Unit::kWelfare,
     "Total kekurangan sampai garis kemiskinan", "Total shortfall to the line", "", ""},
    {"watts", kWatts, Need::kLine, Unit::kIndex, "Indeks Watts", "Watts index", "", ""},
    {"sen", kSen, Need::kLine, Unit::kIndex, "Indeks Sen", "Sen index", "",
     "original: Sen's own form, that counts heads"},
    {"sst", kSenShorrocksThon, Need::kLine, Unit::kIndex, "Indeks Sen-Shorrocks-Thon",
     "Sen-Shorrocks-Thon index", "sen_shorrocks_thon", ""},
    {"median_of_poor", kMedianOfThePoor, Need::kLine, Unit::kWelfare,
     "Median kesejahteraan penduduk miskin", "Median of the poor", "poormed", ""},
    {"relative_median_gap", kRelativeMedianGap, Need::kLine, Unit::kShare,
     "Kesenjangan median penduduk miskin", "Relative median poverty gap", "rmpg", ""},
    {"line", kLine, Need::kLine, Unit::kWelfare, "Garis kemiskinan", "Poverty line", "arpt", ""},
    {"classes", kClasses, Need::kLine, Unit::kShare, "Kelas kesejahteraan", "Welfare classes",
     "vulnerability", ""},
    {"population", kPopulation, Need::kNothing, Unit::kCount, "Jumlah penduduk", "Population",
     "persons", ""},
    {"mean", kMean, Need::kWelfare, Unit::kWelfare, "Rata-rata kesejahteraan", "Mean welfare",
     "mean_welfare", ""},
    {"total", kTotal, Need::kWelfare, Unit::kWelfare, "Total kesejahteraan", "Total welfare", "",
     ""},
    {"median", kQuantile, Need::kWelfare, Unit::kWelfare, "Median kesejahteraan", "Median welfare",
     "", ""},
    {"quantile", kQuantile, Need::kWelfare, Unit::kWelfare, "Kuantil kesejahteraan",
     "Quantile of welfare", "", "level, such as 0.9 or 1/3"},
    {"gini", kGini, Need::kWelfare, Unit::kIndex, "Rasio Gini", "Gini index", "",
     "last_person: ranks as the package convey has them"},
    {"theil", kGeneralisedEntropy, Need::kWelfare, Unit::kIndex, "Indeks Theil T, GE(1)",
     "Theil T index, GE(1)", "theil_t", ""},
    {"mld", kGeneralisedEntropy, Need::kWelfare, Unit::kIndex,
     "Rata-rata simpangan logaritma, GE(0)", "Mean log deviation, GE(0)", "theil_l", ""},
    {"ge", kGeneralisedEntropy, Need::kWelfare, Unit::kIndex, "Entropi umum GE(a)",
     "Generalised entropy GE(a)", "gei", "a, such as 2"},
    {"atkinson", kAtkinson, Need::kWelfare, Unit::kIndex, "Indeks Atkinson", "Atkinson index", "",
     "aversion, such as 0.5"},
    {"kolm", kKolm, Need::kWelfare, Unit::kWelfare, "Indeks Kolm", "Kolm index", "",
     "aversion per unit of welfare, such as 0.0001"},
    {"hoover", kHoover, Need::kWelfare, Unit::kIndex, "Indeks Hoover", "Hoover index",
     "pietra ricci_schutz", ""},
    {"cv", kCoefficientOfVariation, Need::kWelfare, Unit::kIndex, "Koefisien variasi",
     "Coefficient of variation", "", ""},
    {"lorenz", kLorenzShare, Need::kWelfare, Unit::kShare, "Bagian kelompok termiskin",
     "Share of the poorest", "", "part of the population, such as 0.4"},
    {"palma", kPalma, Need::kWelfare, Unit::kIndex, "Rasio Palma", "Palma ratio", "", ""},
    {"qsr", kQuintileShareRatio, Need::kWelfare, Unit::kIndex, "Rasio kuintil S80/S20",
     "Quintile share ratio S80/S20", "s80s20", ""},
});

absl::Status BadParameter(std::string_view text, const MeasureInfo& info) {
  return base::Error(
      absl::StatusCode::kInvalidArgument, "MEASURE_PARAMETER",
      info.parameter.empty()
          ? fmt::format("measure '{}': '{}' takes no parameter", text, info.id)
          : fmt::format("measure '{}': behind the colon stands {}", text, info.parameter));
}

bool Number(std::string_view text, double* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(*value);
}

// A level strictly between 0 and 1.
bool Level(std::string_view text, measures::Fraction* level) {
  const std::optional<measures::Fraction> fraction = ParseFraction(text);
  if (!fraction || fraction->numerator == 0 || fraction->numerator == fraction->denominator) {
    return false;
  }
  *level = *fraction;
  return true;
}

}  // namespace

std::span<const MeasureInfo> AllMeasures() { return kMeasures; }

absl::StatusOr<MeasureSpec> ParseMeasure(std::string_view text) {
  const size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const std::string_view parameter =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto info = std::ranges::find_if(kMeasures, [name](const MeasureInfo& known) {
    if (known.id == name) return true;
    const std::vector<std::string> aliases =
        absl::StrSplit(absl::string_view(known.aliases.data(), known.aliases.size()), ' ');
    return !name.empty() && std::ranges::find(aliases, name) != aliases.end();
  });
  if (info == kMeasures.end()) {
    std::string known;
    for (const MeasureInfo& measure : kMeasures) known += fmt::format(" {}", measure.id);
    return base::Error(absl::StatusCode::kInvalidArgument, "MEASURE_UNKNOWN",
                       fmt::format("'{}' is no measure; known are{}", text, known));
  }
  MeasureSpec spec;
  spec.info = &*info;
  spec.parameter = std::string(parameter);
  const absl::Status bad = BadParameter(text, *info);
  if (info->id == "median") spec.level = {1, 2};
  if (info->id == "theil") spec.number = 1;
  if (info->parameter.empty()) {
    if (colon != std::string_view::npos) return bad;
    return spec;
  }
  switch (info->kind) {
    case kGini:
      spec.last_person = parameter == "last_person";
      if (!spec.last_person && colon != std::string_view::npos) return bad;
      return spec;
    case kSen:
      if (parameter != "original" && colon != std::string_view::npos) return bad;
      return spec;
    case kQuantile:
    case kLorenzShare:
      if (!Level(parameter, &spec.level)) return bad;
      return spec;
    case kAtkinson:
    case kKolm:
      if (!Number(parameter, &spec.number) || spec.number <= 0) return bad;
      return spec;
    default:
      if (!Number(parameter, &spec.number)) return bad;
      return spec;
  }
}

std::vector<MeasureSpec> DefaultMeasures(bool has_line, bool has_welfare) {
  std::vector<MeasureSpec> specs;
  const auto add = [&specs](std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) specs.push_back(*ParseMeasure(name));
  };
  if (has_line) add({"p0", "p1", "p2", "poor"});
  if (has_welfare) add({"mean", "median", "gini"});
  if (!has_welfare) add({"population"});
  return specs;
}

std::string MeasureHelp() {
  std::string text;
  for (const MeasureInfo& measure : kMeasures) {
    text += fmt::format("  {:<20}{}{}\n", measure.id, measure.name_en,
                        measure.need == Need::kLine ? " (needs --line)" : "");
    if (!measure.parameter.empty()) {
      text += fmt::format("  {:<20}  {}:{}\n", "", measure.id, measure.parameter);
    }
  }
  return text;
}

}  // namespace sepakat::measure
