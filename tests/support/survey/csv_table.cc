#include "tests/support/survey/csv_table.h"

#include <cstdlib>
#include <fstream>
#include <limits>
#include <stdexcept>

namespace sepakat::support {
namespace {

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      if (quoted && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

}  // namespace

CsvTable CsvTable::Read(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error("cannot read " + path.string());
  CsvTable table;
  const std::vector<std::string> names = Fields(line);
  std::vector<std::vector<std::string>*> columns;
  for (const std::string& name : names) columns.push_back(&table.columns_[name]);
  while (std::getline(file, line)) {
    std::vector<std::string> fields = Fields(line);
    if (fields.size() != columns.size()) {
      throw std::runtime_error(path.string() + ": a row with another number of fields: " + line);
    }
    for (size_t i = 0; i < fields.size(); ++i) columns[i]->push_back(std::move(fields[i]));
    ++table.rows_;
  }
  return table;
}

const std::vector<std::string>& CsvTable::Text(std::string_view column) const {
  const auto it = columns_.find(column);
  if (it == columns_.end()) throw std::runtime_error("no column " + std::string(column));
  return it->second;
}

std::vector<double> CsvTable::Numbers(std::string_view column) const {
  std::vector<double> numbers;
  for (const std::string& text : Text(column)) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const bool missing = end == text.c_str() || *end != '\0';
    numbers.push_back(missing ? std::numeric_limits<double>::quiet_NaN() : number);
  }
  return numbers;
}

std::vector<int64_t> CsvTable::Codes(std::string_view column) const {
  std::map<std::string_view, int64_t> known;
  std::vector<int64_t> codes;
  for (const std::string& text : Text(column)) {
    codes.push_back(known.try_emplace(text, static_cast<int64_t>(known.size())).first->second);
  }
  return codes;
}

}  // namespace sepakat::support
