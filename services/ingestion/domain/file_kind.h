// Files that people hand in by mistake instead of delimited text, told by their first bytes.
//
// Thread: pure function.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace sepakat::ingestion {

// What must be known of a file: with fewer bytes a shorter signature decides.
inline constexpr size_t kSignatureBytes = 8;

// InvalidArgument NOT_DELIMITED_TEXT with what the file is and how to save it instead: workbooks,
// statistics packages, PDF, UTF-16. OK for everything else.
absl::Status CheckDelimitedText(std::string_view head);

}  // namespace sepakat::ingestion
