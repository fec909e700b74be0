// A long series as few points, without inventing any.
//
// Time is cut into `max_points` equal spans; the last point of each span stays, so every point
// shown was published, and the newest one is always among them. Thread: pure functions. Complexity:
// linear.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sepakat::monitoring {

// Indices of the points that stay, ascending. Requires ascending instants and max_points > 0.
std::vector<size_t> Thin(const std::vector<int64_t>& at_ms, size_t max_points);

}  // namespace sepakat::monitoring
