#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sepakat/measure/cells.h"
#include "sepakat/measure/frame.h"

namespace sepakat::measure {
namespace {

// Names bands by their whole numbers where they have some: `0-14`, `15-64`, `65+`.
std::vector<Groups::Key> BandKeys(const std::vector<double>& bands) {
  const bool whole = std::ranges::all_of(bands, [](double low) { return low == std::floor(low); });
  std::vector<Groups::Key> keys;
  for (size_t i = 0; i < bands.size(); ++i) {
    std::string name;
    if (i + 1 == bands.size()) {
      name = fmt::format("{}+", bands[i]);
    } else if (whole) {
      name = fmt::format("{}-{}", bands[i], bands[i + 1] - 1);
    } else {
      name = fmt::format("{} <= x < {}", bands[i], bands[i + 1]);
    }
    keys.push_back({name, name});
  }
  return keys;
}

uint32_t BandOf(const std::vector<double>& bands, double value) {
  if (std::isnan(value) || value < bands.front()) return kUnknownGroup;
  const auto above = std::ranges::upper_bound(bands, value);
  return static_cast<uint32_t>(above - bands.begin()) - 1;
}

}  // namespace

Groups Frame::GroupsOf(const Name& name) const {
  Groups groups;
  switch (name.kind) {
    case Name::kRegion:
      return Regions(name.region_parts);
    case Name::kGrouping: {
      const ingestion::Grouping& role = book_->survey.groupings[name.index];
      const Categories& column = *table_.FindCategories(role.column);
      if (!role.bands.empty()) {
        groups.keys = BandKeys(role.bands);
      } else if (role.by_code) {
        for (const std::string& group : role.names) groups.keys.push_back({group, group});
      } else {
        for (uint32_t code = 0; code < column.texts.size(); ++code) {
          groups.keys.push_back({column.texts[code], std::string(column.shown(code))});
        }
      }
      groups.labels = Kept(
          ByCode<uint32_t>(column, CellsOf(column, role.of_family), [&](uint32_t code) -> uint32_t {
            if (code == kEmptyCell || HoldsCode(role.missing, column, code)) return kUnknownGroup;
            if (!role.bands.empty()) {
              return BandOf(role.bands, NumberOf(column, code, book_->format.numbers));
            }
            if (!role.by_code) return code;
            const std::optional<int32_t> group = FindCode(role.codes, column, code);
            return group ? static_cast<uint32_t>(*group) : kUnknownGroup;
          }));
      Tidy(role.bands.empty() && !role.by_code, &groups);
      return groups;
    }
    case Name::kProgramme: {
      groups.keys = {{"0", "tidak"}, {"1", "ya"}};
      for (const measures::Answer answer : ReceiptOf(name)) {
        groups.labels.push_back(answer == measures::Answer::kUnknown
                                    ? kUnknownGroup
                                    : static_cast<uint32_t>(answer == measures::Answer::kYes));
      }
      Tidy(false, &groups);
      return groups;
    }
    case Name::kIndicator:
    case Name::kVariable:
    case Name::kDerived: {
      const std::vector<double> values = IndicatorOf(name).values;
      std::vector<double> distinct(values);
      std::erase_if(distinct, [](double value) { return std::isnan(value); });
      std::ranges::sort(distinct);
      distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
      for (const double value : distinct)
        groups.keys.push_back({NumberText(value), NumberText(value)});
      for (const double value : values) {
        groups.labels.push_back(
            std::isnan(value) ? kUnknownGroup
                              : static_cast<uint32_t>(std::ranges::lower_bound(distinct, value) -
                                                      distinct.begin()));
      }
      return groups;
    }
    case Name::kColumn:
      break;
  }
  const Categories& column = *table_.FindCategories(name.text);
  for (uint32_t code = 0; code < column.texts.size(); ++code) {
    groups.keys.push_back({column.texts[code], std::string(column.shown(code))});
  }
  groups.labels = Kept(ByCode<uint32_t>(column, column.codes, [](uint32_t code) {
    return code == kEmptyCell ? kUnknownGroup : code;
  }));
  Tidy(true, &groups);
  return groups;
}

}  // namespace sepakat::measure
