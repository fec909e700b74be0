// Orders built at once against orders filled family by family.
#include "targeting/domain/welfare_rebuild.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

namespace sepakat::targeting {
namespace {

class WelfareRebuildTest : public testing::Test {
 protected:
  // Some families hang in a village, some in a district or a province; many share a welfare.
  WelfareRebuildTest() {
    std::mt19937 random(1);
    for (int i = 0; i < 6'000; ++i) {
      std::string code = fmt::format("{}.{:02}.{:02}.{:04}", 33 + random() % 2, 1 + random() % 3,
                                     1 + random() % 3, 2001 + random() % 4);
      if (i % 50 == 0) code = code.substr(0, i % 100 == 0 ? 8 : 2);
      const WelfareEntry entry(200'000 + random() % 4'000, 1 + random() % 7, 1 + random() % 2'000);
      families_.push_back({entry, tree_.Intern(code)});
      for (uint32_t region = families_.back().region;; region = tree_.at(region).parent) {
        one_by_one_[region].Insert(entry);
        if (region == RegionTree::kNation) break;
      }
    }
  }

  static void ExpectSame(const WelfareOrder& a, const WelfareOrder& b) {
    EXPECT_EQ(a.total().families, b.total().families);
    EXPECT_EQ(a.Gini(), b.Gini());
    EXPECT_EQ(a.LorenzShare(2, 5), b.LorenzShare(2, 5));
    for (int k = 1; k < 10; ++k) EXPECT_EQ(a.Quantile(k, 10), b.Quantile(k, 10));
  }

  RegionTree tree_;
  std::vector<PlacedWelfare> families_;
  std::map<uint32_t, WelfareOrder> one_by_one_;
};

TEST_F(WelfareRebuildTest, EveryRegionHasTheOrderOfItsFamilies) {
  size_t visited = 0;
  WelfareRebuild(&tree_).BuildAllInside(RegionTree::kNation, families_,
                                        [&](uint32_t region, const WelfareOrder& order) {
                                          ++visited;
                                          ExpectSame(order, one_by_one_[region]);
                                        });
  EXPECT_EQ(visited, tree_.size());
  for (uint32_t region = 0; region < tree_.size(); ++region) {
    if (tree_.at(region).welfare) ExpectSame(*tree_.at(region).welfare, one_by_one_[region]);
  }
}

TEST_F(WelfareRebuildTest, TheNationAloneAndItsProvincesGiveTheSame) {
  const auto ignore = [](uint32_t, const WelfareOrder&) {};
  WelfareRebuild rebuild(&tree_);
  rebuild.BuildAlone(RegionTree::kNation, families_, ignore);
  for (const uint32_t province : tree_.at(RegionTree::kNation).children) {
    std::vector<PlacedWelfare> inside;
    for (const PlacedWelfare& family : families_) {
      if (tree_.at(family.region).code.starts_with(tree_.at(province).code)) {
        inside.push_back(family);
      }
    }
    rebuild.BuildAllInside(province, inside, ignore);
  }
  for (uint32_t region = 0; region < tree_.size(); ++region) {
    if (tree_.at(region).welfare) ExpectSame(*tree_.at(region).welfare, one_by_one_[region]);
  }
}

TEST_F(WelfareRebuildTest, AnOrderBuiltAtOnceGivesItsFamiliesBackOneByOne) {
  WelfareRebuild(&tree_).BuildAlone(RegionTree::kNation, families_,
                                    [](uint32_t, const WelfareOrder&) {});
  WelfareOrder& nation = *tree_.at(RegionTree::kNation).welfare;
  for (const PlacedWelfare& family : families_) nation.Erase(family.entry);
  ExpectSame(nation, WelfareOrder());
}

}  // namespace
}  // namespace sepakat::targeting
