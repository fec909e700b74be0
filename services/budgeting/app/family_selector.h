// Who is on a list: asked of targeting, which alone ranks families.
//
// Errors: those of the call; Unavailable and DeadlineExceeded may be tried again.
// Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace sepakat::budgeting {

struct Quota {
  std::string region;
  int64_t families = 0;
};

struct SelectedFamily {
  std::string family_id;
  std::string region;
  // Local decile, 0 when unranked.
  uint32_t decile = 0;
};

struct Selection {
  // In rank order within each region.
  std::vector<SelectedFamily> families;
  int64_t publication = 0;
};

class FamilySelector {
 public:
  virtual ~FamilySelector() = default;
  // The first eligible families of each quota's region.
  virtual absl::StatusOr<Selection> Select(const std::string& programme_id,
                                           const std::vector<Quota>& quotas) = 0;
};

}  // namespace sepakat::budgeting
