// The `[[variable]]` and `[[edit]]` blocks of a code book.
//
// Thread: pure functions on their arguments.
#pragma once

#include <optional>
#include <string_view>

#include "ingestion/domain/codebook.h"
#include "ingestion/wire/toml_section.h"

namespace sepakat::ingestion {

void ReadVariables(TomlSection& root, CodeBook* book);
void ReadEdits(TomlSection& root, CodeBook* book);

// A date pattern under `key`; the usual one when it is missing.
DatePattern ReadDatePattern(TomlSection& section, std::string_view key);

}  // namespace sepakat::ingestion
