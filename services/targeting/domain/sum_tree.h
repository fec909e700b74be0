// Entries in order, with sums over every prefix: the structure behind ranks, deciles, the Gini
// coefficient and quantiles that stay exact while families come, change and go.
//
// A B+ tree: leaves of one KiB of sorted entries, linked left to right, under inner nodes of at
// most 64 children that keep each child's least entry and sums. A prefix adds at most 63 sums per
// level; an insertion moves part of one leaf. Equal entries may stand more than once.
//
// `Entry` is a small value with ==; `Sums` a value with `+= Sums`, `-= Sums` and a default of zero;
// `Order` says which entry stands first and what an entry adds to the sums. What is read depends on
// the entries present, not on how they came there: one by one, or many at once by Change(), which
// takes the cheaper way.
// Thread: one owner. Complexity: Insert, Erase, Before and FirstWhere O(log n), Assign O(n), Change
// of k entries O(k log n), or O(n) where that is less.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "targeting/domain/node_pool.h"

namespace sepakat::targeting {

// Entries that compare by `<` and that sums add and take away by themselves.
struct PlainOrder {
  template <typename A, typename B>
  bool Less(const A& a, const B& b) const {
    return a < b;
  }
  template <typename Sums, typename Entry>
  void Add(const Entry& entry, Sums* sums) const {
    *sums += entry;
  }
  template <typename Sums, typename Entry>
  void Take(const Entry& entry, Sums* sums) const {
    *sums -= entry;
  }
};

template <typename Entry, typename Sums, typename Order = PlainOrder>
class SumTree {
 public:
  // An entry in its place, and the sums of all entries before it.
  struct Found {
    Entry entry;
    Sums before;
  };

  explicit SumTree(Order order = {}) : order_(order) { root_ = NewLeaf(); }

  // Replaces everything by `sorted`, which is ascending.
  void Assign(std::span<const Entry> sorted) {
    Build(sorted.size(), kDense, [at = sorted.begin()]() mutable -> const Entry& { return *at++; });
  }
  // How full nodes are built, in sixteenths: where little or where much is about to change.
  static constexpr uint32_t kDense = 15;
  static constexpr uint32_t kRoomy = 12;
  // Replaces everything by what `count` calls of `next` give, ascending.
  template <typename Next>
  void Build(size_t count, uint32_t sixteenths, Next next);
  // Takes as little memory as it can, if much has changed since it was built.
  void Compact() {
    if (roomy_ || changed_ > size_ / 64) Merge({}, {}, kDense);
  }

  // Takes away and adds many at once. Both ascending; everything in `removed` is there.
  void Change(std::span<const Entry> removed, std::span<const Entry> inserted) {
    const size_t changes = removed.size() + inserted.size();
    changed_ += changes;
    if (changes > kFew && (changes >= size_ / 32 || changed_ >= size_ / 4)) {
      Merge(removed, inserted, kRoomy);
      return;
    }
    for (const Entry& entry : removed) Erase(entry);
    for (const Entry& entry : inserted) Insert(entry);
  }

  void Insert(const Entry& entry) {
    order_.Add(entry, &total_);
    ++size_;
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
    order_.Take(entry, &total_);
    --size_;
    while (height_ > 0 && inners_[root_].count == 1) {
      const uint32_t old = root_;
      root_ = inners_[old].child[0];
      inners_.Give(old);
      --height_;
    }
    return true;
  }

  const Sums& total() const { return total_; }
  size_t size() const { return size_; }
  const Order& order() const { return order_; }

  // Sums of the entries below `bound`, which may be any value that an Entry compares with.
  template <typename Bound>
  Sums Before(const Bound& bound) const {
    Sums before{};
    const Leaf& leaf = leaves_[LeafBelow(bound, &before)];
    for (uint32_t i = 0; i < leaf.count && order_.Less(leaf.entries[i], bound); ++i) {
      order_.Add(leaf.entries[i], &before);
    }
    return before;
  }

