// What-if branches: named comparisons of other parameters with one publication.
//
// A branch is derived from the live register in chunks, so that publications wait for milliseconds
// only. It must belong to one publication: when one comes in between, deriving begins again, and
// the third time it holds the register until it is done. So a branch always ends, and every figure
// of it belongs to the publication that it names.
//
// Branches live in memory until they are discarded or the service stops; what was adopted is on the
// log. At most kMostBranches.
// Errors: InvalidArgument WHATIF_NAME_MALFORMED, REQUEST_ID_MISSING, VERSION_MISSING,
//   VERSION_IN_FORCE, those of what_if_changes.h; AlreadyExists WHATIF_EXISTS; NotFound
//   WHATIF_UNKNOWN, POPULATION_UNKNOWN; ResourceExhausted WHATIFS_FULL; Unavailable WHATIF_RUNNING;
//   FailedPrecondition BASE_CHANGED, NOT_ADOPTABLE, WHATIF_ADOPTED; those of what_if.h.
// Thread: any.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/clock.h"
#include "targeting/app/targeting_task.h"
#include "targeting/domain/what_if.h"

namespace sepakat::targeting {

// Who asks, and why.
struct Asker {
  std::string request_id;
  std::string actor;
  std::string reason;
};

struct WhatIfOrder {
  Asker asker;
  std::string name;
  std::string population;
  std::string region;
  WhatIfChanges changes;
  // The changes as they were asked for, kept for those who ask what the branch is.
  std::string as_asked;
};

struct WhatIfBranch {
  WhatIfOrder order;
  ParameterSet base;
  Branch branch;
  WhatIfResult result;
  int64_t publication = 0;
  int64_t cut_at_ms = 0;
  int64_t created_at_ms = 0;
  int64_t computed_in_ms = 0;
  // Once it was adopted.
  std::string adopted_request;
  std::string adopted_version;
};

// A parameter with the message that records it; the wire knows how.
using RecordParameter = std::function<absl::StatusOr<ParameterRecord>(const ParameterChange&)>;

class WhatIfs {
 public:
  static constexpr size_t kMostBranches = 16;
  static constexpr uint32_t kChunk = 8'192;

  // Both outlive the object.
  WhatIfs(TargetingTask* task, const runtime::Clock* clock) : task_(task), clock_(clock) {}

  // The same request id gives the same branch.
  absl::StatusOr<std::shared_ptr<const WhatIfBranch>> Create(const WhatIfOrder& order);
  absl::StatusOr<std::shared_ptr<const WhatIfBranch>> Find(std::string_view name) const;
  // By name.
  std::vector<std::shared_ptr<const WhatIfBranch>> List(std::string_view population) const;
  absl::Status Discard(const Asker& asker, std::string_view name);
  // The number of parameters that were recorded.
  absl::StatusOr<int64_t> Adopt(const Asker& asker, std::string_view name,
                                const std::string& version, const RecordParameter& record);
  // False when parameters were changed since, so that the branch cannot be adopted.
  bool BaseStands(const WhatIfBranch& branch) const { return task_->Recorded(branch.base); }

 private:
  absl::Status CheckRoom(const WhatIfOrder& order) const;
  absl::Status Compute(WhatIfBranch* branch) const;

  TargetingTask* const task_;
  const runtime::Clock* const clock_;
  std::mutex creating_;
  mutable std::mutex lock_;  // guards what follows
  std::map<std::string, std::shared_ptr<WhatIfBranch>, std::less<>> branches_;
  std::set<std::string, std::less<>> discarding_requests_;
};

}  // namespace sepakat::targeting
