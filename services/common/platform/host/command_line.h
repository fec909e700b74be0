// The common part of every program's command line: settings, `--help`, `--version`,
// `--print-config`.
//
// Thread: one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/base/language.h"
#include "common/platform/config/config.h"

namespace sepakat::platform {

struct ProgramText {
  std::string_view name;                               // `sepakat-targeting`
  std::string_view summary;                            // what it is for, one or two sentences
  base::Language language = base::Language::kEnglish;  // of the help
};

// The configuration to run with, or the exit code of a program that has nothing more to do: help or
// the settings went to standard output, or every mistake to standard error.
std::variant<Config, int> ReadCommandLine(const ProgramText& program,
                                          std::span<const Setting> settings,
                                          std::vector<std::string> arguments);

// One sentence on standard error, and the exit code.
int EndWith(const ProgramText& program, const absl::Status& status);

}  // namespace sepakat::platform
