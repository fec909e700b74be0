#include <CLI/CLI.hpp>

#include "sepakat/cli/commands.h"
#include "sepakat/cli/languages.h"

namespace sepakat::cli {

void AddVersion(CLI::App& program, Action& chosen) {
  CLI::App* command = program.add_subcommand(
      "version", Both("tampilkan versi program ini", "print the version of this program"));
  command->callback([&chosen] {
    chosen = [](Environment& environment) -> absl::StatusOr<int> {
      environment.out << "sepakat " << Version() << '\n';
      return kExitOk;
    };
  });
}

}  // namespace sepakat::cli
