#include "sepakat/cli/languages.h"

#include <CLI/CLI.hpp>
#include <map>
#include <optional>
#include <sstream>

#include "common/base/status.h"

namespace sepakat::cli {
namespace {

using base::Language;

// Never part of a text.
constexpr char kBetween = '\x1e';
constexpr std::string_view kFlag = "--lang";

// `id`, `id_ID.UTF-8`, `en_GB`.
std::optional<Language> LanguageOf(std::string_view name) {
  const std::string_view word = name.substr(0, name.find_first_of("_.@-"));
  if (word == "id") return Language::kIndonesian;
  if (word == "en") return Language::kEnglish;
  return std::nullopt;
}

absl::StatusOr<std::optional<Language>> TakeFlag(std::vector<std::string>& arguments) {
  std::optional<Language> language;
  for (size_t i = 0; i < arguments.size();) {
    std::string value;
    size_t words = 0;
    if (arguments[i] == kFlag) {
      words = i + 1 < arguments.size() ? 2 : 1;
      value = words == 2 ? arguments[i + 1] : "";
    } else if (arguments[i].starts_with(std::string(kFlag) + "=")) {
      words = 1;
      value = arguments[i].substr(kFlag.size() + 1);
    }
    if (words == 0) {
      ++i;
      continue;
    }
    if (value != "id" && value != "en") {
      return base::ErrorInBoth(absl::StatusCode::kInvalidArgument, "LANGUAGE_UNKNOWN",
                               "--lang hanya id atau en, bukan '{}'",
                               "--lang is id or en, not '{}'", value);
    }
    language = LanguageOf(value);
    const auto at = arguments.begin() + static_cast<std::ptrdiff_t>(i);
    arguments.erase(at, at + static_cast<std::ptrdiff_t>(words));
  }
  return language;
}

class Help : public CLI::Formatter {
 public:
  explicit Help(Language language) : language_(language) {
    column_width(34);
    if (language != Language::kIndonesian) return;
    label("Usage", "Pemakaian");
    label("OPTIONS", "PILIHAN");
    label("SUBCOMMAND", "PERINTAH");
    label("Positionals", "Masukan");
    label("REQUIRED", "WAJIB");
  }

  std::string make_description(const CLI::App* app) const override {
    return PartIn(language_, app->get_description()) + "\n";
  }

  std::string make_subcommand(const CLI::App* command) const override {
    const std::string help = PartIn(language_, command->get_description());
    std::ostringstream line;
    CLI::detail::format_help(line, command->get_name(), help.substr(0, help.find('\n')),
                             column_width_);
    return line.str();
  }

  std::string make_option_desc(const CLI::Option* option) const override {
    return PartIn(language_, option->get_description());
  }

  std::string make_group(std::string group, bool is_positional,
                         std::vector<const CLI::Option*> options) const override {
    const bool translated = language_ == Language::kIndonesian && group == "Options";
    return CLI::Formatter::make_group(translated ? "Pilihan" : group, is_positional,
                                      std::move(options));
  }

  std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override {
    std::string text = CLI::Formatter::make_subcommands(app, mode);
    constexpr std::string_view kHeading = "\nSubcommands:\n";
    const size_t at = text.find(kHeading);
    if (language_ == Language::kIndonesian && at != std::string::npos) {
      text.replace(at, kHeading.size(), "\nPerintah:\n");
    }
    return text;
  }

 private:
  const Language language_;
};

}  // namespace

std::string Both(std::string_view id, std::string_view en) {
  std::string both(id);
  both += kBetween;
  both += en;
  return both;
}

std::string Both(std::string_view id, std::string_view en, std::string_view example) {
  const auto taught = [example](std::string_view text) {
    return std::string(text) + "\n\n" + std::string(example);
  };
  return Both(taught(id), taught(en));
}

std::string PartIn(Language language, std::string_view help) {
  const size_t between = help.find(kBetween);
  if (between == std::string_view::npos) return std::string(help);
  return std::string(language == Language::kIndonesian ? help.substr(0, between)
                                                       : help.substr(between + 1));
}

absl::StatusOr<Language> TakeLanguage(
    std::vector<std::string>& arguments,
    const std::function<std::string(const char* name)>& variable) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::optional<Language> given, TakeFlag(arguments));
  if (given) return *given;
  for (const char* name : {"SEPAKAT_LANG", "LANG"}) {
    if (!variable) break;
    if (const auto named = LanguageOf(variable(name))) return *named;
  }
  return Language::kIndonesian;
}

std::shared_ptr<CLI::FormatterBase> HelpIn(Language language) {
  return std::make_shared<Help>(language);
}

}  // namespace sepakat::cli
