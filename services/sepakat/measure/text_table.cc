#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "ingestion/domain/csv_reader.h"
#include "ingestion/domain/header.h"
#include "ingestion/wire/unpacker.h"
#include "sepakat/measure/table_builder.h"
#include "sepakat/measure/table_reader.h"

namespace sepakat::measure {
namespace {

constexpr size_t kPart = size_t{1} << 20;

// Lines of a packed or plain text file.
class Lines {
 public:
  static absl::StatusOr<Lines> Open(const ByteSource& source, char separator) {
    SEPAKAT_ASSIGN_OR_RETURN(auto unpacker, ingestion::Unpacker::Create("auto"));
    return Lines(source, separator, std::move(unpacker));
  }

  // False at the end of the file.
  absl::StatusOr<bool> Next(ingestion::CsvRow* row) {
    while (true) {
      switch (reader_.Next(row)) {
        case ingestion::CsvReader::kRow:
          return true;
        case ingestion::CsvReader::kEnd:
          return false;
        case ingestion::CsvReader::kNeedMore:
          break;
      }
      SEPAKAT_RETURN_IF_ERROR(source_(kPart, &packed_));
      plain_.clear();
      if (packed_.empty()) {
        SEPAKAT_RETURN_IF_ERROR(unpacker_->Finish(&plain_));
        reader_.Feed(plain_);
        reader_.Finish();
      } else {
        SEPAKAT_RETURN_IF_ERROR(unpacker_->Unpack(packed_, &plain_));
        reader_.Feed(plain_);
      }
    }
  }

 private:
  Lines(const ByteSource& source, char separator, std::unique_ptr<ingestion::Unpacker> unpacker)
      : source_(source), unpacker_(std::move(unpacker)), reader_(separator) {}

  ByteSource source_;
  std::unique_ptr<ingestion::Unpacker> unpacker_;
  ingestion::CsvReader reader_;
  std::string packed_;
  std::string plain_;
};

absl::StatusOr<std::vector<std::string>> Header(Lines* lines, const ingestion::FileFormat& format) {
  ingestion::CsvRow row;
  SEPAKAT_ASSIGN_OR_RETURN(const bool there, lines->Next(&row));
  if (!there || row.problem) {
    return base::Error(absl::StatusCode::kInvalidArgument, "FILE_EMPTY",
                       "the file has no header line that names its columns");
  }
  ingestion::CodeBook book;
  book.format = format;
  return ingestion::HeaderNames(book, row.cells);
}

}  // namespace

FileKind KindOfFile(std::string_view first_bytes, std::string_view path) {
  if (first_bytes.starts_with("PAR1")) return FileKind::kParquet;
  if (first_bytes.starts_with("$FL2") || first_bytes.starts_with("$FL3")) return FileKind::kSpss;
  if (first_bytes.starts_with("<stata_dta>")) return FileKind::kStata;
  return path.ends_with(".dta") ? FileKind::kStata : FileKind::kText;
}

absl::Status CheckColumns(const TableRequest& request, const std::vector<std::string>& there) {
  const std::set<std::string> columns = request.Columns();
  const ingestion::HeaderPlaces found =
      ingestion::FindColumns(std::vector<std::string>(columns.begin(), columns.end()), there);
  if (found.problems.empty()) return absl::OkStatus();
  return base::Error(absl::StatusCode::kInvalidArgument, "COLUMNS_MISSING",
                     fmt::format("the file does not fit the code book or the request: {}",
                                 ingestion::HeaderSentence(found.problems, there)));
}

absl::StatusOr<std::vector<std::string>> TextColumns(const ByteSource& source,
                                                     const ingestion::FileFormat& format) {
  SEPAKAT_ASSIGN_OR_RETURN(Lines lines, Lines::Open(source, format.separator));
  return Header(&lines, format);
}

absl::StatusOr<Table> ReadTextTable(const ByteSource& source, const TableRequest& request) {
  SEPAKAT_ASSIGN_OR_RETURN(Lines lines, Lines::Open(source, request.format.separator));
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<std::string> header, Header(&lines, request.format));
  SEPAKAT_RETURN_IF_ERROR(CheckColumns(request, header));
  const std::set<std::string> wanted = request.Columns();
  const std::vector<std::string> columns(wanted.begin(), wanted.end());
  std::vector<size_t> places;
  for (const std::string& column : columns) {
    places.push_back(static_cast<size_t>(std::ranges::find(header, column) - header.begin()));
  }
  TableBuilder builder(request, columns);
  ingestion::CsvRow row;
  std::vector<Cell> cells(columns.size());
  while (true) {
    SEPAKAT_ASSIGN_OR_RETURN(const bool there, lines.Next(&row));
    if (!there) break;
    if (row.problem || row.cells.size() != header.size()) {
      builder.AddBrokenLine(row.line);
      continue;
    }
    for (size_t i = 0; i < places.size(); ++i) cells[i] = Cell::Text(row.cells[places[i]]);
    builder.AddRow(cells);
  }
  return std::move(builder).Finish();
}

}  // namespace sepakat::measure
