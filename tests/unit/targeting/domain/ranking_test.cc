#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "targeting/domain/rank_order.h"

namespace sepakat::targeting {
namespace {

// Families 0, 1, 2... in slots of the same numbers.
class Families {
 public:
  explicit Families(uint64_t count) {
    for (uint64_t i = 0; i < count; ++i) records_.Add({0, i});
  }
  const RecordStore* records() const { return &records_; }
  RankKey KeyOf(const RankEntry& entry) const { return {entry.value, records_.key(entry.slot)}; }
  void Sort(std::vector<RankEntry>* entries) const {
    std::ranges::sort(*entries, std::less<>{}, [&](const RankEntry& e) { return KeyOf(e); });
  }

 private:
  RecordStore records_;
};

std::vector<int> Deciles(const RankOrder& order) {
  const DecileEnds ends = order.Ends();
  std::vector<int> deciles;
  order.Walk(std::nullopt, [&](const RankKey& key, uint32_t) {
    deciles.push_back(DecileOf(ends, key));
    return true;
  });
  return deciles;
}

std::vector<uint32_t> Slots(const RankOrder& order) {
  std::vector<uint32_t> slots;
  order.Walk(std::nullopt, [&](const RankKey&, uint32_t slot) {
    slots.push_back(slot);
    return true;
  });
  return slots;
}

TEST(Ranking, VectorC) {
  const Families families(5);
  RankOrder by_families(families.records());
  RankOrder by_persons(families.records());
  const int64_t sizes[] = {4, 1, 3, 1, 1};
  for (uint32_t i = 0; i < 5; ++i) {
    by_families.Insert({i, i, 1});
    by_persons.Insert({i, i, sizes[i]});
  }
  EXPECT_EQ(Deciles(by_families), (std::vector<int>{1, 3, 5, 7, 9}));
  EXPECT_EQ(Deciles(by_persons), (std::vector<int>{1, 5, 6, 9, 10}));
}

TEST(Ranking, EqualScoresAreOrderedByFamily) {
  RecordStore records;
  for (const uint64_t key : {7, 3, 5}) records.Add({0, key});
  RankOrder order(&records);
  for (const uint32_t slot : {0, 1, 2}) order.Insert({100, slot, 1});
  EXPECT_EQ(Slots(order), (std::vector<uint32_t>{1, 2, 0}));
}

void ExpectEqualsSorted(const RankOrder& order, std::vector<RankEntry> plain,
                        const Families& families) {
  families.Sort(&plain);
  RC_ASSERT(order.size() == std::ssize(plain));
  int64_t total = 0;
  for (const RankEntry& entry : plain) total += entry.weight;
  std::vector<int> deciles;
  std::vector<uint32_t> slots;
  int64_t before = 0;
  for (const RankEntry& entry : plain) {
    deciles.push_back(static_cast<int>(1 + 10 * before / total));
    slots.push_back(entry.slot);
    before += entry.weight;
  }
  RC_ASSERT(Slots(order) == slots);
  RC_ASSERT(Deciles(order) == deciles);
  for (size_t i = 0; i < plain.size(); i += 97) {
    RC_ASSERT(order.Before(families.KeyOf(plain[i])) == static_cast<int64_t>(i));
  }
}

// One by one and many at once, in turns; values beyond 32 bits make the entries wide on the way.
TEST(Ranking, EqualsAFullSortAfterAnyChange) {
  EXPECT_TRUE(rc::check("order equals sort", [] {
    static const Families families(8000);
    RankOrder order(families.records());
    std::vector<RankEntry> plain;
    const auto steps = *rc::gen::inRange<uint32_t>(1, 6000);
    const bool wide = *rc::gen::arbitrary<bool>();
    uint64_t random = *rc::gen::arbitrary<uint64_t>();
    const auto next = [&random](uint64_t below) {
      random = random * 6364136223846793005ULL + 1442695040888963407ULL;
      return (random >> 33) % below;
    };
    const auto value = [&] {
      const auto small = static_cast<int64_t>(next(50));
      return wide && next(200) == 0 ? small << 40 : small - 20;
    };
    uint32_t slot = 0;
    while (slot < steps) {
      // Growing and shrinking by turns, so that blocks split and join.
      const uint64_t erase_per_mille = slot / 1000 % 2 == 1 ? 800 : 100;
      std::vector<RankEntry> removed;
      std::vector<RankEntry> inserted;
      const uint64_t batch = next(3) == 0 ? 1 + next(800) : 1;
      for (uint64_t i = 0; i < batch && slot < steps; ++i) {
        if (!plain.empty() && next(1000) < erase_per_mille) {
          std::swap(plain[next(plain.size())], plain.back());
          removed.push_back(plain.back());
          plain.pop_back();
          // Some come back under another value or weight.
          if (next(2) == 0) {
            inserted.push_back({value(), removed.back().slot, 1 + static_cast<int64_t>(next(9))});
          }
        } else {
          inserted.push_back({value(), slot++, 1 + static_cast<int64_t>(next(9))});
        }
      }
      plain.insert(plain.end(), inserted.begin(), inserted.end());
      if (batch == 1) {
        for (const RankEntry& entry : removed) order.Erase(entry);
        for (const RankEntry& entry : inserted) order.Insert(entry);
      } else {
        order.Change(&removed, &inserted);
      }
    }
    ExpectEqualsSorted(order, plain, families);
    RankOrder anew(families.records());
    anew.Assign(plain);
    ExpectEqualsSorted(anew, plain, families);
  }));
}

}  // namespace
}  // namespace sepakat::targeting
