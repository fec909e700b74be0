// Tables of a report with their cells as people read them: for the terminal, the page, the
// workbook.
//
// Thread: plain values, pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sepakat/measure/evaluation.h"

namespace sepakat::measure {

// A cell as people read it, with the number behind it where there is one: workbooks count with it.
struct TextCell {
  std::string text = {};
  std::optional<double> number = {};
  Unit unit = Unit::kIndex;

  TextCell() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): a text is a cell.
  TextCell(std::string of_text) : text(std::move(of_text)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  TextCell(const char* of_text) : text(of_text) {}
  TextCell(std::string shown, std::optional<double> value, Unit of)
      : text(std::move(shown)), number(value), unit(of) {}
  bool operator==(const TextCell&) const = default;
};

struct TextTable {
  struct Column {
    std::string heading = {};
    // Numbers stand to the right.
    bool right = false;
  };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<TextCell>> rows;
  bool last_is_note = false;
  // Leading cells that stay the same over a block of rows: a page writes them once, above it.
  size_t block_cells = 0;
};

// The figures of one breakdown.
TextTable FiguresTable(const BreakdownFigures& breakdown, Language language);

// `region + sex`; everybody: empty.
std::string BreakdownText(const Breakdown& by);

}  // namespace sepakat::measure
