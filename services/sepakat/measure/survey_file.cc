#include "sepakat/measure/survey_file.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "ingestion/domain/file_kind.h"

namespace sepakat::measure {
namespace {

constexpr size_t kHead = 64;

bool IsPacked(std::string_view head) {
  return head.starts_with("\x1F\x8B") || head.starts_with("\x28\xB5\x2F\xFD");
}

}  // namespace

absl::StatusOr<SurveyFile> SurveyFile::Open(std::string path, OpenBytes open,
                                            const ingestion::FileFormat& format) {
  SurveyFile file;
  file.path_ = std::move(path);
  file.open_ = std::move(open);
  SEPAKAT_ASSIGN_OR_RETURN(const ByteSource head, file.open_());
  std::string first;
  SEPAKAT_RETURN_IF_ERROR(head(kHead, &first));
  file.kind_ = KindOfFile(first, file.path_);
  absl::StatusOr<std::vector<std::string>> columns;
  switch (file.kind_) {
    case FileKind::kText: {
      if (!IsPacked(first)) SEPAKAT_RETURN_IF_ERROR(ingestion::CheckDelimitedText(first));
      SEPAKAT_ASSIGN_OR_RETURN(const ByteSource bytes, file.open_());
      columns = TextColumns(bytes, format);
      break;
    }
    case FileKind::kStata:
      columns = StataColumns(file.path_, format);
      break;
    case FileKind::kSpss:
      columns = SpssColumns(file.path_, format);
      break;
    case FileKind::kParquet:
      columns = ParquetColumns(file.path_);
      break;
  }
  if (!columns.ok()) return base::Annotate(columns.status(), file.path_);
  file.columns_ = *std::move(columns);
  return file;
}

absl::StatusOr<Table> SurveyFile::Read(const TableRequest& request) const {
  absl::StatusOr<Table> table = absl::UnknownError("not read");
  switch (kind_) {
    case FileKind::kText: {
      SEPAKAT_ASSIGN_OR_RETURN(const ByteSource bytes, open_());
      table = ReadTextTable(bytes, request);
      break;
    }
    case FileKind::kStata:
      table = ReadStataTable(path_, request);
      break;
    case FileKind::kSpss:
      table = ReadSpssTable(path_, request);
      break;
    case FileKind::kParquet:
      table = ReadParquetTable(path_, request);
      break;
  }
  if (!table.ok()) return base::Annotate(table.status(), path_);
  if (table->rows == 0) {
    return base::Error(absl::StatusCode::kInvalidArgument, "FILE_EMPTY",
                       fmt::format("{} holds no row of data", path_));
  }
  return table;
}

}  // namespace sepakat::measure
