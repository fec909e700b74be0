// Survey files -> Table: delimited text (plain, gzip, zstd), Stata `.dta`, SPSS `.sav` and `.zsav`,
// Parquet.
//
// Binary formats are read by well-kept libraries: Stata and SPSS by ReadStat, Parquet by DuckDB,
// which is loaded when a Parquet file comes and told where it is missing. Values that Stata or SPSS
// declare missing are empty cells.
// Errors: InvalidArgument COLUMNS_MISSING names every wanted column that the file lacks,
// FILE_EMPTY, and what the unpacker says; DataLoss FILE_DAMAGED; FailedPrecondition
// PARQUET_LIBRARY_MISSING. Thread: functions without state. Complexity: linear in the file; memory
// is that of the wanted columns.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sepakat/measure/table.h"
#include "sepakat/measure/table_request.h"

namespace sepakat::measure {

enum class FileKind { kText, kStata, kSpss, kParquet };

// By the first bytes, and where they tell nothing by the name.
FileKind KindOfFile(std::string_view first_bytes, std::string_view path);

// Fills `part` with up to `bytes` bytes; empty at the end.
using ByteSource = std::function<absl::Status(size_t bytes, std::string* part)>;

absl::StatusOr<Table> ReadTextTable(const ByteSource& source, const TableRequest& request);
absl::StatusOr<Table> ReadStataTable(const std::string& path, const TableRequest& request);
absl::StatusOr<Table> ReadSpssTable(const std::string& path, const TableRequest& request);
absl::StatusOr<Table> ReadParquetTable(const std::string& path, const TableRequest& request);

// Names of all columns of the file, in its order.
absl::StatusOr<std::vector<std::string>> TextColumns(const ByteSource& source,
                                                     const ingestion::FileFormat& format);
absl::StatusOr<std::vector<std::string>> StataColumns(const std::string& path,
                                                      const ingestion::FileFormat& format);
absl::StatusOr<std::vector<std::string>> SpssColumns(const std::string& path,
                                                     const ingestion::FileFormat& format);
absl::StatusOr<std::vector<std::string>> ParquetColumns(const std::string& path);

// The error for `wanted` columns that are not among `there`; OK when all are.
absl::Status CheckColumns(const TableRequest& request, const std::vector<std::string>& there);

}  // namespace sepakat::measure
