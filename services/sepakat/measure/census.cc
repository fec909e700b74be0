#include "sepakat/measure/census.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

constexpr size_t kMostTold = 5;
constexpr double kPercent = 100;

bool Population(std::string_view text, double* population) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *population);
  return error == std::errc() && end == text.data() + text.size() && *population > 0 &&
         std::isfinite(*population);
}

struct Difference {
  std::string region;
  double weights = 0;
  double population = 0;
  double relative() const { return weights / population - 1; }
};

std::string Told(const Difference& one, Language language) {
  return fmt::format("{}: {} / {} ({}{} %)", one.region, NumberShown(one.weights, 0, language),
                     NumberShown(one.population, 0, language), one.relative() > 0 ? "+" : "",
                     NumberShown(one.relative() * kPercent, 1, language));
}

}  // namespace

absl::StatusOr<std::vector<CensusEntry>> ReadCensus(std::string_view text) {
  double total = 0;
  if (Population(text, &total)) return std::vector<CensusEntry>{{"0", total}};
  ingestion::CsvReader reader;
  reader.Feed(text);
  reader.Finish();
  ingestion::CsvRow row;
  std::vector<CensusEntry> census;
  bool header = true;
  while (reader.Next(&row) == ingestion::CsvReader::kRow) {
    if (std::exchange(header, false)) continue;
    CensusEntry entry;
    const bool good =
        !row.problem && row.cells.size() >= 2 && Population(row.cells[1], &entry.population);
    if (good) entry.region = row.cells[0];
    if (!good || !base::IsRegionCode(entry.region)) {
      return base::Error(absl::StatusCode::kInvalidArgument, "CENSUS_INVALID",
                         fmt::format("census, line {}: a line is a region code and a population "
                                     "above 0, such as 33.26,1034241",
                                     row.line));
    }
    census.push_back(std::move(entry));
  }
  if (!census.empty()) return census;
  return base::Error(absl::StatusCode::kInvalidArgument, "CENSUS_INVALID",
                     "the census holds no line behind its header; give region,population lines, or "
                     "one number");
}

bool IsByRegion(const std::vector<CensusEntry>& census) {
  return std::ranges::any_of(
      census, [](const CensusEntry& entry) { return entry.region != base::kNationCode; });
}

std::vector<Remark> CompareWithCensus(const Frame& frame, const std::vector<CensusEntry>& census,
                                      double tolerance) {
  const bool total_only = !IsByRegion(census);
  const Groups regions = total_only ? Groups{} : frame.Regions(0);
  std::vector<double> sums(regions.keys.size(), 0.0);
  double everybody = 0;
  for (size_t i = 0; i < frame.size(); ++i) {
    everybody += frame.weights()[i];
    if (!total_only && regions.labels[i] != kUnknownGroup) {
      sums[regions.labels[i]] += frame.weights()[i];
    }
  }
  std::vector<Difference> different;
  for (const CensusEntry& entry : census) {
    Difference one{entry.region, 0, entry.population};
    if (entry.region == base::kNationCode) {
      one.weights = everybody;
    } else {
      for (size_t key = 0; key < sums.size(); ++key) {
        if (base::IsWithin(regions.keys[key].value, entry.region)) one.weights += sums[key];
      }
    }
    if (std::abs(one.relative()) > tolerance) different.push_back(one);
  }
  if (different.empty()) return {};
  std::ranges::sort(different, std::ranges::greater(),
                    [](const Difference& one) { return std::abs(one.relative()); });
  const auto list = [&different](Language language) {
    std::string text;
    for (size_t i = 0; i < different.size() && i < kMostTold; ++i) {
      text += (i > 0 ? "; " : "") + Told(different[i], language);
    }
    return different.size() > kMostTold ? text + "; …" : text;
  };
  return {
      {"WEIGHTS_NOT_CENSUS", true,
       fmt::format("jumlah bobot berbeda dari sensus di {} dari {} wilayah (bobot / sensus) {}; "
                   "jumlah penduduk miskin dan total lain meleset sebesar itu, dan angka gabungan "
                   "bergeser ke wilayah yang bobotnya terlalu besar",
                   different.size(), census.size(), list(Language::kIndonesian)),
       fmt::format("weights do not add up to the census in {} of {} regions (weights / census) {}; "
                   "numbers of poor and other totals are off by as much, and figures for all lean "
                   "to the regions that weigh too much",
                   different.size(), census.size(), list(Language::kEnglish))}};
}

}  // namespace sepakat::measure
