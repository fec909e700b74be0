// Settings of a program from four places: defaults < file < environment < flags.
//
// One table declares every setting; help text, names of variables and flags, checks and
// `--print-config` follow from it. `grpc.port` is `[grpc] port = …` in the TOML file,
// `SEPAKAT_GRPC_PORT` in the environment and `--grpc.port` on the command line. All mistakes are
// told at once, with the line of the file. A secret is given as a file and prints as stars.
// Errors: InvalidArgument CONFIG_INVALID with one line per mistake; NotFound CONFIG_MISSING.
// Thread: plain values after loading.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace sepakat::platform {

// kPort: 0 to 65535. kSecretFile: a path, printed as stars.
enum class SettingType { kText, kInteger, kPort, kFlag, kSecretFile };

struct Setting {
  std::string name;
  SettingType type = SettingType::kText;
  std::string fallback;
  std::string help;
  // The only values it may have; empty: any.
  std::vector<std::string> choices = {};
};

class Config {
 public:
  struct Value {
    std::string text;
    // `default`, `config.toml:12`, `SEPAKAT_GRPC_PORT`, `--grpc.port`.
    std::string origin;
    SettingType type = SettingType::kText;
  };

  explicit Config(std::map<std::string, Value> values) : values_(std::move(values)) {}

  // The name must be one of the table.
  const std::string& Text(std::string_view name) const;
  // Empty when the program's table does not have the setting.
  std::string TextIfAny(std::string_view name) const;
  int64_t Integer(std::string_view name) const;
  bool Flag(std::string_view name) const;
  // `name = value   # origin`, sorted.
  std::string Printed() const;

 private:
  std::map<std::string, Value> values_;
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;

// `arguments` without the program's name. `--config FILE` names the file.
absl::StatusOr<Config> LoadConfig(std::span<const Setting> settings,
                                  const std::vector<std::string>& arguments,
                                  const Environment& environment);

// The environment of this process.
std::optional<std::string> ProcessEnvironment(const std::string& name);

// One paragraph per setting for `--help`.
std::string SettingsHelp(std::span<const Setting> settings);

// `SEPAKAT_GRPC_PORT` for `grpc.port`.
std::string VariableOf(std::string_view setting);

}  // namespace sepakat::platform
