// The `[[variable]]` and `[[edit]]` blocks of a code book.
//
// Thread: pure functions on their arguments.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingestion/domain/codebook.h"
#include "ingestion/wire/toml_section.h"

namespace sepakat::ingestion {

// The codes of a list; empty when the key is missing.
CodeSet ReadCodeSet(TomlSection& section, std::string_view key);

// `key` as `{ column, in }` or a list of such conditions.
std::vector<Condition> ReadConditions(TomlSection& section, std::string_view key);

void ReadVariables(TomlSection& root, CodeBook* book);
void ReadEdits(TomlSection& root, CodeBook* book);

// A date pattern under `key`; the usual one when it is missing.
DatePattern ReadDatePattern(TomlSection& section, std::string_view key);

}  // namespace sepakat::ingestion