  // Calls `visit(i, Before(bounds[i]))` for ascending bounds, passing each node once.
  template <typename Bound, typename Visit>
  void BeforeEach(std::span<const Bound> bounds, const Visit& visit) const {
    BeforeEachBelow(root_, height_, bounds, 0, Sums{}, visit);
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
      order_.Add(leaf.entries[i], &through);
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
    auto at =
        static_cast<uint32_t>(std::lower_bound(begin, begin + first.count, from, Less()) - begin);
    for (; node != kNone; node = leaves_[node].next, at = 0) {
      for (const Leaf& leaf = leaves_[node]; at < leaf.count; ++at) {
        if (!visit(leaf.entries[at])) return;
      }
    }
  }

  // Visits all entries in order.
  template <typename Visit>
  void WalkAll(const Visit& visit) const {
    for (uint32_t node = FirstLeaf(); node != kNone; node = leaves_[node].next) {
      for (const Leaf& leaf = leaves_[node]; const Entry& entry : leaf.used()) visit(entry);
    }
  }

  // Bytes held, for the memory budget.
  size_t MemoryBytes() const { return leaves_.MemoryBytes() + inners_.MemoryBytes(); }

 private:
  static constexpr uint32_t kNone = ~uint32_t{0};
  static constexpr uint32_t kLeafFull = (1024 - 2 * sizeof(uint32_t)) / sizeof(Entry);
  static constexpr uint32_t kInnerFull = 64;
  // So few changes are made one by one, however small the tree is.
  static constexpr size_t kFew = 16;

  // Members without defaults: a chunk of leaves is not touched before they are used.
  struct Leaf {
    uint32_t count;
    uint32_t next;
    std::array<Entry, kLeafFull> entries;
    std::span<const Entry> used() const { return {entries.data(), count}; }
  };

  // What an inner node knows of one child.
  struct Child {
    uint32_t node = kNone;
    Entry least{};
    Sums sums{};
  };

  struct Inner {
    uint32_t count;
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
  };

  auto Less() const {
    return [this](const auto& a, const auto& b) { return order_.Less(a, b); };
  }
  // The child that holds or would hold the entry.
  uint32_t ChildOf(const Inner& inner, const Entry& entry) const {
    const auto begin = inner.least.begin();
    return static_cast<uint32_t>(std::upper_bound(begin + 1, begin + inner.count, entry, Less()) -
                                 begin) -
           1;
  }

  uint32_t NewLeaf() {
    const uint32_t node = leaves_.Take();
    leaves_[node].next = kNone;
    return node;
  }
  uint32_t NewInner() { return inners_.Take(); }
  uint32_t FirstLeaf() const {
    uint32_t node = root_;
    for (int height = height_; height > 0; --height) node = inners_[node].child[0];
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
      for (const Entry& entry : leaf.used()) order_.Add(entry, &described.sums);
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
      const auto it = std::lower_bound(inner.least.begin() + 1, inner.least.begin() + inner.count,
                                       bound, Less());
      const auto at = static_cast<uint32_t>(it - inner.least.begin()) - 1;
      for (uint32_t i = 0; i < at; ++i) *before += inner.sums[i];
      node = inner.child[at];
    }
    return node;
  }

  template <typename Bound, typename Visit>
  void BeforeEachBelow(uint32_t node, int height, std::span<const Bound> bounds, size_t first,
                       Sums before, const Visit& visit) const {
    if (height == 0) {
      const Leaf& leaf = leaves_[node];
      uint32_t at = 0;
      for (size_t i = 0; i < bounds.size(); ++i) {
        for (; at < leaf.count && order_.Less(leaf.entries[at], bounds[i]); ++at) {
          order_.Add(leaf.entries[at], &before);
        }
        visit(first + i, std::as_const(before));
      }
      return;
    }
    const Inner& inner = inners_[node];
    for (uint32_t child = 0; !bounds.empty(); ++child) {
      const bool last = child + 1 == inner.count;
      const auto end =
          last ? bounds.end() : std::ranges::partition_point(bounds, [&](const Bound& bound) {
            return !order_.Less(inner.least[child + 1], bound);
          });
      const auto count = static_cast<size_t>(end - bounds.begin());
      if (count > 0) {
        BeforeEachBelow(inner.child[child], height - 1, bounds.first(count), first, before, visit);
      }
      bounds = bounds.subspan(count);
      first += count;
      before += inner.sums[child];
    }
  }

