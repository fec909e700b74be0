// The DuckDB library, loaded when the first Parquet file comes.
//
// Debian 12 has no reader of Parquet, so DuckDB is found at run time: $SEPAKAT_DUCKDB (the file),
// else `../lib/libduckdb.so` beside the program's folder (where deploy/parquet puts it), else the
// system's library path. Only the part of its stable C interface that a reader needs is used.
// Errors: FailedPrecondition PARQUET_LIBRARY_MISSING says where it was looked for. Thread: Load()
// from one thread; the table of functions never changes.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace sepakat::measure {

// Opaque to us; the layout of the two structs is that of duckdb.h (1.x).
using DuckHandle = struct DuckOpaque*;
struct DuckResult {
  uint64_t deprecated_column_count;
  uint64_t deprecated_row_count;
  uint64_t deprecated_rows_changed;
  void* deprecated_columns;
  char* deprecated_error_message;
  void* internal_data;
};
// duckdb_type, as far as it matters here; other types are read as text.
enum class DuckType : int {
  kBoolean = 1,
  kTinyInt = 2,
  kBigInt = 5,
  kUnsignedTinyInt = 6,
  kUnsignedBigInt = 9,
  kFloat = 10,
  kDouble = 11,
  kHugeInt = 16,
  kDecimal = 19,
  kUnsignedHugeInt = 32,
};
struct DuckString {
  uint32_t length;
  char prefix[4];
  const char* pointer;
};

struct DuckLibrary {
  int (*open)(const char* path, DuckHandle* database);
  void (*close)(DuckHandle* database);
  int (*connect)(DuckHandle database, DuckHandle* connection);
  void (*disconnect)(DuckHandle* connection);
  int (*query)(DuckHandle connection, const char* sql, DuckResult* result);
  void (*destroy_result)(DuckResult* result);
  const char* (*result_error)(DuckResult* result);
  uint64_t (*column_count)(DuckResult* result);
  const char* (*column_name)(DuckResult* result, uint64_t column);
  DuckType (*column_type)(DuckResult* result, uint64_t column);
  DuckHandle (*fetch_chunk)(DuckResult result);
  void (*destroy_chunk)(DuckHandle* chunk);
  uint64_t (*chunk_size)(DuckHandle chunk);
  DuckHandle (*chunk_vector)(DuckHandle chunk, uint64_t column);
  void* (*vector_data)(DuckHandle vector);
  // nullptr: every row is known.
  uint64_t* (*vector_validity)(DuckHandle vector);

  // Loads the library once per process.
  static absl::StatusOr<const DuckLibrary*> Load();
};

}  // namespace sepakat::measure
