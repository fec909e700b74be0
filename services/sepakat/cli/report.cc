#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = monitoring::v1;
using base::Language;
using base::Say;

constexpr std::string_view kHelpId =
    "tampilkan angka suatu wilayah\n"
    "\n"
    "Setiap angka disertai pembilang dan penyebutnya, nilai yang dibulatkan, banyaknya keluarga "
    "yang\n"
    "jawabannya belum diketahui, publikasi asalnya, dan versi parameter di baliknya.\n"
    "\n"
    "  sepakat report --region 33.26\n"
    "  sepakat report --region 33.26.15.2014 --publication 17 --format json\n"
    "  sepakat report --region 0 --population eusilc --format csv";

constexpr std::string_view kHelpEn =
    "print the figures of a region\n"
    "\n"
    "Each figure comes with its exact numerator and denominator, the rounded value, the families "
    "whose\n"
    "answer is unknown, the publication it belongs to and the versions of the parameters behind "
    "it.\n"
    "\n"
    "  sepakat report --region 33.26\n"
    "  sepakat report --region 33.26.15.2014 --publication 17 --format json\n"
    "  sepakat report --region 0 --population eusilc --format csv";

struct Options {
  std::string region;
  std::string population = "register";
  int64_t publication = 0;
  ServerOptions server;
  Format format = Format::kTable;
};

OutputTable FiguresTable(const v1::GetRegionFiguresResponse& response, bool grouped,
                         Language language) {
  OutputTable table{{{Say(language, "ukuran", "measure"), "measure"},
                     {Say(language, "nilai", "value"), "value", true},
                     {Say(language, "pembilang", "numerator"), "numerator", true},
                     {Say(language, "penyebut", "denominator"), "denominator", true},
                     {Say(language, "keluarga", "families"), "observedFamilies", true},
                     {Say(language, "belum diketahui", "unknown"), "unknownFamilies", true}},
                    {}};
  const auto text = [grouped, language](int64_t value) {
    return grouped ? Grouped(value, language) : std::to_string(value);
  };
  const std::string unknown = Say(language, "belum diketahui", "unknown");
  for (const auto& figure : response.indicators().figures()) {
    table.rows.push_back({figure.measure(),
                          grouped && figure.value().empty() ? unknown : figure.value(),
                          figure.numerator(), figure.denominator(),
                          text(figure.observed_families()), text(figure.unknown_families())});
  }
  return table;
}

// What a person should know before reading the figures; empty when there is nothing.
std::string Note(const v1::GetRegionFiguresResponse& response, Language language) {
  const auto& parameters = response.indicators().parameters();
  for (const auto& parameter : parameters) {
    if (parameter.kind() == "poverty_line") return "";
  }
  return Say(language,
             "Tidak ada garis kemiskinan yang berlaku di sini untuk populasi {}, jadi belum "
             "diketahui siapa yang miskin: `sepakat reference apply GARIS.toml` "
             "(docs/CODEBOOKS.md bagian 1).\n",
             "No poverty line holds here for population {}, so nobody is known to be poor or not: "
             "`sepakat reference apply LINES.toml` (docs/CODEBOOKS.md part 1).\n",
             response.indicators().population());
}

void PrintText(const v1::GetRegionFiguresResponse& response, Language language, std::ostream& out) {
  const auto& indicators = response.indicators();
  out << Say(language, "{} dari populasi {}, publikasi {} pada {}",
             "{} of population {}, publication {} of {}", indicators.region(),
             indicators.population(), response.as_of_publication(),
             base::IsoInstant(response.as_of_ms()));
  if (indicators.publication() != response.as_of_publication()) {
    out << Say(language, " (tidak berubah sejak publikasi {})", " (unchanged since publication {})",
               indicators.publication());
  }
  out << "\n\n";
  Print(FiguresTable(response, true, language), Format::kTable, out);
  out << Say(language, "\nParameter\n", "\nParameters\n");
  OutputTable parameters{{{Say(language, "jenis", "kind"), "kind"},
                          {"id", "id"},
                          {Say(language, "versi", "version"), "version"}},
                         {}};
  for (const auto& parameter : indicators.parameters()) {
    parameters.rows.push_back({parameter.kind(), parameter.id(), parameter.version()});
  }
  Print(parameters, Format::kTable, out);
  if (const std::string note = Note(response, language); !note.empty()) out << '\n' << note;
}

