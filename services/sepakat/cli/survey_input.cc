#include "sepakat/cli/survey_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "common/base/status.h"
#include "common/rules/text/builtin.h"
#include "common/rules/text/rule_file.h"
#include "ingestion/wire/codebook_toml.h"
#include "sepakat/cli/files.h"

namespace sepakat::cli {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

absl::StatusOr<ingestion::CodeBook> ReadBook(const std::string& name, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const NamedText book,
                           ReadNamed(reference::BuiltinKind::kCodebook, name));
  ingestion::CodebookReading reading =
      ingestion::ReadCodebook(book.text, book.name, ingestion::BookUse::kMeasure);
  if (reading.book) return *std::move(reading.book);
  for (const ingestion::BookFinding& finding : reading.findings) {
    environment.err << finding.Text() << '\n';
  }
  return base::Error(absl::StatusCode::kInvalidArgument, "CODEBOOK_INVALID",
                     fmt::format("{} has mistakes, see above", book.name));
}

absl::StatusOr<measure::SurveyFile> OpenFile(const std::string& path,
                                             const ingestion::CodeBook& book) {
  const auto open = [path]() -> absl::StatusOr<measure::ByteSource> {
    SEPAKAT_ASSIGN_OR_RETURN(FileReader reader, FileReader::Open(path));
    auto shared = std::make_shared<FileReader>(std::move(reader));
    return [shared](size_t bytes, std::string* part) { return shared->Read(bytes, part); };
  };
  return measure::SurveyFile::Open(path, open, book.format);
}

}  // namespace

void AddSurveyOptions(CLI::App& command, SurveyOptions& options) {
  command
      .add_option("file", options.file,
                  "survey or register: CSV (plain, gzip, zstd), .dta, .sav, .zsav, .parquet")
      ->required()
      ->type_name("FILE");
  command
      .add_option("--codebook", options.codebook, "code book: TOML file, or name of a built-in one")
      ->required()
      ->type_name("BOOK");
}

absl::StatusOr<SurveyInput> OpenSurvey(const SurveyOptions& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(ingestion::CodeBook book, ReadBook(options.codebook, environment));
  SEPAKAT_ASSIGN_OR_RETURN(measure::SurveyFile file, OpenFile(options.file, book));
  return SurveyInput{std::move(book), std::move(file)};
}

absl::StatusOr<NamedText> ReadNamed(reference::BuiltinKind kind, const std::string& name) {
  const auto builtin = reference::FindBuiltin(kind, name);
  if (builtin && !FileExists(name)) {
    return NamedText{std::string(builtin->name), std::string(builtin->text)};
  }
  SEPAKAT_ASSIGN_OR_RETURN(std::string text, ReadFile(name));
  return NamedText{name, std::move(text)};
}

absl::StatusOr<rules::RuleSet> ReadRuleSet(const std::string& name) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<rules::RuleSet> known, rules::ReadBuiltinRules());
  const auto builtin = std::ranges::find(known, name, &rules::RuleSet::version);
  if (builtin != known.end() && !FileExists(name)) return *builtin;
  SEPAKAT_ASSIGN_OR_RETURN(const std::string text, ReadFile(name));
  return rules::ReadRules(name, text, known);
}

int32_t Today(const Environment& environment) {
  return static_cast<int32_t>(environment.now_ms() / kDayMs);
}

}  // namespace sepakat::cli
