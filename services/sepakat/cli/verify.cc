#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = targeting::v1;
using base::Language;
using base::Say;

constexpr std::string_view kHelpId =
    "hitung suatu publikasi sekali lagi dari log dan bandingkan\n"
    "\n"
    "Membaca setiap masukan sampai posisi publikasi itu, menghitung ulang seluruh keadaan dan "
    "semua\n"
    "angka, lalu membandingkan sidik dan angkanya dengan yang dikatakan; publikasi terbaru juga\n"
    "keluarga demi keluarga dengan yang sedang disajikan. Yang hilang, ganda, atau berubah di "
    "jalan\n"
    "disebut beserta tempatnya. Kode keluar 0 bila semuanya sama, 3 bila ada yang berbeda.\n"
    "\n"
    "  sepakat verify\n"
    "  sepakat verify --publication 17\n"
    "  sepakat verify --format json";

constexpr std::string_view kHelpEn =
    "compute a publication once more from the log and compare it\n"
    "\n"
    "Reads every input up to the offsets of the publication, computes the whole state and all "
    "figures\n"
    "anew, and compares digest and figures with what was said; the latest publication also family "
    "by\n"
    "family with what is being served. What was lost, doubled or altered on the way is named by "
    "its place.\n"
    "Exit code 0 when everything is equal, 3 when something differs.\n"
    "\n"
    "  sepakat verify\n"
    "  sepakat verify --publication 17\n"
    "  sepakat verify --format json";

struct Options {
  int64_t publication = 0;
  ServerOptions server;
  Format format = Format::kTable;
};

OutputTable FindingsTable(const v1::VerifyPublicationResponse& report, Language language) {
  OutputTable table{{{Say(language, "temuan", "finding"), "kind"},
                     {Say(language, "tempat", "where"), "where"},
                     {Say(language, "rincian", "detail"), "detail"}},
                    {}};
  for (const auto& finding : report.findings()) {
    table.rows.push_back({finding.kind(), finding.where(), finding.detail()});
  }
  return table;
}

void PrintText(const v1::VerifyPublicationResponse& report, Language language, std::ostream& out) {
  const auto count = [language](int64_t value) { return Grouped(value, language); };
  out << Say(language, "publikasi {} pada {}: {}\n", "publication {} of {}: {}\n",
             report.publication(), base::IsoInstant(report.cut_at_ms()),
             report.passed() ? Say(language, "semuanya sama", "everything is equal")
                             : Say(language, "BERBEDA", "DIFFERS"));
  out << Say(language, "  {} peristiwa dibaca, {} keluarga, {} angka dibandingkan",
             "  {} events read, {} families, {} figures compared", count(report.events()),
             count(report.families()), count(report.figures()));
  if (report.has_served_families()) {
    out << Say(language, ", {} keluarga yang disajikan dibandingkan",
               ", {} served families compared", count(report.served_families()));
  }
  out << Say(language, "\n  sidik yang dikatakan {}\n  sidik hitung ulang   {}\n",
             "\n  digest said       {}\n  digest recomputed {}\n", report.digest_said(),
             report.digest_recomputed());
  if (report.findings().empty()) return;
  out << '\n';
  Print(FindingsTable(report, language), Format::kTable, out);
  int64_t all = 0;
  for (const auto& [kind, number] : report.finding_counts()) all += number;
  if (all > report.findings_size()) {
    out << Say(language, "dan {} temuan lain\n", "and {} more findings\n",
               count(all - report.findings_size()));
  }
}

void PrintJson(const v1::VerifyPublicationResponse& report, std::ostream& out) {
  nlohmann::ordered_json json = {{"publication", report.publication()},
                                 {"cutAt", base::IsoInstant(report.cut_at_ms())},
                                 {"passed", report.passed()},
                                 {"digestSaid", report.digest_said()},
                                 {"digestRecomputed", report.digest_recomputed()},
                                 {"events", report.events()},
                                 {"families", report.families()},
                                 {"figures", report.figures()}};
  json["servedFamilies"] =
      report.has_served_families() ? nlohmann::json(report.served_families()) : nlohmann::json();
  json["findings"] = nlohmann::json::array();
  for (const auto& finding : report.findings()) {
    json["findings"].push_back(nlohmann::ordered_json{{"kind", finding.kind()},
                                                      {"fault", finding.fault()},
                                                      {"where", finding.where()},
                                                      {"detail", finding.detail()}});
  }
  json["findingCounts"] = nlohmann::json::object();
  for (const auto& [kind, count] : report.finding_counts()) json["findingCounts"][kind] = count;
  out << json.dump(2) << '\n';
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::VerifyPublicationRequest request;
  request.set_publication(options.publication);
  SEPAKAT_ASSIGN_OR_RETURN(const v1::VerifyPublicationResponse report,
                           client.Call<v1::VerifyPublicationResponse>(
                               "sepakat.targeting.v1.TargetingService/VerifyPublication", request));
  switch (options.format) {
    case Format::kTable:
      PrintText(report, environment.language, environment.out);
      break;
    case Format::kJson:
      PrintJson(report, environment.out);
      break;
    case Format::kCsv:
      Print(FindingsTable(report, environment.language), Format::kCsv, environment.out);
      break;
  }
  return report.passed() ? kExitOk : kExitDiffers;
}

}  // namespace

void AddVerify(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  // Reading a large register takes its time.
  options->server.timeout_s = 3600;
  CLI::App* command = program.add_subcommand("verify", Both(kHelpId, kHelpEn));
  command
      ->add_option("--publication", options->publication,
                   Both("nomor publikasi (terbaru)", "number of the publication (latest)"))
      ->check(CLI::NonNegativeNumber);
  AddFormatOption(*command, options->format);
  AddServerOption(*command, options->server);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
