// Tables of a report with their cells as people read them: for the terminal, the page, the
// workbook.
//
// Thread: plain values, pure functions.
#pragma once

#include <string>
#include <vector>

#include "sepakat/measure/evaluation.h"

namespace sepakat::measure {

struct TextTable {
  struct Column {
    std::string heading = {};
    // Numbers stand to the right.
    bool right = false;
  };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  bool last_is_note = false;
};

// The figures of one breakdown.
TextTable FiguresTable(const BreakdownFigures& breakdown, Language language);

// `region + sex`; everybody: empty.
std::string BreakdownText(const Breakdown& by);

}  // namespace sepakat::measure
