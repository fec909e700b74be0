// Entries in order, with sums over every prefix: the structure behind ranks, deciles, the Gini
// coefficient and quantiles that stay exact while families come, change and go.
//
// A B+ tree: leaves of at most 128 sorted entries, linked left to right, under inner nodes of at
// most 64 children that keep each child's least entry and sums. A prefix adds at most 63 sums per
// level; an insertion moves part of one leaf. Equal entries may stand more than once.
//
// `Entry` is a small value with <=>; `Sums` a value with `+= Entry`, `-= Entry`, `+= Sums`,
// `-= Sums` and a default of zero. What is read depends on the entries present, not on how they
// came there.
// Thread: one owner. Complexity: Insert, Erase, Before and FirstWhere O(log n), Assign O(n).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace sepakat::targeting {

template <typename Entry, typename Sums>
class SumTree {
 public:
  // An entry in its place, and the sums of all entries before it.
  struct Found {
    Entry entry;
    Sums before;
  };

  SumTree() { Clear(); }

  void Clear() {
    leaves_.assign(1, {});
    inners_.clear();
    free_leaves_.clear();
    free_inners_.clear();
    root_ = 0;
    height_ = 0;
    total_ = {};
  }

  // Replaces everything by `sorted`, which is ascending.
  void Assign(std::span<const Entry> sorted);

  void Insert(const Entry& entry) {
    total_ += entry;
    const std::optional<Child> split = InsertBelow(root_, height_, entry);
    if (!split) return;
    const uint32_t left = root_;
    root_ = NewInner();
    Inner& root = inners_[root_];
    root.Put(0, Describe(left, height_));
    root.Put(1, *split);
    root.count = 2;
    ++height_;
  }

  // Takes away one entry equal to `entry`; false when there is none.
  bool Erase(const Entry& entry) {
    if (!EraseBelow(root_, height_, entry)) return false;
    total_ -= entry;
    while (height_ > 0 && inners_[root_].count == 1) {
      const uint32_t old = root_;
      root_ = inners_[old].child[0];
      free_inners_.push_back(old);
      --height_;
    }
    return true;
  }

  const Sums& total() const { return total_; }

  // Sums of the entries below `bound`, which may be any value that an Entry compares with.
  template <typename Bound>
  Sums Before(const Bound& bound) const {
    Sums before{};
    const Leaf& leaf = leaves_[LeafBelow(bound, &before)];
    for (uint32_t i = 0; i < leaf.count && leaf.entries[i] < bound; ++i) before += leaf.entries[i];
    return before;
  }

  // The first entry for which `holds(sums of the entries up to and including it)`. Requires a
  // condition that, once true, stays true.
  template <typename Condition>
  std::optional<Found> FirstWhere(const Condition& holds) const {
    if (!holds(total_)) return std::nullopt;
    Sums before{};
    uint32_t node = root_;
    for (int height = height_; height > 0; --height) {
      const Inner& inner = inners_[node];
      uint32_t i = 0;
      for (; i + 1 < inner.count; ++i) {
        Sums through = before;
        through += inner.sums[i];
        if (holds(through)) break;
        before = through;
      }
      node = inner.child[i];
    }
    const Leaf& leaf = leaves_[node];
    for (uint32_t i = 0; i < leaf.count; ++i) {
      Sums through = before;
      through += leaf.entries[i];
      if (holds(through)) return Found{leaf.entries[i], before};
      before = through;
    }
    return std::nullopt;
  }

  // Visits entries in order, from the first one not below `from`, while `visit` returns true.
  template <typename Bound, typename Visit>
  void Walk(const Bound& from, const Visit& visit) const {
    Sums ignored{};
    uint32_t node = LeafBelow(from, &ignored);
    const Leaf& first = leaves_[node];
    const auto begin = first.entries.begin();
    auto at = static_cast<uint32_t>(std::lower_bound(begin, begin + first.count, from) - begin);
    for (; node != kNone; node = leaves_[node].next, at = 0) {
      for (const Leaf& leaf = leaves_[node]; at < leaf.count; ++at) {
        if (!visit(leaf.entries[at])) return;
      }
    }
  }

