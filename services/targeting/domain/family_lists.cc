#include "targeting/domain/family_lists.h"

#include <algorithm>

namespace sepakat::targeting {
namespace {

// Position in the list: ranked before unranked, then value and key.
using Position = std::pair<bool, RankKey>;

struct Candidate {
  Position position;
  uint32_t slot;
};

std::vector<Candidate> Eligible(const PopulationState& state, uint32_t region, int programme) {
  std::vector<Candidate> found;
  for (uint32_t index : state.tree().Subtree(region)) {
    const RegionNode& node = state.tree().at(index);
    if (programme >= 0 && (node.needs.size() <= static_cast<size_t>(programme) ||
                           node.needs[static_cast<size_t>(programme)].eligible == 0)) {
      continue;
    }
    for (uint32_t slot : node.families) {
      const FamilyRecord& record = state.records().at(slot);
      if (programme >= 0 && (state.ClassesOf(record).open >> programme & 1) == 0) continue;
      found.push_back({{!record.ranked, state.KeyOf(record)}, slot});
    }
  }
  return found;
}

// Puts the `count` candidates behind the first `skip` in order, and drops those first ones.
void KeepSorted(std::vector<Candidate>* candidates, size_t skip, size_t count) {
  const auto before = [](const Candidate& a, const Candidate& b) {
    return a.position < b.position;
  };
  const auto first = candidates->begin() + static_cast<std::ptrdiff_t>(skip);
  if (skip > 0) std::nth_element(candidates->begin(), first, candidates->end(), before);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(count, candidates->size() - skip));
  std::partial_sort(first, last, candidates->end(), before);
  candidates->erase(candidates->begin(), first);
}

// The first `page_size` of the candidates, whose first has the page's first rank.
void FillPage(const std::vector<Candidate>& candidates, size_t page_size, FamilyPage* page) {
  const size_t count = std::min(page_size, candidates.size());
  for (size_t i = 0; i < count; ++i) page->slots.push_back(candidates[i].slot);
  if (count == 0 || candidates.size() == count) return;
  const Position& last = candidates[count - 1].position;
  page->next =
      ListCursor{!last.first, last.second, page->first_rank - 1 + static_cast<int64_t>(count)};
}

}  // namespace

FamilyPage ListFamilies(const PopulationState& state, uint32_t region, int programme,
                        const std::optional<ListCursor>& after, size_t page_size) {
  std::vector<Candidate> candidates = Eligible(state, region, programme);
  FamilyPage page;
  page.total = static_cast<int64_t>(candidates.size());
  if (after) {
    const Position from{!after->ranked, after->key};
    std::erase_if(candidates, [&](const Candidate& c) { return c.position <= from; });
    page.first_rank = after->listed + 1;
  }
  KeepSorted(&candidates, 0, page_size);
  FillPage(candidates, page_size, &page);
  return page;
}

FamilyPage ListFamiliesFrom(const PopulationState& state, uint32_t region, int programme,
                            int64_t first_rank, size_t page_size) {
  std::vector<Candidate> candidates = Eligible(state, region, programme);
  FamilyPage page;
  page.total = static_cast<int64_t>(candidates.size());
  page.first_rank = std::max<int64_t>(first_rank, 1);
  if (page.first_rank > page.total) return page;
  KeepSorted(&candidates, static_cast<size_t>(page.first_rank - 1), page_size);
  FillPage(candidates, page_size, &page);
  return page;
}

std::vector<uint32_t> FirstFamilies(const PopulationState& state, uint32_t region, int programme,
                                    size_t count) {
  return ListFamilies(state, region, programme, std::nullopt, count).slots;
}

int64_t FamiliesToBoundary(const PopulationState& state, const FamilyRecord& record) {
  if (record.decile == 0) return 0;
  const int64_t own = state.ranked().Before(state.KeyOf(record));
  int64_t end = state.ranked().size();
  if (record.decile < measures::kDeciles) {
    const std::optional<RankKey>& key = state.decile_ends()[record.decile - 1U];
    if (key) end = state.ranked().Before(*key);
  }
  return end - own - 1;
}

int ProgrammeBit(const PopulationState& state, std::string_view id) {
  const auto it = std::ranges::find(state.programmes(), id, &Programme::id);
  return it == state.programmes().end() ? -1 : static_cast<int>(it - state.programmes().begin());
}

}  // namespace sepakat::targeting
