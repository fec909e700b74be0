// Descriptions of local data series (data daerah): which column of which file is what, and who
// answers for it.
//
// Errors: InvalidArgument REFERENCE_INVALID with one line `file:line: mistake` per mistake.
// Thread: values and pure functions.
#pragma once

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
};

absl::StatusOr<std::vector<SeriesDescription>> ReadSeries(std::string_view file_name,
                                                          std::string_view toml);

}  // namespace sepakat::reference
