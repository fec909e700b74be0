// Canonical variables of every family of a table, those derived from its members included.
//
// The code book translates them exactly as ingestion does, but nothing is refused here: a value
// that cannot be trusted is unknown. A family is a row, or the rows of one family of members.
// Errors: FailedPrecondition FAMILY_NOT_NAMED for a book of members without a family. Thread:
// values. Memory: 4 bytes per family and wanted variable, 4 per row of members.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"
#include "sepakat/measure/table.h"

namespace sepakat::measure {

class FamilyValues {
 public:
  // `table` has every column of the book as categories (but #row). `today`, in days since
  // 1970-01-01, is for ages where the book gives no day of observation.
  static absl::StatusOr<FamilyValues> Read(const ingestion::CodeBook& book, const Table& table,
                                           const std::set<int>& variables, int32_t today);

  size_t families() const { return persons_.size(); }
  size_t FamilyOf(size_t row) const { return family_of_row_.empty() ? row : family_of_row_[row]; }
  // By family, ingestion::kUnknown where not known; `variable` was wanted.
  const std::vector<int32_t>& Of(int variable) const {
    return values_[static_cast<size_t>(variable)];
  }
  // By family; 0 where not known.
  const std::vector<int32_t>& persons() const { return persons_; }
  // By family, days since 1970-01-01.
  const std::vector<int32_t>& observed_on() const { return observed_on_; }

 private:
  // By canonical number; empty where not wanted.
  std::vector<std::vector<int32_t>> values_;
  std::vector<int32_t> persons_;
  std::vector<int32_t> observed_on_;
  // Empty: every row is a family.
  std::vector<uint32_t> family_of_row_;
};

}  // namespace sepakat::measure
