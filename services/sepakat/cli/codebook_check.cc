#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "common/base/status.h"
#include "ingestion/wire/codebook_check.h"
#include "sepakat/cli/codebook_steps.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/region_master.h"
#include "sepakat/reference/builtin.h"

namespace sepakat::cli {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

constexpr const char* kHelp =
    "find every mistake of a code book, then of a sample read with it\n"
    "\n"
    "Asks no server and changes nothing. Each mistake comes with file and line. Region codes of the\n"
    "sample are looked up in the region master where one is found.\n"
    "\n"
    "  sepakat codebook check survei.toml survei.csv\n"
    "\n"
    "Exit code 0: no mistake; 1: the book is wrong; 2: records of the sample would be rejected.";

struct Options {
  std::string book;
  std::string sample;
  std::string regions;
  Format format = Format::kTable;
};

// The text of the book and the name under which mistakes are told.
absl::StatusOr<std::pair<std::string, std::string>> ReadBook(const std::string& book) {
  const auto builtin = reference::FindBuiltin(reference::BuiltinKind::kCodebook, book);
  if (builtin && !FileExists(book)) {
    return std::pair(std::string(builtin->text), std::string(builtin->name));
  }
  SEPAKAT_ASSIGN_OR_RETURN(std::string text, ReadFile(book));
  return std::pair(std::move(text), book);
}

// Empty where no master is found and none was named.
absl::StatusOr<ingestion::RegionEditions> Regions(const Options& options,
                                                  const Environment& environment) {
  ingestion::RegionEditions editions;
  const absl::StatusOr<std::string> path = FindRegionMaster(environment, options.regions);
  if (!path.ok()) return editions;
  SEPAKAT_ASSIGN_OR_RETURN(const std::string csv, ReadFile(*path));
  std::vector<std::string> problems;
  editions.Set(0, ingestion::RegionMaster::Build(ingestion::ReadRegionCsv(csv, &problems),
                                                 &problems));
  return editions;
}

void PrintFindings(const ingestion::CodebookCheck& check, Format format, std::ostream& out) {
  if (format == Format::kTable) {
    for (const ingestion::BookFinding& finding : check.findings) out << finding.Text() << '\n';
    return;
  }
  OutputTable table{{{"file", "file"}, {"line", "line", true}, {"mistake", "message"}}, {}};
  for (const ingestion::BookFinding& finding : check.findings) {
    table.rows.push_back({finding.file, std::to_string(finding.line), finding.message});
  }
  Print(table, format, out);
}

absl::StatusOr<int> Check(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const auto book, ReadBook(options.book));
  SEPAKAT_ASSIGN_OR_RETURN(const ingestion::RegionEditions regions, Regions(options, environment));
  std::string content;
  if (!options.sample.empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(content, ReadFileUnpacked(options.sample));
  }
  const ingestion::CodebookSample sample{content, options.sample};
  const ingestion::CodebookCheck check = ingestion::CheckCodebook(
      book.first, book.second, options.sample.empty() ? nullptr : &sample,
      regions.empty() ? nullptr : &regions,
      static_cast<int32_t>(environment.now_ms() / kDayMs));
  PrintFindings(check, options.format, environment.out);
  const bool wrong = std::any_of(
      check.findings.begin(), check.findings.end(),
      [&book](const ingestion::BookFinding& finding) { return finding.file == book.second; });
  if (wrong) {
    return base::Error(absl::StatusCode::kInvalidArgument, "CODEBOOK_INVALID",
                       fmt::format("{} has mistakes, see above", book.second));
  }
  if (options.format == Format::kTable) {
    environment.out << fmt::format("{}: no mistake\n", book.second);
    if (!options.sample.empty()) {
      environment.out << fmt::format(
          "{}: {} records in {} rows: accepted {}, flagged {}, rejected {}\n", options.sample,
          Grouped(check.records), Grouped(check.rows), Grouped(check.accepted),
          Grouped(check.flagged), Grouped(check.rejected));
    }
  }
  return check.rejected > 0 ? kExitSomeRejected : kExitOk;
}

}  // namespace

void AddCodebookCheck(CLI::App& group, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = group.add_subcommand("check", kHelp);
  command->add_option("book", options->book, "TOML file, or name of a built-in book")
      ->required()
      ->type_name("BOOK");
  command->add_option("sample", options->sample, "survey file, plain or gzip")->type_name("SAMPLE");
  command->add_option("--regions", options->regions,
                      "region master (default $SEPAKAT_REGIONS, else the build's)");
  AddFormatOption(*command, options->format);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Check(*options, environment); };
  });
}

}  // namespace sepakat::cli
