// Rows of a file -> records of families, as canonical content (raw_record.h).
//
// With one row per member, neighbouring rows with the same family cells make one record. A line
// that could not be split joins the family whose rows stand on both sides of it (a family must not
// be counted without one of its members); otherwise it is a record of its own, to be refused and
// kept. Thread: one at a time. Complexity: linear in the cells.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "ingestion/domain/codebook.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/raw_record.h"

namespace sepakat::ingestion {

struct AssembledRecord {
  std::string_view content;
  // Line of its first row.
  int64_t line = 0;
  // Equal for records of the same family: they must keep their order.
  uint64_t order_key = 0;
};

class RecordAssembler {
 public:
  using Sink = std::function<void(const AssembledRecord&)>;

  // `book` outlives the assembler. InvalidArgument COLUMNS_MISSING names every column of the book
  // that the header lacks or has twice.
  static absl::StatusOr<RecordAssembler> Create(const CodeBook* book,
                                                std::span<const std::string_view> header,
                                                Sink sink);

  void Add(const CsvRow& row);
  // Gives the last record.
  void Finish();

 private:
  struct HeldLine {
    RowProblemKind kind;
    int64_t place;
    std::string raw;
    int64_t line;
  };
  struct InvalidCell {
    int slot;
    std::string_view raw;
  };

  RecordAssembler(const CodeBook* book, Sink sink) : book_(book), sink_(std::move(sink)) {}

  // Fills cells_ by slot; converts or checks the encoding.
  void TakeCells(const CsvRow& row);
  bool SameFamily() const;
  void Close();
  void GiveHeldLines();

  const CodeBook* book_;
  Sink sink_;
  std::vector<int> column_of_slot_;
  size_t header_cells_ = 0;
  std::vector<std::string_view> cells_;
  std::vector<InvalidCell> invalid_;
  std::deque<std::string> converted_;
  // Rows so far, and the number of the newest one as text.
  int64_t rows_ = 0;
  std::string row_number_;
  RecordWriter writer_;
  RecordWriter lone_;
  int64_t line_ = 0;
  std::vector<std::string> family_;
  std::vector<HeldLine> held_;
};

}  // namespace sepakat::ingestion
