#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "common/base/region_code.h"
#include "ingestion/domain/values.h"
#include "sepakat/measure/dense_codes.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/table_builder.h"

namespace sepakat::measure {
namespace {

using ingestion::Answer;
using ingestion::CodeSet;

// A code book may name the value or its label.
bool HoldsCode(const CodeSet& set, const Categories& column, uint32_t code) {
  return set.Contains(Answer(column.texts[code])) ||
         (!column.labels[code].empty() && set.Contains(Answer(column.labels[code])));
}

std::optional<int32_t> Find(const ingestion::CodeTable& table, const Categories& column,
                            uint32_t code) {
  const Answer text(column.texts[code]);
  if (const auto listed = table.FindListed(text)) return listed;
  return column.labels[code].empty() ? table.Find(text) : table.Find(Answer(column.labels[code]));
}

// Value of each code of `column`, then of each row.
template <typename T, typename OfCode>
std::vector<T> ByCode(const Categories& column, const std::vector<uint32_t>& codes, OfCode of) {
  std::vector<T> values;
  for (uint32_t code = 0; code < column.texts.size(); ++code) values.push_back(of(code));
  std::vector<T> by_row;
  by_row.reserve(codes.size());
  for (const uint32_t code : codes) by_row.push_back(values[code]);
  return by_row;
}

double NumberOf(const Categories& column, uint32_t code, const ingestion::NumberFormat& format) {
  const double plain = ParseNumber(column.texts[code], {});
  return std::isnan(plain) ? ParseNumber(column.texts[code], format) : plain;
}

// Numbers by size, then texts.
bool Before(const Groups::Key& a, const Groups::Key& b) {
  const double x = ParseNumber(a.value, {});
  const double y = ParseNumber(b.value, {});
  if (std::isnan(x) != std::isnan(y)) return std::isnan(y);
  if (!std::isnan(x) && x != y) return x < y;
  return a.value < b.value;
}

// Sorts the keys, drops those that no row has, and renumbers the labels.
void Tidy(bool sort, Groups* groups) {
  std::vector<bool> present(groups->keys.size(), false);
  for (const uint32_t label : groups->labels) {
    if (label != kUnknownGroup) present[label] = true;
  }
  std::vector<uint32_t> order;
  for (uint32_t key = 0; key < groups->keys.size(); ++key) {
    if (present[key]) order.push_back(key);
  }
  if (sort) {
    std::ranges::stable_sort(order, [groups](uint32_t a, uint32_t b) {
      return Before(groups->keys[a], groups->keys[b]);
    });
  }
  std::vector<uint32_t> place(groups->keys.size(), kUnknownGroup);
  std::vector<Groups::Key> keys;
  for (const uint32_t key : order) {
    place[key] = static_cast<uint32_t>(keys.size());
    keys.push_back(std::move(groups->keys[key]));
  }
  groups->keys = std::move(keys);
  for (uint32_t& label : groups->labels) {
    if (label != kUnknownGroup) label = place[label];
  }
}

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

std::vector<double> Frame::NumbersOf(std::string_view column) const {
  return Kept(Filled(*table_.FindNumbers(column), false));
}

std::vector<double> Frame::WeightsOf(std::string_view column) const {
  std::vector<double> weights = NumbersOf(column);
  for (size_t i = 0; i < persons_per_row_.size(); ++i) weights[i] *= persons_per_row_[i];
  return weights;
}

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
          ByCode<uint32_t>(column, Filled(column, role.of_family), [&](uint32_t code) -> uint32_t {
            if (code == kEmptyCell || HoldsCode(role.missing, column, code)) return kUnknownGroup;
            if (!role.bands.empty()) {
              return BandOf(role.bands, NumberOf(column, code, book_->format.numbers));
            }
            if (!role.by_code) return code;
            const std::optional<int32_t> group = Find(role.codes, column, code);
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
    case Name::kVariable: {
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

std::vector<measures::Answer> Frame::AnswersOf(std::string_view name, const CodeSet& yes,
                                               const std::optional<CodeSet>& no,
                                               const CodeSet& missing) const {
  const Categories& column = *table_.FindCategories(name);
  return Kept(ByCode<measures::Answer>(column, column.codes, [&](uint32_t code) {
    if (code == kEmptyCell || HoldsCode(missing, column, code)) return measures::Answer::kUnknown;
    if (HoldsCode(yes, column, code)) return measures::Answer::kYes;
    if (no && !HoldsCode(*no, column, code)) return measures::Answer::kUnknown;
    return measures::Answer::kNo;
  }));
}

std::vector<measures::Answer> Frame::ReceiptOf(const Name& programme) const {
  if (programme.kind == Name::kProgramme) {
    const ingestion::ProgrammeColumn& role = book_->survey.programmes[programme.index];
    const Categories& column = *table_.FindCategories(role.column);
    return Kept(
        ByCode<measures::Answer>(column, Filled(column, role.of_family), [&](uint32_t code) {
          if (code == kEmptyCell || HoldsCode(role.missing, column, code)) {
            return measures::Answer::kUnknown;
          }
          if (HoldsCode(role.received, column, code)) return measures::Answer::kYes;
          if (role.not_received && !HoldsCode(*role.not_received, column, code)) {
            return measures::Answer::kUnknown;
          }
          return measures::Answer::kNo;
        }));
  }
  // 1 and 0, as variables `aid_...` and columns of flags have them.
  std::vector<measures::Answer> answers;
  for (const double value : IndicatorOf(programme).values) {
    answers.push_back(value == 1   ? measures::Answer::kYes
                      : value == 0 ? measures::Answer::kNo
                                   : measures::Answer::kUnknown);
  }
  return answers;
}

std::vector<double> Frame::AmountOf(const Name& programme) const {
  if (programme.kind != Name::kProgramme) return {};
  const std::string& column = book_->survey.programmes[programme.index].amount_column;
  return column.empty() ? std::vector<double>() : NumbersOf(column);
}

std::vector<int32_t> Frame::ValuesUnder(const ingestion::VariableRule& rule) const {
  const bool of_family = !rule.item.has_value();
  const Categories& column = *table_.FindCategories(book_->column(rule.slot));
  std::vector<int32_t> values =
      ByCode<int32_t>(column, Filled(column, of_family), [&](uint32_t code) -> int32_t {
        if (code == kEmptyCell || HoldsCode(rule.missing, column, code)) {
          return ingestion::kUnknown;
        }
        if (!rule.same) return Find(rule.codes, column, code).value_or(ingestion::kUnknown);
        const double number = NumberOf(column, code, book_->format.numbers);
        const bool inside = number >= rule.low && number <= rule.high;
        return inside ? static_cast<int32_t>(std::lround(number)) : ingestion::kUnknown;
      });
  for (const ingestion::Condition& condition : rule.asked_if) {
    const std::vector<uint32_t> codes =
        Filled(*table_.FindCategories(book_->column(condition.slot)), of_family);
    for (size_t row = 0; row < values.size(); ++row) {
      if (!Holds(condition, codes, row)) values[row] = ingestion::kNotAsked;
    }
  }
  return values;
}

Frame::IndicatorValues Frame::IndicatorOf(const Name& name) const {
  IndicatorValues result;
  result.asked.assign(size(), true);
  if (name.kind == Name::kVariable) {
    const ingestion::VariableRule& first = book_->variables[name.index];
    std::vector<int32_t> combined(static_cast<size_t>(table_.rows), ingestion::kUnknown);
    for (const ingestion::VariableRule& rule : book_->variables) {
      if (rule.item != first.item || rule.variable != first.variable) continue;
      const std::vector<int32_t> values = ValuesUnder(rule);
      for (size_t row = 0; row < values.size(); ++row) {
        combined[row] = ingestion::CombineValues(rule.combine, combined[row], values[row]);
      }
    }
    result.is_number = !first.coded;
    combined = Kept(std::move(combined));
    for (size_t i = 0; i < combined.size(); ++i) {
      result.asked[i] = combined[i] != ingestion::kNotAsked;
      const bool known = result.asked[i] && combined[i] != ingestion::kUnknown;
      result.values.push_back(known ? combined[i] : kUnknownNumber);
    }
    return result;
  }
  if (name.kind == Name::kColumn) {
    const Categories& column = *table_.FindCategories(name.text);
    result.is_number = true;
    result.values = Kept(ByCode<double>(column, column.codes, [&](uint32_t code) {
      return NumberOf(column, code, book_->format.numbers);
    }));
    return result;
  }
  const ingestion::IndicatorColumn& role = book_->survey.indicators[name.index];
  const Categories& column = *table_.FindCategories(role.column);
  const std::vector<uint32_t> codes = Filled(column, role.of_family);
  result.is_number = role.is_number;
  if (role.is_number) {
    result.values = Filled(*table_.FindNumbers(role.column), role.of_family);
    for (size_t row = 0; row < codes.size(); ++row) {
      if (HoldsCode(role.missing, column, codes[row])) result.values[row] = kUnknownNumber;
    }
    result.values = Kept(std::move(result.values));
  } else {
    result.values = Kept(ByCode<double>(column, codes, [&](uint32_t code) -> double {
      if (role.filled_is_yes && !HoldsCode(role.missing, column, code)) return code != kEmptyCell;
      if (code == kEmptyCell || HoldsCode(role.missing, column, code)) return kUnknownNumber;
      if (HoldsCode(role.yes, column, code)) return 1;
      return role.no && !HoldsCode(*role.no, column, code) ? kUnknownNumber : 0;
    }));
  }
  for (const ingestion::Among& among : role.among) {
    const Categories& asked = *table_.FindCategories(among.column);
    // 0: not among them; 1: among them; 2: not known.
    const std::vector<int> inside = Kept(ByCode<int>(asked, asked.codes, [&](uint32_t code) {
      if (code == kEmptyCell) return 2;
      if (among.in) return static_cast<int>(HoldsCode(*among.in, asked, code));
      const double number = NumberOf(asked, code, book_->format.numbers);
      if (std::isnan(number)) return 2;
      return static_cast<int>(number >= among.low && number <= among.high);
    }));
    for (size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] == 0) result.asked[i] = false;
      if (inside[i] != 1) result.values[i] = kUnknownNumber;
    }
  }
  return result;
}

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

std::vector<int64_t> Frame::CodesOf(std::span<const std::string> columns) const {
  std::vector<uint32_t> codes(static_cast<size_t>(table_.rows), 0);
  std::vector<bool> known(codes.size(), true);
  for (const std::string& name : columns) {
    if (name == ingestion::kRowNumberColumn) {
      std::vector<int64_t> numbers(codes.size());
      std::iota(numbers.begin(), numbers.end(), int64_t{0});
      return Kept(std::move(numbers));
    }
    const std::vector<uint32_t> part = Filled(*table_.FindCategories(name), false);
    for (size_t row = 0; row < part.size(); ++row) {
      if (part[row] == kEmptyCell) known[row] = false;
    }
    codes = Combine(codes, part).codes;
  }
  std::vector<int64_t> by_row(codes.size());
  for (size_t row = 0; row < codes.size(); ++row) {
    by_row[row] = known[row] ? static_cast<int64_t>(codes[row]) : -1;
  }
  return Kept(std::move(by_row));
}

}  // namespace sepakat::measure