  // Everything anew, from what stands here and the changes, side by side.
  void Merge(std::span<const Entry> removed, std::span<const Entry> inserted, uint32_t sixteenths) {
    SumTree merged(order_);
    uint32_t node = FirstLeaf();
    uint32_t at = 0;
    auto gone = removed.begin();
    auto come = inserted.begin();
    merged.Build(size_ - removed.size() + inserted.size(), sixteenths, [&]() -> const Entry& {
      for (;;) {
        while (node != kNone && at == leaves_[node].count) {
          node = leaves_[node].next;
          at = 0;
        }
        if (node == kNone) return *come++;
        const Entry& here = leaves_[node].entries[at];
        if (gone != removed.end() && here == *gone) {
          ++gone;
          ++at;
          continue;
        }
        if (come != inserted.end() && order_.Less(*come, here)) return *come++;
        ++at;
        return here;
      }
    });
    *this = std::move(merged);
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
      const bool goes_right = !order_.Less(entry, leaves_[right].entries[0]);
      leaf = &leaves_[goes_right ? right : node];
      split.emplace();
      split->node = right;
    }
    const auto begin = leaf->entries.begin();
    const auto at = std::upper_bound(begin, begin + leaf->count, entry, Less());
    std::move_backward(at, begin + leaf->count, begin + leaf->count + 1);
    *at = entry;
    ++leaf->count;
    if (split) *split = Describe(split->node, 0);
    return split;
  }

  std::optional<Child> InsertInInner(uint32_t node, int height, const Entry& entry) {
    Inner* inner = &inners_[node];
    const uint32_t at = ChildOf(*inner, entry);
    const std::optional<Child> below = InsertBelow(inner->child[at], height - 1, entry);
    if (order_.Less(entry, inner->least[at])) inner->least[at] = entry;
    order_.Add(entry, &inner->sums[at]);
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
      const auto at = std::lower_bound(begin, begin + leaf.count, entry, Less());
      if (at == begin + leaf.count || !(*at == entry)) return false;
      std::move(at + 1, begin + leaf.count, at);
      --leaf.count;
      return true;
    }
    Inner& inner = inners_[node];
    const uint32_t at = ChildOf(inner, entry);
    if (!EraseBelow(inner.child[at], height - 1, entry)) return false;
    order_.Take(entry, &inner.sums[at]);
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
    height == 0 ? leaves_.Give(right) : inners_.Give(right);
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

  [[no_unique_address]] Order order_;
  NodePool<Leaf> leaves_;
  NodePool<Inner> inners_;
  uint32_t root_ = 0;
  int height_ = 0;
  size_t size_ = 0;
  size_t changed_ = 0;  // entries that came or went by Change() since everything was built
  bool roomy_ = false;  // it was built with room for more
  Sums total_{};
};

template <typename Entry, typename Sums, typename Order>
template <typename Next>
void SumTree<Entry, Sums, Order>::Build(size_t count, uint32_t sixteenths, Next next) {
  *this = SumTree(order_);
  if (count == 0) return;
  size_ = count;
  roomy_ = sixteenths < kDense;
  // Nodes of one level differ by at most one entry.
  const auto nodes_for = [sixteenths](size_t entries, uint32_t full) {
    return (entries - 1) / (full * sixteenths / 16) + 1;
  };
  const auto begin_of = [](size_t node, size_t nodes, size_t entries) {
    return node * entries / nodes;
  };
  std::vector<Child> level(nodes_for(count, kLeafFull));
  for (size_t n = 0; n < level.size(); ++n) {
    const uint32_t node = n == 0 ? root_ : NewLeaf();
    Leaf& leaf = leaves_[node];
    leaf.count = static_cast<uint32_t>(begin_of(n + 1, level.size(), count) -
                                       begin_of(n, level.size(), count));
    for (uint32_t i = 0; i < leaf.count; ++i) leaf.entries[i] = next();
    if (n > 0) leaves_[level[n - 1].node].next = node;
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
