#include "sepakat/measure/line_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "sepakat/measure/dense_codes.h"
#include "sepakat/measure/fraction_text.h"
#include "sepakat/reference/reference_set.h"

namespace sepakat::measure {
namespace {

absl::Status BadLine(std::string_view text) {
  return base::Error(
      absl::StatusCode::kInvalidArgument, "LINE_SPEC",
      fmt::format("'{}' is no poverty line; write an amount above 0, 60%median, 60%mean, "
                  "60%q0.4, column:NAME or table:FILE",
                  text));
}

bool Number(std::string_view text, double* value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(*value) &&
         *value > 0;
}

// `median`, `mean`, `q0.4`.
bool Base(std::string_view word, measures::RelativeLine* line) {
  if (word == "mean") {
    line->base = measures::RelativeLine::Base::kMean;
    return true;
  }
  if (word == "median") return true;
  if (!word.starts_with('q')) return false;
  const std::optional<measures::Fraction> level = ParseFraction(word.substr(1));
  if (!level || level->numerator == 0 || level->numerator == level->denominator) return false;
  line->level = *level;
  return true;
}

}  // namespace

absl::StatusOr<LineSpec> ParseLine(std::string_view text) {
  LineSpec spec;
  spec.text = std::string(text);
  for (const auto& [prefix, kind] :
       {std::pair{"column:", LineSpec::kColumn}, std::pair{"table:", LineSpec::kTable}}) {
    if (!text.starts_with(prefix)) continue;
    spec.kind = kind;
    spec.source = std::string(text.substr(std::string_view(prefix).size()));
    if (spec.source.empty()) return BadLine(text);
    return spec;
  }
  const size_t percent = text.find('%');
  double number = 0;
  if (!Number(text.substr(0, percent), &number)) return BadLine(text);
  if (percent == std::string_view::npos) {
    spec.value = number;
    return spec;
  }
  spec.kind = LineSpec::kRelative;
  spec.relative.share = number / 100;
  if (!Base(text.substr(percent + 1), &spec.relative)) return BadLine(text);
  return spec;
}

absl::StatusOr<std::vector<RegionLine>> ReadLineTable(std::string_view file_name,
                                                      std::string_view toml) {
  reference::ReferenceSet set;
  SEPAKAT_RETURN_IF_ERROR(reference::ReadReference(file_name, toml, set));
  std::vector<RegionLine> table;
  for (const auto& line : set.lines) {
    RegionLine entry{line.region(), 0, line.valid_from(), static_cast<int>(line.urban_rural())};
    if (!Number(line.value(), &entry.value)) {
      return BadLine(fmt::format("{}: {}", file_name, line.value()));
    }
    table.push_back(std::move(entry));
  }
  if (table.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "REFERENCE_INVALID",
                       fmt::format("{} holds no [[poverty_line]]", file_name));
  }
  return table;
}

double LineAt(const std::vector<RegionLine>& table, std::string_view region, int urban_rural,
              std::optional<int32_t> day) {
  for (const std::string& code : base::PathToNation(region)) {
    const RegionLine* best = nullptr;
    for (const RegionLine& entry : table) {
      const bool fits = entry.region == code && (!day || entry.valid_from <= *day) &&
                        (entry.urban_rural == 0 || entry.urban_rural == urban_rural);
      if (!fits) continue;
      const auto rank = [](const RegionLine& one) {
        return std::pair(one.urban_rural != 0, one.valid_from);
      };
      if (best == nullptr || rank(entry) > rank(*best)) best = &entry;
    }
    if (best != nullptr) return best->value;
  }
  return kUnknownNumber;
}

std::vector<double> LinesByRegion(const Frame& frame, const std::vector<RegionLine>& table,
                                  std::optional<int32_t> day) {
  const Groups regions = frame.Regions(0);
  std::vector<uint32_t> areas(frame.size(), 0);
  if (const auto variable = FindVariableName(frame.book(), "urban_rural")) {
    const std::vector<double> values = frame.IndicatorOf(*variable).values;
    for (size_t i = 0; i < areas.size(); ++i) {
      if (values[i] == 1 || values[i] == 2) areas[i] = static_cast<uint32_t>(values[i]);
    }
  }
  const DenseCodes places = Combine(regions.labels, areas);
  std::vector<double> line_of_place;
  for (const auto& [region, area] : places.pairs) {
    line_of_place.push_back(region == kUnknownGroup ? kUnknownNumber
                                                    : LineAt(table, regions.keys[region].value,
                                                             static_cast<int>(area), day));
  }
  std::vector<double> lines;
  lines.reserve(places.codes.size());
  for (const uint32_t place : places.codes) lines.push_back(line_of_place[place]);
  return lines;
}

}  // namespace sepakat::measure
