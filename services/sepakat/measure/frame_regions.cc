#include <fmt/format.h>

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "common/base/region_code.h"
#include "sepakat/measure/dense_codes.h"
#include "sepakat/measure/frame.h"

namespace sepakat::measure {

Groups Frame::Regions(int parts) const {
  const ingestion::RegionRole& role = book_->region;
  Groups groups;
  const auto rows = static_cast<size_t>(table_.rows);
  // Place among `texts` of each row; texts[0]: nothing known.
  std::vector<uint32_t> codes(rows, 0);
  std::vector<std::string> texts = {""};
  if (!role.value.empty()) {
    texts = {role.value};
  }
  for (size_t i = 0; i < role.slots.size(); ++i) {
    const Categories& column = *table_.FindCategories(book_->column(role.slots[i]));
    const DenseCodes both = Combine(codes, Filled(column, false));
    std::vector<std::string> longer;
    for (const auto& [before, code] : both.pairs) {
      const std::string_view part = ingestion::WithoutZeroFraction(column.texts[code]);
      // Known down to the level before where a part is missing.
      const bool known = code != kEmptyCell && (i == 0 || !texts[before].empty());
      std::string text = texts[before];
      if (known && i > 0) text.push_back('.');
      const auto number = role.pad.empty() ? std::nullopt : ingestion::SmallInteger(part);
      if (known && number && *number >= 0) {
        text += fmt::format("{:0{}}", *number, role.pad[i]);
      } else if (known) {
        text += part;
      }
      longer.push_back(std::move(text));
    }
    if (role.slots.size() == 1 && !role.map.empty()) {
      for (size_t pair = 0; pair < longer.size(); ++pair) {
        const std::string& label = column.labels[both.pairs[pair].second];
        if (!role.map.contains(longer[pair]) && role.map.contains(label)) longer[pair] = label;
      }
    }
    codes = both.codes;
    texts = std::move(longer);
  }
  absl::flat_hash_map<std::string, uint32_t> places;
  std::vector<uint32_t> place_of_text;
  for (std::string text : texts) {
    if (!role.map.empty()) {
      auto mapped = role.map.find(text);
      if (const auto number = ingestion::SmallInteger(text); mapped == role.map.end() && number) {
        mapped = role.map.find(fmt::format("{}", *number));
      }
      text = mapped == role.map.end() ? "" : mapped->second;
    } else if (role.slots.size() == 1 && text.find('.') == std::string::npos &&
               std::ranges::find(book_->regions, text, &ingestion::OwnRegion::code) ==
                   book_->regions.end()) {
      if (std::string dotted = base::WithDots(text); !dotted.empty()) text = std::move(dotted);
    }
    const std::vector<std::string> path =
        base::IsRegionCode(text) ? base::PathToNation(text) : std::vector<std::string>();
    const size_t deep = path.empty() ? 0 : path.size() - 1;
    if (path.empty() || static_cast<size_t>(parts) > deep) {
      place_of_text.push_back(kUnknownGroup);
      continue;
    }
    const std::string& code = parts == 0 ? path.front() : path[deep - static_cast<size_t>(parts)];
    const auto [place, added] = places.try_emplace(code, static_cast<uint32_t>(places.size()));
    if (added) {
      const auto own = std::ranges::find(book_->regions, code, &ingestion::OwnRegion::code);
      groups.keys.push_back({code, own == book_->regions.end() ? code : own->name});
    }
    place_of_text.push_back(place->second);
  }
  std::vector<uint32_t> labels;
  labels.reserve(rows);
  for (const uint32_t code : codes) labels.push_back(place_of_text[code]);
  groups.labels = Kept(std::move(labels));
  Tidy(true, &groups);
  return groups;
}

}  // namespace sepakat::measure
