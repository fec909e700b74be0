// How much memory this process may have: the least of what the machine has, its control groups
// allow and its own limits (RLIMIT_AS, RLIMIT_DATA) leave.
//
// Errors: none. What cannot be read limits nothing.
// Thread: pure functions over files. Complexity: a few small files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace sepakat::platform {

// MiB; 0 when nothing is known.
int64_t MemoryLimitMib();

// The least `memory.max` of a control group (version 2) and those around it, bytes. `root` is where
// the groups are mounted, `group` the path of the process's own.
std::optional<int64_t> ControlGroupLimit(const std::filesystem::path& root,
                                         const std::filesystem::path& group);

}  // namespace sepakat::platform
