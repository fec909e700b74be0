#include <fmt/format.h>

#include <cmath>
#include <filesystem>

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

// One file, whatever its name: to DuckDB a name is a pattern, and folders like `year=2020` columns.
std::string TableOf(const std::string& path) {
  std::string one;
  for (const char c : std::filesystem::absolute(path).string()) {
    one += c == '*' || c == '?' || c == '[' ? fmt::format("[{}]", c) : std::string(1, c);
  }
  return fmt::format("read_parquet({}, hive_partitioning = false)", Quoted(one, '\''));
}

struct Column {
  std::string name;
  DuckType type = {};

  bool IsWhole() const {
    return (type >= DuckType::kTinyInt && type <= DuckType::kUnsignedBigInt) ||
           type == DuckType::kHugeInt || type == DuckType::kUnsignedHugeInt;
  }
  bool IsFraction() const {
    return type == DuckType::kFloat || type == DuckType::kDouble || type == DuckType::kDecimal;
  }
};

// How a column leaves the database: as a double, or as the text that a CSV would hold.
struct Wanted {
  std::string sql;
  bool is_number = false;
};

// Whole numbers that name something keep all their digits; yes and no are 1 and 0.
Wanted WantedOf(const Column& column, const TableRequest& request) {
  const std::string name = Quoted(column.name, '"');
  const bool named = request.categories.contains(column.name) ||
                     std::ranges::find(request.key, column.name) != request.key.end();
  if (column.IsFraction() || (column.IsWhole() && !named)) {
    return {fmt::format("CAST({} AS DOUBLE)", name), true};
  }
  if (column.type == DuckType::kBoolean) {
    return {fmt::format("CAST(CAST({} AS TINYINT) AS VARCHAR)", name)};
  }
  return {fmt::format("CAST({} AS VARCHAR)", name)};
}

// A database in memory that lives as long as one query.
class Session {
 public:
  static absl::StatusOr<std::unique_ptr<Session>> Open(std::string path) {
    SEPAKAT_ASSIGN_OR_RETURN(const DuckLibrary* duck, DuckLibrary::Load());
    auto session = std::make_unique<Session>(duck, std::move(path));
    if (duck->open(nullptr, &session->database_) != 0 ||
        duck->connect(session->database_, &session->connection_) != 0) {
      return base::Error(absl::StatusCode::kInternal, "PARQUET_FAILED",
                         "the library DuckDB does not start");
    }
    // Nothing is fetched from the network on behalf of a file.
    SEPAKAT_RETURN_IF_ERROR(session->Query("SET autoload_known_extensions = false"));
    return session;
  }

  Session(const DuckLibrary* duck, std::string path) : duck_(*duck), path_(std::move(path)) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    duck_.destroy_result(&result_);
    if (connection_ != nullptr) duck_.disconnect(&connection_);
    if (database_ != nullptr) duck_.close(&database_);
  }

  absl::Status Query(const std::string& sql) {
    duck_.destroy_result(&result_);
    if (duck_.query(connection_, sql.c_str(), &result_) == 0) return absl::OkStatus();
    const char* message = duck_.result_error(&result_);
    const std::string_view text = message == nullptr ? "no reason given" : message;
    return base::Error(absl::StatusCode::kDataLoss, "FILE_DAMAGED",
                       fmt::format("the file cannot be read as Parquet; it is damaged or cut off, "
                                   "or no Parquet file ({})",
                                   text.substr(0, text.find('\n'))));
  }

  absl::StatusOr<std::vector<Column>> Columns() {
    SEPAKAT_RETURN_IF_ERROR(Query(fmt::format("SELECT * FROM {} LIMIT 0", TableOf(path_))));
    std::vector<Column> columns;
    for (uint64_t i = 0; i < duck_.column_count(&result_); ++i) {
      columns.push_back({duck_.column_name(&result_, i), duck_.column_type(&result_, i)});
    }
    return columns;
  }

  // Gives every row to `builder`.
  absl::Status Take(const std::vector<Wanted>& wanted, TableBuilder* builder) {
    std::string list;
    for (const Wanted& column : wanted) list += (list.empty() ? "" : ", ") + column.sql;
    // Without a column rows are still counted.
    SEPAKAT_RETURN_IF_ERROR(
        Query(fmt::format("SELECT {} FROM {}", list.empty() ? "1" : list, TableOf(path_))));
    std::vector<Cell> cells(wanted.size());
    while (DuckHandle chunk = duck_.fetch_chunk(result_)) {
      const uint64_t rows = duck_.chunk_size(chunk);
      for (uint64_t row = 0; row < rows; ++row) {
        for (uint64_t column = 0; column < wanted.size(); ++column) {
          cells[column] = CellAt(duck_.chunk_vector(chunk, column), row, wanted[column].is_number);
        }
        builder->AddRow(cells);
      }
      duck_.destroy_chunk(&chunk);
    }
    return absl::OkStatus();
  }

 private:
  Cell CellAt(DuckHandle vector, uint64_t row, bool is_number) const {
    const uint64_t* known = duck_.vector_validity(vector);
    const uint64_t bit = uint64_t{1} << (row % kRowsPerWord);
    if (known != nullptr && (known[row / kRowsPerWord] & bit) == 0) return {};
    const void* data = duck_.vector_data(vector);
    if (is_number) {
      const double number = static_cast<const double*>(data)[row];
      if (std::isnan(number)) return {};
      // No amount: the builder tells it as a cell that is no number.
      return std::isinf(number) ? Cell::Text("inf") : Cell::Number(number);
    }
    const DuckString& text = static_cast<const DuckString*>(data)[row];
    const char* bytes = text.length <= kInlineLength ? text.prefix : text.pointer;
    return Cell::Text({bytes, text.length});
  }

  const DuckLibrary& duck_;
  const std::string path_;
  DuckHandle database_ = nullptr;
  DuckHandle connection_ = nullptr;
  DuckResult result_{};
};

std::vector<std::string> NamesOf(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ParquetColumns(const std::string& path) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto session, Session::Open(path));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<Column> columns, session->Columns());
  return NamesOf(columns);
}

absl::StatusOr<Table> ReadParquetTable(const std::string& path, const TableRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto session, Session::Open(path));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<Column> there, session->Columns());
  SEPAKAT_RETURN_IF_ERROR(CheckColumns(request, NamesOf(there)));
  const std::set<std::string> names = request.Columns();
  std::vector<Wanted> wanted;
  for (const std::string& name : names) {
    wanted.push_back(WantedOf(*std::ranges::find(there, name, &Column::name), request));
  }
  // Texts are UTF-8; numbers in them are written as the code book says.
  TableRequest utf8 = request;
  utf8.format.encoding = ingestion::Encoding::kUtf8;
  TableBuilder builder(utf8, {names.begin(), names.end()});
  SEPAKAT_RETURN_IF_ERROR(session->Take(wanted, &builder));
  return std::move(builder).Finish();
}

}  // namespace sepakat::measure
