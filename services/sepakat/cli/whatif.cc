#include "sepakat/cli/whatif.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/status.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/message_json.h"

namespace sepakat::cli {
namespace {

namespace v1 = targeting::v1;

constexpr const char* kHelp =
    "what other lines, models, rules or weights would change\n"
    "\n"
    "A branch derives the whole register under other parameters, beside the live figures and "
    "without\n"
    "changing them: every figure next to the one in force, who enters or leaves poverty, who moves "
    "to\n"
    "another decile, who gains or loses eligibility, by region and group. `adopt` records its "
    "parameters.\n"
    "\n"
    "  sepakat whatif create line-110 --region 33.26 --line-percent 110\n"
    "  sepakat whatif create town --line 33.26/urban=580000 --line 33.26/rural=520000\n"
    "  sepakat whatif create persons --decile-by persons --reason \"Peraturan BPS 6/2025\"\n"
    "  sepakat whatif create wider --decile-max rtlh=6\n"
    "  sepakat whatif create census --weight 33.26=1.02 --rule-set sdg-2019\n"
    "  sepakat whatif show line-110\n"
    "  sepakat whatif show line-110 --region 33.26.15 --part regions --format csv\n"
    "  sepakat whatif list\n"
    "  sepakat whatif adopt line-110 --as 2026-03 --reason \"SK Bupati 12/2026\"\n"
    "  sepakat whatif discard line-110";

constexpr const char* kService = "sepakat.targeting.v1.TargetingService/";

struct Options {
  std::string name;
  std::string population = "register";
  std::string region;
  std::string version;
  std::string part = "figures";
  WhatIfWords words;
  ServerOptions server;
  Format format = Format::kTable;
};

absl::Status ShowBranch(const Options& options, Client& client, Environment& environment) {
  v1::GetWhatIfRequest request;
  request.set_name(options.name);
  request.set_region(options.region);
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::GetWhatIfResponse response,
      client.Call<v1::GetWhatIfResponse>(std::string(kService) + "GetWhatIf", request));
  if (options.format == Format::kTable) {
    PrintWhatIf(response, environment.out);
    return absl::OkStatus();
  }
  if (options.format == Format::kJson) {
    PrintMessage(response, environment.out);
    return absl::OkStatus();
  }
  SEPAKAT_ASSIGN_OR_RETURN(const OutputTable table, WhatIfTable(response, options.part));
  Print(table, options.format, environment.out);
  return absl::OkStatus();
}

absl::StatusOr<int> Create(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::CreateWhatIfRequest request;
  *request.mutable_context() = client.Context("whatif create " + options.name);
  request.set_name(options.name);
  request.set_population(options.population);
  request.set_region(options.region);
  SEPAKAT_ASSIGN_OR_RETURN(*request.mutable_changes(),
                           ReadWhatIfWords(options.words, options.population, client));
  SEPAKAT_RETURN_IF_ERROR(
      client.Call<v1::CreateWhatIfResponse>(std::string(kService) + "CreateWhatIf", request)
          .status());
  SEPAKAT_RETURN_IF_ERROR(ShowBranch(options, client, environment));
  return kExitOk;
}

absl::StatusOr<int> Show(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  SEPAKAT_RETURN_IF_ERROR(ShowBranch(options, client, environment));
  return kExitOk;
}

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::ListWhatIfsRequest request;
  request.set_population(options.population);
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::ListWhatIfsResponse response,
      client.Call<v1::ListWhatIfsResponse>(std::string(kService) + "ListWhatIfs", request));
  if (options.format == Format::kJson) {
    PrintMessage(response, environment.out);
    return kExitOk;
  }
  Print(WhatIfList({response.branches().begin(), response.branches().end()}), options.format,
        environment.out);
  return kExitOk;
}

absl::StatusOr<int> Adopt(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::AdoptWhatIfRequest request;
  *request.mutable_context() = client.Context("whatif adopt " + options.name);
  request.set_name(options.name);
  request.set_version(options.version);
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::AdoptWhatIfResponse response,
      client.Call<v1::AdoptWhatIfResponse>(std::string(kService) + "AdoptWhatIf", request));
  environment.out << fmt::format("what-if {} is adopted: {} parameters recorded as version {}\n",
                                 options.name, response.parameters(), options.version);
  return kExitOk;
}

