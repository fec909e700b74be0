// A survey as proxy-means models need it: one family per entry, with its canonical variables.
//
// Welfare, weights and design come from `sepakat measure`'s frame, in any file format it reads;
// canonical variables, those derived from members included, are translated by the code book exactly
// as ingestion does, but nothing is refused here: a value that cannot be trusted is unknown.
// `members` is the family's size where the book gives no column for it.
// Errors: those of the frame and of the design; FailedPrecondition FAMILY_NOT_NAMED for a book of
// members without a family.
// Thread: values. Memory: 4 bytes per family and canonical variable, and the named columns.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/survey/design.h"
#include "common/pmt/model.h"
#include "ingestion/domain/codebook.h"
#include "ingestion/domain/family.h"
#include "sepakat/measure/remark.h"
#include "sepakat/measure/survey_file.h"

namespace sepakat::pmt {

struct Families {
  // Row of the file where each family begins, counted from 1 behind the header.
  std::vector<int64_t> rows;
  std::vector<double> weights;
  // Persons; NaN where not known.
  std::vector<double> sizes;
  // Per head in the population's period; NaN where not known. Empty: the book names no welfare.
  std::vector<double> welfare;
  // By canonical number, then by family; ingestion::kUnknown where not known.
  std::vector<std::vector<int32_t>> values;
  // Named columns of the file: a text for each family, empty where the cell is.
  std::map<std::string, std::vector<std::string>> columns;
  // By family; the primary unit of each, empty where the book names none.
  std::vector<int64_t> psus;
  std::optional<measures::Design> design;
  std::vector<measure::Remark> remarks;

  size_t size() const { return rows.size(); }
  // The value of a term for each family; NaN where not known.
  std::vector<double> ValuesOf(const Term& term) const;
};

struct FamiliesRequest {
  // Columns of the file that terms name.
  std::set<std::string> columns;
  bool with_design = false;
  // Days since 1970-01-01, for ages where the book gives no day of observation.
  int32_t today = 0;
  measures::SinglePsu single_psu = measures::SinglePsu::kFail;
};

absl::StatusOr<Families> ReadFamilies(const measure::SurveyFile& file,
                                      const ingestion::CodeBook& book,
                                      const FamiliesRequest& request);

}  // namespace sepakat::pmt
