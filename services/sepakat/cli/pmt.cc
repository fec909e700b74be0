#include <CLI/CLI.hpp>

#include "sepakat/cli/commands.h"
#include "sepakat/cli/pmt_steps.h"

namespace sepakat::cli {
namespace {

constexpr const char* kHelp =
    "proxy-means models from a local survey: welfare estimated from what can be seen\n"
    "\n"
    "`fit` trains a model on a survey and says how often it errs; `score` applies one. Neither "
    "asks a\n"
    "server. What they give is a local estimate and never the official decile, which is delivered "
    "by\n"
    "the national register. docs/PMT.md teaches both.\n"
    "\n"
    "  sepakat pmt fit susenas.csv --codebook susenas.toml --out model.toml\n"
    "  sepakat pmt score model.toml register.csv --codebook regsosek_2022 --out scores.csv\n"
    "  sepakat reference apply model.toml            hands the model to a server";

}  // namespace

void AddPmt(CLI::App& program, Action& chosen) {
  CLI::App* group = program.add_subcommand("pmt", kHelp);
  group->require_subcommand(1);
  AddPmtFit(*group, chosen);
  AddPmtScore(*group, chosen);
}

}  // namespace sepakat::cli
