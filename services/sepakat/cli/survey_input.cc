#include "sepakat/cli/survey_input.h"

#include <fmt/format.h>

#include <memory>

#include "common/base/status.h"
#include "ingestion/wire/codebook_toml.h"
#include "sepakat/cli/files.h"
#include "sepakat/reference/builtin.h"

namespace sepakat::cli {

absl::StatusOr<ingestion::CodeBook> ReadMeasuringBook(const std::string& name,
                                                      Environment& environment) {
  std::string text;
  const auto builtin = reference::FindBuiltin(reference::BuiltinKind::kCodebook, name);
  if (builtin && !FileExists(name)) {
    text = builtin->text;
  } else {
    SEPAKAT_ASSIGN_OR_RETURN(text, ReadFile(name));
  }
  ingestion::CodebookReading reading =
      ingestion::ReadCodebook(text, name, ingestion::BookUse::kMeasure);
  if (reading.book) return *std::move(reading.book);
  for (const ingestion::BookFinding& finding : reading.findings) {
    environment.err << finding.Text() << '\n';
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "CODEBOOK_INVALID",
                     fmt::format("{} has mistakes, see above", name));
}

absl::StatusOr<measure::SurveyFile> OpenSurveyFile(const std::string& path,
                                                   const ingestion::CodeBook& book) {
  const auto open = [path]() -> absl::StatusOr<measure::ByteSource> {
    SEPAKAT_ASSIGN_OR_RETURN(FileReader reader, FileReader::Open(path));
    auto shared = std::make_shared<FileReader>(std::move(reader));
    return [shared](size_t bytes, std::string* part) { return shared->Read(bytes, part); };
  };
  return measure::SurveyFile::Open(path, open, book.format);
}

}  // namespace sepakat::cli
