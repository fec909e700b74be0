// The YAML that our contract file is written in, as JSON.
//
// Block mappings and sequences, flow mappings and sequences on one line, plain and single-quoted
// text,
// `>-`, and comment lines. Anything else is refused: the file stays simple enough for every reader.
// Errors: InvalidArgument YAML_TEXT with the line.
// Thread: pure function.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"

namespace sepakat::contract {

absl::StatusOr<nlohmann::json> ParseYamlText(std::string_view text);

}  // namespace sepakat::contract
