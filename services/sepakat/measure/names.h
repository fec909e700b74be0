// What a name on the command line means in the light of a code book.
//
// In this order: a [[group]], [[programme]] or [[indicator]] of the book; `region`, `province`,
// `regency`, `district`, `village` where the book says where a row lives; a canonical variable or
// member item that the book fills (`age` from a date of birth too); a variable that follows from
// the members of a family; a column of the file. Errors: InvalidArgument NAME_UNKNOWN lists
// what could have been meant. Thread: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "ingestion/domain/codebook.h"

namespace sepakat::measure {

struct Name {
  enum Kind { kGrouping, kProgramme, kIndicator, kRegion, kVariable, kDerived, kColumn };
  Kind kind = kColumn;
  // As it was written; it heads the columns of figures.
  std::string text;
  // In the book's list of this kind; for kDerived the number of the variable.
  size_t index = 0;
  // Parts of the region code that are kept; 0: all.
  int region_parts = 0;
};

absl::StatusOr<Name> FindName(const ingestion::CodeBook& book,
                              std::span<const std::string> columns_of_file, std::string_view text);

// The canonical variable, where the book fills it.
std::optional<Name> FindVariableName(const ingestion::CodeBook& book, std::string_view variable);
// Where a row lives, where the book says it.
std::optional<Name> FindRegionName(const ingestion::CodeBook& book);

// What people read above such a column.
std::string LabelOf(const ingestion::CodeBook& book, const Name& name);

}  // namespace sepakat::measure
