// Rows of cells, whatever file they come from -> Table.
//
//   TableBuilder builder(request, columns);          // `columns`: the order in which cells are
//   given builder.AddRow(cells);                           // once per row Table table =
//   std::move(builder).Finish();
//
// Thread: one at a time. Complexity: constant per cell.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "sepakat/measure/table.h"
#include "sepakat/measure/table_request.h"

namespace sepakat::measure {

struct Cell {
  enum Kind : uint8_t { kEmpty, kText, kNumber };
  Kind kind = kEmpty;
  double number = 0;
  // Valid during AddRow().
  std::string_view text;

  static Cell Text(std::string_view text) { return {text.empty() ? kEmpty : kText, 0, text}; }
  static Cell Number(double number) { return {kNumber, number, {}}; }
};

// A number as a questionnaire would write it: `1`, `0.5`.
std::string NumberText(double number);

// The number in a text cell; NaN when it is none.
double ParseNumber(std::string_view text, const ingestion::NumberFormat& format);

class TableBuilder {
 public:
  TableBuilder(const TableRequest& request, std::vector<std::string> columns);

  void AddRow(std::span<const Cell> cells);
  void AddBrokenLine(int64_t line);
  // Names of the values of one column, by the text of the value.
  void AddLabel(const std::string& column, const std::string& text, const std::string& label);
  Table Finish() &&;

 private:
  struct NumbersOf {
    size_t cell;
    Numbers* column;
    // Codes of an unknown number; absent: none.
    std::optional<ingestion::CodeSet> missing;
  };
  struct CategoriesOf {
    CategoriesOf(size_t at, std::string of, Categories* to)
        : cell(at), name(std::move(of)), column(to) {}
    size_t cell;
    std::string name;
    Categories* column;
    absl::flat_hash_map<std::string, uint32_t> by_text;
    absl::flat_hash_map<double, uint32_t> by_number;
    // The cell above, as it was: neighbours are often equal.
    std::string above;
    uint32_t above_code = kEmptyCell;
  };

  void AddNumber(NumbersOf& target, const Cell& cell);
  bool IsMissing(const NumbersOf& target, std::string_view text) const;
  uint32_t CodeOf(CategoriesOf& target, const Cell& cell);
  uint32_t CodeOfText(CategoriesOf& target, std::string_view text);
  void AddKey(std::span<const Cell> cells);

  Table table_;
  ingestion::FileFormat format_;
  std::vector<NumbersOf> numbers_;
  std::vector<CategoriesOf> categories_;
  std::vector<size_t> key_cells_;
  std::string key_above_;
  std::string key_;
  absl::flat_hash_set<uint64_t> keys_seen_;
};

}  // namespace sepakat::measure
