#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/codebook_choice.h"
#include "sepakat/cli/codebook_steps.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"
#include "sepakat/cli/output.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;

constexpr std::string_view kHelpId =
    "buku kode: cara membaca kuesioner\n"
    "\n"
    "Buku kode adalah satu berkas TOML yang dapat ditulis seorang statistisi (docs/CODEBOOKS.md).\n"
    "\n"
    "  sepakat codebook check survei.toml survei.csv\n"
    "  sepakat codebook list\n"
    "  sepakat codebook register survei.toml\n"
    "  sepakat reference show regsosek_2022 > mulai_dari_ini.toml";

constexpr std::string_view kHelpEn =
    "code books: how a questionnaire is read\n"
    "\n"
    "A code book is one TOML file that a statistician can write (docs/CODEBOOKS.md).\n"
    "\n"
    "  sepakat codebook check survei.toml survei.csv\n"
    "  sepakat codebook list\n"
    "  sepakat codebook register survei.toml\n"
    "  sepakat reference show regsosek_2022 > start_from_this.toml";

struct Options {
  std::string book;
  ServerOptions server;
  Format format = Format::kTable;
};

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::ListCodebooksResponse response,
      client.Call<v1::ListCodebooksResponse>("sepakat.ingestion.v1.IngestionService/ListCodebooks",
                                             v1::ListCodebooksRequest{}));
  const auto say = [&environment](const char* id, const char* en) {
    return std::string(base::Text{id, en}.In(environment.language));
  };
  OutputTable table{{{say("buku kode", "code book"), "codebookId"},
                     {say("versi", "version"), "version"},
                     {say("populasi", "population"), "population"},
                     {say("nama", "name"), "name"}},
                    {}};
  for (const v1::CodebookSummary& book : response.codebooks()) {
    table.rows.push_back({book.id(), book.version(), book.population(), book.name()});
  }
  Print(table, options.format, environment.out);
  return kExitOk;
}

absl::StatusOr<int> Register(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  SEPAKAT_ASSIGN_OR_RETURN(const std::string id, ChooseCodebook(options.book, client));
  environment.out << id << '\n';
  return kExitOk;
}

}  // namespace

void AddCodebook(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand("codebook", Both(kHelpId, kHelpEn));
  group->require_subcommand(1);
  AddCodebookCheck(*group, chosen);
  CLI::App* list = group->add_subcommand(
      "list", Both("buku kode yang dikenal server", "code books that the server knows",
                   "  sepakat codebook list --format csv"));
  AddServerOption(*list, options->server);
  AddFormatOption(*list, options->format);
  list->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return List(*options, environment); };
  });
  CLI::App* add = group->add_subcommand(
      "register", Both("serahkan buku kode kepada server", "hand a code book to the server",
                       "  sepakat codebook register survei.toml"));
  add->add_option(
         "book", options->book,
         Both("berkas TOML, atau nama buku bawaan", "TOML file, or name of a built-in book"))
      ->required()
      ->type_name("BOOK");
  AddChangeOptions(*add, options->server);
  add->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Register(*options, environment); };
  });
}

}  // namespace sepakat::cli
