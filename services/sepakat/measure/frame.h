// A survey as measures need it: one observation per row, with weight, welfare, design and groups.
//
//   Frame::Build(book, request, table)
// With one row per member an observation is a person, with one row per family it stands for all its
// members (weight times size) or, counted by families, for itself. What a code book reads per
// family (region, stratum, weight, welfare, size) is taken from the row itself where it is filled,
// else from the first filled row of its family. Rows without a usable weight are left out and
// counted. Unknown stays unknown: NaN welfare, kUnknownGroup, Answer::kUnknown. Errors:
// InvalidArgument NEGATIVE_WEIGHT, NO_WEIGHT, SIZE_NOT_KNOWN. Thread: values that never change.
// Memory: that of the table and 16 bytes per row.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/answer.h"
#include "ingestion/domain/codebook.h"
#include "sepakat/measure/family_values.h"
#include "sepakat/measure/frame_request.h"
#include "sepakat/measure/groups.h"
#include "sepakat/measure/remark.h"
#include "sepakat/measure/table.h"

namespace sepakat::measure {

class Frame {
 public:
  // `book` outlives the frame.
  static absl::StatusOr<Frame> Build(const ingestion::CodeBook* book, const FrameRequest& request,
                                     Table table);

  const ingestion::CodeBook& book() const { return *book_; }
  CountBy count() const { return count_; }
  size_t size() const { return weights_.size(); }
  int64_t rows_in_file() const { return table_.rows; }
  std::span<const double> weights() const { return weights_; }
  // Per head in the population's period; empty when the book names no welfare.
  std::span<const double> welfare() const { return welfare_; }
  // What was found while building, for people.
  const std::vector<Remark>& remarks() const { return remarks_; }

  // One by observation; the name was part of the request.
  Groups GroupsOf(const Name& name) const;
  std::vector<measures::Answer> ReceiptOf(const Name& programme) const;
  // An answer to a programme that neither the book explains nor 1 and 0 do; none when all is clear.
  std::optional<std::string> OddReceipt(const Name& programme) const;
  // What was received in welfare's unit and period per head; NaN: not known. Empty: the book names
  // no column.
  std::vector<double> AmountOf(const Name& programme) const;
  // 0, 1 or a number; NaN: not known, or not among those asked (then `asked` is false).
  struct IndicatorValues {
    std::vector<double> values;
    std::vector<bool> asked;
    bool is_number = false;
  };
  IndicatorValues IndicatorOf(const Name& name) const;
  // A canonical variable of its family, by observation; ingestion::kUnknown where not known. It was
  // among the family variables of the request.
  std::vector<int32_t> FamilyVariable(int variable) const;
  // Persons of its family, by observation; ingestion::kUnknown where not known. As above.
  std::vector<int32_t> FamilySizes() const;
  // A column of numbers, by observation: each row's own, or filled from its family.
  std::vector<double> NumbersOf(std::string_view column) const;
  std::vector<double> FamilyNumbersOf(std::string_view column) const;
  // A column of weights as those of the survey: times size where a row stands for its family's
  // members.
  std::vector<double> WeightsOf(std::string_view column) const;
  std::vector<measures::Answer> AnswersOf(std::string_view column, const ingestion::CodeSet& yes,
                                          const std::optional<ingestion::CodeSet>& no,
                                          const ingestion::CodeSet& missing) const;
  // Columns that NumbersOf() and its like have.
  std::vector<std::string> number_columns() const;
  // Region codes by observation; the book says where a row lives.
  Groups Regions(int parts) const;
  // A label for each unit and stratum of a stage, for measures::Stage; unknown cells are units of
  // their own.
  std::vector<int64_t> CodesOf(std::span<const std::string> columns) const;
  // The file's row of an observation, counted from 1 behind the header.
  int64_t RowOf(size_t observation) const;

 private:
  Frame(const ingestion::CodeBook* book, Table table) : book_(book), table_(std::move(table)) {}

  // False for rows that are no members of their family.
  std::vector<bool> Members() const;
  // The conditions that are answered hold.
  bool Holds(const ingestion::Condition& condition, const std::vector<uint32_t>& codes,
             size_t row) const;
  absl::Status ReadWeights();
  absl::Status ReadSizes(const std::vector<bool>& members, std::vector<double>* sizes);
  // One row per family, with the mean weight of its rows; false for all rows but the first.
  std::vector<bool> MergeFamilies(const std::vector<bool>& members);
  absl::Status MultiplyBySize(const std::vector<double>& sizes);
  void ReadWelfare(const std::vector<bool>& members, const std::vector<double>& sizes,
                   bool positive_only);
  // The amounts of one column: each row's own, its family's, or the sum over the members.
  std::vector<double> AmountsOf(const Numbers& column, const std::vector<bool>& members) const;
  void TellMalformed(int slot);
  void TellEncoding();
  void LeaveOut(const std::vector<bool>& used);

  bool HasFamilies() const { return book_->person_rows && table_.key.count > 0; }
  // Each row's own cells, or its family's first filled one in all its rows.
  std::vector<uint32_t> CellsOf(const Categories& column, bool of_family) const;
  // The column with empty cells filled from the family (`first_holds`: every cell is the family's
  // first).
  std::vector<double> Filled(const Numbers& column, bool first_holds) const;
  std::vector<uint32_t> Filled(const Categories& column, bool first_holds) const;
  const Numbers& NumbersAt(int slot) const;
  // Completed years of members by row, ingestion::kUnknown where not known.
  std::vector<int32_t> Ages() const;
  // Canonical values under one rule of the book, by row.
  std::vector<int32_t> ValuesUnder(const ingestion::VariableRule& rule) const;
  // Those of all rules for the variable or item of `first`.
  std::vector<int32_t> ValuesOfVariable(const ingestion::VariableRule& first) const;
  // By table row, then by observation.
  template <typename T>
  std::vector<T> Kept(std::vector<T> by_row) const {
    if (kept_.empty()) return by_row;
    std::vector<T> kept;
    kept.reserve(kept_.size());
    for (const uint32_t row : kept_) kept.push_back(by_row[row]);
    return kept;
  }

  void Tell(std::string_view reason, bool warning, std::string text_id, std::string text_en) {
    remarks_.push_back({std::string(reason), warning, std::move(text_id), std::move(text_en)});
  }

  const ingestion::CodeBook* book_;
  Table table_;
  CountBy count_ = CountBy::kPersons;
  std::vector<double> weights_;
  std::vector<double> welfare_;
  // Persons that a row stands for per unit of its weight; empty: one.
  std::vector<double> persons_per_row_;
  // Table row of each observation; empty when all rows are kept.
  std::vector<uint32_t> kept_;
  // Where the request takes families.
  std::optional<FamilyValues> families_;
  std::vector<Remark> remarks_;
};

}  // namespace sepakat::measure
