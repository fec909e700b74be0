// Which code book a command means, registered with the server if it must be.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "sepakat/cli/client.h"

namespace sepakat::cli {

// The id of a code book: `name_or_path` ending in `.toml` or naming a file is read and registered;
// a built-in book is registered when the server does not have it; any other name is left to the
// server.
absl::StatusOr<std::string> ChooseCodebook(const std::string& name_or_path, Client& client);

}  // namespace sepakat::cli
