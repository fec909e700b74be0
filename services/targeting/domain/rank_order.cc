#include "targeting/domain/rank_order.h"

#include <algorithm>

namespace sepakat::targeting {
namespace {

bool EntryBelow(const RankEntry& entry, const RankKey& key) { return entry.key < key; }

}  // namespace

int DecileOf(const DecileEnds& ends, const RankKey& key) {
  int decile = 1;
  for (const std::optional<RankKey>& end : ends) {
    if (end && *end <= key) ++decile;
  }
  return decile;
}

size_t RankOrder::BlockOf(const RankKey& key) const {
  const auto it = std::ranges::lower_bound(
      blocks_, key, std::less<>{}, [](const Block& block) { return block.entries.back().key; });
  if (it == blocks_.end()) return blocks_.size() - 1;
  return static_cast<size_t>(it - blocks_.begin());
}

void RankOrder::Insert(const RankEntry& entry) {
  if (blocks_.empty()) blocks_.emplace_back();
  ++size_;
  const size_t index = blocks_.size() == 1 ? 0 : BlockOf(entry.key);
  Block& block = blocks_[index];
  const auto at =
      std::lower_bound(block.entries.begin(), block.entries.end(), entry.key, EntryBelow);
  block.entries.insert(at, entry);
  block.families += entry.family_weight;
  block.persons += entry.person_weight;
  if (block.entries.size() >= kFull) Split(index);
}

void RankOrder::Erase(const RankKey& key) {
  const size_t index = BlockOf(key);
  Block& block = blocks_[index];
  const auto at = std::lower_bound(block.entries.begin(), block.entries.end(), key, EntryBelow);
  block.families -= at->family_weight;
  block.persons -= at->person_weight;
  block.entries.erase(at);
  --size_;
  JoinIfSparse(index);
}

void RankOrder::Clear() {
  blocks_.clear();
  size_ = 0;
}

void RankOrder::Split(size_t index) {
  Block upper;
  {
    Block& lower = blocks_[index];
    const auto middle = lower.entries.begin() + static_cast<std::ptrdiff_t>(kFull / 2);
    upper.entries.assign(middle, lower.entries.end());
    lower.entries.erase(middle, lower.entries.end());
    for (const RankEntry& entry : upper.entries) {
      upper.families += entry.family_weight;
      upper.persons += entry.person_weight;
    }
    lower.families -= upper.families;
    lower.persons -= upper.persons;
  }
  blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(upper));
}

void RankOrder::JoinIfSparse(size_t index) {
  const size_t count = blocks_[index].entries.size();
  if (count >= kSparse) return;
  if (count > 0 && blocks_.size() == 1) return;
  if (count > 0) {
    const size_t neighbour = index > 0 ? index - 1 : 1;
    if (blocks_[neighbour].entries.size() + count >= kFull) return;
    Block& into = blocks_[std::min(index, neighbour)];
    Block& from = blocks_[std::max(index, neighbour)];
    into.entries.insert(into.entries.end(), from.entries.begin(), from.entries.end());
    into.families += from.families;
    into.persons += from.persons;
    index = std::max(index, neighbour);
  }
  blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(index));
}

DecileEnds RankOrder::Ends(bool by_persons) const {
  const auto weight = [&](const auto& holder, int64_t families, int64_t persons) {
    static_cast<void>(holder);
    return by_persons ? persons : families;
  };
  int64_t total = 0;
  for (const Block& block : blocks_) total += weight(block, block.families, block.persons);
  DecileEnds ends;
  size_t k = 1;
  int64_t before = 0;
  for (const Block& block : blocks_) {
    const int64_t sum = weight(block, block.families, block.persons);
    // The end of decile k is the first family with 10 C >= k W; the last family of this block
    // starts below before + sum, so most blocks are passed over.
    if (k <= 9 && 10 * (before + sum) > static_cast<int64_t>(k) * total) {
      int64_t at = before;
      for (const RankEntry& entry : block.entries) {
        while (k <= 9 && 10 * at >= static_cast<int64_t>(k) * total) ends[k++ - 1] = entry.key;
        at += weight(entry, entry.family_weight, entry.person_weight);
      }
    }
    before += sum;
  }
  return ends;
}

int64_t RankOrder::Before(const RankKey& key) const {
  if (blocks_.empty()) return 0;
  const size_t index = BlockOf(key);
  int64_t before = 0;
  for (size_t i = 0; i < index; ++i) before += static_cast<int64_t>(blocks_[i].entries.size());
  const std::vector<RankEntry>& entries = blocks_[index].entries;
  return before +
         (std::lower_bound(entries.begin(), entries.end(), key, EntryBelow) - entries.begin());
}

void RankOrder::Walk(const std::optional<RankKey>& from,
                     const std::function<bool(const RankEntry&)>& visit) const {
  if (blocks_.empty()) return;
  size_t index = from ? BlockOf(*from) : 0;
  size_t at = 0;
  if (from) {
    const std::vector<RankEntry>& entries = blocks_[index].entries;
    at = static_cast<size_t>(std::lower_bound(entries.begin(), entries.end(), *from, EntryBelow) -
                             entries.begin());
  }
  for (; index < blocks_.size(); ++index, at = 0) {
    for (; at < blocks_[index].entries.size(); ++at) {
      if (!visit(blocks_[index].entries[at])) return;
    }
  }
}

}  // namespace sepakat::targeting
