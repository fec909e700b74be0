// Ranked lists of families: most urgent first, page by page, and the heads of quotas.
//
// The order is that of the population's ranking; families without a rank come last, by key. A page
// starts behind the family its cursor names, so pages fit together as long as the ranking stands,
// or at a position, for a reader who jumps.
// Thread: the owner of the state. Complexity: linear in the families of the region.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "targeting/domain/population_state.h"

namespace sepakat::targeting {

// Behind which family a page starts, and how many families were listed before.
struct ListCursor {
  bool ranked = true;
  RankKey key;
  int64_t listed = 0;
};

struct FamilyPage {
  std::vector<uint32_t> slots;
  // Position of the first slot in the whole list, from 1.
  int64_t first_rank = 1;
  int64_t total = 0;
  std::optional<ListCursor> next;
};

// `programme` -1: all families. Families whose eligibility is unknown are not in the list.
FamilyPage ListFamilies(const PopulationState& state, uint32_t region, int programme,
                        const std::optional<ListCursor>& after, size_t page_size);
// The page whose first family has `first_rank`, from 1; empty behind the last one.
FamilyPage ListFamiliesFrom(const PopulationState& state, uint32_t region, int programme,
                            int64_t first_rank, size_t page_size);

// The first `count` eligible families of a region.
std::vector<uint32_t> FirstFamilies(const PopulationState& state, uint32_t region, int programme,
                                    size_t count);

// How many families stand between this one and the last one of its decile; 0 when unranked.
int64_t FamiliesToBoundary(const PopulationState& state, const FamilyRecord& record);

// Bit of a programme, -1 when the population has none of that id.
int ProgrammeBit(const PopulationState& state, std::string_view id);

}  // namespace sepakat::targeting
