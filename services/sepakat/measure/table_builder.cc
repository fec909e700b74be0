#include "sepakat/measure/table_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "absl/hash/hash.h"
#include "ingestion/domain/text.h"

namespace sepakat::measure {
namespace {

constexpr char kBetweenKeys = '\x1f';

bool StartsNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && (text.front() == '.' || (text.front() >= '0' && text.front() <= '9'));
}

double ParsePlain(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  if (!StartsNumber(text)) return kUnknownNumber;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = end == text.data() + text.size();
  return error == std::errc() && whole && std::isfinite(value) ? value : kUnknownNumber;
}

}  // namespace

const Numbers* Table::FindNumbers(std::string_view column) const {
  const auto found = numbers.find(column);
  return found == numbers.end() ? nullptr : &found->second;
}

const Categories* Table::FindCategories(std::string_view column) const {
  const auto found = categories.find(column);
  return found == categories.end() ? nullptr : &found->second;
}

std::string NumberText(double number) { return fmt::format("{}", number == 0 ? 0.0 : number); }

double ParseNumber(std::string_view text, const ingestion::NumberFormat& format) {
  if (format.decimal_mark == '.' && format.thousands_mark == 0) return ParsePlain(text);
  std::string plain;
  plain.reserve(text.size());
  bool fraction = false;
  bool marked = false;
  int digits = 0;
  for (const char c : text) {
    if (c == format.thousands_mark && format.thousands_mark != 0) {
      // One to three digits, then groups of three, as ParseDecimal has it.
      const bool fits = !fraction && (marked ? digits == 3 : digits >= 1 && digits <= 3);
      if (!fits) return kUnknownNumber;
      marked = true;
      digits = 0;
      continue;
    }
    if (c == format.decimal_mark || c == 'e' || c == 'E') {
      if (marked && !fraction && digits != 3) return kUnknownNumber;
    }
    if (c >= '0' && c <= '9') ++digits;
    if (c == format.decimal_mark) {
      if (fraction) return kUnknownNumber;
      fraction = true;
      plain.push_back('.');
      continue;
    }
    if (c == '.') return kUnknownNumber;
    plain.push_back(c);
  }
  if (marked && !fraction && digits != 3) return kUnknownNumber;
  return ParsePlain(plain);
}

TableBuilder::TableBuilder(const TableRequest& request, std::vector<std::string> columns)
    : format_(request.format) {
  for (size_t cell = 0; cell < columns.size(); ++cell) {
    const std::string& name = columns[cell];
    if (request.numbers.contains(name)) {
      const auto missing = request.missing_numbers.find(name);
      numbers_.push_back({cell, &table_.numbers[name],
                          missing == request.missing_numbers.end()
                              ? std::nullopt
                              : std::optional(missing->second)});
    }
    if (request.categories.contains(name)) {
      categories_.emplace_back(cell, name, &table_.categories[name]);
    }
  }
  for (const std::string& name : request.key) {
    key_cells_.push_back(static_cast<size_t>(std::ranges::find(columns, name) - columns.begin()));
  }
}

void TableBuilder::AddRow(std::span<const Cell> cells) {
  for (NumbersOf& target : numbers_) AddNumber(target, cells[target.cell]);
  for (CategoriesOf& target : categories_) {
    target.column->codes.push_back(CodeOf(target, cells[target.cell]));
  }
  if (!key_cells_.empty()) AddKey(cells);
  ++table_.rows;
}

void TableBuilder::AddNumber(NumbersOf& target, const Cell& cell) {
  double value = kUnknownNumber;
  if (cell.kind == Cell::kNumber) value = cell.number;
  if (cell.kind == Cell::kText && !IsMissing(target, cell.text)) {
    value = ParseNumber(cell.text, format_.numbers);
    if (std::isnan(value)) {
      if (target.column->malformed++ == 0) target.column->first_malformed = table_.rows;
    }
  }
  if (cell.kind == Cell::kNumber && target.missing && IsMissing(target, NumberText(value))) {
    value = kUnknownNumber;
  }
  target.column->values.push_back(value);
}

bool TableBuilder::IsMissing(const NumbersOf& target, std::string_view text) const {
  return format_.WithoutMissing(text).empty() ||
         (target.missing && target.missing->Contains(ingestion::Answer(text)));
}

uint32_t TableBuilder::CodeOf(CategoriesOf& target, const Cell& cell) {
  switch (cell.kind) {
    case Cell::kEmpty:
      return kEmptyCell;
    case Cell::kNumber: {
      const auto found = target.by_number.find(cell.number);
      if (found != target.by_number.end()) return found->second;
      const uint32_t code = CodeOfText(target, NumberText(cell.number));
      target.by_number.emplace(cell.number, code);
      return code;
    }
    case Cell::kText:
      break;
  }
  if (cell.text == target.above && target.above_code != kEmptyCell) return target.above_code;
  target.above_code = CodeOfText(target, cell.text);
  target.above.assign(cell.text);
  return target.above_code;
}

uint32_t TableBuilder::CodeOfText(CategoriesOf& target, std::string_view text) {
  if (format_.WithoutMissing(text).empty()) return kEmptyCell;
  const auto found = target.by_text.find(absl::string_view(text.data(), text.size()));
  if (found != target.by_text.end()) return found->second;
  std::string utf8(text);
  if (format_.encoding == ingestion::Encoding::kWindows1252) {
    utf8.clear();
    ingestion::AppendWindows1252(text, &utf8);
  } else if (ingestion::FirstInvalidUtf8(text) != std::string_view::npos) {
    ++target.column->invalid;
    return kEmptyCell;
  }
  const auto code = static_cast<uint32_t>(target.column->texts.size());
  target.column->texts.push_back(std::move(utf8));
  target.column->labels.emplace_back();
  target.by_text.emplace(text, code);
  return code;
}

void TableBuilder::AddKey(std::span<const Cell> cells) {
  key_.clear();
  for (const size_t cell : key_cells_) {
    if (!key_.empty()) key_.push_back(kBetweenKeys);
    if (cells[cell].kind == Cell::kNumber) key_.append(NumberText(cells[cell].number));
    if (cells[cell].kind == Cell::kText) key_.append(cells[cell].text);
  }
  Runs& runs = table_.key;
  if (runs.count == 0 || key_ != key_above_) {
    ++runs.count;
    if (!keys_seen_.insert(absl::HashOf(key_)).second && runs.repeated++ == 0) {
      runs.first_repeated = table_.rows;
    }
    key_above_ = key_;
  }
  runs.ids.push_back(runs.count - 1);
}

void TableBuilder::AddBrokenLine(int64_t line) {
  if (table_.broken_lines++ == 0) table_.first_broken_line = line;
}

void TableBuilder::AddLabel(const std::string& column, const std::string& text,
                            const std::string& label) {
  for (CategoriesOf& target : categories_) {
    if (target.name != column) continue;
    const auto found = target.by_text.find(text);
    if (found != target.by_text.end()) target.column->labels[found->second] = label;
  }
}

Table TableBuilder::Finish() && { return std::move(table_); }

}  // namespace sepakat::measure
