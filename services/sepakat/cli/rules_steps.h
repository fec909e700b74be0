// Steps of `sepakat rules` in files of their own. Internal to the command line.
#pragma once

#include "sepakat/cli/command.h"

namespace sepakat::cli {

void AddRulesJudge(CLI::App& group, Action& chosen);

}  // namespace sepakat::cli
