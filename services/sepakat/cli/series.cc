#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/reference/builtin.h"
#include "sepakat/reference/series_file.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using reference::SeriesDescription;

constexpr std::string_view kHelpId =
    "muat deret data daerah\n"
    "\n"
    "DESCRIPTION adalah berkas TOML (atau nama berkas bawaan) yang menyebutkan untuk setiap deret\n"
    "berkas mana dalam folder data yang memuatnya, kolom wilayah, periode, dan nilai, satuannya, "
    "wali\n"
    "datanya, sumbernya, dan setelah berapa hari nilainya dianggap basi.\n"
    "\n"
    "  sepakat series load series_idm_2024 --data data/idm_2024\n"
    "  sepakat series load milik_kami.toml --data . --only idm";

constexpr std::string_view kHelpEn =
    "load local data series\n"
    "\n"
    "DESCRIPTION is a TOML file (or the name of a built-in one) that says for each series which "
    "file of\n"
    "the data folder holds it, which columns are region, period and value, its unit, its steward, "
    "its\n"
    "source and after how many days a value counts as stale.\n"
    "\n"
    "  sepakat series load series_idm_2024 --data data/idm_2024\n"
    "  sepakat series load mine.toml --data . --only idm";

constexpr std::string_view kListHelpId =
    "tampilkan deret suatu wilayah beserta wali data, sumber, dan kesegarannya\n"
    "\n"
    "  sepakat series list --region 33.26\n"
    "  sepakat series list --region 33.26.15.2014 --only idm --format csv";

constexpr std::string_view kListHelpEn =
    "print the series of a region with steward, source and freshness\n"
    "\n"
    "  sepakat series list --region 33.26\n"
    "  sepakat series list --region 33.26.15.2014 --only idm --format csv";

struct Options {
  std::string region;
  std::string description;
  std::string data = ".";
  std::string only;
  ServerOptions server;
  Format format = Format::kTable;
};

absl::StatusOr<std::vector<SeriesDescription>> Describe(const Options& options) {
  const auto builtin = reference::FindBuiltin(reference::BuiltinKind::kSeries, options.description);
  if (builtin && !FileExists(options.description)) {
    return reference::ReadSeries(builtin->name, builtin->text);
  }
  SEPAKAT_ASSIGN_OR_RETURN(const std::string text, ReadFile(options.description));
  return reference::ReadSeries(options.description, text);
}

absl::StatusOr<v1::LoadSeriesResponse> LoadOne(const SeriesDescription& series,
                                               const Options& options, Client& client) {
  const std::string path = options.data + "/" + series.file;
  v1::LoadSeriesRequest request = series.request;
  SEPAKAT_ASSIGN_OR_RETURN(*request.mutable_csv(), ReadFileUnpacked(path));
  *request.mutable_context() = client.Context(series.request.header().id());
  return client.Call<v1::LoadSeriesResponse>("sepakat.ingestion.v1.IngestionService/LoadSeries",
                                             request);
}

absl::StatusOr<int> Load(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<SeriesDescription> all, Describe(options));
  Client client(environment, options.server);
  OutputTable table{{{"series", "series"},
                     {"regions", "regions", true},
                     {"values", "points", true},
                     {"problems", "problems", true}},
                    {}};
  bool problems = false;
  for (const SeriesDescription& series : all) {
    const std::string& id = series.request.header().id();
    if (!options.only.empty() && id != options.only) continue;
    absl::StatusOr<v1::LoadSeriesResponse> response = LoadOne(series, options, client);
    if (!response.ok()) return base::Annotate(response.status(), id);
    for (const std::string& problem : response->problems()) {
      environment.err << id << ": " << problem << '\n';
      problems = true;
    }
    table.rows.push_back({id, std::to_string(response->regions()),
                          std::to_string(response->points()),
                          std::to_string(response->problems_size())});
  }
  if (table.rows.empty()) {
    return base::ErrorInBoth(absl::StatusCode::kNotFound, "SERIES_UNKNOWN",
                             "{} tidak memuat deret {}", "{} describes no series {}",
                             options.description, options.only);
  }
  Print(table, options.format, environment.out);
  return problems ? kExitSomeRejected : kExitOk;
}

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::ListSeriesRequest request;
  request.set_region(options.region);
  request.set_series_id(options.only);
  SEPAKAT_ASSIGN_OR_RETURN(const v1::ListSeriesResponse response,
                           client.Call<v1::ListSeriesResponse>(
                               "sepakat.ingestion.v1.IngestionService/ListSeries", request));
  OutputTable table{{{"series", "series"},
                     {"period", "period"},
                     {"value", "value", true},
                     {"unit", "unit"},
                     {"loaded", "loadedAt"},
                     {"fresh for days", "freshDays", true},
                     {"steward", "steward"},
                     {"source", "source"}},
                    {}};
  for (const auto& series : response.series()) {
    for (const auto& point : series.points()) {
      const bool unknown = options.format == Format::kTable && point.value().empty();
      table.rows.push_back({series.id(), point.period(), unknown ? "unknown" : point.value(),
                            series.unit(), base::IsoInstant(series.loaded_at_ms()),
                            std::to_string(series.fresh_days()), series.steward(),
                            series.source()});
    }
  }
  if (table.rows.empty()) {
    return base::ErrorInBoth(
        absl::StatusCode::kNotFound, "SERIES_UNKNOWN",
        "belum ada deret{} yang dimuat untuk wilayah {}", "no series{} is loaded for region {}",
        options.only.empty() ? "" : fmt::format(" {}", options.only), options.region);
  }
  Print(table, options.format, environment.out);
  return kExitOk;
}

}  // namespace

void AddSeries(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand(
      "series", Both("deret data daerah", "local data series (data daerah)"));
  group->require_subcommand(1);
  CLI::App* load = group->add_subcommand("load", Both(kHelpId, kHelpEn));
  load->add_option("description", options->description,
                   Both("berkas TOML, atau nama bawaan", "TOML file, or a built-in name"))
      ->required()
      ->type_name("DESCRIPTION");
  load->add_option("--data", options->data,
                   Both("folder berkasnya (folder ini)", "folder of the files (the current one)"));
  load->add_option("--only", options->only,
                   Both("muat satu deret saja", "load one series of the description"));
  AddFormatOption(*load, options->format);
  AddChangeOptions(*load, options->server);
  load->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Load(*options, environment); };
  });
  CLI::App* list = group->add_subcommand("list", Both(kListHelpId, kListHelpEn));
  list->add_option("--region", options->region,
                   Both("kode wilayah, 0 untuk nasional", "region code, 0 for the nation"))
      ->required();
  list->add_option("--only", options->only, Both("satu deret", "one series"));
  AddFormatOption(*list, options->format);
  AddServerOption(*list, options->server);
  list->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return List(*options, environment); };
  });
}

}  // namespace sepakat::cli
