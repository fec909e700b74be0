#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/codebook_choice.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/figures_wait.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/progress.h"
#include "sepakat/cli/reason_words.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using base::Language;
using base::Say;

constexpr std::string_view kIngestFile = "sepakat.ingestion.v1.IngestionService/IngestFile";
constexpr size_t kChunk = 256 * 1024;
constexpr int kFindingsShown = 10;

constexpr std::string_view kHelpId =
    "kirim berkas survei\n"
    "\n"
    "FILE adalah CSV, biasa atau dimampatkan dengan gzip atau zstd. --codebook menentukan cara\n"
    "membacanya: nama buku kode yang terdaftar atau bawaan, atau nama berkas TOML, yang "
    "didaftarkan\n"
    "lebih dahulu (docs/CODEBOOKS.md mengajarkan cara menulisnya). Tidak ada yang hilang: setiap\n"
    "catatan diterima, diterima dengan tanda, ditolak ke karantina dengan semua alasannya, atau\n"
    "sudah dikenal, dan jumlahnya cocok. Mengirim berkas sekali lagi tidak mengubah apa pun. "
    "Ketika\n"
    "perintah selesai, angka sudah memuat berkas ini: `sepakat report` menampilkannya.\n"
    "\n"
    "  sepakat ingest survei.csv --codebook survei.toml\n"
    "  sepakat ingest register.csv.gz --codebook regsosek_2022 --source \"desa 33.26.15.2014\"\n"
    "\n"
    "Kode keluar 0: semua catatan diterima atau sudah dikenal; 2: sebagian ditolak; 1: gagal.";

constexpr std::string_view kHelpEn =
    "send a survey file\n"
    "\n"
    "FILE is CSV, plain or packed by gzip or zstd. --codebook says how to read it: the name of a\n"
    "registered or built-in code book, or the path of a TOML file, which is registered first\n"
    "(docs/CODEBOOKS.md teaches how to write one). Nothing that arrives is lost: a record is "
    "accepted,\n"
    "accepted with flags, rejected into the quarantine with every reason, or known already, and "
    "the\n"
    "counts add up. Sending a file again changes nothing. When the command ends, the figures "
    "contain the\n"
    "file: `sepakat report` shows them.\n"
    "\n"
    "  sepakat ingest survei.csv --codebook survei.toml\n"
    "  sepakat ingest register.csv.gz --codebook regsosek_2022 --source \"desa 33.26.15.2014\"\n"
    "\n"
    "Exit code 0: all records accepted or known; 2: some were rejected; 1: it failed.";

struct Options {
  std::string file;
  std::string codebook;
  std::string source;
  int64_t wait_s = 60;
  ServerOptions server;
  Format format = Format::kTable;
};

absl::StatusOr<v1::IngestFileResponse> Send(const Options& options, const std::string& codebook,
                                            Client& client, Progress& progress) {
  SEPAKAT_ASSIGN_OR_RETURN(FileReader file, FileReader::Open(options.file));
  const std::string name = std::filesystem::path(options.file).filename().string();
  bool first = true;
  int64_t sent = 0;
  absl::Status unreadable;
  const platform::RpcSend next = [&](google::protobuf::Message* message) -> absl::StatusOr<bool> {
    auto* request = static_cast<v1::IngestFileRequest*>(message);
    request->Clear();
    if (first) {
      first = false;
      v1::IngestFileHeader* header = request->mutable_header();
      *header->mutable_context() = client.Context(name);
      header->set_codebook_id(codebook);
      header->set_source(options.source.empty() ? name : options.source);
      header->set_file_name(name);
      header->set_compression("auto");
      return true;
    }
    unreadable = file.Read(kChunk, request->mutable_chunk());
    SEPAKAT_RETURN_IF_ERROR(unreadable);
    sent += static_cast<int64_t>(request->chunk().size());
    progress.Advance(sent);
    return !request->chunk().empty();
  };
  v1::IngestFileRequest scratch;
  v1::IngestFileResponse response;
  const absl::Status status = client.Stream(kIngestFile, &scratch, next, &response);
  SEPAKAT_RETURN_IF_ERROR(unreadable);
  SEPAKAT_RETURN_IF_ERROR(status);
  return response;
}

