#include "ingestion/wire/codebook_check.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "common/base/status.h"
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
    "Asks no server and changes nothing. Each mistake comes with file and line. Of a sample it "
    "also tells\n"
    "how each column was understood: known and unknown answers, lowest, mean and highest, and the "
    "answers\n"
    "with their counts. Look at them before you ingest. Region codes are looked up in the region "
    "master\n"
    "where one is found.\n"
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
  editions.Set(0,
               ingestion::RegionMaster::Build(ingestion::ReadRegionCsv(csv, &problems), &problems));
  return editions;
}

void PrintMistakes(const ingestion::CodebookCheck& check, Format format, std::ostream& out) {
  OutputTable table{{{"file", "file"}, {"line", "line", true}, {"mistake", "message"}}, {}};
  for (const ingestion::BookFinding& finding : check.findings) {
    table.rows.push_back({finding.file, std::to_string(finding.line), finding.message});
  }
  Print(table, format, out);
}

// What became of the sample, and how its columns were understood.
void PrintSample(const ingestion::CodebookCheck& check, const std::string& sample,
                 std::ostream& out) {
  out << fmt::format(
      "{}: {} records in {} rows: accepted {}, flagged {}, rejected {}, repeated {}\n", sample,
      Grouped(check.records), Grouped(check.rows), Grouped(check.accepted), Grouped(check.flagged),
      Grouped(check.rejected), Grouped(check.repeated));
  if (!check.by_reason.empty()) {
    out << "\nFindings by reason\n";
    OutputTable reasons{{{"reason", "reason"}, {"count", "count", true}}, {}};
    for (const auto& [reason, count] : check.by_reason) {
      reasons.rows.push_back({reason, Grouped(count)});
    }
    Print(reasons, Format::kTable, out);
  }
  if (check.readings.empty()) return;
  out << "\nWhat the families say that are not rejected\n";
  OutputTable readings{{{"what", "what"},
                        {"column", "column"},
                        {"known", "known", true},
                        {"unknown", "unknown", true},
                        {"lowest", "lowest", true},
                        {"mean", "mean", true},
                        {"highest", "highest", true},
                        {"answers: families", "answers"}},
                       {}};
  for (const ingestion::SampleReading& one : check.readings) {
    readings.rows.push_back({one.what, one.column, Grouped(one.known), Grouped(one.unknown),
                             one.lowest, one.mean, one.highest, one.answers});
  }
  Print(readings, Format::kTable, out);
  for (const std::string& note : check.notes) out << "note: " << note << '\n';
}

void PrintJson(const ingestion::CodebookCheck& check, std::ostream& out) {
  nlohmann::ordered_json json;
  json["mistakes"] = nlohmann::json::array();
  for (const ingestion::BookFinding& finding : check.findings) {
    json["mistakes"].push_back(nlohmann::ordered_json{
        {"file", finding.file}, {"line", finding.line}, {"message", finding.message}});
  }
  json["sample"] =
      nlohmann::ordered_json{{"records", check.records},           {"rows", check.rows},
                             {"accepted", check.accepted},         {"flagged", check.flagged},
                             {"rejected", check.rejected},         {"repeated", check.repeated},
                             {"findingsByReason", check.by_reason}};
  json["columns"] = nlohmann::json::array();
  for (const ingestion::SampleReading& one : check.readings) {
    json["columns"].push_back(nlohmann::ordered_json{{"what", one.what},
                                                     {"column", one.column},
                                                     {"known", one.known},
                                                     {"unknown", one.unknown},
                                                     {"lowest", one.lowest},
                                                     {"mean", one.mean},
                                                     {"highest", one.highest},
                                                     {"answers", one.answers}});
  }
  json["notes"] = check.notes;
  out << json.dump(2) << '\n';
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
      regions.empty() ? nullptr : &regions, static_cast<int32_t>(environment.now_ms() / kDayMs));
  const auto wrong = std::ranges::count(check.findings, book.second, &ingestion::BookFinding::file);
  switch (options.format) {
    case Format::kTable:
      for (const auto& finding : check.findings) environment.out << finding.Text() << '\n';
      break;
    case Format::kJson:
      PrintJson(check, environment.out);
      break;
    case Format::kCsv:
      PrintMistakes(check, options.format, environment.out);
      break;
  }
  if (wrong > 0) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "CODEBOOK_INVALID",
        fmt::format("{} has {} mistake{}, see above", book.second, wrong, wrong == 1 ? "" : "s"));
  }
  if (check.unreadable > 0) {
    return base::Error(absl::StatusCode::kInvalidArgument, "SAMPLE_UNREADABLE",
                       check.findings.front().Text());
  }
  if (options.format == Format::kTable) {
    environment.out << fmt::format("{}: no mistake\n", book.second);
    if (!options.sample.empty()) PrintSample(check, options.sample, environment.out);
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