void PrintJson(const v1::GetRegionFiguresResponse& response, std::ostream& out) {
  const auto& indicators = response.indicators();
  nlohmann::ordered_json json = {{"region", indicators.region()},
                                 {"population", indicators.population()},
                                 {"publication", indicators.publication()},
                                 {"asOfPublication", response.as_of_publication()},
                                 {"asOf", base::IsoInstant(response.as_of_ms())}};
  json["figures"] = nlohmann::json::array();
  for (const auto& figure : indicators.figures()) {
    json["figures"].push_back(nlohmann::ordered_json{
        {"measure", figure.measure()},
        {"numerator", figure.numerator()},
        {"denominator", figure.denominator()},
        {"value", figure.value().empty() ? nlohmann::json() : nlohmann::json(figure.value())},
        {"observedFamilies", figure.observed_families()},
        {"unknownFamilies", figure.unknown_families()}});
  }
  json["parameters"] = nlohmann::json::array();
  for (const auto& parameter : indicators.parameters()) {
    json["parameters"].push_back(nlohmann::ordered_json{
        {"kind", parameter.kind()}, {"id", parameter.id()}, {"version", parameter.version()}});
  }
  out << json.dump(2) << '\n';
}

// Why there are no figures: a population or a region that nobody knows, or families that are not
// there yet.
absl::Status Explained(const absl::Status& status, const Options& options, Client& client) {
  if (!absl::IsNotFound(status)) return status;
  namespace ing = ingestion::v1;
  const auto populations = client.Call<ing::ListPopulationsResponse>(
      "sepakat.ingestion.v1.IngestionService/ListPopulations", ing::ListPopulationsRequest());
  if (!populations.ok()) return status;
  std::string known;
  bool there = false;
  for (const auto& population : populations->populations()) {
    known += fmt::format("{}{}", known.empty() ? "" : ", ", population.id());
    there = there || population.id() == options.population;
  }
  if (!there) {
    if (known.empty()) {
      return base::ErrorInBoth(
          absl::StatusCode::kNotFound, "POPULATION_UNKNOWN",
          "tidak ada populasi bernama '{}'; belum ada satu pun, kirim berkas lebih dahulu",
          "no population is called '{}'; known are: none yet, ingest a file first",
          options.population);
    }
    return base::ErrorInBoth(absl::StatusCode::kNotFound, "POPULATION_UNKNOWN",
                             "tidak ada populasi bernama '{}'; yang ada: {}",
                             "no population is called '{}'; known are: {}", options.population,
                             known);
  }
  ing::ListRegionsRequest region;
  region.set_population(options.population);
  region.set_parent(options.region);
  const auto regions = client.Call<ing::ListRegionsResponse>(
      "sepakat.ingestion.v1.IngestionService/ListRegions", region);
  if (absl::IsNotFound(regions.status())) {
    return base::ErrorInBoth(absl::StatusCode::kNotFound, "REGION_UNKNOWN",
                             "populasi '{}' tidak memiliki wilayah {}", "'{}' has no region {}",
                             options.population, options.region);
  }
  return status;
}

absl::StatusOr<int> Run(const Options& options, Environment& environment) {
  if (!base::IsRegionCode(options.region)) {
    return base::ErrorInBoth(absl::StatusCode::kInvalidArgument, "REGION_CODE_MALFORMED",
                             "{} bukan kode wilayah; tulis 33.26.15.2014, atau 0 untuk nasional",
                             "{} is no region code; write 33.26.15.2014, or 0 for the nation",
                             options.region);
  }
  Client client(environment, options.server);
  v1::GetRegionFiguresRequest request;
  request.set_population(options.population);
  request.set_region(options.region);
  request.set_publication(options.publication);
  const absl::StatusOr<v1::GetRegionFiguresResponse> answer =
      client.Call<v1::GetRegionFiguresResponse>(
          "sepakat.monitoring.v1.MonitoringService/GetRegionFigures", request);
  if (!answer.ok()) return Explained(answer.status(), options, client);
  const v1::GetRegionFiguresResponse& response = *answer;
  if (response.as_of_publication() < options.publication) {
    return base::ErrorInBoth(absl::StatusCode::kNotFound, "PUBLICATION_UNKNOWN",
                             "publikasi {} belum ada; yang terbaru {}",
                             "there is no publication {} yet; the newest is {}",
                             options.publication, response.as_of_publication());
  }
  switch (options.format) {
    case Format::kTable:
      PrintText(response, environment.language, environment.out);
      break;
    case Format::kJson:
      PrintJson(response, environment.out);
      break;
    case Format::kCsv:
      Print(FiguresTable(response, false, environment.language), Format::kCsv, environment.out);
      break;
  }
  return kExitOk;
}

}  // namespace

void AddReport(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("report", Both(kHelpId, kHelpEn));
  command
      ->add_option("--region", options->region,
                   Both("kode wilayah, 0 untuk nasional", "region code, 0 for the nation"))
      ->required();
  command->add_option(
      "--population", options->population,
      Both("register atau id survei (register)", "register or a survey's id (register)"));
  command
      ->add_option("--publication", options->publication,
                   Both("keadaan pada publikasi ini (terbaru)", "as of this publication (latest)"))
      ->check(CLI::NonNegativeNumber);
  AddFormatOption(*command, options->format);
  AddServerOption(*command, options->server);
  command->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Run(*options, environment); };
  });
}

}  // namespace sepakat::cli
