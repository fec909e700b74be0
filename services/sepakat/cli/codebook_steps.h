// Steps of `sepakat codebook` that stand in files of their own.
#pragma once

#include "sepakat/cli/command.h"

namespace sepakat::cli {

// `codebook check BOOK [SAMPLE]`, below the command `codebook`.
void AddCodebookCheck(CLI::App& group, Action& chosen);

}  // namespace sepakat::cli
