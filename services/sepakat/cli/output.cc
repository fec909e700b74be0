#include "sepakat/cli/output.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "sepakat/cli/languages.h"

namespace sepakat::cli {
namespace {

// Characters of UTF-8 text, continuation bytes not counted.
size_t Width(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string Aligned(const std::string& text, size_t width, bool right) {
  const std::string space(width - Width(text), ' ');
  return right ? space + text : text + space;
}

void PrintLine(const std::vector<std::string>& cells, const std::vector<size_t>& widths,
               const OutputTable& table, std::ostream& out) {
  std::string line;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += "  ";
    line += Aligned(cells[i], widths[i], table.columns[i].right);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

void PrintTable(const OutputTable& table, std::ostream& out) {
  std::vector<std::string> headings;
  for (const OutputColumn& column : table.columns) headings.push_back(column.heading);
  std::vector<size_t> widths;
  for (const std::string& heading : headings) widths.push_back(Width(heading));
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  PrintLine(headings, widths, table, out);
  for (const auto& row : table.rows) PrintLine(row, widths, table, out);
}

void PrintJson(const OutputTable& table, std::ostream& out) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& row : table.rows) {
    nlohmann::ordered_json object;
    for (size_t i = 0; i < row.size(); ++i) object[table.columns[i].key] = row[i];
    rows.push_back(std::move(object));
  }
  out << rows.dump(2) << '\n';
}

void PrintCsvLine(const std::vector<std::string>& cells, std::ostream& out) {
  for (size_t i = 0; i < cells.size(); ++i) out << (i > 0 ? "," : "") << CsvCell(cells[i]);
  out << '\n';
}

}  // namespace

void AddFormatOption(CLI::App& command, Format& format) {
  static const std::map<std::string, Format> kFormats = {
      {"table", Format::kTable}, {"json", Format::kJson}, {"csv", Format::kCsv}};
  command
      .add_option_function<std::string>(
          "--format", [&format](const std::string& word) { format = kFormats.at(word); },
          Both("table, json, atau csv (table)", "table, json or csv (table)"))
      ->check(CLI::Validator(
          [](const std::string& word) {
            return kFormats.contains(word) ? std::string()
                                           : Both("hanya table, json, atau csv, bukan " + word,
                                                  "must be table, json or csv, not " + word);
          },
          ""))
      ->type_name("FORMAT");
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string cell = "\"";
  for (char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + '"';
}

std::string Grouped(int64_t value, base::Language language) {
  const char* const separator = language == base::Language::kIndonesian ? "." : ",";
  std::string text = std::to_string(value);
  const size_t first_digit = value < 0 ? 1 : 0;
  for (size_t at = text.size(); at > first_digit + 3;) {
    at -= 3;
    text.insert(at, separator);
  }
  return text;
}

void Print(const OutputTable& table, Format format, std::ostream& out) {
  switch (format) {
    case Format::kTable:
      PrintTable(table, out);
      return;
    case Format::kJson:
      PrintJson(table, out);
      return;
    case Format::kCsv:
      break;
  }
  std::vector<std::string> keys;
  for (const OutputColumn& column : table.columns) keys.push_back(column.key);
  PrintCsvLine(keys, out);
  for (const auto& row : table.rows) PrintCsvLine(row, out);
}

}  // namespace sepakat::cli
