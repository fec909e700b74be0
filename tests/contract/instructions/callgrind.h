// Instructions of the functions HotPath_* of a program, counted by valgrind's callgrind.
//
// The count depends on program and libraries alone: the environment is empty, the C library is told
// not to choose among its variants by processor, and valgrind lays memory out in one fixed way.
// Errors: FailedPrecondition VALGRIND_MISSING, Internal CALLGRIND_FAILED with what it said.
// Thread: one. Complexity: the program runs about fifty times slower than by itself.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace sepakat::support {

// By name without the prefix.
using InstructionCounts = std::map<std::string, int64_t>;

absl::StatusOr<InstructionCounts> CountInstructions(const std::filesystem::path& program);

// Lines `name count`; those that begin with # are left out. NotFound BASELINE_MISSING, DataLoss
// BASELINE_UNREADABLE.
absl::StatusOr<InstructionCounts> ReadCounts(const std::filesystem::path& file);
void WriteCounts(const InstructionCounts& counts, const std::filesystem::path& file);

}  // namespace sepakat::support
