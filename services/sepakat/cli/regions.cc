#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/date.h"
#include "common/base/language.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/region_master.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;

constexpr std::string_view kHelpId =
    "muat daftar wilayah\n"
    "\n"
    "FILE adalah CSV dengan `kode,nama` dan kode Kemendagri bertitik; tanpa FILE dipakai daftar "
    "milik\n"
    "program. Edisi bertanggal: edisi lama tetap berlaku untuk catatan pada masanya. Keterangan\n"
    "sumber dibaca dari berkas ATTRIBUTION di sebelah FILE dan ikut bersama edisi yang dimuat.\n"
    "\n"
    "  sepakat regions load\n"
    "  sepakat regions load wilayah.csv --edition \"Kepmendagri 300.2.2-2430/2025\" --valid-from "
    "2025-01-01";

constexpr std::string_view kHelpEn =
    "load the region master\n"
    "\n"
    "FILE is CSV with `kode,nama` and dotted Kemendagri codes; without FILE the one that the build "
    "made.\n"
    "Editions are dated: an older one stays for the records of its time. The attribution of the "
    "source\n"
    "is read from the file ATTRIBUTION beside FILE and travels with the loaded edition.\n"
    "\n"
    "  sepakat regions load\n"
    "  sepakat regions load wilayah.csv --edition \"Kepmendagri 300.2.2-2430/2025\" --valid-from "
    "2025-01-01";

struct Options {
  std::string file;
  std::string edition = "Kepmendagri 300.2.2-2430/2025";
  std::string valid_from = "2025-01-01";
  std::string attribution;
  ServerOptions server;
};

absl::StatusOr<std::string> AttributionOf(const Options& options, const std::string& path) {
  if (!options.attribution.empty()) return options.attribution;
  const size_t slash = path.rfind('/');
  const std::string beside =
      (slash == std::string::npos ? "" : path.substr(0, slash + 1)) + "ATTRIBUTION";
  if (!FileExists(beside)) return std::string();
  SEPAKAT_ASSIGN_OR_RETURN(std::string text, ReadFile(beside));
  text.erase(text.find_last_not_of(" \r\n") + 1);
  return text;
}

absl::StatusOr<int> Load(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::string path, FindRegionMaster(environment, options.file));
  v1::LoadRegionsRequest request;
  SEPAKAT_ASSIGN_OR_RETURN(*request.mutable_csv(), ReadFileUnpacked(path));
  auto* edition = request.mutable_edition();
  edition->set_parent(std::string(base::kNationCode));
  edition->set_edition(options.edition);
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t valid_from, base::ParseIsoDate(options.valid_from));
  edition->set_valid_from(valid_from);
  SEPAKAT_ASSIGN_OR_RETURN(*edition->mutable_attribution(), AttributionOf(options, path));
  Client client(environment, options.server);
  *request.mutable_context() = client.Context(path);
  SEPAKAT_ASSIGN_OR_RETURN(const v1::LoadRegionsResponse response,
                           client.Call<v1::LoadRegionsResponse>(
                               "sepakat.ingestion.v1.IngestionService/LoadRegions", request));
  for (const std::string& problem : response.problems()) environment.err << problem << '\n';
  environment.out << base::Say(
      environment.language, "{}: {} wilayah dimuat sebagai {}, berlaku sejak {}\n",
      "{}: {} regions loaded as {}, valid from {}\n", path,
      Grouped(response.regions(), environment.language), options.edition, options.valid_from);
  if (!edition->attribution().empty()) environment.out << edition->attribution() << '\n';
  return response.problems().empty() ? kExitOk : kExitSomeRejected;
}

}  // namespace

void AddRegions(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group =
      program.add_subcommand("regions", Both("daftar wilayah administrasi yang bertanggal",
                                             "the dated list of administrative regions"));
  group->require_subcommand(1);
  CLI::App* load = group->add_subcommand("load", Both(kHelpId, kHelpEn));
  load->add_option("file", options->file,
                   Both("berkas CSV; biasa atau gzip", "CSV file; plain or gzip"))
      ->type_name("FILE");
  load->add_option("--edition", options->edition, Both("nama edisi", "name of the edition"));
  load->add_option("--valid-from", options->valid_from,
                   Both("hari pertama berlaku (2025-01-01)", "first day it holds (2025-01-01)"));
  load->add_option("--attribution", options->attribution,
                   Both("pengganti berkas ATTRIBUTION", "instead of the file ATTRIBUTION"));
  AddChangeOptions(*load, options->server);
  load->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Load(*options, environment); };
  });
}

}  // namespace sepakat::cli
