#include "common/tables/table_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/date.h"
#include "common/base/fixed_point.h"

namespace sepakat::tables {

void Problems::Add(const toml::source_region& where, std::string_view message) {
  AddLine(where.begin.line, message);
}

void Problems::AddLine(int64_t line, std::string_view message) {
  mistakes_.push_back({line, std::string(message)});
}

std::string Problems::Text() const {
  std::vector<Mistake> ascending = mistakes_;
  std::ranges::stable_sort(ascending, {}, &Mistake::line);
  std::string text;
  for (const Mistake& mistake : ascending) {
    if (!text.empty()) text += '\n';
    text += fmt::format("{}:{}: {}", file_, mistake.line, mistake.message);
  }
  return text;
}

const toml::node* TableReader::Find(std::string_view key, bool required) {
  asked_.emplace(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr && fallback_ != nullptr) node = fallback_->get(key);
  if (node == nullptr && required) {
    problems_.Add(table_.source(), fmt::format("`{}` is missing", key));
  }
  return node;
}

void TableReader::Wrong(const toml::node& node, std::string_view key, std::string_view expected) {
  problems_.Add(node.source(), fmt::format("`{}` must be {}", key, expected));
}

std::string TableReader::Text(std::string_view key, bool required) {
  const toml::node* node = Find(key, required);
  if (node == nullptr) return "";
  const std::optional<std::string> text = node->value_exact<std::string>();
  if (!text || (required && text->empty())) Wrong(*node, key, "a text in quotes");
  return text.value_or("");
}

std::optional<int64_t> TableReader::Integer(std::string_view key, int64_t lowest, int64_t highest,
                                            bool required) {
  const toml::node* node = Find(key, required);
  if (node == nullptr) return std::nullopt;
  const std::optional<int64_t> value = node->value_exact<int64_t>();
  if (!value || *value < lowest || *value > highest) {
    Wrong(*node, key, fmt::format("a whole number from {} to {}", lowest, highest));
    return std::nullopt;
  }
  return value;
}

bool TableReader::Bool(std::string_view key) {
  const toml::node* node = Find(key, false);
  if (node == nullptr) return false;
  const std::optional<bool> value = node->value_exact<bool>();
  if (!value) Wrong(*node, key, "true or false");
  return value.value_or(false);
}

std::optional<int32_t> TableReader::Date(std::string_view key, bool required) {
  const toml::node* node = Find(key, required);
  if (node == nullptr) return std::nullopt;
  if (const std::optional<toml::date> date = node->value_exact<toml::date>()) {
    const base::CivilDay day{date->year, date->month, date->day};
    if (base::IsCalendarDay(day)) return base::DaysFromCivil(day);
  } else if (const std::optional<std::string> text = node->value_exact<std::string>()) {
    const absl::StatusOr<int32_t> days = base::ParseIsoDate(*text);
    if (days.ok()) return *days;
  }
  Wrong(*node, key, "a date such as 2025-03-31");
  return std::nullopt;
}

std::vector<std::string> TableReader::Texts(std::string_view key) {
  const toml::node* node = Find(key, false);
  std::vector<std::string> texts;
  if (node == nullptr) return texts;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    Wrong(*node, key, "a list of texts");
    return texts;
  }
  for (const toml::node& item : *array) {
    const std::optional<std::string> text = item.value_exact<std::string>();
    if (!text) Wrong(item, key, "a list of texts");
    texts.push_back(text.value_or(""));
  }
  return texts;
}

std::vector<int64_t> TableReader::Integers(std::string_view key) {
  const toml::node* node = Find(key, false);
  std::vector<int64_t> values;
  if (node == nullptr) return values;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    Wrong(*node, key, "a list of whole numbers");
    return values;
  }
  for (const toml::node& item : *array) {
    const std::optional<int64_t> value = item.value_exact<int64_t>();
    if (!value) Wrong(item, key, "a list of whole numbers");
    values.push_back(value.value_or(0));
  }
  return values;
}

std::string TableReader::Decimal(std::string_view key, bool required) {
  const toml::node* node = Find(key, required);
  if (node == nullptr) return "";
  if (const std::optional<int64_t> value = node->value_exact<int64_t>()) {
    return std::to_string(*value);
  }
  const std::optional<std::string> text = node->value_exact<std::string>();
  if (text && base::ParseScaled(*text, 9).ok()) return *text;
  Wrong(*node, key, "a whole number, or a decimal number in quotes");
  return "";
}

const toml::table* TableReader::Table(std::string_view key) {
  const toml::node* node = Find(key, false);
  if (node == nullptr) return nullptr;
  if (node->as_table() == nullptr) Wrong(*node, key, "a table");
  return node->as_table();
}

const toml::array* TableReader::List(std::string_view key) {
  const toml::node* node = Find(key, false);
  if (node == nullptr) return nullptr;
  if (node->as_array() == nullptr) Wrong(*node, key, "a list");
  return node->as_array();
}

std::vector<const toml::table*> TableReader::Tables(std::string_view key, bool required) {
  const toml::node* node = Find(key, required);
  std::vector<const toml::table*> tables;
  if (node == nullptr) return tables;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    Wrong(*node, key, "a list of tables");
    return tables;
  }
  for (const toml::node& item : *array) {
    if (item.as_table() == nullptr) {
      Wrong(item, key, "a list of tables");
    } else {
      tables.push_back(item.as_table());
    }
  }
  return tables;
}

std::string TableReader::Choice(std::string_view key, const std::vector<std::string>& choices) {
  const toml::node* node = Find(key, false);
  if (node == nullptr) return choices.front();
  const std::optional<std::string> text = node->value_exact<std::string>();
  if (text && std::find(choices.begin(), choices.end(), *text) != choices.end()) return *text;
  Wrong(*node, key, fmt::format("one of {}", fmt::join(choices, ", ")));
  return choices.front();
}

void TableReader::RefuseOthers() {
  for (const auto& [key, node] : table_) {
    if (asked_.find(key.str()) == asked_.end()) {
      problems_.Add(key.source(), fmt::format("`{}` is not a key of this table", key.str()));
    }
  }
}

}  // namespace sepakat::tables