  // Bytes held, for the memory budget.
  size_t MemoryBytes() const {
    return leaves_.size() * sizeof(Leaf) + inners_.size() * sizeof(Inner);
  }

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};
  static constexpr uint32_t kLeafFull = 128;
  static constexpr uint32_t kInnerFull = 64;

  struct Leaf {
    uint32_t count = 0;
    uint32_t next = kNone;
    std::array<Entry, kLeafFull> entries;
  };

  // What an inner node knows of one child.
  struct Child {
    uint32_t node = kNone;
    Entry least{};
    Sums sums{};
  };

  struct Inner {
    uint32_t count = 0;
    std::array<uint32_t, kInnerFull> child;
    std::array<Entry, kInnerFull> least;
    std::array<Sums, kInnerFull> sums;

    void Put(uint32_t i, const Child& described) {
      child[i] = described.node;
      least[i] = described.least;
      sums[i] = described.sums;
    }
    Child Get(uint32_t i) const { return {child[i], least[i], sums[i]}; }
    // Moves the children from `from` on by `by` places.
    void Shift(uint32_t from, int by) {
      const auto shift = [&](auto& column) {
        const auto begin = column.begin() + from;
        const auto end = column.begin() + count;
        if (by > 0) {
          std::move_backward(begin, end, end + by);
        } else {
          std::move(begin, end, begin + by);
        }
      };
      shift(child);
      shift(least);
      shift(sums);
      count = static_cast<uint32_t>(static_cast<int>(count) + by);
    }
    // The child that holds or would hold the entry.
    uint32_t ChildOf(const Entry& entry) const {
      const auto it = std::upper_bound(least.begin() + 1, least.begin() + count, entry);
      return static_cast<uint32_t>(it - least.begin()) - 1;
    }
  };

  uint32_t NewLeaf() { return NewNode(&leaves_, &free_leaves_); }
  uint32_t NewInner() { return NewNode(&inners_, &free_inners_); }
  template <typename Node>
  static uint32_t NewNode(std::deque<Node>* nodes, std::vector<uint32_t>* free) {
    if (free->empty()) {
      nodes->emplace_back();
      return static_cast<uint32_t>(nodes->size()) - 1;
    }
    const uint32_t node = free->back();
    free->pop_back();
    (*nodes)[node].count = 0;
    return node;
  }

  uint32_t CountOf(uint32_t node, int height) const {
    return height == 0 ? leaves_[node].count : inners_[node].count;
  }

  Child Describe(uint32_t node, int height) const {
    Child described{node, {}, {}};
    if (height == 0) {
      const Leaf& leaf = leaves_[node];
      if (leaf.count > 0) described.least = leaf.entries[0];
      for (uint32_t i = 0; i < leaf.count; ++i) described.sums += leaf.entries[i];
    } else {
      const Inner& inner = inners_[node];
      described.least = inner.least[0];
      for (uint32_t i = 0; i < inner.count; ++i) described.sums += inner.sums[i];
    }
    return described;
  }

  // The leaf where the first entry not below `bound` stands or would stand; adds what lies before.
  template <typename Bound>
  uint32_t LeafBelow(const Bound& bound, Sums* before) const {
    uint32_t node = root_;
    for (int height = height_; height > 0; --height) {
      const Inner& inner = inners_[node];
      const auto it =
          std::lower_bound(inner.least.begin() + 1, inner.least.begin() + inner.count, bound);
      const auto at = static_cast<uint32_t>(it - inner.least.begin()) - 1;
      for (uint32_t i = 0; i < at; ++i) *before += inner.sums[i];
      node = inner.child[at];
    }
    return node;
  }

  // The new right neighbour when the node had to be split.
  std::optional<Child> InsertBelow(uint32_t node, int height, const Entry& entry) {
    return height == 0 ? InsertInLeaf(node, entry) : InsertInInner(node, height, entry);
  }

  std::optional<Child> InsertInLeaf(uint32_t node, const Entry& entry) {
    std::optional<Child> split;
    Leaf* leaf = &leaves_[node];
    if (leaf->count == kLeafFull) {
      const uint32_t right = NewLeaf();
      MoveUpper(&leaves_[node], &leaves_[right], kLeafFull / 2);
      leaves_[right].next = leaves_[node].next;
      leaves_[node].next = right;
      const bool goes_right = !(entry < leaves_[right].entries[0]);
      leaf = &leaves_[goes_right ? right : node];
      split.emplace();
      split->node = right;
    }
    const auto begin = leaf->entries.begin();
    const auto at = std::upper_bound(begin, begin + leaf->count, entry);
    std::move_backward(at, begin + leaf->count, begin + leaf->count + 1);
    *at = entry;
    ++leaf->count;
    if (split) *split = Describe(split->node, 0);
    return split;
  }

  std::optional<Child> InsertInInner(uint32_t node, int height, const Entry& entry) {
    Inner* inner = &inners_[node];
    const uint32_t at = inner->ChildOf(entry);
    const std::optional<Child> below = InsertBelow(inner->child[at], height - 1, entry);
    inner->least[at] = std::min(inner->least[at], entry);
    inner->sums[at] += entry;
    if (!below) return std::nullopt;
    inner->sums[at] -= below->sums;
    std::optional<Child> split;
    uint32_t place = at + 1;
    if (inner->count == kInnerFull) {
      const uint32_t right = NewInner();
      inner = &inners_[node];
      MoveUpper(inner, &inners_[right], kInnerFull / 2);
      split.emplace();
      split->node = right;
      if (place > inner->count) {
        place -= inner->count;
        inner = &inners_[right];
      }
    }
    inner->Shift(place, 1);
    inner->Put(place, *below);
    if (split) *split = Describe(split->node, height);
    return split;
  }

  bool EraseBelow(uint32_t node, int height, const Entry& entry) {
    if (height == 0) {
      Leaf& leaf = leaves_[node];
      const auto begin = leaf.entries.begin();
      const auto at = std::lower_bound(begin, begin + leaf.count, entry);
      if (at == begin + leaf.count || !(*at == entry)) return false;
      std::move(at + 1, begin + leaf.count, at);
      --leaf.count;
      return true;
    }
    Inner& inner = inners_[node];
    const uint32_t at = inner.ChildOf(entry);
    if (!EraseBelow(inner.child[at], height - 1, entry)) return false;
    inner.sums[at] -= entry;
    const uint32_t full = height == 1 ? kLeafFull : kInnerFull;
    if (CountOf(inner.child[at], height - 1) < full / 4 && inner.count > 1) {
      Even(&inner, std::min(at, inner.count - 2), height - 1);
    } else if (inner.least[at] == entry) {
      inner.least[at] = LeastOf(inner.child[at], height - 1);
    }
    return true;
  }

  const Entry& LeastOf(uint32_t node, int height) const {
    return height == 0 ? leaves_[node].entries[0] : inners_[node].least[0];
  }

  // Joins the children `i` and `i + 1`, of height `height`, or gives both the same share.
  void Even(Inner* parent, uint32_t i, int height) {
    const uint32_t left = parent->child[i];
    const uint32_t right = parent->child[i + 1];
    const bool joined = height == 0 ? EvenNodes(&leaves_[left], &leaves_[right], kLeafFull)
                                    : EvenNodes(&inners_[left], &inners_[right], kInnerFull);
    parent->Put(i, Describe(left, height));
    if (!joined) {
      parent->Put(i + 1, Describe(right, height));
      return;
    }
    if (height == 0) leaves_[left].next = leaves_[right].next;
    (height == 0 ? free_leaves_ : free_inners_).push_back(right);
    parent->Shift(i + 2, -1);
  }

  // True when everything fits well into `left`.
  template <typename Node>
  static bool EvenNodes(Node* left, Node* right, uint32_t full) {
    const uint32_t all = left->count + right->count;
    const bool join = all <= full / 4 * 3;
    const uint32_t keep = join ? all : all / 2;
    if (left->count > keep) {
      MoveUpper(left, right, keep);
    } else {
      MoveLower(left, right, keep - left->count);
    }
    return join;
  }

  // Moves what lies behind the first `keep` of `left` to the front of `right`.
  static void MoveUpper(Leaf* left, Leaf* right, uint32_t keep) {
    MoveUpperColumn(&left->entries, left->count, &right->entries, right->count, keep);
    right->count += left->count - keep;
    left->count = keep;
  }
  static void MoveUpper(Inner* left, Inner* right, uint32_t keep) {
    MoveUpperColumn(&left->child, left->count, &right->child, right->count, keep);
    MoveUpperColumn(&left->least, left->count, &right->least, right->count, keep);
    MoveUpperColumn(&left->sums, left->count, &right->sums, right->count, keep);
    right->count += left->count - keep;
    left->count = keep;
  }
  template <typename Column>
  static void MoveUpperColumn(Column* left, uint32_t left_count, Column* right,
                              uint32_t right_count, uint32_t keep) {
    const uint32_t moved = left_count - keep;
    std::move_backward(right->begin(), right->begin() + right_count,
                       right->begin() + right_count + moved);
    std::move(left->begin() + keep, left->begin() + left_count, right->begin());
  }

  // Moves the first `moved` of `right` behind the last of `left`.
  static void MoveLower(Leaf* left, Leaf* right, uint32_t moved) {
    MoveLowerColumn(&left->entries, left->count, &right->entries, right->count, moved);
    left->count += moved;
    right->count -= moved;
  }
  static void MoveLower(Inner* left, Inner* right, uint32_t moved) {
    MoveLowerColumn(&left->child, left->count, &right->child, right->count, moved);
    MoveLowerColumn(&left->least, left->count, &right->least, right->count, moved);
    MoveLowerColumn(&left->sums, left->count, &right->sums, right->count, moved);
    left->count += moved;
    right->count -= moved;
  }
  template <typename Column>
  static void MoveLowerColumn(Column* left, uint32_t left_count, Column* right,
                              uint32_t right_count, uint32_t moved) {
    std::move(right->begin(), right->begin() + moved, left->begin() + left_count);
    std::move(right->begin() + moved, right->begin() + right_count, right->begin());
  }

  std::deque<Leaf> leaves_;
  std::deque<Inner> inners_;
  std::vector<uint32_t> free_leaves_;
  std::vector<uint32_t> free_inners_;
  uint32_t root_ = 0;
  int height_ = 0;
  Sums total_{};
};

