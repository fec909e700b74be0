#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;

constexpr std::string_view kHelpId =
    "muat batas wilayah untuk peta\n"
    "\n"
    "GeoJSON dalam WGS84 dengan kode wilayah bertitik pada properti `kode` setiap bidang. Tanpa "
    "batas\n"
    "wilayah peta menampilkan kotak berukuran sama.\n"
    "\n"
    "  sepakat boundaries load desa_33.26.geojson kecamatan_33.26.geojson --source \"BIG, "
    "disederhanakan\"";

constexpr std::string_view kHelpEn =
    "load boundaries for the map\n"
    "\n"
    "GeoJSON in WGS84 with the dotted region code of each feature in its property `kode`. Where "
    "none are\n"
    "loaded the map shows tiles of equal size instead.\n"
    "\n"
    "  sepakat boundaries load desa_33.26.geojson kecamatan_33.26.geojson --source \"BIG, "
    "disederhanakan\"";

struct Options {
  std::vector<std::string> files;
  std::string source;
  ServerOptions server;
};

absl::StatusOr<int> Load(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  bool problems = false;
  for (const std::string& path : options.files) {
    v1::LoadBoundariesRequest request;
    *request.mutable_context() = client.Context(path);
    SEPAKAT_ASSIGN_OR_RETURN(*request.mutable_geojson(), ReadFileUnpacked(path));
    request.set_source(options.source);
    absl::StatusOr<v1::LoadBoundariesResponse> response = client.Call<v1::LoadBoundariesResponse>(
        "sepakat.ingestion.v1.IngestionService/LoadBoundaries", request);
    if (!response.ok()) return base::Annotate(response.status(), path);
    for (const std::string& problem : response->problems()) {
      environment.err << path << ": " << problem << '\n';
      problems = true;
    }
    environment.out << base::Say(environment.language, "{}: {} batas wilayah\n",
                                 "{}: {} boundaries\n", path,
                                 Grouped(response->features(), environment.language));
  }
  return problems ? kExitSomeRejected : kExitOk;
}

}  // namespace

void AddBoundaries(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand(
      "boundaries", Both("batas wilayah untuk peta", "boundaries of regions for the map"));
  group->require_subcommand(1);
  CLI::App* load = group->add_subcommand("load", Both(kHelpId, kHelpEn));
  load->add_option("files", options->files, Both("berkas GeoJSON", "GeoJSON files"))
      ->required()
      ->type_name("FILE...");
  load->add_option("--source", options->source, Both("asalnya", "where they come from"))
      ->required();
  AddChangeOptions(*load, options->server);
  load->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Load(*options, environment); };
  });
}

}  // namespace sepakat::cli
