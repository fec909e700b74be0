#include "common/platform/config/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "common/base/status.h"

namespace sepakat::platform {
namespace {

using Values = std::map<std::string, Config::Value>;

std::optional<int64_t> ToInteger(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Collects values by place; later places win.
class Loader {
 public:
  explicit Loader(std::span<const Setting> settings) : settings_(settings) {
    for (const Setting& s : settings) values_[s.name] = {s.fallback, "default", s.type};
  }

  void Mistake(std::string text) { mistakes_.push_back(std::move(text)); }

  void Set(const std::string& name, std::string text, std::string origin) {
    const auto it = values_.find(name);
    if (it == values_.end()) {
      Mistake(fmt::format("{}: there is no setting {}{}", origin, name, Nearest(name)));
      return;
    }
    if (const std::string wanted = Wanted(name, it->second.type, text); !wanted.empty()) {
      Mistake(fmt::format("{}: {} must be {}, not '{}'", origin, name, wanted, text));
      return;
    }
    it->second.text = std::move(text);
    it->second.origin = std::move(origin);
  }

  void ReadTable(const toml::table& table, const std::string& prefix, const std::string& file) {
    for (const auto& [key, node] : table) {
      const std::string name = prefix + std::string(key.str());
      const std::string origin = fmt::format("{}:{}", file, node.source().begin.line);
      if (const toml::table* inner = node.as_table()) {
        ReadTable(*inner, name + ".", file);
      } else if (const auto* text = node.as_string()) {
        Set(name, text->get(), origin);
      } else if (const auto* number = node.as_integer()) {
        Set(name, std::to_string(number->get()), origin);
      } else if (const auto* flag = node.as_boolean()) {
        Set(name, flag->get() ? "true" : "false", origin);
      } else {
        Mistake(fmt::format("{}: {} must be a text, a number, true or false", origin, name));
      }
    }
  }

  void ReadFile(const std::string& file) {
    try {
      ReadTable(toml::parse_file(file), "", file);
    } catch (const toml::parse_error& error) {
      Mistake(fmt::format("{}:{}: {}", file, error.source().begin.line,
                          std::string(error.description())));
    }
  }

  void ReadEnvironment(const Environment& environment) {
    for (const Setting& s : settings_) {
      const std::string variable = VariableOf(s.name);
      if (auto text = environment(variable)) Set(s.name, *std::move(text), variable);
    }
  }

  // `--name VALUE`, `--name=VALUE`, and `--name` alone for a flag.
  void ReadArguments(const std::vector<std::string>& arguments) {
    for (size_t i = 0; i < arguments.size(); ++i) {
      const std::string& argument = arguments[i];
      if (!argument.starts_with("--")) {
        Mistake(fmt::format("'{}' is not understood; settings look like --name VALUE", argument));
        continue;
      }
      const size_t equals = argument.find('=');
      const std::string flag = argument.substr(0, equals);
      const std::string name = flag.substr(2);
      if (equals != std::string::npos) {
        Set(name, argument.substr(equals + 1), flag);
      } else if (const auto it = values_.find(name);
                 it != values_.end() && it->second.type == SettingType::kFlag) {
        Set(name, "true", flag);
      } else if (i + 1 < arguments.size()) {
        Set(name, arguments[++i], flag);
      } else {
        Mistake(fmt::format("{} needs a value", flag));
      }
    }
  }

  absl::StatusOr<Config> Finish() {
    if (mistakes_.empty()) return Config(std::move(values_));
    std::string text = "the configuration has mistakes:";
    for (const std::string& mistake : mistakes_) text += "\n  " + mistake;
    return base::Error(absl::StatusCode::kInvalidArgument, "CONFIG_INVALID", text);
  }

 private:
  // What a value should have been; empty when it is right.
  std::string Wanted(std::string_view name, SettingType type, std::string_view text) const {
    const std::optional<int64_t> number = ToInteger(text);
    if (type == SettingType::kInteger && !number) return "a whole number";
    if (type == SettingType::kPort && !(number && *number >= 0 && *number <= 65535)) {
      return "a port from 0 to 65535";
    }
    if (type == SettingType::kFlag && text != "true" && text != "false") return "true or false";
    const auto setting = std::ranges::find(settings_, name, &Setting::name);
    if (setting->choices.empty() || std::ranges::count(setting->choices, text) > 0) return "";
    return fmt::format("one of {}", fmt::join(setting->choices, ", "));
  }

  std::string Nearest(std::string_view name) const {
    for (const Setting& s : settings_) {
      if (s.name.ends_with(name) || name.ends_with(s.name)) {
        return fmt::format("; did you mean {}?", s.name);
      }
    }
    return "";
  }

  std::span<const Setting> settings_;
  Values values_;
  std::vector<std::string> mistakes_;
};

// Takes `--config FILE` (or `--config=FILE`) out of the arguments.
std::string TakeConfigFile(std::vector<std::string>* arguments, const Environment& environment) {
  std::string file = environment("SEPAKAT_CONFIG").value_or("");
  for (size_t i = 0; i < arguments->size();) {
    const std::string argument = (*arguments)[i];
    const auto at = arguments->begin() + static_cast<std::ptrdiff_t>(i);
    if (argument.starts_with("--config=")) {
      file = argument.substr(9);
      arguments->erase(at);
    } else if (argument == "--config" && i + 1 < arguments->size()) {
      file = (*arguments)[i + 1];
      arguments->erase(at, at + 2);
    } else {
      ++i;
    }
  }
  return file;
}

}  // namespace

const std::string& Config::Text(std::string_view name) const {
  return values_.at(std::string(name)).text;
}

std::string Config::TextIfAny(std::string_view name) const {
  const auto it = values_.find(std::string(name));
  return it == values_.end() ? "" : it->second.text;
}

int64_t Config::Integer(std::string_view name) const { return ToInteger(Text(name)).value_or(0); }

bool Config::Flag(std::string_view name) const { return Text(name) == "true"; }

std::string Config::Printed() const {
  std::string text;
  for (const auto& [name, value] : values_) {
    const bool secret = value.type == SettingType::kSecretFile && !value.text.empty();
    text += fmt::format("{} = {}  # {}\n", name, secret ? "***" : value.text, value.origin);
  }
  return text;
}

absl::StatusOr<Config> LoadConfig(std::span<const Setting> settings,
                                  const std::vector<std::string>& arguments,
                                  const Environment& environment) {
  Loader loader(settings);
  std::vector<std::string> rest = arguments;
  const std::string file = TakeConfigFile(&rest, environment);
  if (!file.empty()) {
    if (!std::filesystem::exists(file)) {
      return base::Error(absl::StatusCode::kNotFound, "CONFIG_MISSING",
                         fmt::format("the configuration file {} does not exist", file));
    }
    loader.ReadFile(file);
  }
  loader.ReadEnvironment(environment);
  loader.ReadArguments(rest);
  return loader.Finish();
}

std::optional<std::string> ProcessEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

std::string SettingsHelp(std::span<const Setting> settings) {
  std::string text;
  for (const Setting& s : settings) {
    text += fmt::format("  --{} ({})\n      {}{}\n", s.name, VariableOf(s.name), s.help,
                        s.fallback.empty() ? "" : fmt::format(" Default: {}.", s.fallback));
  }
  return text;
}

std::string VariableOf(std::string_view setting) {
  std::string name = "SEPAKAT_";
  for (const char c : setting) {
    name.push_back(c == '.' || c == '-' ? '_' : static_cast<char>(std::toupper(c)));
  }
  return name;
}

}  // namespace sepakat::platform
