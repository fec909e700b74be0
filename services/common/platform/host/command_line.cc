#include "common/platform/host/command_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "common/platform/host/exit_code.h"

namespace sepakat::platform {
namespace {

constexpr base::Text kPlaces = {
    "Pengaturan, masing-masing sebagai pilihan, peubah lingkungan, atau baris berkas TOML yang\n"
    "disebut --config FILE. Pilihan mengalahkan lingkungan, lingkungan mengalahkan berkas.\n",
    "Settings, each as a flag, an environment variable or a line of the TOML file named by\n"
    "--config FILE. A flag wins over the environment, the environment over the file.\n"};

constexpr base::Text kOthers = {
    "  --print-config\n      Tampilkan setiap pengaturan dengan asalnya, lalu selesai.\n"
    "  --version\n      Tampilkan versi, lalu selesai.\n",
    "  --print-config\n      Print every setting with its origin and end.\n"
    "  --version\n      Print the version and end.\n"};

bool Take(std::vector<std::string>& arguments, std::string_view flag) {
  return std::erase(arguments, flag) > 0;
}

}  // namespace

std::variant<Config, int> ReadCommandLine(const ProgramText& program,
                                          std::span<const Setting> settings,
                                          std::vector<std::string> arguments) {
  if (Take(arguments, "--help") || Take(arguments, "-h")) {
    fmt::print("{}: {}\n\n{}\n{}\n{}", program.name, program.summary, kPlaces.In(program.language),
               SettingsHelp(settings), kOthers.In(program.language));
    return 0;
  }
  if (Take(arguments, "--version")) {
    fmt::print("{} 0.1.0\n", program.name);
    return 0;
  }
  const bool print = Take(arguments, "--print-config");
  absl::StatusOr<Config> config = LoadConfig(settings, arguments, ProcessEnvironment);
  if (!config.ok()) return EndWith(program, config.status());
  if (!print) return *std::move(config);
  fmt::print("{}", config->Printed());
  return 0;
}

int EndWith(const ProgramText& program, const absl::Status& status) {
  if (!status.ok()) {
    fmt::print(stderr, "{}: {}\n", program.name,
               std::string_view(status.message().data(), status.message().size()));
  }
  return ExitCodeOf(status);
}

}  // namespace sepakat::platform
