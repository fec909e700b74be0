#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/codebook_choice.h"
#include "sepakat/cli/codebook_steps.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/output.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;

constexpr const char* kHelp =
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
  OutputTable table{{{"code book", "codebookId"},
                     {"version", "version"},
                     {"population", "population"},
                     {"name", "name"}},
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
  CLI::App* group = program.add_subcommand("codebook", kHelp);
  group->require_subcommand(1);
  AddCodebookCheck(*group, chosen);
  CLI::App* list = group->add_subcommand(
      "list", "code books that the server knows\n\n  sepakat codebook list --format csv");
  AddServerOption(*list, options->server);
  AddFormatOption(*list, options->format);
  list->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return List(*options, environment); };
  });
  CLI::App* add = group->add_subcommand(
      "register", "hand a code book to the server\n\n  sepakat codebook register survei.toml");
  add->add_option("book", options->book, "TOML file, or name of a built-in book")
      ->required()
      ->type_name("BOOK");
  AddChangeOptions(*add, options->server);
  add->callback([options, &chosen] {
    chosen = [options](Environment& environment) { return Register(*options, environment); };
  });
}

}  // namespace sepakat::cli
