#include "sepakat/measure/family_values.h"

#include <string>
#include <string_view>

#include "common/base/region_code.h"
#include "common/base/status.h"
#include "ingestion/domain/raw_record.h"
#include "ingestion/domain/translate.h"

namespace sepakat::measure {
namespace {

using ingestion::CodeBook;

// The book without what a family here does not need: an identity and a place to live.
CodeBook WithoutPlace(CodeBook book) {
  if (book.family_slots.empty()) book.family_slots.push_back(0);
  book.region = {};
  book.region.value = std::string(base::kNationCode);
  book.edits.clear();
  return book;
}

// The nation alone.
ingestion::RegionEditions Anywhere() {
  std::vector<std::string> problems;
  ingestion::RegionEditions editions;
  editions.Set(0, ingestion::RegionMaster::Build({}, &problems));
  return editions;
}

// Reads families run by run from the cells of a table.
class Translation {
 public:
  Translation(const CodeBook& book, const Table& table, int32_t today)
      : book_(WithoutPlace(book)),
        regions_(Anywhere()),
        translator_(&book_, &regions_),
        today_(today) {
    for (const std::string& column : book_.columns) {
      columns_.push_back(column == ingestion::kRowNumberColumn ? nullptr
                                                               : table.FindCategories(column));
    }
  }

  absl::StatusOr<const ingestion::Family*> Read(size_t first, size_t end) {
    writer_.Clear();
    std::vector<std::string_view> cells(columns_.size());
    std::string number;
    for (size_t row = first; row < end; ++row) {
      number = std::to_string(row + 1);
      for (size_t slot = 0; slot < cells.size(); ++slot) {
        cells[slot] =
            columns_[slot] == nullptr ? std::string_view(number) : columns_[slot]->text(row);
      }
      writer_.AddRow(cells);
    }
    SEPAKAT_RETURN_IF_ERROR(record_.Decode(writer_.Finish(), static_cast<int>(cells.size())));
    translator_.Decide(record_, "-", today_, &decision_);
    return &decision_.family;
  }

 private:
  const CodeBook book_;
  const ingestion::RegionEditions regions_;
  ingestion::Translator translator_;
  const int32_t today_;
  std::vector<const Categories*> columns_;
  ingestion::RecordWriter writer_;
  ingestion::RawRecord record_;
  ingestion::Decision decision_;
};

}  // namespace

absl::StatusOr<FamilyValues> FamilyValues::Read(const CodeBook& book, const Table& table,
                                                const std::set<int>& variables, int32_t today) {
  if (book.person_rows && book.family_slots.empty()) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "FAMILY_NOT_NAMED",
                       "the code book has one row per member and names no family; add [roles] "
                       "family");
  }
  FamilyValues read;
  read.values_.resize(ingestion::kVariableLimit);
  if (book.person_rows && table.key.count > 0) read.family_of_row_ = table.key.ids;
  Translation translation(book, table, today);
  const auto rows = static_cast<size_t>(table.rows);
  for (size_t first = 0; first < rows;) {
    size_t end = first + 1;
    while (end < rows && read.FamilyOf(end) == read.FamilyOf(first)) ++end;
    SEPAKAT_ASSIGN_OR_RETURN(const ingestion::Family* family, translation.Read(first, end));
    for (const int variable : variables) {
      const auto number = static_cast<size_t>(variable);
      read.values_[number].push_back(family->values[number]);
    }
    read.persons_.push_back(family->size);
    read.observed_on_.push_back(family->observed_on);
    first = end;
  }
  return read;
}

}  // namespace sepakat::measure
