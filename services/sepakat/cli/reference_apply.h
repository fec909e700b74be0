// Hands reference data to the services that own it.
#pragma once

#include "absl/status/status.h"
#include "sepakat/cli/client.h"
#include "sepakat/reference/reference_set.h"

namespace sepakat::cli {

// Lines and models before the ranking that names them, programmes before targets and alert rules.
// Stops at the first refusal; what was applied before stays, and the same files may be applied
// again.
absl::Status ApplyReference(const reference::ReferenceSet& set, Client& client);

}  // namespace sepakat::cli
