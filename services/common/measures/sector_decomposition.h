// Which sectors, regions or groups a change in poverty came from.
//
// Huppi and Ravallion (1991), with n the population share of sector j and P its poverty:
//   within       n0_j (P1_j - P0_j)                 poverty moved inside the sector
//   shift        (n1_j - n0_j) P0_j                 people moved between sectors
//   interaction  (n1_j - n0_j) (P1_j - P0_j)        people moved to where poverty moved
// The three sums make up the change exactly. A shift says that shares changed, not that the same
// people moved: births, deaths and reclassified areas shift too.
// Errors: those of CheckPoverty; InvalidArgument LENGTH_MISMATCH, BAD_SECTOR;
// FailedPrecondition SECTOR_IN_ONE_SURVEY (its poverty in the other is unknown).
// Thread: pure functions. Complexity: linear; allocates per sector.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/decomposition.h"

namespace sepakat::measures {

// One sector in 0..sectors-1 for each observation of a survey.
struct SectoralSurvey {
  Survey survey;
  std::span<const uint32_t> sectors;
};

struct SectorParts {
  double before = 0;  // poverty of the sector
  double after = 0;
  double within = 0;
  double shift = 0;
  double interaction = 0;
};

struct Sector {
  double share_before = 0;  // of the population
  double share_after = 0;
  std::array<SectorParts, kFgtOrders> orders;  // P0, P1, P2
};

struct SectorDecomposition {
  std::vector<Sector> sectors;
  // All sectors: national poverty before and after, and the sums of the parts.
  std::array<SectorParts, kFgtOrders> total;
};

absl::StatusOr<SectorDecomposition> DecomposeBySector(const SectoralSurvey& before,
                                                      const SectoralSurvey& after,
                                                      uint32_t sectors);

}  // namespace sepakat::measures
