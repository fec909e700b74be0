// A survey file in memory: the wanted columns alone, each in the form that is asked for.
//
//   Numbers     a double per row, NaN where the cell is empty or is no number
//   Categories  a small number per row and the texts they stand for; 0 is the empty cell
//   Runs        a number per row that changes where the cells differ from the row above: the family
//   of
//               a row without a copy of its identity
//
// Value labels of Stata and SPSS stand beside the texts, so that a code book may name either.
// Thread: values. Memory: 8 bytes per row of Numbers, 4 of Categories and Runs.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sepakat::measure {

inline constexpr double kUnknownNumber = std::numeric_limits<double>::quiet_NaN();
inline constexpr uint32_t kEmptyCell = 0;
inline constexpr int64_t kNoRow = -1;

struct Numbers {
  std::vector<double> values;
  // Cells that hold something which is no number, and the row of the first, counted from 0.
  int64_t malformed = 0;
  int64_t first_malformed = kNoRow;
};

struct Categories {
  std::vector<uint32_t> codes;
  // By code; texts[0] is the empty cell.
  std::vector<std::string> texts = {""};
  // By code, as the file names the value; empty where it has no name for it.
  std::vector<std::string> labels = {""};
  // Cells that are no UTF-8: they count as empty.
  int64_t invalid = 0;

  std::string_view text(size_t row) const { return texts[codes[row]]; }
  // What people read: the label, else the text.
  std::string_view shown(uint32_t code) const {
    return labels[code].empty() ? texts[code] : labels[code];
  }
};

struct Runs {
  std::vector<uint32_t> ids;
  uint32_t count = 0;
  // Runs whose key stood further up already: rows of one family that are not next to each other.
  int64_t repeated = 0;
  int64_t first_repeated = kNoRow;
};

struct Table {
  int64_t rows = 0;
  std::map<std::string, Numbers, std::less<>> numbers;
  std::map<std::string, Categories, std::less<>> categories;
  // Over all columns of TableRequest::key.
  Runs key;
  // Lines that could not be split into cells, left out; the first with its number in the file.
  int64_t broken_lines = 0;
  int64_t first_broken_line = 0;

  // nullptr when the column was not asked for in this form.
  const Numbers* FindNumbers(std::string_view column) const;
  const Categories* FindCategories(std::string_view column) const;
};

}  // namespace sepakat::measure
