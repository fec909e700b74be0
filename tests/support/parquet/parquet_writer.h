// Parquet files written by DuckDB itself, for tests of what reads them.
//
//   WriteParquet("SELECT 1 AS a, 'x' AS b", path)
// Errors: those of loading the library, which the build fetches; Internal with DuckDB's sentence.
// Thread: one at a time.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace sepakat::support {

// DuckDB's own block size, of which row groups are multiples.
inline constexpr int kSmallestRowGroup = 2048;

absl::Status WriteParquet(const std::string& select, const std::string& path,
                          int rows_per_group = kSmallestRowGroup);

}  // namespace sepakat::support
