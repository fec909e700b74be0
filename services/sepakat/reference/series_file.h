// Descriptions of local data series (data daerah): which column of which file is what, and who answers
// for it.
//
// Errors: InvalidArgument REFERENCE_INVALID with one line `file:line: mistake` per mistake; CSV_MALFORMED
// when a row has another number of cells than the header, COLUMN_MISSING when a named column is not there.
// Thread: values and pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::reference {

struct SeriesDescription {
  std::string file;
  // Everything but the context and the CSV.
  ingestion::v1::LoadSeriesRequest request;
  // Only rows with these values are meant.
  std::map<std::string, std::string> where;
};

absl::StatusOr<std::vector<SeriesDescription>> ReadSeries(std::string_view file_name,
                                                          std::string_view toml);

// The rows of `csv` that `where` means, header included.
absl::StatusOr<std::string> RowsWhere(std::string_view csv,
                                      const std::map<std::string, std::string>& where);

}  // namespace sepakat::reference
