// One record as it arrived: the cells of the columns that its code book names, row by row.
//
// The canonical content is the same bytes for the same answers, whatever separator, encoding,
// column order or line the file had: ids and digests are taken from it, and a record can be decided
// again from it alone. A cell equal to the one above it costs one byte.
//
//   content := { 0x01 cell* | 0x02 kind place raw } 0x00
//   cell    := varint 0 (as above) | varint length+1, bytes
//
// Errors: Decode gives DataLoss RECORD_DAMAGED.
// Thread: plain values. Complexity: linear.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace sepakat::ingestion {

enum class RowProblemKind : uint8_t {
  kWrongNumberOfCells = 1,
  kStrayQuote = 2,
  kUnterminatedQuote = 3,
  kLineTooLong = 4,
  kInvalidUtf8 = 5,
};

struct RowProblem {
  RowProblemKind kind;
  // Row it belongs to, counted from 0.
  int row = 0;
  // Slot (invalid text), number of cells found, or byte in the line, by kind.
  int64_t place = 0;
  // What could not be read, as it was.
  std::string_view raw;
};

// Writes content row by row.
class RecordWriter {
 public:
  void Clear();
  // `cells` by slot.
  void AddRow(std::span<const std::string_view> cells);
  void AddProblem(RowProblemKind kind, int64_t place, std::string_view raw);
  // Rows and problems so far.
  bool empty() const { return content_.empty(); }
  // The finished content; valid until the next Clear().
  const std::string& Finish();

 private:
  std::string content_;
  // Places of the last row's cells in content_.
  std::vector<std::pair<size_t, size_t>> above_;
};

// Views into the content that was decoded.
class RawRecord {
 public:
  absl::Status Decode(std::string_view content, int slots);

  int rows() const { return rows_; }
  std::string_view cell(int row, int slot) const {
    return cells_[static_cast<size_t>(row) * static_cast<size_t>(slots_) +
                  static_cast<size_t>(slot)];
  }
  // The first filled cell of a column; `row` (may be null) is set to its row, or to -1.
  std::string_view FirstFilled(int slot, int* row) const;
  const std::vector<RowProblem>& problems() const { return problems_; }
  std::span<std::string_view> row(int index) {
    return std::span(cells_).subspan(static_cast<size_t>(index) * static_cast<size_t>(slots_),
                                     static_cast<size_t>(slots_));
  }
  int slots() const { return slots_; }

 private:
  int slots_ = 0;
  int rows_ = 0;
  std::vector<std::string_view> cells_;
  std::vector<RowProblem> problems_;
};

}  // namespace sepakat::ingestion
