#include "sepakat/generate/household.h"

#include <algorithm>
#include <set>

#include "common/base/date.h"
#include "gtest/gtest.h"
#include "sepakat/generate/columns.h"
#include "small_register.h"

namespace sepakat::generate {
namespace {

int Number(const std::string& cell) { return std::stoi(cell); }

// All rows of a small register, family by family.
std::vector<std::vector<Row>> Families(const Plan& plan) {
  std::vector<std::vector<Row>> families(static_cast<size_t>(plan.families()));
  for (int64_t i = 0; i < plan.families(); ++i) {
    DrawFamily(plan, i, families[static_cast<size_t>(i)]);
  }
  return families;
}

TEST(Household, IsVisiblySynthetic) {
  for (const auto& family : Families(SmallPlan(400))) {
    for (const Row& row : family) {
      EXPECT_TRUE(row[kName].starts_with("Contoh ")) << row[kName];
      EXPECT_EQ(row[kFamilyCard].size(), 16U);
      EXPECT_TRUE(row[kFamilyCard].starts_with("9999"));
      if (row[kNik].empty()) continue;
      EXPECT_EQ(row[kNik].size(), 16U);
      EXPECT_TRUE(row[kNik].starts_with("9999"));
    }
  }
}

TEST(Household, HasOneHeadInFrontAndAtMostOneSpouse) {
  for (const auto& family : Families(SmallPlan(2000))) {
    const auto with = [&family](const char* relation) {
      return std::count_if(family.begin(), family.end(),
                           [relation](const Row& row) { return row[kRelation] == relation; });
    };
    EXPECT_EQ(family.front()[kRelation], "1");
    EXPECT_EQ(with("1"), 1);
    EXPECT_LE(with("2"), 1);
    EXPECT_EQ(Number(family.front()[kFamilySize]), static_cast<int>(family.size()));
  }
}

TEST(Household, NeverUsesANumberTwice) {
  // Above 100,000 families identity numbers share their free digits and differ by the day of birth.
  const Plan plan = SmallPlan(150'000);
  std::set<std::string> numbers;
  std::set<std::string> cards;
  std::vector<Row> family;
  for (int64_t i = 0; i < plan.families(); ++i) {
    DrawFamily(plan, i, family);
    EXPECT_TRUE(cards.insert(family.front()[kFamilyCard]).second);
    for (const Row& row : family) {
      if (row[kNik].empty()) continue;
      EXPECT_TRUE(numbers.insert(row[kNik]).second) << row[kNik];
    }
  }
}

TEST(Household, AsksOnlyWhatTheQuestionnaireAsks) {
  for (const auto& family : Families(SmallPlan(3000))) {
    const Row& head = family.front();
    const int water = Number(head[kWaterSource]);
    EXPECT_EQ(head[kWaterDistance].empty(), water < 4 || water > 8);
    EXPECT_EQ(head[kCloset].empty(), Number(head[kToilet]) > 3);
    EXPECT_EQ(head[kDisposal].empty(), Number(head[kToilet]) > 3);
    EXPECT_EQ(head[kPower].empty(), head[kLighting] != "1");
    EXPECT_EQ(head[kAssetGas] == "1", head[kCookingFuel] == "2" || head[kCookingFuel] == "3");
    for (const Row& row : family) {
      const int age = Number(row[kAge]);
      EXPECT_EQ(row[kNutrition].empty(), age >= 5);
      EXPECT_EQ(row[kSchooling].empty(), age < 5);
      EXPECT_EQ(row[kSeeing].empty(), age < 2);
      EXPECT_EQ(row[kLearning].empty(), age < 5);
      EXPECT_EQ(row[kSector].empty(), row[kWorks] != "1");
    }
  }
}

TEST(Household, HasAnAgeThatFollowsFromTheBirthDate) {
  for (const auto& family : Families(SmallPlan(500))) {
    const int32_t day = *base::ParseIsoDate(family.front()[kObservedOn]);
    for (const Row& row : family) {
      const absl::StatusOr<int32_t> born = base::ParseIsoDate(row[kBirthDate]);
      ASSERT_TRUE(born.ok()) << row[kBirthDate];
      EXPECT_EQ(base::AgeInYears(*born, day), Number(row[kAge]));
    }
  }
}

// Share of families with the property among the poorest and the richest tenth, in permille.
template <typename Holds>
std::pair<int, int> PoorAndRich(const Plan& plan, const Holds& holds) {
  int with[2] = {0, 0};
  int all[2] = {0, 0};
  std::vector<Row> family;
  for (int64_t i = 0; i < plan.families(); ++i) {
    const int rank = plan.ranks[static_cast<size_t>(i)];
    if (rank >= 102 && rank < 922) continue;
    const bool rich = rank >= 922;
    DrawFamily(plan, i, family);
    ++all[rich];
    with[rich] += holds(family.front());
  }
  return {with[0] * 1000 / all[0], with[1] * 1000 / all[1]};
}

TEST(Household, LacksMoreTheLessItHas) {
  const Plan plan = SmallPlan(20'000);
  const auto more_among_poor = [&plan](const auto& holds) {
    const auto [poor, rich] = PoorAndRich(plan, holds);
    EXPECT_GT(poor, rich + 40);
  };
  more_among_poor([](const Row& head) { return head[kFloor] == "8"; });
  more_among_poor([](const Row& head) { return head[kToilet] != "1"; });
  more_among_poor([](const Row& head) { return head[kCookingFuel] == "10"; });
  more_among_poor([](const Row& head) { return head[kAidBpnt] == "1"; });
  more_among_poor([](const Row& head) { return head[kAssetMotorcycle] != "1"; });
}

}  // namespace
}  // namespace sepakat::generate
