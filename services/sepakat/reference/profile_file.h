// The profile of `sepakat generate` from its TOML file (reference/demo_3326.toml).
//
// Errors: InvalidArgument REFERENCE_INVALID with one line `file:line: mistake` per mistake.
// Thread: pure function.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "sepakat/generate/profile.h"

namespace sepakat::reference {

absl::StatusOr<generate::Profile> ReadProfile(std::string_view file_name, std::string_view toml);

}  // namespace sepakat::reference
