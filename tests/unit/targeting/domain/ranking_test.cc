#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "targeting/domain/rank_order.h"

namespace sepakat::targeting {
namespace {

RankEntry Entry(int64_t value, uint64_t key, int64_t size) {
  return {{value, {0, key}}, static_cast<uint32_t>(key), 1, size};
}

std::vector<int> Deciles(const RankOrder& order, bool by_persons) {
  const DecileEnds ends = order.Ends(by_persons);
  std::vector<int> deciles;
  order.Walk(std::nullopt, [&](const RankEntry& entry) {
    deciles.push_back(DecileOf(ends, entry.key));
    return true;
  });
  return deciles;
}

TEST(Ranking, VectorC) {
  RankOrder order;
  const int64_t sizes[] = {4, 1, 3, 1, 1};
  for (uint64_t i = 0; i < 5; ++i) order.Insert(Entry(static_cast<int64_t>(i), i, sizes[i]));
  EXPECT_EQ(Deciles(order, false), (std::vector<int>{1, 3, 5, 7, 9}));
  EXPECT_EQ(Deciles(order, true), (std::vector<int>{1, 5, 6, 9, 10}));
}

TEST(Ranking, EqualScoresAreOrderedByFamily) {
  RankOrder order;
  for (uint64_t key : {7, 3, 5}) order.Insert(Entry(100, key, 1));
  std::vector<uint32_t> slots;
  order.Walk(std::nullopt, [&](const RankEntry& entry) {
    slots.push_back(entry.slot);
    return true;
  });
  EXPECT_EQ(slots, (std::vector<uint32_t>{3, 5, 7}));
}

TEST(Ranking, EqualsAFullSortAfterAnyChange) {
  EXPECT_TRUE(rc::check("order equals sort", [] {
    RankOrder order;
    std::vector<RankEntry> plain;
    const int steps = *rc::gen::inRange(1, 6000);
    uint64_t random = *rc::gen::arbitrary<uint64_t>();
    const auto next = [&random](uint64_t below) {
      random = random * 6364136223846793005ULL + 1442695040888963407ULL;
      return (random >> 33) % below;
    };
    for (int i = 0; i < steps; ++i) {
      // Growing and shrinking by turns, so that blocks split and join.
      const uint64_t erase_per_mille = i / 1000 % 2 == 1 ? 800 : 100;
      if (!plain.empty() && next(1000) < erase_per_mille) {
        const size_t at = next(plain.size());
        order.Erase(plain[at]);
        plain.erase(plain.begin() + static_cast<std::ptrdiff_t>(at));
      } else {
        plain.push_back(Entry(static_cast<int64_t>(next(50)), static_cast<uint64_t>(i),
                              1 + static_cast<int64_t>(next(9))));
        order.Insert(plain.back());
      }
    }
    std::ranges::sort(plain, std::less<>{}, &RankEntry::key);
    RC_ASSERT(order.size() == std::ssize(plain));
    for (bool by_persons : {false, true}) {
      int64_t total = 0;
      const auto weight = [&](const RankEntry& e) { return by_persons ? e.person_weight : 1; };
      for (const RankEntry& entry : plain) total += weight(entry);
      std::vector<int> expected;
      int64_t before = 0;
      for (const RankEntry& entry : plain) {
        expected.push_back(static_cast<int>(1 + 10 * before / total));
        before += weight(entry);
      }
      RC_ASSERT(Deciles(order, by_persons) == expected);
    }
    for (size_t i = 0; i < plain.size(); i += 97) {
      RC_ASSERT(order.Before(plain[i].key) == static_cast<int64_t>(i));
    }
  }));
}

}  // namespace
}  // namespace sepakat::targeting
