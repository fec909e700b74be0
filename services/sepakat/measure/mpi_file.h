// A multidimensional poverty measure as a file that people write (docs/MEASURES.md, "--mpi").
//
//   [mpi]           id, version, name, name_en, source, cutoff = "1/3", unknown = "drop" |
//   "not_deprived"
//   [[dimension]]   id, name, name_en, weight
//   [[indicator]]   id, dimension, name, name_en, weight, column, and when it deprives: `deprived`
//   (codes), or one of
//                   `below`, `at_most`, `at_least`, `above` (a number); `not_deprived`, `missing`
//                   (codes)
// `column` is a name as in names.h: a column of the file, an indicator of the code book or a
// canonical variable, so that one file may serve many surveys. Weights are whole numbers; without
// any, dimensions and the indicators within each weigh the same. Errors: InvalidArgument
// MPI_INVALID with one line `file:line: mistake` per mistake. Thread: values, pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/mpi_specification.h"
#include "ingestion/domain/code_table.h"

namespace sepakat::measure {

struct MpiIndicatorColumn {
  std::string name;
  std::string name_en;
  std::string column;
  // By code; otherwise the cut-off of the specification judges a number.
  bool by_code = true;
  ingestion::CodeSet deprived;
  std::optional<ingestion::CodeSet> not_deprived;
  ingestion::CodeSet missing;
};

struct MpiDimensionName {
  std::string name;
  std::string name_en;
};

struct MpiFile {
  std::string name;
  std::string name_en;
  measures::MpiSpecification specification;
  // In the order of the specification.
  std::vector<MpiIndicatorColumn> indicators;
  std::vector<MpiDimensionName> dimensions;
};

absl::StatusOr<MpiFile> ReadMpiFile(std::string_view file_name, std::string_view toml);

// `1/3`, `0.2`.
absl::StatusOr<measures::Fraction> ParseCutoff(std::string_view text);

}  // namespace sepakat::measure
