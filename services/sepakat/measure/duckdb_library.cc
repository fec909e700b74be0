#include "sepakat/measure/duckdb_library.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measure {
namespace {

std::vector<std::string> Places() {
  std::vector<std::string> places;
  if (const char* named = std::getenv("SEPAKAT_DUCKDB"); named != nullptr && *named != '\0') {
    return {named};
  }
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    places.push_back((program.parent_path().parent_path() / "lib" / "libduckdb.so").string());
  }
  places.emplace_back("libduckdb.so");
  return places;
}

absl::StatusOr<const DuckLibrary*> Open() {
  void* handle = nullptr;
  std::string tried;
  for (const std::string& place : Places()) {
    handle = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle != nullptr) break;
    tried += fmt::format("{}{}", tried.empty() ? "" : ", ", place);
  }
  if (handle == nullptr) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "PARQUET_LIBRARY_MISSING",
                       fmt::format("Parquet files are read with the library DuckDB, which is not "
                                   "there (looked for {}); run deploy/parquet/fetch_library.sh "
                                   "FOLDER and name FOLDER/libduckdb.so in $SEPAKAT_DUCKDB, or "
                                   "save the table as CSV",
                                   tried));
  }
  auto library = std::make_unique<DuckLibrary>();
  bool all = true;
  const auto take = [&](auto& function, const char* name) {
    void* symbol = dlsym(handle, name);
    all = all && symbol != nullptr;
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(symbol);
  };
  take(library->open, "duckdb_open");
  take(library->close, "duckdb_close");
  take(library->connect, "duckdb_connect");
  take(library->disconnect, "duckdb_disconnect");
  take(library->query, "duckdb_query");
  take(library->destroy_result, "duckdb_destroy_result");
  take(library->result_error, "duckdb_result_error");
  take(library->column_count, "duckdb_column_count");
  take(library->column_name, "duckdb_column_name");
  take(library->column_type, "duckdb_column_type");
  take(library->fetch_chunk, "duckdb_fetch_chunk");
  take(library->destroy_chunk, "duckdb_destroy_data_chunk");
  take(library->chunk_size, "duckdb_data_chunk_get_size");
  take(library->chunk_vector, "duckdb_data_chunk_get_vector");
  take(library->vector_data, "duckdb_vector_get_data");
  take(library->vector_validity, "duckdb_vector_get_validity");
  if (!all) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "PARQUET_LIBRARY_MISSING",
                       "the library DuckDB that was found is too old to read Parquet files with");
  }
  // Stays loaded until the process ends.
  return library.release();
}

}  // namespace

absl::StatusOr<const DuckLibrary*> DuckLibrary::Load() {
  static const absl::StatusOr<const DuckLibrary*> library = Open();
  return library;
}

}  // namespace sepakat::measure