// What the file became, and the publication whose figures contain it.
struct Ingested {
  v1::IngestFileResponse response;
  int64_t elapsed_ms = 0;
  absl::StatusOr<int64_t> publication =
      base::WithIndonesian(absl::UnknownError("not waited for"), "tidak ditunggu");
};

std::string FiguresSentence(const Ingested& ingested, Language language) {
  if (ingested.publication.ok()) {
    return Say(language, "angka: publikasi {} memuat berkas ini\n",
               "figures: publication {} contains this file\n", *ingested.publication);
  }
  return Say(language, "angka: {}\n", "figures: {}\n",
             base::MessageIn(language, ingested.publication.status()));
}

void PrintFindings(const v1::IngestFileResponse& response, Language language, std::ostream& out) {
  out << Say(language, "\nTemuan menurut alasan\n", "\nFindings by reason\n");
  OutputTable table{{{Say(language, "alasan", "reason"), "reason"},
                     {Say(language, "banyak", "count"), "count", true}},
                    {}};
  std::map<std::string, int64_t> sorted(response.findings_by_reason().begin(),
                                        response.findings_by_reason().end());
  for (const auto& [reason, count] : sorted) {
    table.rows.push_back({reason, Grouped(count, language)});
  }
  Print(table, Format::kTable, out);
  out << Say(language, "\nTemuan pertama\n", "\nFirst findings\n");
  OutputTable first{{{Say(language, "baris", "line"), "line", true},
                     {Say(language, "kolom", "column"), "column"},
                     {Say(language, "alasan", "reason"), "reason"},
                     {Say(language, "penjelasan", "what"), "message"}},
                    {}};
  // Records are decided partition by partition; people read a file from the top.
  std::vector<ingestion::events::v1::Finding> findings(response.findings().begin(),
                                                       response.findings().end());
  std::ranges::stable_sort(findings, {}, [](const auto& finding) { return finding.line(); });
  for (const auto& finding : findings) {
    if (first.rows.size() == kFindingsShown) break;
    first.rows.push_back({std::to_string(finding.line()), finding.column(), finding.reason(),
                          FindingSentence(finding.reason(), finding.message(), language)});
  }
  Print(first, Format::kTable, out);
}

void PrintText(const Options& options, const Ingested& ingested, Language language,
               std::ostream& out) {
  const v1::IngestFileResponse& response = ingested.response;
  const int64_t elapsed_ms = ingested.elapsed_ms;
  const auto& total = response.progress();
  const int64_t rate = total.received() * 1000 / std::max<int64_t>(elapsed_ms, 1);
  const auto count = [language](int64_t value) { return Grouped(value, language); };
  out << Say(language,
             "{}: diterima server {} = baik {} + bertanda {} + ditolak {} + berulang {}\n",
             "{}: received {} = accepted {} + flagged {} + rejected {} + repeated {}\n",
             options.file, count(total.received()), count(total.accepted()), count(total.flagged()),
             count(total.rejected()), count(total.repeated()));
  out << Say(language,
             "{} baris dalam {},{} detik, {} catatan/detik, buku kode {} versi {}, kiriman {}\n",
             "{} rows in {}.{} s, {} records/s, code book {} version {}, ingest {}\n",
             count(total.rows()), elapsed_ms / 1000, elapsed_ms % 1000 / 100, count(rate),
             total.codebook_id(), total.codebook_version(), total.ingest_id());
  out << FiguresSentence(ingested, language);
  if (!response.findings_by_reason().empty()) PrintFindings(response, language, out);
  if (total.rejected() > 0) {
    out << Say(language, "\nCatatan yang ditolak menunggu di karantina: sepakat quarantine list\n",
               "\nRejected records wait in the quarantine: sepakat quarantine list\n");
  }
}

