#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/figures_wait.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/reference_apply.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/reference/builtin.h"
#include "sepakat/reference/reference_set.h"

namespace sepakat::cli {
namespace {

using reference::BuiltinFile;
using reference::BuiltinKind;
using reference::ReferenceSet;

constexpr int64_t kWaitSeconds = 30;

constexpr const char* kHelp =
    "poverty lines, models, programmes, targets and alert rules\n"
    "\n"
    "They are dated TOML files, never part of the program's logic; each entry names its source. "
    "`apply`\n"
    "checks every file completely before it changes anything. Without FILE it takes the built-in "
    "ones.\n"
    "\n"
    "  sepakat reference list\n"
    "  sepakat reference show programmes_2026 > mine.toml\n"
    "  sepakat reference check mine.toml\n"
    "  sepakat reference apply mine.toml --reason \"APBD 2026\"";

struct Options {
  std::vector<std::string> files;
  std::string name;
  ServerOptions server;
  Format format = Format::kTable;
};

std::string_view NameOf(BuiltinKind kind) {
  switch (kind) {
    case BuiltinKind::kReference:
      return "reference";
    case BuiltinKind::kProfile:
      return "demonstration profile";
    case BuiltinKind::kCodebook:
      return "code book";
    case BuiltinKind::kSeries:
      return "series";
    case BuiltinKind::kMpi:
      return "multidimensional measure";
  }
  return "";
}

// All files, or every mistake of all of them.
absl::StatusOr<ReferenceSet> ReadAll(const std::vector<std::string>& files) {
  ReferenceSet set;
  std::string mistakes;
  const auto read = [&](std::string_view name, std::string_view text) {
    const absl::Status status = reference::ReadReference(name, text, set);
    if (status.ok()) return;
    if (!mistakes.empty()) mistakes += '\n';
    mistakes += std::string(status.message());
  };
  for (const std::string& path : files) {
    if (const auto builtin = reference::FindBuiltin(BuiltinKind::kReference, path);
        builtin && !FileExists(path)) {
      read(builtin->name, builtin->text);
      continue;
    }
    SEPAKAT_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    read(path, text);
  }
  if (files.empty()) {
    for (const BuiltinFile& file : reference::BuiltinFiles()) {
      if (file.kind == BuiltinKind::kReference) read(file.name, file.text);
    }
  }
  if (mistakes.empty()) return set;
  return base::Error(absl::StatusCode::kInvalidArgument, "REFERENCE_INVALID",
                     "nothing was changed, the files have mistakes:\n" + mistakes);
}

OutputTable CountsOf(const ReferenceSet& set) {
  OutputTable table{{{"kind", "kind"}, {"entries", "entries", true}}, {}};
  const auto add = [&table](const char* kind, size_t count) {
    if (count > 0) table.rows.push_back({kind, std::to_string(count)});
  };
  add("poverty lines", set.lines.size());
  add("models", set.models.size());
  add("ranking settings", set.rankings.size());
  add("programmes", set.programmes.size());
  add("targets", set.targets.size());
  add("files of alert rules", set.alerts.size());
  return table;
}

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  OutputTable table{{{"name", "name"}, {"kind", "kind"}, {"bytes", "bytes", true}}, {}};
  for (const BuiltinFile& file : reference::BuiltinFiles()) {
    table.rows.push_back(
        {std::string(file.name), std::string(NameOf(file.kind)), std::to_string(file.text.size())});
  }
  Print(table, options.format, environment.out);
  return kExitOk;
}

absl::StatusOr<int> Show(const Options& options, Environment& environment) {
  for (BuiltinKind kind : {BuiltinKind::kReference, BuiltinKind::kProfile, BuiltinKind::kCodebook,
                           BuiltinKind::kSeries, BuiltinKind::kMpi}) {
    if (const auto file = reference::FindBuiltin(kind, options.name)) {
      environment.out << file->text;
      return kExitOk;
    }
  }
  return base::Error(absl::StatusCode::kNotFound, "REFERENCE_UNKNOWN",
                     fmt::format("no built-in file is called {}; `sepakat reference list` names "
                                 "them",
                                 options.name));
}

absl::StatusOr<int> Check(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const ReferenceSet set, ReadAll(options.files));
  Print(CountsOf(set), options.format, environment.out);
  return kExitOk;
}

// Entries may come before the data that they are for; a misspelt population looks the same, so it
// is told.
void TellUnknownPopulations(const ReferenceSet& set, Client& client, std::ostream& err) {
  namespace v1 = ingestion::v1;
  std::set<std::string> unknown;
  for (const auto& line : set.lines) unknown.insert(line.population());
  for (const auto& model : set.models) unknown.insert(model.population());
  for (const auto& ranking : set.rankings) unknown.insert(ranking.population());
  for (const auto& programme : set.programmes) unknown.insert(programme.population());
  for (const auto& target : set.targets) unknown.insert(target.population());
  unknown.erase("");
  unknown.erase("register");
  const auto known = client.Call<v1::ListPopulationsResponse>(
      "sepakat.ingestion.v1.IngestionService/ListPopulations", v1::ListPopulationsRequest());
  if (!known.ok()) return;
  for (const auto& population : known->populations()) unknown.erase(population.id());
  for (const std::string& population : unknown) {
    err << fmt::format(
        "note: no population is called '{}' yet; its entries wait for a code book that "
        "names it\n",
        population);
  }
}

absl::StatusOr<int> Apply(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const ReferenceSet set, ReadAll(options.files));
  Client client(environment, options.server);
  SEPAKAT_RETURN_IF_ERROR(ApplyReference(set, client));
  TellUnknownPopulations(set, client, environment.err);
  if (!set.lines.empty()) {
    const absl::StatusOr<int64_t> publication =
        WaitForLines(set.lines, kWaitSeconds, client, environment);
    if (absl::IsDeadlineExceeded(publication.status())) {
      environment.err << fmt::format("note: {}\n", std::string(publication.status().message()));
    }
  }
  Print(CountsOf(set), options.format, environment.out);
  return kExitOk;
}

using Step = absl::StatusOr<int> (*)(const Options&, Environment&);

CLI::App* AddStep(CLI::App& parent, const char* name, const char* help, Step step,
                  const std::shared_ptr<Options>& options, Action& chosen) {
  CLI::App* command = parent.add_subcommand(name, help);
  AddFormatOption(*command, options->format);
  command->callback([step, options, &chosen] {
    chosen = [step, options](Environment& environment) { return step(*options, environment); };
  });
  return command;
}

}  // namespace

void AddReference(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand("reference", kHelp);
  group->require_subcommand(1);
  AddStep(*group, "list", "the built-in files\n\n  sepakat reference list --format csv", List,
          options, chosen);
  CLI::App* show =
      AddStep(*group, "show",
              "print a built-in file\n\n  sepakat reference show poverty_lines_2025 > garis.toml",
              Show, options, chosen);
  show->add_option("name", options->name, "its name")->required();
  CLI::App* check = AddStep(
      *group, "check", "find every mistake, change nothing\n\n  sepakat reference check garis.toml",
      Check, options, chosen);
  check->add_option("files", options->files, "TOML files, or names of built-in ones");
  CLI::App* apply = AddStep(
      *group, "apply",
      "hand them to the services\n\n  sepakat reference apply garis.toml --reason \"garis 2026\"",
      Apply, options, chosen);
  apply->add_option("files", options->files, "TOML files, or names of built-in ones");
  AddChangeOptions(*apply, options->server);
}

}  // namespace sepakat::cli
