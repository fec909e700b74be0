#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

#include "common/base/language.h"
#include "common/base/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/figures_wait.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/languages.h"
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

using base::Language;
using base::Say;

constexpr int64_t kWaitSeconds = 30;

constexpr std::string_view kHelpId =
    "garis kemiskinan, model, program, target, dan aturan peringatan\n"
    "\n"
    "Semuanya berkas TOML bertanggal, bukan bagian dari program; setiap isian menyebut sumbernya.\n"
    "`apply` memeriksa setiap berkas sampai tuntas sebelum mengubah apa pun. Tanpa FILE dipakai\n"
    "berkas bawaan.\n"
    "\n"
    "  sepakat reference list\n"
    "  sepakat reference show programmes_2026 > milik_kami.toml\n"
    "  sepakat reference check milik_kami.toml\n"
    "  sepakat reference apply milik_kami.toml --reason \"APBD 2026\"";

constexpr std::string_view kHelpEn =
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

base::Text NameOf(BuiltinKind kind) {
  switch (kind) {
    case BuiltinKind::kReference:
      return {"rujukan", "reference"};
    case BuiltinKind::kProfile:
      return {"profil contoh", "demonstration profile"};
    case BuiltinKind::kCodebook:
      return {"buku kode", "code book"};
    case BuiltinKind::kSeries:
      return {"deret data", "series"};
    case BuiltinKind::kMpi:
      return {"ukuran multidimensi", "multidimensional measure"};
  }
  return {};
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
  return base::ErrorInBoth(absl::StatusCode::kInvalidArgument, "REFERENCE_INVALID",
                           "tidak ada yang diubah, berkasnya memuat kesalahan:\n{}",
                           "nothing was changed, the files have mistakes:\n{}", mistakes);
}

// Programs read the same words in every language.
Language LanguageOf(const Options& options, const Environment& environment) {
  return options.format == Format::kTable ? environment.language : Language::kEnglish;
}

OutputTable CountsOf(const ReferenceSet& set, Language language) {
  OutputTable table{{{Say(language, "jenis", "kind"), "kind"},
                     {Say(language, "isian", "entries"), "entries", true}},
                    {}};
  const auto add = [&table](std::string kind, size_t count) {
    if (count > 0) table.rows.push_back({std::move(kind), std::to_string(count)});
  };
  add(Say(language, "garis kemiskinan", "poverty lines"), set.lines.size());
  add(Say(language, "model", "models"), set.models.size());
  add(Say(language, "pengaturan peringkat", "ranking settings"), set.rankings.size());
  add(Say(language, "program", "programmes"), set.programmes.size());
  add(Say(language, "target", "targets"), set.targets.size());
  add(Say(language, "berkas aturan peringatan", "files of alert rules"), set.alerts.size());
  return table;
}

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  const Language language = LanguageOf(options, environment);
  OutputTable table{{{Say(language, "nama", "name"), "name"},
                     {Say(language, "jenis", "kind"), "kind"},
                     {Say(language, "bita", "bytes"), "bytes", true}},
                    {}};
  for (const BuiltinFile& file : reference::BuiltinFiles()) {
    table.rows.push_back({std::string(file.name), std::string(NameOf(file.kind).In(language)),
                          std::to_string(file.text.size())});
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
  return base::ErrorInBoth(
      absl::StatusCode::kNotFound, "REFERENCE_UNKNOWN",
      "tidak ada berkas bawaan bernama {}; `sepakat reference list` menyebutkan semuanya",
      "no built-in file is called {}; `sepakat reference list` names them", options.name);
}

absl::StatusOr<int> Check(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const ReferenceSet set, ReadAll(options.files));
  Print(CountsOf(set, LanguageOf(options, environment)), options.format, environment.out);
  return kExitOk;
}

// Entries may come before the data that they are for; a misspelt population looks the same, so it
// is told.
void TellUnknownPopulations(const ReferenceSet& set, Client& client, Language language,
                            std::ostream& err) {
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
    err << Say(language,
               "catatan: belum ada populasi bernama '{}'; isiannya menunggu buku kode yang "
               "menyebutnya\n",
               "note: no population is called '{}' yet; its entries wait for a code book that "
               "names it\n",
               population);
  }
}

absl::StatusOr<int> Apply(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const ReferenceSet set, ReadAll(options.files));
  Client client(environment, options.server);
  SEPAKAT_RETURN_IF_ERROR(ApplyReference(set, client));
  TellUnknownPopulations(set, client, environment.language, environment.err);
  if (!set.lines.empty()) {
    const absl::StatusOr<int64_t> publication =
        WaitForLines(set.lines, kWaitSeconds, client, environment);
    if (absl::IsDeadlineExceeded(publication.status())) {
      environment.err << Say(environment.language, "catatan: {}\n", "note: {}\n",
                             base::MessageIn(environment.language, publication.status()));
    }
  }
  Print(CountsOf(set, LanguageOf(options, environment)), options.format, environment.out);
  return kExitOk;
}

using Step = absl::StatusOr<int> (*)(const Options&, Environment&);

CLI::App* AddStep(CLI::App& parent, const char* name, const std::string& help, Step step,
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
  CLI::App* group = program.add_subcommand("reference", Both(kHelpId, kHelpEn));
  group->require_subcommand(1);
  AddStep(*group, "list",
          Both("berkas bawaan", "the built-in files", "  sepakat reference list --format csv"),
          List, options, chosen);
  CLI::App* show = AddStep(*group, "show",
                           Both("tampilkan berkas bawaan", "print a built-in file",
                                "  sepakat reference show poverty_lines_2025 > garis.toml"),
                           Show, options, chosen);
  show->add_option("name", options->name, Both("namanya", "its name"))->required();
  CLI::App* check =
      AddStep(*group, "check",
              Both("temukan setiap kesalahan, tidak mengubah apa pun",
                   "find every mistake, change nothing", "  sepakat reference check garis.toml"),
              Check, options, chosen);
  check->add_option(
      "files", options->files,
      Both("berkas TOML, atau nama berkas bawaan", "TOML files, or names of built-in ones"));
  CLI::App* apply = AddStep(*group, "apply",
                            Both("serahkan kepada layanan", "hand them to the services",
                                 "  sepakat reference apply garis.toml --reason \"garis 2026\""),
                            Apply, options, chosen);
  apply->add_option(
      "files", options->files,
      Both("berkas TOML, atau nama berkas bawaan", "TOML files, or names of built-in ones"));
  AddChangeOptions(*apply, options->server);
}

}  // namespace sepakat::cli
