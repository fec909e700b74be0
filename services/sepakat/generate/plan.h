// The skeleton of a register: which family lives where, how large it is, and how well off.
//
// Built once for a whole register. Everything else of a family is drawn from it family by family
// (household.h), so that one family can be drawn again alone.
// Thread: immutable after MakePlan. Complexity: n log n of the number of families, 13 bytes each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sepakat/generate/dirt.h"
#include "sepakat/generate/profile.h"

namespace sepakat::generate {

// A village of the region master; the district is the code without its last part.
struct Village {
  std::string code;
  std::string name;
};

struct Request {
  uint64_t seed = 1;
  // 0: as many as the profile says. Persons follow in the profile's proportion.
  int64_t families = 0;
  // Families per 10,000 that are dirty on purpose.
  int dirty_per_10000 = 30;
  // Last day of the survey, days since 1970-01-01. Districts were visited one after the other in
  // the 270 days before.
  int32_t last_day = 0;
};

struct Plan {
  Profile profile;
  Request request;
  std::vector<Village> villages;
  // Position of each village's district in Profile::districts.
  std::vector<int> district_of;
  std::vector<bool> urban;
  // First family of each village, and one more entry: the number of families.
  std::vector<int64_t> first_family;

  // Per family: members, rank (0 the poorest .. 1023), rupiah per head and month.
  std::vector<uint8_t> sizes;
  std::vector<uint16_t> ranks;
  std::vector<int64_t> consumption;
  // What is wrong with each family on purpose.
  std::vector<Dirt> dirt;

  int64_t persons = 0;
  // Persons with known welfare in records that will be accepted, and those below the line.
  int64_t counted_persons = 0;
  int64_t poor_persons = 0;

  int64_t families() const { return static_cast<int64_t>(sizes.size()); }
  int VillageOf(int64_t family) const;
};

// Persons are exactly round(families * profile.persons / profile.families). The headcount at the
// profile's line is the profile's, to the nearest person that whole families allow.
//
// Errors: InvalidArgument PROFILE_INVALID when a village's district is not in the profile, when
// there is no village, or when a number is out of range (families 1..2,700,000, dirt 0..10,000).
absl::StatusOr<Plan> MakePlan(Profile profile, std::vector<Village> villages,
                              const Request& request);

}  // namespace sepakat::generate
