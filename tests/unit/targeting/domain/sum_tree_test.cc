// The tree against a sorted vector, under histories that split, even out and join its nodes.
#include "targeting/domain/sum_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <vector>

namespace sepakat::targeting {
namespace {

struct Entry {
  int32_t value = 0;
  int32_t weight = 0;
  auto operator<=>(const Entry&) const = default;
  bool operator<(int32_t bound) const { return value < bound; }
};

struct Sums {
  int64_t count = 0;
  int64_t weight = 0;
  bool operator==(const Sums&) const = default;
  Sums& operator+=(const Entry& entry) { return *this += Sums{1, entry.weight}; }
  Sums& operator-=(const Entry& entry) { return *this -= Sums{1, entry.weight}; }
  Sums& operator+=(const Sums& other) {
    count += other.count;
    weight += other.weight;
    return *this;
  }
  Sums& operator-=(const Sums& other) {
    count -= other.count;
    weight -= other.weight;
    return *this;
  }
};

using Tree = SumTree<Entry, Sums>;

std::vector<Entry> Content(const Tree& tree) {
  std::vector<Entry> content;
  tree.Walk(INT32_MIN, [&](const Entry& entry) {
    content.push_back(entry);
    return true;
  });
  return content;
}

Sums Sum(const std::vector<Entry>& entries) {
  Sums sums;
  for (const Entry& entry : entries) sums += entry;
  return sums;
}

void ExpectEquals(const Tree& tree, const std::vector<Entry>& sorted) {
  RC_ASSERT(Content(tree) == sorted);
  RC_ASSERT(tree.total() == Sum(sorted));
  for (size_t i = 0; i < sorted.size(); i += 1 + sorted.size() / 50) {
    const int32_t bound = sorted[i].value;
    std::vector<Entry> below;
    for (const Entry& entry : sorted) {
      if (entry.value < bound) below.push_back(entry);
    }
    RC_ASSERT(tree.Before(bound) == Sum(below));
    const int64_t cut =
        tree.total().weight * static_cast<int64_t>(i) / static_cast<int64_t>(sorted.size());
    Sums before;
    auto expected = sorted.begin();
    for (; before.weight + expected->weight < cut; ++expected) before += *expected;
    const auto found = tree.FirstWhere([&](const Sums& sums) { return sums.weight >= cut; });
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->entry == *expected);
    RC_ASSERT(found->before == before);
  }
}

// A small generator of its own: rapidcheck's would shrink thousands of steps one by one.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  int32_t Below(uint64_t end) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int32_t>((state_ >> 33) % end);
  }

 private:
  uint64_t state_;
};

TEST(SumTree, EqualsASortedVectorAfterAnyHistory) {
  EXPECT_TRUE(rc::check("tree equals sorted vector", [] {
    Dice dice(*rc::gen::arbitrary<uint64_t>());
    // Few values make many equal entries, many values few.
    const uint64_t values = *rc::gen::element<uint64_t>(3, 100, 1'000'000);
    const int steps = *rc::gen::inRange(1, 30'000);
    std::vector<Entry> sorted;
    for (int i = dice.Below(20'000); i > 0; --i) {
      sorted.push_back({dice.Below(values), dice.Below(9)});
    }
    std::ranges::sort(sorted);
    Tree tree;
    tree.Assign(sorted);
    for (int i = 0; i < steps; ++i) {
      const bool shrinking = i / 7'000 % 2 == 1;
      if (!sorted.empty() && dice.Below(1000) < (shrinking ? 900 : 200)) {
        const auto at = sorted.begin() + dice.Below(sorted.size());
        RC_ASSERT(tree.Erase(*at));
        sorted.erase(at);
      } else {
        const Entry entry{dice.Below(values), dice.Below(9)};
        sorted.insert(std::ranges::upper_bound(sorted, entry), entry);
        tree.Insert(entry);
      }
    }
    ExpectEquals(tree, sorted);
    std::ranges::sort(sorted, [](const Entry& a, const Entry& b) { return a.weight < b.weight; });
    for (const Entry& entry : sorted) RC_ASSERT(tree.Erase(entry));
    RC_ASSERT(Content(tree).empty());
    RC_ASSERT(tree.total() == Sums{});
  }));
}

TEST(SumTree, ManyAtOnceAreAsManyOneByOne) {
  EXPECT_TRUE(rc::check("changes equal single steps", [] {
    Dice dice(*rc::gen::arbitrary<uint64_t>());
    const uint64_t values = *rc::gen::element<uint64_t>(3, 100, 1'000'000);
    std::vector<Entry> sorted;
    Tree tree;
    for (int round = *rc::gen::inRange(1, 40); round > 0; --round) {
      std::vector<Entry> removed;
      std::vector<Entry> inserted;
      const int32_t leaving = dice.Below(2) == 0 ? dice.Below(sorted.size() + 1) : dice.Below(30);
      std::vector<Entry> kept;
      for (const Entry& entry : sorted) {
        const bool leaves = dice.Below(sorted.size()) < leaving;
        (leaves ? removed : kept).push_back(entry);
      }
      const int32_t coming = dice.Below(3) == 0 ? dice.Below(5'000) : dice.Below(30);
      inserted.reserve(static_cast<size_t>(coming));
      for (int32_t i = 0; i < coming; ++i) inserted.push_back({dice.Below(values), dice.Below(9)});
      std::ranges::sort(inserted);
      tree.Change(removed, inserted);
      if (dice.Below(5) == 0) tree.Compact();
      sorted.clear();
      std::ranges::merge(kept, inserted, std::back_inserter(sorted));
    }
    ExpectEquals(tree, sorted);
    std::vector<int32_t> bounds;
    bounds.reserve(300);
    for (int i = 0; i < 300; ++i) bounds.push_back(dice.Below(values + 2) - 1);
    std::ranges::sort(bounds);
    size_t visited = 0;
    tree.BeforeEach(std::span<const int32_t>(bounds), [&](size_t i, const Sums& before) {
      RC_ASSERT(i == visited++);
      RC_ASSERT(before == tree.Before(bounds[i]));
    });
    RC_ASSERT(visited == bounds.size());
  }));
}

TEST(SumTree, ErasesOnlyWhatIsThere) {
  Tree tree;
  EXPECT_FALSE(tree.Erase({1, 1}));
  tree.Insert({1, 1});
  EXPECT_FALSE(tree.Erase({1, 2}));
  EXPECT_TRUE(tree.Erase({1, 1}));
  EXPECT_FALSE(tree.Erase({1, 1}));
}

TEST(SumTree, WalksFromABoundUntilToldToStop) {
  Tree tree;
  for (int32_t i = 0; i < 1000; ++i) tree.Insert({i, 1});
  std::vector<int32_t> seen;
  tree.Walk(500, [&](const Entry& entry) {
    seen.push_back(entry.value);
    return seen.size() < 3;
  });
  EXPECT_EQ(seen, (std::vector<int32_t>{500, 501, 502}));
}

TEST(SumTree, FindsNothingBeyondItsTotal) {
  Tree tree;
  tree.Insert({1, 5});
  EXPECT_FALSE(tree.FirstWhere([](const Sums& sums) { return sums.weight >= 6; }));
  EXPECT_TRUE(tree.FirstWhere([](const Sums& sums) { return sums.weight >= 5; }));
}

}  // namespace
}  // namespace sepakat::targeting
