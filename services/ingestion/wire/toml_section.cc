#include "ingestion/wire/toml_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sepakat::ingestion {
namespace {

std::optional<std::string> AsText(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return fmt::format("{}", number->get());
  return std::nullopt;
}

std::optional<double> AsNumber(const toml::node& node) {
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* number = node.as_integer()) return static_cast<double>(number->get());
  const auto* text = node.as_string();
  if (text == nullptr) return std::nullopt;
  const std::string& digits = text->get();
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string Joined(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) {
    text += fmt::format("{}'{}'", text.empty() ? "" : ", ", word);
  }
  return text;
}

}  // namespace

std::string BookFinding::Text() const {
  return line > 0 ? fmt::format("{}:{}: {}", file, line, message)
                  : fmt::format("{}: {}", file, message);
}

void BookReader::Tell(const toml::node& at, std::string message) {
  findings.push_back({file, static_cast<int>(at.source().begin.line), std::move(message)});
}

int BookReader::Slot(const std::string& column, const toml::node& at) {
  const auto it = std::ranges::find(columns, column);
  if (it != columns.end()) return static_cast<int>(it - columns.begin());
  columns.push_back(column);
  Mention(column, at);
  return static_cast<int>(columns.size()) - 1;
}

void BookReader::Mention(const std::string& column, const toml::node& at) {
  column_lines.emplace(column, static_cast<int>(at.source().begin.line));
}

void TomlSection::AllowOnly(std::initializer_list<std::string_view> keys) {
  for (const auto& [key, value] : table_) {
    if (std::ranges::find(keys, key.str()) != keys.end()) continue;
    book_.findings.push_back(
        {book_.file, static_cast<int>(key.source().begin.line),
         Placed(fmt::format("unknown key '{}'; known are {}", key.str(), Joined(keys)))});
  }
}

void TomlSection::TellMissing(std::string_view key, std::string message) {
  if (!book_.lost_keys.contains(fmt::format("{} {}", where_, key))) Tell(std::move(message));
}

void TomlSection::TellAt(std::string_view key, std::string message) {
  const toml::node* node = table_.get(key);
  book_.Tell(node == nullptr ? static_cast<const toml::node&>(table_) : *node,
             Placed(std::move(message)));
}

std::optional<std::string> TomlSection::Text(std::string_view key) {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  std::optional<std::string> text = AsText(*node);
  if (!text) TellAt(key, fmt::format("'{}' must be text in quotes", key));
  return text;
}

std::string TomlSection::RequiredText(std::string_view key) {
  if (!Has(key)) {
    TellMissing(key, fmt::format("'{}' is missing", key));
    return {};
  }
  const std::string text = Text(key).value_or("?");
  if (text.empty()) TellAt(key, fmt::format("'{}' is empty", key));
  return text;
}

std::optional<int64_t> TomlSection::Integer(std::string_view key) {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* number = node->as_integer()) return number->get();
  TellAt(key, fmt::format("'{}' must be a whole number", key));
  return std::nullopt;
}

std::optional<double> TomlSection::Number(std::string_view key) {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const std::optional<double> number = AsNumber(*node);
  if (!number) TellAt(key, fmt::format("'{}' must be a number", key));
  return number;
}

std::vector<double> TomlSection::Numbers(std::string_view key) {
  std::vector<double> numbers;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return numbers;
  const toml::array* list = node->as_array();
  bool good = list != nullptr;
  for (size_t i = 0; good && i < list->size(); ++i) {
    const std::optional<double> number = AsNumber((*list)[i]);
    good = number.has_value();
    if (good) numbers.push_back(*number);
  }
  if (!good) TellAt(key, fmt::format("'{}' must be a list of numbers", key));
  return numbers;
}

bool TomlSection::Flag(std::string_view key, bool fallback) {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return fallback;
  if (const auto* flag = node->as_boolean()) return flag->get();
  TellAt(key, fmt::format("'{}' must be true or false", key));
  return fallback;
}

std::string TomlSection::Word(std::string_view key, std::initializer_list<std::string_view> words) {
  if (!Has(key)) return std::string(*words.begin());
  const std::string word = Text(key).value_or("");
  if (std::ranges::find(words, word) != words.end()) return word;
  if (!word.empty()) {
    TellAt(key, fmt::format("'{}' is '{}'; it must be one of {}", key, word, Joined(words)));
  }
  return std::string(*words.begin());
}

std::vector<std::string> TomlSection::Texts(std::string_view key) {
  std::vector<std::string> texts;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return texts;
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    TellAt(key, fmt::format("'{}' must be a list, for example [\"1\", \"2\"]", key));
    return texts;
  }
  for (const toml::node& element : *list) {
    if (std::optional<std::string> text = AsText(element)) {
      texts.push_back(*std::move(text));
    } else {
      book_.Tell(element, fmt::format("{}: '{}' must hold texts in quotes", where_, key));
    }
  }
  return texts;
}

std::optional<TomlSection> TomlSection::Table(std::string_view key) {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const std::string name =
      where_.empty() ? fmt::format("[{}]", key) : fmt::format("{} {}", where_, key);
  if (const toml::table* table = node->as_table()) return TomlSection(&book_, table, name);
  TellAt(key, fmt::format("'{}' must be a table, for example {{ column = \"...\" }}", key));
  return std::nullopt;
}

std::vector<TomlSection> TomlSection::Tables(std::string_view key) {
  std::vector<TomlSection> sections;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return sections;
  const std::string name =
      where_.empty() ? fmt::format("[[{}]]", key) : fmt::format("{} {}", where_, key);
  if (const toml::table* table = node->as_table()) {
    sections.emplace_back(&book_, table, name);
    return sections;
  }
  const toml::array* list = node->as_array();
  if (list == nullptr) TellAt(key, fmt::format("'{}' must be written as [[{}]]", key, key));
  for (size_t i = 0; list != nullptr && i < list->size(); ++i) {
    if (const toml::table* table = (*list)[i].as_table()) {
      sections.emplace_back(&book_, table, name);
    } else {
      book_.Tell((*list)[i], fmt::format("{}: must be a table", name));
    }
  }
  return sections;
}

std::vector<int> TomlSection::Columns() {
  std::vector<int> slots;
  if (Has("column") && Has("columns")) TellAt("columns", "give either 'column' or 'columns'");
  if (const std::optional<std::string> column = Text("column")) {
    slots.push_back(book_.Slot(*column, *table_.get("column")));
  }
  for (const std::string& column : Texts("columns")) {
    slots.push_back(book_.Slot(column, *table_.get("columns")));
  }
  if (slots.empty()) TellMissing("column", "'column' is missing");
  return slots;
}

std::vector<std::string> TomlSection::ColumnNames() {
  std::vector<std::string> names = Texts("columns");
  if (Has("column") && Has("columns")) TellAt("columns", "give either 'column' or 'columns'");
  if (std::optional<std::string> column = Text("column")) names.push_back(*std::move(column));
  for (const std::string& name : names) {
    book_.Mention(name, *table_.get(Has("column") ? "column" : "columns"));
  }
  if (names.empty()) Tell("'column' is missing");
  return names;
}

std::string TomlSection::ColumnName(std::string_view key) {
  std::string column = RequiredText(key);
  if (const toml::node* node = table_.get(key)) book_.Mention(column, *node);
  return column;
}

int TomlSection::Column(std::string_view key) {
  const std::optional<std::string> column = Text(key);
  if (column) return book_.Slot(*column, *table_.get(key));
  if (!Has(key)) TellMissing(key, fmt::format("'{}' is missing", key));
  return -1;
}

}  // namespace sepakat::ingestion
