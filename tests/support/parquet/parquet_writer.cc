#include "tests/support/parquet/parquet_writer.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "sepakat/measure/duckdb_library.h"

namespace sepakat::support {

absl::Status WriteParquet(const std::string& select, const std::string& path, int rows_per_group) {
  SEPAKAT_ASSIGN_OR_RETURN(const measure::DuckLibrary* duck, measure::DuckLibrary::Load());
  measure::DuckHandle database = nullptr;
  measure::DuckHandle connection = nullptr;
  measure::DuckResult result{};
  if (duck->open(nullptr, &database) != 0 || duck->connect(database, &connection) != 0) {
    return absl::InternalError("DuckDB does not start");
  }
  const std::string copy =
      fmt::format("COPY ({}) TO '{}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {})", select,
                  path, rows_per_group);
  absl::Status written;
  if (duck->query(connection, copy.c_str(), &result) != 0) {
    written = absl::InternalError(duck->result_error(&result));
  }
  duck->destroy_result(&result);
  duck->disconnect(&connection);
  duck->close(&database);
  return written;
}

}  // namespace sepakat::support
