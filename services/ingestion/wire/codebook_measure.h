// The parts of a code book that `sepakat measure` alone reads: [design], [[group]], [[programme]],
// [[indicator]].
//
// Thread: pure function on its arguments.
#pragma once

#include "ingestion/domain/survey_roles.h"
#include "ingestion/wire/toml_section.h"

namespace sepakat::ingestion {

SurveyRoles ReadSurveyRoles(TomlSection& root);

}  // namespace sepakat::ingestion
