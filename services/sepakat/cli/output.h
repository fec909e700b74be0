// Results as an aligned table for people, JSON or CSV for programs.
//
// Thread: pure functions.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/language.h"

namespace CLI {
class App;
}

namespace sepakat::cli {

enum class Format { kTable, kJson, kCsv };

// --format table|json|csv.
void AddFormatOption(CLI::App& command, Format& format);

// A column: heading for people, key for programs, numbers to the right.
struct OutputColumn {
  std::string heading;
  std::string key;
  bool right = false;
};

struct OutputTable {
  std::vector<OutputColumn> columns;
  std::vector<std::vector<std::string>> rows;
};

// JSON is an array of objects whose values are texts, so that no exact number is rounded.
void Print(const OutputTable& table, Format format, std::ostream& out);

// 1234567 -> `1,234,567`, in Indonesian `1.234.567`.
std::string Grouped(int64_t value, base::Language language = base::Language::kEnglish);

// One RFC 4180 cell.
std::string CsvCell(std::string_view text);

}  // namespace sepakat::cli
