// A code book and a survey file as the command line names them.
//
// Errors: CODEBOOK_INVALID after every mistake of the book was told on `err`; those of files.h and
// of the survey's reader. Thread: one.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "ingestion/domain/codebook.h"
#include "sepakat/cli/command.h"
#include "sepakat/measure/survey_file.h"

namespace sepakat::cli {

// A file, or a built-in book by its name.
absl::StatusOr<ingestion::CodeBook> ReadMeasuringBook(const std::string& name,
                                                      Environment& environment);

absl::StatusOr<measure::SurveyFile> OpenSurveyFile(const std::string& path,
                                                   const ingestion::CodeBook& book);

}  // namespace sepakat::cli
