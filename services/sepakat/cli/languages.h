// The languages of the command line: Indonesian unless a person or the machine says otherwise.
//
// CLI11 keeps one string per help text. Both() puts two languages into it, and the formatter of
// RunCommandLine shows one: so a command says both where it declares the option, and is declared
// before anybody knows the language. Errors: InvalidArgument LANGUAGE_UNKNOWN.
// Thread: pure functions.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/base/language.h"

namespace CLI {
class App;
class FormatterBase;
}  // namespace CLI

namespace sepakat::cli {

// A help text that says both.
std::string Both(std::string_view id, std::string_view en);
// With an example, which has no language, below each.
std::string Both(std::string_view id, std::string_view en, std::string_view example);
// The part of a help text in this language; the whole where it has one only.
std::string PartIn(base::Language language, std::string_view help);

// Takes `--lang id|en` out of the arguments, wherever it stands. Without it $SEPAKAT_LANG decides,
// then $LANG; what names neither language is passed over, and Indonesian is left.
absl::StatusOr<base::Language> TakeLanguage(
    std::vector<std::string>& arguments,
    const std::function<std::string(const char* name)>& variable);

// Help in one language. A list of commands shows the first line of each.
std::shared_ptr<CLI::FormatterBase> HelpIn(base::Language language);

}  // namespace sepakat::cli
