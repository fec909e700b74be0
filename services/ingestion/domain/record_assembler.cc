#include "ingestion/domain/record_assembler.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/hash.h"
#include "common/base/status.h"
#include "ingestion/domain/header.h"
#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
absl::StatusOr<RecordAssembler> RecordAssembler::Create(const CodeBook* book,
                                                        std::span<const std::string_view> header,
                                                        Sink sink) {
  const std::vector<std::string> names = HeaderNames(*book, header);
  HeaderPlaces found = FindColumns(book->columns, names);
  if (!found.problems.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "COLUMNS_MISSING",
                       fmt::format("the file does not fit the code book {}: {}", book->id,
                                   HeaderSentence(found.problems, names)));
  }
  RecordAssembler assembler(book, std::move(sink));
  assembler.header_cells_ = header.size();
  assembler.column_of_slot_ = std::move(found.places);
  assembler.cells_.resize(book->columns.size());
  assembler.family_.resize(book->family_slots.size());
  return assembler;
}

void RecordAssembler::TakeCells(const CsvRow& row) {
  invalid_.clear();
  converted_.clear();
  const bool windows = book_->format.encoding == Encoding::kWindows1252;
  const bool plain = FirstInvalidUtf8(row.raw) == std::string_view::npos;
  for (size_t slot = 0; slot < cells_.size(); ++slot) {
    if (column_of_slot_[slot] == kRowNumberPlace) {
      cells_[slot] = row_number_ = fmt::format("{}", rows_);
      continue;
    }
    const auto column = static_cast<size_t>(column_of_slot_[slot]);
    std::string_view cell = column < row.cells.size() ? row.cells[column] : std::string_view();
    if (windows) {
      AppendWindows1252(cell, &converted_.emplace_back());
      cell = converted_.back();
    } else if (!plain && FirstInvalidUtf8(cell) != std::string_view::npos) {
      invalid_.push_back({static_cast<int>(slot), cell});
      cell = {};
    }
    cells_[slot] = book_->format.WithoutMissing(cell);
  }
}

bool RecordAssembler::SameFamily() const {
  if (!book_->person_rows || writer_.empty()) return false;
  bool named = false;
  for (size_t i = 0; i < family_.size(); ++i) {
    const std::string_view cell = cells_[static_cast<size_t>(book_->family_slots[i])];
    if (cell != family_[i]) return false;
    named = named || !cell.empty();
  }
  return named;
}

void RecordAssembler::Close() {
  if (writer_.empty()) return;
  uint64_t key = 0;
  for (const std::string& part : family_) key = base::Hash64(part, key);
  sink_({writer_.Finish(), line_, key});
  writer_.Clear();
}

void RecordAssembler::GiveHeldLines() {
  for (const HeldLine& held : held_) {
    lone_.Clear();
    lone_.AddProblem(held.kind, held.place, held.raw);
    sink_({lone_.Finish(), held.line, 0});
  }
  held_.clear();
}

void RecordAssembler::Add(const CsvRow& row) {
  ++rows_;
  if (row.problem) {
    held_.push_back({*row.problem, row.place, std::string(row.raw), row.line});
    return;
  }
  TakeCells(row);
  if (SameFamily()) {
    for (const HeldLine& held : held_) writer_.AddProblem(held.kind, held.place, held.raw);
    held_.clear();
  } else {
    Close();
    GiveHeldLines();
    line_ = row.line;
    for (size_t i = 0; i < family_.size(); ++i) {
      family_[i] = cells_[static_cast<size_t>(book_->family_slots[i])];
    }
  }
  writer_.AddRow(cells_);
  for (const InvalidCell& cell : invalid_) {
    writer_.AddProblem(RowProblemKind::kInvalidUtf8, cell.slot, cell.raw);
  }
  if (row.cells.size() != header_cells_) {
    writer_.AddProblem(RowProblemKind::kWrongNumberOfCells, static_cast<int64_t>(row.cells.size()),
                       row.raw.substr(0, kRawLimit));
  }
}

void RecordAssembler::Finish() {
  Close();
  GiveHeldLines();
}

}  // namespace sepakat::ingestion
