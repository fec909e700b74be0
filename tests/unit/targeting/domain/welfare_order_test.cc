// The welfare distribution against pairs and sorted lists, added up the slow way.
#include "targeting/domain/welfare_order.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <vector>

namespace sepakat::targeting {
namespace {

using base::Int128;
using measures::Ratio;

struct Family {
  int64_t welfare = 0;
  int64_t size = 1;
  int64_t weight = 1;
  int64_t persons() const { return size * weight; }
};

WelfareEntry Entry(const Family& family) { return {family.welfare, family.size, family.weight}; }

Int128 PairSum(const std::vector<Family>& families) {
  Int128 sum = 0;
  for (size_t i = 0; i < families.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const int64_t distance = std::abs(families[i].welfare - families[j].welfare);
      sum += Int128{families[i].persons()} * families[j].persons() * distance;
    }
  }
  return sum;
}

Int128 Persons(const std::vector<Family>& families) {
  Int128 sum = 0;
  for (const Family& family : families) sum += family.persons();
  return sum;
}

Int128 Welfare(const std::vector<Family>& families) {
  Int128 sum = 0;
  for (const Family& family : families) sum += Int128{family.persons()} * family.welfare;
  return sum;
}

// Person by person; small weights only.
std::vector<int64_t> SortedPersons(const std::vector<Family>& families) {
  std::vector<int64_t> persons;
  for (const Family& family : families) {
    persons.insert(persons.end(), static_cast<size_t>(family.persons()), family.welfare);
  }
  std::ranges::sort(persons);
  return persons;
}

void ExpectEquals(const WelfareOrder& order, const std::vector<Family>& families) {
  const Int128 welfare = Welfare(families);
  RC_ASSERT(order.total().families == static_cast<int64_t>(families.size()));
  RC_ASSERT(order.total().welfare == welfare);
  const Ratio gini = order.Gini();
  if (welfare == 0) {
    RC_ASSERT(gini.denominator == 0);
  } else {
    RC_ASSERT(gini.numerator == PairSum(families));
    RC_ASSERT(gini.denominator == Persons(families) * welfare);
  }
  const std::vector<int64_t> persons = SortedPersons(families);
  if (persons.empty()) {
    RC_ASSERT(!order.Quantile(1, 2).has_value());
    return;
  }
  for (const int64_t tenths : {1, 4, 5, 8, 9, 10}) {
    const auto count = static_cast<int64_t>(persons.size());
    const int64_t needed = (tenths * count + 9) / 10;
    RC_ASSERT(order.Quantile(tenths, 10) == persons[static_cast<size_t>(needed - 1)]);
    if (welfare == 0) continue;
    // Ten times what the poorest tenths have, the last person counted in part.
    Int128 tenfold = 0;
    int64_t left = tenths * count;
    for (size_t i = 0; left > 0; ++i, left -= 10)
      tenfold += std::min<int64_t>(left, 10) * persons[i];
    const Ratio share = order.LorenzShare(tenths, 10);
    RC_ASSERT(share.numerator == tenfold);
    RC_ASSERT(share.denominator == welfare * 10);
  }
}

Family RandomFamily() {
  // Some welfare beyond 32 bits makes the entries wide on the way.
  return {*rc::gen::inRange<int64_t>(
              0, *rc::gen::element<int64_t>(3, 2'000'000, 2'000'000, int64_t{1} << 34)),
          *rc::gen::inRange<int64_t>(1, 6), *rc::gen::inRange<int64_t>(1, 4)};
}

// Takes some away and adds some, at once.
void ChangeMany(WelfareOrder* order, std::vector<Family>* families) {
  std::vector<WelfareChange> changes;
  for (int i = *rc::gen::inRange(0, 20); i > 0 && !families->empty(); --i) {
    changes.push_back({Entry(families->back()), -1});
    families->pop_back();
  }
  for (int i = *rc::gen::inRange(0, 40); i > 0; --i) {
    families->push_back(RandomFamily());
    changes.push_back({Entry(families->back()), 1});
  }
  std::ranges::sort(changes, {}, &WelfareChange::entry);
  order->Change(changes);
}

TEST(WelfareOrder, EqualsThePairwiseDefinitionAfterAnyHistory) {
  EXPECT_TRUE(rc::check("order equals pairs", [] {
    WelfareOrder order;
    std::vector<Family> families;
    const int steps = *rc::gen::inRange(0, 80);
    for (int i = 0; i < steps; ++i) {
      if (*rc::gen::inRange(0, 8) == 0) {
        ChangeMany(&order, &families);
      } else if (!families.empty() && *rc::gen::inRange(0, 3) == 0) {
        const auto at = families.begin() + *rc::gen::inRange<int64_t>(0, std::ssize(families));
        order.Erase(Entry(*at));
        families.erase(at);
      } else {
        families.push_back(RandomFamily());
        order.Insert(Entry(families.back()));
      }
    }
    ExpectEquals(order, families);
    std::vector<WelfareEntry> entries;
    for (const Family& family : families) entries.push_back(Entry(family));
    ExpectEquals(WelfareOrder(entries), families);
  }));
}

TEST(WelfareOrder, VectorA) {
  std::vector<WelfareEntry> entries;
  for (const int64_t welfare : {10, 20, 30, 40, 60, 70, 80, 90, 100, 110}) {
    entries.emplace_back(welfare, 1, 1);
  }
  const WelfareOrder order(entries);
  // 0.309836 = 1890 / (10 * 610)
  EXPECT_EQ(order.Gini(), (Ratio{1890, 6100}));
  EXPECT_EQ(order.Quantile(1, 2), 60);
  EXPECT_EQ(order.LorenzShare(4, 10), (Ratio{1000, 6100}));
}

TEST(WelfareOrder, KeepsTheLargestValuesOfAFamily) {
  const int64_t welfare = measures::kWelfareEnd - 1;
  const int64_t weight = measures::kPersonWeightEnd - 1;
  WelfareOrder order;
  order.Insert({1, 1, 1});
  order.Insert({welfare, 1, weight});
  EXPECT_EQ(order.total().families, 2);
  EXPECT_EQ(order.total().person_weight, weight + 1);
  EXPECT_EQ(order.total().welfare, Int128{welfare} * weight + 1);
  EXPECT_EQ(order.Quantile(1, 1), welfare);
  order.Erase({welfare, 1, weight});
  EXPECT_EQ(order.total().welfare, 1);
  EXPECT_EQ(order.Quantile(1, 1), 1);
}

// 32 bits of welfare or weight are the last that a narrow entry holds.
TEST(WelfareOrder, NothingIsLostWhereEntriesBecomeWide) {
  constexpr int64_t kLast = 0xffff'ffff;
  for (const auto& [welfare, weight] :
       {std::pair{kLast, kLast}, {kLast + 1, int64_t{5}}, {int64_t{5}, kLast + 1}}) {
    WelfareOrder order;
    for (int i = 0; i < 500; ++i) order.Insert({i, 1, 7});
    order.Insert({welfare, 1, weight});
    EXPECT_EQ(order.total().families, 501);
    EXPECT_EQ(order.total().welfare, Int128{7} * (499 * 500 / 2) + Int128{welfare} * weight);
    order.Erase({welfare, 1, weight});
    EXPECT_EQ(order.total().families, 500);
    EXPECT_EQ(order.Quantile(1, 500), 0);
  }
}

TEST(WelfareOrder, HasNoGiniWhereTheProductWouldNotFit) {
  const int64_t weight = measures::kPersonWeightEnd - 1;
  WelfareOrder order;
  for (int i = 0; i < 1000; ++i) order.Insert({measures::kWelfareEnd - 1 - i, 1, weight});
  EXPECT_EQ(order.Gini().denominator, 0);
  // What had passed 128 bits on the way is right again when it fits.
  for (int i = 2; i < 1000; ++i) order.Erase({measures::kWelfareEnd - 1 - i, 1, weight});
  EXPECT_EQ(order.Gini().numerator, Int128{weight} * weight);
}

TEST(WelfareOrder, SharesNothingWhereNobodyHasAnything) {
  WelfareOrder order;
  order.Insert({0, 4, 1000});
  EXPECT_EQ(order.Gini().denominator, 0);
  EXPECT_EQ(order.LorenzShare(4, 10).denominator, 0);
  EXPECT_EQ(order.Quantile(1, 2), 0);
}

}  // namespace
}  // namespace sepakat::targeting
