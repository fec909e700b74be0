// What one run of the command needs of a survey, and the columns of the file that this takes.
//
// Thread: plain value, pure function.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ingestion/domain/codebook.h"
#include "sepakat/measure/names.h"
#include "sepakat/measure/table_request.h"

namespace sepakat::measure {

// Persons of the population, or families (households): a row of a family stands for its members or
// for one.
enum class CountBy { kPersons, kFamilies };

struct FrameRequest {
  CountBy count = CountBy::kPersons;
  // Welfare of zero or less is left out, as logarithms ask.
  bool positive_welfare = false;
  bool use_replicates = false;
  // Breakdowns, programmes, indicators, filters.
  std::vector<Name> names;
  // Further columns by name: poverty lines, deprivations.
  std::set<std::string> numbers;
  std::set<std::string> categories;
  // Canonical variables by family, those derived from members included; they take all the book's
  // columns.
  std::set<int> family_variables;
  // Days since 1970-01-01, for ages where the book gives no day of observation.
  int32_t today = 0;
};

// True when families have to be translated for it: derived variables, or ages by date of birth.
bool TakesFamilies(const ingestion::CodeBook& book, const FrameRequest& request);

// Columns of the replicate weights among `columns_of_file`; empty when the book names none.
std::vector<std::string> ReplicateColumnsOf(const ingestion::CodeBook& book,
                                            const std::vector<std::string>& columns_of_file);

TableRequest ColumnsOf(const ingestion::CodeBook& book, const FrameRequest& request,
                       const std::vector<std::string>& columns_of_file);

}  // namespace sepakat::measure
