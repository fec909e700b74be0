#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "common/base/date.h"
#include "common/base/status.h"
#include "common/rules/text/builtin.h"
#include "common/rules/text/rule_file.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/cli/output.h"
#include "sepakat/cli/rules_steps.h"

namespace sepakat::cli {
namespace {

constexpr const char* kHelp =
    "rules about families: deprivations, unfit houses, eligibility\n"
    "\n"
    "A rule set is a dated TOML file over the canonical variables; each rule answers true, false "
    "or\n"
    "unknown, with reasons (docs/RULES.md). Where sources disagree, each reading is a set of its "
    "own\n"
    "that extends another one. `check` finds every mistake with file and line: unknown variables,\n"
    "gaps, overlaps, unreachable branches, contradictions. Asks no server and changes nothing.\n"
    "\n"
    "  sepakat rules list\n"
    "  sepakat rules show pupr-2018 > mine.toml\n"
    "  sepakat rules check mine.toml\n"
    "  sepakat rules judge survei.csv --codebook survei.toml --rules mine.toml";

struct Options {
  std::vector<std::string> files;
  std::string name;
  Format format = Format::kTable;
};

void PrintSets(std::span<const rules::RuleSet> sets, Format format, std::ostream& out) {
  OutputTable table{{{"version", "version"},
                     {"name", "name"},
                     {"valid from", "valid_from"},
                     {"extends", "extends"},
                     {"rules", "rules", true},
                     {"source", "source"}},
                    {}};
  for (const rules::RuleSet& set : sets) {
    const auto named = std::ranges::count_if(set.rules, &rules::Rule::named);
    table.rows.push_back({set.version, set.name,
                          set.valid_from ? base::IsoDate(*set.valid_from) : "", set.extends,
                          std::to_string(named), set.source});
  }
  Print(table, format, out);
}

absl::StatusOr<int> List(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::vector<rules::RuleSet> sets, rules::ReadBuiltinRules());
  PrintSets(sets, options.format, environment.out);
  return kExitOk;
}

absl::StatusOr<int> Show(const Options& options, Environment& environment) {
  for (const rules::BuiltinRuleFile& file : rules::BuiltinRuleFiles()) {
    if (options.name != file.name && options.name + ".toml" != file.name) continue;
    environment.out << file.text;
    return kExitOk;
  }
  return base::Error(absl::StatusCode::kNotFound, "RULES_UNKNOWN",
                     fmt::format("no built-in rule set is called {}; `sepakat rules list` names "
                                 "them",
                                 options.name));
}

// A file may extend a built-in set or one given before it.
absl::StatusOr<int> Check(const Options& options, Environment& environment) {
  SEPAKAT_ASSIGN_OR_RETURN(std::vector<rules::RuleSet> known, rules::ReadBuiltinRules());
  const size_t builtin = known.size();
  std::string mistakes;
  for (const std::string& path : options.files) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    absl::StatusOr<rules::RuleSet> set = rules::ReadRules(path, text, known);
    if (set.ok()) {
      known.push_back(*std::move(set));
    } else {
      mistakes += '\n';
      mistakes += std::string(set.status().message());
    }
  }
  if (!mistakes.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "RULES_INVALID",
                       "the rules have mistakes:" + mistakes);
  }
  PrintSets(std::span(known).subspan(builtin), options.format, environment.out);
  return kExitOk;
}

using Step = absl::StatusOr<int> (*)(const Options&, Environment&);

CLI::App* AddStep(CLI::App& group, const char* name, const char* help, Step step,
                  const std::shared_ptr<Options>& options, Action& chosen) {
  CLI::App* command = group.add_subcommand(name, help);
  AddFormatOption(*command, options->format);
  command->callback([step, options, &chosen] {
    chosen = [step, options](Environment& environment) { return step(*options, environment); };
  });
  return command;
}

}  // namespace

void AddRules(CLI::App& program, Action& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* group = program.add_subcommand("rules", kHelp);
  group->require_subcommand(1);
  AddStep(*group, "list", "the built-in sets", List, options, chosen);
  CLI::App* show = AddStep(*group, "show", "print a built-in set", Show, options, chosen);
  show->add_option("name", options->name, "its version")->required();
  CLI::App* check =
      AddStep(*group, "check", "find every mistake, change nothing", Check, options, chosen);
  check->add_option("files", options->files, "TOML files")->required()->type_name("FILE");
  AddRulesJudge(*group, chosen);
}

}  // namespace sepakat::cli
