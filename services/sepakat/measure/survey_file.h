// One survey file of any format that table_reader.h knows, opened and read on demand.
//
//   const auto file = SurveyFile::Open(path, open_bytes, book.format);
//   file->columns(); file->Read(request);
// Errors: those of table_reader.h; InvalidArgument NOT_DELIMITED_TEXT for a workbook and the like.
// Thread: one at a time.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sepakat/measure/table_reader.h"

namespace sepakat::measure {

class SurveyFile {
 public:
  // Begins to read the file from its first byte.
  using OpenBytes = std::function<absl::StatusOr<ByteSource>()>;

  static absl::StatusOr<SurveyFile> Open(std::string path, OpenBytes open,
                                         const ingestion::FileFormat& format);

  const std::string& path() const { return path_; }
  // In the order of the file.
  const std::vector<std::string>& columns() const { return columns_; }
  absl::StatusOr<Table> Read(const TableRequest& request) const;

 private:
  SurveyFile() = default;

  std::string path_;
  OpenBytes open_;
  FileKind kind_ = FileKind::kText;
  std::vector<std::string> columns_;
};

}  // namespace sepakat::measure
