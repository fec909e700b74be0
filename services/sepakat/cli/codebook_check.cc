#include "ingestion/wire/codebook_check.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/codebook_steps.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/region_master.h"
#include "sepakat/reference/builtin.h"

namespace sepakat::cli {
namespace {

using base::Language;
using base::Say;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

constexpr std::string_view kHelpId =
    "temukan setiap kesalahan buku kode, lalu kesalahan contoh berkas yang dibaca dengannya\n"
    "\n"
    "Tidak bertanya kepada server dan tidak mengubah apa pun. Setiap kesalahan disertai berkas "
    "dan\n"
    "barisnya. Untuk contoh berkas juga ditampilkan bagaimana setiap kolom dipahami: jawaban yang\n"
    "diketahui dan belum, nilai terendah, rata-rata, dan tertinggi, serta banyaknya setiap "
    "jawaban.\n"
    "Periksa ini sebelum mengirim. Kode wilayah dicari dalam daftar wilayah bila ada.\n"
    "\n"
    "  sepakat codebook check survei.toml survei.csv\n"
    "\n"
    "Kode keluar 0: tidak ada kesalahan; 1: buku salah; 2: sebagian catatan contoh akan ditolak.";

constexpr std::string_view kHelpEn =
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
                 Language language, std::ostream& out) {
  const auto count = [language](int64_t value) { return Grouped(value, language); };
  out << Say(language,
             "{}: {} catatan dalam {} baris: baik {}, bertanda {}, ditolak {}, berulang {}\n",
             "{}: {} records in {} rows: accepted {}, flagged {}, rejected {}, repeated {}\n",
             sample, count(check.records), count(check.rows), count(check.accepted),
             count(check.flagged), count(check.rejected), count(check.repeated));
  if (!check.by_reason.empty()) {
    out << Say(language, "\nTemuan menurut alasan\n", "\nFindings by reason\n");
    OutputTable reasons{{{Say(language, "alasan", "reason"), "reason"},
                         {Say(language, "banyak", "count"), "count", true}},
                        {}};
    for (const auto& [reason, number] : check.by_reason) {
      reasons.rows.push_back({reason, count(number)});
    }
    Print(reasons, Format::kTable, out);
  }
  if (check.readings.empty()) return;
  out << Say(language, "\nJawaban keluarga yang tidak ditolak\n",
             "\nWhat the families say that are not rejected\n");
  OutputTable readings{{{Say(language, "apa", "what"), "what"},
                        {Say(language, "kolom", "column"), "column"},
                        {Say(language, "diketahui", "known"), "known", true},
                        {Say(language, "belum", "unknown"), "unknown", true},
                        {Say(language, "terendah", "lowest"), "lowest", true},
                        {Say(language, "rata-rata", "mean"), "mean", true},
                        {Say(language, "tertinggi", "highest"), "highest", true},
                        {Say(language, "jawaban: keluarga", "answers: families"), "answers"}},
                       {}};
  for (const ingestion::SampleReading& one : check.readings) {
    readings.rows.push_back({one.what, one.column, count(one.known), count(one.unknown), one.lowest,
                             one.mean, one.highest, one.answers});
  }
  Print(readings, Format::kTable, out);
  for (const std::string& note : check.notes)
    out << Say(language, "catatan: ", "note: ") << note << '\n';
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
    return base::ErrorInBoth(absl::StatusCode::kInvalidArgument, "CODEBOOK_INVALID",
                             "{0} memuat {1} kesalahan, lihat di atas",
                             "{0} has {1} mistake{2}, see above", book.second, wrong,
                             wrong == 1 ? "" : "s");
  }
  if (check.unreadable > 0) {
    return base::Error(absl::StatusCode::kInvalidArgument, "SAMPLE_UNREADABLE",
                       check.findings.front().Text());
  }
  if (options.format == Format::kTable) {
    environment.out << Say(environment.language, "{}: tidak ada kesalahan\n", "{}: no mistake\n",
                           book.second);
    if (!options.sample.empty())
      PrintSample(check, options.sample, environment.language, environment.out);
  }
  return check.rejected > 0 ? kExitSomeRejected : kExitOk;
}

}  // namespace

void AddCodebookCheck(CLI::App& group, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = group.add_subcommand("check", Both(kHelpId, kHelpEn));
  command
      ->add_option(
          "book", options->book,
          Both("berkas TOML, atau nama buku bawaan", "TOML file, or name of a built-in book"))
      ->required()
      ->type_name("BOOK");
  command
      ->add_option("sample", options->sample,
                   Both("berkas survei, biasa atau gzip", "survey file, plain or gzip"))
      ->type_name("SAMPLE");
  command->add_option("--regions", options->regions,
                      Both("daftar wilayah (bawaan $SEPAKAT_REGIONS, lalu milik program)",
                           "region master (default $SEPAKAT_REGIONS, else the build's)"));
  AddFormatOption(*command, options->format);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Check(*options, environment); };
  });
}

}  // namespace sepakat::cli