absl::StatusOr<int> Discard(const Options& options, Environment& environment) {
  Client client(environment, options.server);
  v1::DiscardWhatIfRequest request;
  *request.mutable_context() = client.Context("whatif discard " + options.name);
  request.set_name(options.name);
  SEPAKAT_RETURN_IF_ERROR(
      client.Call<v1::DiscardWhatIfResponse>(std::string(kService) + "DiscardWhatIf", request)
          .status());
  environment.out << fmt::format("what-if {} is discarded\n", options.name);
  return kExitOk;
}

void AddWords(CLI::App& command, WhatIfWords& words) {
  command.add_option("--line", words.lines, "another poverty line: REGION[/urban|/rural]=VALUE");
  command.add_option("--line-percent", words.line_percent,
                     "all other lines in force times this percentage");
  command.add_option("--rank-by", words.rank_by, "model that ranks, or `welfare`");
  command.add_option("--decile-by", words.decile_by, "deciles of equally many of these")
      ->check(CLI::IsMember({"families", "persons"}));
  command.add_option("--decile-max", words.deciles,
                     "highest decile that a programme serves: PROGRAMME=DECILE");
  command.add_option("--rule-set", words.rule_set, "deprivation rules (`sepakat rules list`)");
  command.add_option("--weight", words.weights,
                     "factor for the weights of an area: REGION[/urban|/rural]=FACTOR");
  command.add_option("--changes", words.changes_file,
                     "file with changes as JSON, for models and rules of programmes: the member "
                     "`changes` of POST /v1/whatifs");
}

using Run = absl::StatusOr<int> (*)(const Options&, Environment&);

// A command under `whatif` about one branch.
CLI::App* AddStep(CLI::App& parent, const char* word, const char* help,
                  const std::shared_ptr<Options>& options, Run run, Action& chosen) {
  CLI::App* command = parent.add_subcommand(word, help);
  command->callback([options, run, &chosen] {
    chosen = [options, run](Environment& environment) { return run(*options, environment); };
  });
  return command;
}

void AddName(CLI::App& command, Options& options) {
  command.add_option("name", options.name, "name of the branch")->required();
}

void AddPart(CLI::App& command, Options& options) {
  command.add_option("--part", options.part, "what --format csv prints")
      ->check(CLI::IsMember({"figures", "moves", "regions", "groups", "deciles"}));
  AddFormatOption(command, options.format);
}

}  // namespace

void AddWhatIf(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  // Deriving a large register takes its time.
  options->server.timeout_s = 3600;
  CLI::App* whatif = program.add_subcommand("whatif", kHelp);
  whatif->require_subcommand(1);
  CLI::App* create = AddStep(*whatif, "create", "derive a branch and print what it changes",
                             options, Create, chosen);
  AddName(*create, *options);
  create->add_option("--population", options->population, "population (register)");
  create->add_option("--region", options->region, "region that the comparison is kept for (all)");
  AddWords(*create, options->words);
  AddPart(*create, *options);
  AddChangeOptions(*create, options->server);

  CLI::App* show = AddStep(*whatif, "show", "print a branch", options, Show, chosen);
  AddName(*show, *options);
  show->add_option("--region", options->region, "a region inside that of the branch");
  AddPart(*show, *options);
  AddServerOption(*show, options->server);

  CLI::App* list = AddStep(*whatif, "list", "the branches that are kept", options, List, chosen);
  list->add_option("--population", options->population, "population (register)");
  AddFormatOption(*list, options->format);
  AddServerOption(*list, options->server);

  CLI::App* adopt =
      AddStep(*whatif, "adopt", "record the parameters of a branch", options, Adopt, chosen);
  AddName(*adopt, *options);
  adopt->add_option("--as", options->version, "version that the parameters carry")->required();
  AddChangeOptions(*adopt, options->server);

  CLI::App* discard = AddStep(*whatif, "discard", "forget a branch", options, Discard, chosen);
  AddName(*discard, *options);
  AddChangeOptions(*discard, options->server);
}

}  // namespace sepakat::cli
