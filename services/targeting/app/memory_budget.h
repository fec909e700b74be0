// Whether the memory that targeting may use holds the register, before it starts and while it runs.
//
// Better not to start, or to take nothing more in, than to be ended by the system in the middle of
// a publication. The need of a register is estimated from its number of families, above what real
// ones took; part of the budget is left to queues, buffers and publications under way.
// Thread: values.
#pragma once

#include <cstdint>

#include "absl/status/status.h"

namespace sepakat::targeting {

class MemoryBudget {
 public:
  // 0: nothing is limited.
  explicit MemoryBudget(int64_t mib) : mib_(mib) {}

  // FailedPrecondition REGISTER_TOO_LARGE: what it needs, what there is, what to do.
  absl::Status CheckStart(int64_t families) const;
  // Unavailable MEMORY_BUDGET_FULL when `engine_bytes` and `waiting` families that are not applied
  // yet leave no room for more: input has to wait.
  absl::Status CheckRoom(int64_t engine_bytes, int64_t waiting) const;

 private:
  int64_t mib_;
};

}  // namespace sepakat::targeting
