#include "sepakat/cli/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "common/base/status.h"

namespace sepakat::cli {
namespace {

constexpr const char* kAbout =
    "SEPAKAT: poverty planning from the survey to the delivery.\n"
    "\n"
    "A first round:\n"
    "  sepakat serve                                   start everything in this process\n"
    "  sepakat regions load                            load the region master\n"
    "  sepakat reference apply                         poverty lines, model, programmes, targets\n"
    "  sepakat generate --out register.csv             write a synthetic register to play with\n"
    "  sepakat ingest register.csv --codebook regsosek_2022\n"
    "  sepakat report --region 33.26                   read the figures\n"
    "\n"
    "Commands that talk to a server take --server HOST:PORT; the default is $SEPAKAT_SERVER, else\n"
    "127.0.0.1:7400. $SEPAKAT_SERVER_INGESTION, _TARGETING, _BUDGETING and _MONITORING name "
    "single\n"
    "services where they run apart.\n"
    "\n"
    "Exit codes: 0 done, 1 failed (one sentence says why), 2 some records rejected, 3 a "
    "verification\n"
    "differs, 64 wrong usage.";

// Lists each command with the first line of its help; `sepakat COMMAND --help` prints all of it.
class BriefFormatter : public CLI::Formatter {
 public:
  std::string make_subcommand(const CLI::App* command) const override {
    const std::string help = command->get_description();
    std::ostringstream line;
    CLI::detail::format_help(line, command->get_name(), help.substr(0, help.find('\n')),
                             column_width_);
    return line.str();
  }
};

// The first words are commands; one that nobody knows is named with those that there are.
std::string UnknownCommand(const CLI::App& program, std::span<const std::string> arguments) {
  const CLI::App* group = &program;
  for (const std::string& word : arguments) {
    const auto commands = group->get_subcommands([](const CLI::App*) { return true; });
    if (commands.empty() || word.starts_with('-')) return "";
    std::string known;
    const CLI::App* chosen = nullptr;
    for (const CLI::App* command : commands) {
      if (command->get_name() == word) chosen = command;
      known += (known.empty() ? "" : ", ") + command->get_name();
    }
    if (chosen == nullptr) return "no command is called '" + word + "'; known are: " + known;
    group = chosen;
  }
  return "";
}

}  // namespace

std::string_view Version() { return SEPAKAT_VERSION; }

int RunCommandLine(std::span<const AddCommand> commands, std::vector<std::string> arguments,
                   Environment& environment) {
  CLI::App program{kAbout, "sepakat"};
  program.require_subcommand(1);
  program.set_version_flag("--version", std::string(Version()));
  const auto formatter = std::make_shared<BriefFormatter>();
  formatter->column_width(34);
  program.formatter(formatter);
  Action chosen;
  for (AddCommand add : commands) add(program, chosen);

  const std::string unknown = UnknownCommand(program, arguments);
  std::reverse(arguments.begin(), arguments.end());
  try {
    program.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {
      return program.exit(error, environment.out, environment.err);
    }
    environment.err << "sepakat: " << (unknown.empty() ? error.what() : unknown.c_str())
                    << " (`sepakat --help` explains)\n";
    return kExitUsage;
  }
  const absl::StatusOr<int> code = chosen(environment);
  if (code.ok()) return *code;
  environment.err << "sepakat: " << code.status().message() << " [" << base::ReasonOf(code.status())
                  << "]\n";
  return kExitFailure;
}

}  // namespace sepakat::cli
