#include <fmt/format.h>

#include <cstring>

#include "common/base/status.h"
#include "sepakat/measure/duckdb_library.h"
#include "sepakat/measure/table_builder.h"
#include "sepakat/measure/table_reader.h"

namespace sepakat::measure {
namespace {

constexpr uint32_t kInlineLength = 12;
constexpr uint64_t kRowsPerWord = 64;

std::string Quoted(std::string_view text, char mark) {
  std::string quoted(1, mark);
  for (const char c : text) {
    quoted.push_back(c);
    if (c == mark) quoted.push_back(c);
  }
  quoted.push_back(mark);
  return quoted;
}

// A database in memory that lives as long as one query.
class Session {
 public:
  static absl::StatusOr<std::unique_ptr<Session>> Open() {
    SEPAKAT_ASSIGN_OR_RETURN(const DuckLibrary* duck, DuckLibrary::Load());
    auto session = std::make_unique<Session>(duck);
    if (duck->open(nullptr, &session->database_) != 0 ||
        duck->connect(session->database_, &session->connection_) != 0) {
      return base::Error(absl::StatusCode::kInternal, "PARQUET_FAILED",
                         "the library DuckDB does not start");
    }
    return session;
  }

  explicit Session(const DuckLibrary* duck) : duck_(*duck) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    if (has_result_) duck_.destroy_result(&result_);
    if (connection_ != nullptr) duck_.disconnect(&connection_);
    if (database_ != nullptr) duck_.close(&database_);
  }

  absl::Status Query(const std::string& path, const std::string& sql) {
    has_result_ = true;
    if (duck_.query(connection_, sql.c_str(), &result_) == 0) return absl::OkStatus();
    const char* message = duck_.result_error(&result_);
    const std::string_view text = message == nullptr ? "no reason given" : message;
    return base::Error(
        absl::StatusCode::kDataLoss, "FILE_DAMAGED",
        fmt::format("{} cannot be read as Parquet: {}", path, text.substr(0, text.find('\n'))));
  }

  std::vector<std::string> Columns() {
    std::vector<std::string> columns;
    for (uint64_t i = 0; i < duck_.column_count(&result_); ++i) {
      columns.emplace_back(duck_.column_name(&result_, i));
    }
    return columns;
  }

  // Gives every row of a result of texts and doubles to `builder`; `is_number` by column.
  void Take(const std::vector<bool>& is_number, TableBuilder* builder) {
    std::vector<Cell> cells(is_number.size());
    while (DuckHandle chunk = duck_.fetch_chunk(result_)) {
      const uint64_t rows = duck_.chunk_size(chunk);
      for (uint64_t row = 0; row < rows; ++row) {
        for (uint64_t column = 0; column < is_number.size(); ++column) {
          cells[column] = CellAt(duck_.chunk_vector(chunk, column), row, is_number[column]);
        }
        builder->AddRow(cells);
      }
      duck_.destroy_chunk(&chunk);
    }
  }

 private:
  Cell CellAt(DuckHandle vector, uint64_t row, bool is_number) const {
    const uint64_t* known = duck_.vector_validity(vector);
    const uint64_t bit = uint64_t{1} << (row % kRowsPerWord);
    if (known != nullptr && (known[row / kRowsPerWord] & bit) == 0) return {};
    const void* data = duck_.vector_data(vector);
    if (is_number) return Cell::Number(static_cast<const double*>(data)[row]);
    const DuckString& text = static_cast<const DuckString*>(data)[row];
    const char* bytes = text.length <= kInlineLength ? text.prefix : text.pointer;
    return Cell::Text({bytes, text.length});
  }

  const DuckLibrary& duck_;
  DuckHandle database_ = nullptr;
  DuckHandle connection_ = nullptr;
  DuckResult result_{};
  bool has_result_ = false;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ParquetColumns(const std::string& path) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto session, Session::Open());
  SEPAKAT_RETURN_IF_ERROR(session->Query(
      path, fmt::format("SELECT * FROM read_parquet({}) LIMIT 0", Quoted(path, '\''))));
  return session->Columns();
}

absl::StatusOr<Table> ReadParquetTable(const std::string& path, const TableRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> there, ParquetColumns(path));
  SEPAKAT_RETURN_IF_ERROR(CheckColumns(request, there));
  const std::set<std::string> wanted = request.Columns();
  const std::vector<std::string> columns(wanted.begin(), wanted.end());
  // A column that is only a number comes as one; all others as the text that a CSV would hold.
  std::vector<bool> is_number;
  std::string list;
  for (const std::string& column : columns) {
    const bool key = std::ranges::find(request.key, column) != request.key.end();
    is_number.push_back(!key && !request.categories.contains(column));
    list += fmt::format("{}TRY_CAST({} AS {})", list.empty() ? "" : ", ", Quoted(column, '"'),
                        is_number.back() ? "DOUBLE" : "VARCHAR");
  }
  SEPAKAT_ASSIGN_OR_RETURN(const auto session, Session::Open());
  SEPAKAT_RETURN_IF_ERROR(session->Query(
      path, fmt::format("SELECT {} FROM read_parquet({})", list, Quoted(path, '\''))));
  TableRequest plain = request;
  plain.format = {};
  plain.format.missing = request.format.missing;
  TableBuilder builder(plain, columns);
  session->Take(is_number, &builder);
  return std::move(builder).Finish();
}

}  // namespace sepakat::measure
