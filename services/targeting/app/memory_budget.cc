#include "targeting/app/memory_budget.h"

#include <fmt/format.h>

#include "common/base/status.h"

namespace sepakat::targeting {
namespace {

// Records 64, index 8, orders 60 while they grow, regions and shared answers 30, features 80.
constexpr int64_t kBytesPerFamily = 242;
// Queues, buffers, a publication under way.
constexpr int64_t kBesideMib = 256;

int64_t Mib(int64_t bytes) { return (bytes + (1 << 20) - 1) >> 20; }

}  // namespace

absl::Status MemoryBudget::CheckStart(int64_t families) const {
  const int64_t needed = kBesideMib + Mib(families * kBytesPerFamily);
  if (mib_ == 0 || needed <= mib_) return absl::OkStatus();
  return base::Error(
      absl::StatusCode::kFailedPrecondition, "REGISTER_TOO_LARGE",
      fmt::format("the register of {} families needs about {} MiB of memory and targeting may use "
                  "{} MiB; give it more (memory.budget_mb, or the limit of its container), or run "
                  "it on a larger machine",
                  families, needed, mib_));
}

absl::Status MemoryBudget::CheckRoom(int64_t engine_bytes, int64_t waiting) const {
  const int64_t used = kBesideMib + Mib(engine_bytes + waiting * kBytesPerFamily);
  if (mib_ == 0 || used <= mib_) return absl::OkStatus();
  return base::Error(
      absl::StatusCode::kUnavailable, "MEMORY_BUDGET_FULL",
      fmt::format("the register takes {} MiB of memory and targeting may use {} MiB; nothing more "
                  "is read until it is started with more (memory.budget_mb)",
                  used, mib_));
}

}  // namespace sepakat::targeting
