#include "tests/bench/peers/number_rows.h"

#include <fstream>
#include <string>
#include <vector>

namespace sepakat::bench {

void ReadNumbers(const std::filesystem::path& file, const NumbersVisit& visit) {
  std::vector<base::Int128> row;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    row.clear();
    line.push_back(',');
    base::Int128 value = 0;
    bool negative = false;
    for (const char c : line) {
      if (c == ',') {
        row.push_back(negative ? -value : value);
        value = 0;
        negative = false;
      } else if (c == '-') {
        negative = true;
      } else if (c >= '0' && c <= '9') {
        value = 10 * value + (c - '0');
      }
    }
    visit(row);
  }
}

}  // namespace sepakat::bench