template <typename Entry, typename Sums>
void SumTree<Entry, Sums>::Assign(std::span<const Entry> sorted) {
  Clear();
  if (sorted.empty()) return;
  // Three quarters full, so that the next insertions split nothing; nodes of one level differ by at
  // most one entry.
  const auto nodes_for = [](size_t count, uint32_t full) {
    return (count - 1) / (full / 4 * 3) + 1;
  };
  const auto begin_of = [](size_t node, size_t nodes, size_t count) {
    return node * count / nodes;
  };
  leaves_.clear();
  std::vector<Child> level(nodes_for(sorted.size(), kLeafFull));
  for (size_t n = 0; n < level.size(); ++n) {
    const auto part = sorted.subspan(
        begin_of(n, level.size(), sorted.size()),
        begin_of(n + 1, level.size(), sorted.size()) - begin_of(n, level.size(), sorted.size()));
    const uint32_t node = NewLeaf();
    Leaf& leaf = leaves_[node];
    std::ranges::copy(part, leaf.entries.begin());
    leaf.count = static_cast<uint32_t>(part.size());
    leaf.next = n + 1 < level.size() ? node + 1 : kNone;
    level[n] = Describe(node, 0);
    total_ += level[n].sums;
  }
  for (; level.size() > 1; ++height_) {
    std::vector<Child> above(nodes_for(level.size(), kInnerFull));
    for (size_t n = 0; n < above.size(); ++n) {
      const uint32_t node = NewInner();
      Inner& inner = inners_[node];
      for (size_t i = begin_of(n, above.size(), level.size());
           i < begin_of(n + 1, above.size(), level.size()); ++i) {
        inner.Put(inner.count++, level[i]);
      }
      above[n] = Describe(node, height_ + 1);
    }
    level = std::move(above);
  }
  root_ = level.front().node;
}

}  // namespace sepakat::targeting
