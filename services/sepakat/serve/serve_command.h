// `sepakat serve`: all five services in one process.
#pragma once

#include "sepakat/cli/command.h"

namespace sepakat::serve {

// Adds `serve` to the program. Its own settings (defaults < file < environment < flags) follow the
// word; `sepakat serve --help` lists them.
void AddServe(CLI::App& program, cli::Action& chosen);

}  // namespace sepakat::serve
