// What every command that measures a survey is given: a file, and a code book that describes it.
//
// Errors: CODEBOOK_INVALID after every mistake of the book was told on `err`; those of files.h and
// of the survey's reader. Thread: one.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "common/rules/rule_set.h"
#include "ingestion/domain/codebook.h"
#include "sepakat/cli/command.h"
#include "sepakat/measure/survey_file.h"
#include "sepakat/reference/builtin.h"

namespace sepakat::cli {

struct SurveyOptions {
  std::string file;
  std::string codebook;
};

void AddSurveyOptions(CLI::App& command, SurveyOptions& options);

struct SurveyInput {
  ingestion::CodeBook book;
  measure::SurveyFile file;
};

absl::StatusOr<SurveyInput> OpenSurvey(const SurveyOptions& options, Environment& environment);

struct NamedText {
  std::string name;
  std::string text;
};

// A file, or what is built in under that name.
absl::StatusOr<NamedText> ReadNamed(reference::BuiltinKind kind, const std::string& name);

// A file, or a built-in set by its version.
absl::StatusOr<rules::RuleSet> ReadRuleSet(const std::string& name);

// Days since 1970-01-01.
int32_t Today(const Environment& environment);

}  // namespace sepakat::cli
