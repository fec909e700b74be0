// What a checkpoint takes out of an engine and gives to another one: what each family said, and
// what was said last of regions that are empty now. Everything else is derived from it.
//
// Thread: the owner of the state. Complexity: constant per family.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "targeting/domain/engine.h"

namespace sepakat::targeting {

// One family as it was told. Of a family that is not recorded only the first part means anything.
// Region and provenance are numbers of its state; `packed` stands until the family changes.
struct FamilyAsTold {
  FamilyKey key;
  FamilyState state = FamilyState::kRecorded;
  int64_t version = 0;
  uint64_t content_digest = 0;
  int64_t accepted_at_ms = 0;
  uint32_t region = 0;

  int32_t observed_on = 0;
  int64_t size = 0;
  int64_t family_weight = 0;
  int64_t welfare = -1;  // -1: unknown
  int official_decile = 0;
  uint32_t provenance = 0;
  std::string_view packed;
};

FamilyAsTold AsTold(const PopulationState& state, uint32_t slot);

// A region without families of which figures were said: they are said again when they change.
struct SaidRegion {
  std::string population;
  std::string region;
  uint64_t figures = 0;  // RegionNode::published_figures
  bool operator==(const SaidRegion&) const = default;
};

std::vector<SaidRegion> EmptyRegionsSaid(const Engine& engine);

}  // namespace sepakat::targeting