void PrintForPrograms(const Ingested& ingested, Format format, std::ostream& out) {
  const v1::IngestFileResponse& response = ingested.response;
  const auto& total = response.progress();
  if (format == Format::kCsv) {
    OutputTable table{{{"", "reason"}, {"", "count"}}, {}};
    for (const auto& [key, value] :
         std::vector<std::pair<std::string, int64_t>>{{"received", total.received()},
                                                      {"accepted", total.accepted()},
                                                      {"flagged", total.flagged()},
                                                      {"rejected", total.rejected()},
                                                      {"repeated", total.repeated()}}) {
      table.rows.push_back({key, std::to_string(value)});
    }
    std::map<std::string, int64_t> sorted(response.findings_by_reason().begin(),
                                          response.findings_by_reason().end());
    for (const auto& [reason, count] : sorted) {
      table.rows.push_back({reason, std::to_string(count)});
    }
    Print(table, format, out);
    return;
  }
  nlohmann::ordered_json json = {{"ingestId", total.ingest_id()},
                                 {"codebook", total.codebook_id()},
                                 {"codebookVersion", total.codebook_version()},
                                 {"received", total.received()},
                                 {"accepted", total.accepted()},
                                 {"flagged", total.flagged()},
                                 {"rejected", total.rejected()},
                                 {"repeated", total.repeated()},
                                 {"rows", total.rows()},
                                 {"elapsedMs", ingested.elapsed_ms}};
  json["publication"] =
      ingested.publication.ok() ? nlohmann::json(*ingested.publication) : nlohmann::json();
  json["findingsByReason"] = nlohmann::json::object();
  for (const auto& [reason, count] : response.findings_by_reason()) {
    json["findingsByReason"][reason] = count;
  }
  json["findings"] = nlohmann::json::array();
  for (const auto& finding : response.findings()) {
    json["findings"].push_back({{"line", finding.line()},
                                {"column", finding.column()},
                                {"reason", finding.reason()},
                                {"fatal", finding.fatal()},
                                {"message", finding.message()}});
  }
  out << json.dump(2) << '\n';
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const int64_t size, FileSize(options.file));
  Client client(environment, options.server);
  SEPAKAT_ASSIGN_OR_RETURN(const std::string codebook, ChooseCodebook(options.codebook, client));
  Progress progress(environment, Say(environment.language, "kirim", "ingest"), size);
  absl::StatusOr<v1::IngestFileResponse> response = Send(options, codebook, client, progress);
  progress.Finish();
  if (!response.ok()) return response.status();
  Ingested ingested{.response = *std::move(response), .elapsed_ms = progress.elapsed_ms()};
  const auto& total = ingested.response.progress();
  if (total.received() !=
      total.accepted() + total.flagged() + total.rejected() + total.repeated()) {
    return base::ErrorInBoth(
        absl::StatusCode::kDataLoss, "COUNTS_DO_NOT_ADD_UP",
        "server menerima {} catatan tetapi memutuskan jumlah lain; lihat kiriman {}",
        "the server received {} records but decided another number; see ingest {}",
        total.received(), total.ingest_id());
  }
  if (options.wait_s > 0) {
    ingested.publication =
        WaitForFigures(ingested.response.family_log(), options.wait_s, client, environment);
  }
  if (options.format == Format::kTable) {
    PrintText(options, ingested, environment.language, environment.out);
  } else {
    PrintForPrograms(ingested, options.format, environment.out);
  }
  return total.rejected() > 0 ? kExitSomeRejected : kExitOk;
}

}  // namespace

void AddIngest(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("ingest", Both(kHelpId, kHelpEn));
  command->add_option("file", options->file, Both("berkas survei", "the survey file"))
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--codebook", options->codebook,
                   Both("nama buku kode, atau nama berkas TOML",
                        "name of a code book, or path of a TOML file"))
      ->required();
  command->add_option(
      "--source", options->source,
      Both("siapa pengirimnya (bawaan: nama berkas)", "who delivers (default: the file's name)"));
  command
      ->add_option("--wait", options->wait_s,
                   Both("detik menunggu angka yang memuat berkas (60); 0: tidak menunggu",
                        "seconds to wait for figures that contain the file (60); 0: do not wait"))
      ->check(CLI::NonNegativeNumber);
  AddFormatOption(*command, options->format);
  AddChangeOptions(*command, options->server);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
