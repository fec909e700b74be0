// Files and folders that settings name are looked at when a program starts, so that a slip of the
// pen is told at once and by the name of its setting. A setting that is empty names nothing and is
// right.
//
// Errors: NotFound FILE_NOT_FOUND; PermissionDenied DIRECTORY_NOT_WRITABLE.
// Thread: any.
#pragma once

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"
#include "common/platform/config/config.h"

namespace sepakat::platform {

absl::Status CheckNamedFile(const Config& config, std::string_view setting);
absl::Status CheckNamedFolder(const Config& config, std::string_view setting);

// Makes the folder when it is missing. `what` calls it: `data directory`.
absl::Status CheckWritableFolder(const Config& config, std::string_view setting,
                                 std::string_view what);

}  // namespace sepakat::platform
