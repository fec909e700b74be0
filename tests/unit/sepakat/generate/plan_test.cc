#include "sepakat/generate/plan.h"

#include <algorithm>
#include <numeric>

#include "common/base/status.h"
#include "gtest/gtest.h"
#include "small_register.h"

namespace sepakat::generate {
namespace {

// Persons of accepted records with known welfare, all and below the line, counted again.
struct Count {
  int64_t all = 0;
  int64_t poor = 0;
};
Count CountAgain(const Plan& plan) {
  Count count;
  for (size_t i = 0; i < plan.sizes.size(); ++i) {
    if (!CountsInFigures(plan.dirt[i])) continue;
    count.all += plan.sizes[i];
    if (plan.consumption[i] < plan.profile.line_rupiah) count.poor += plan.sizes[i];
  }
  return count;
}

TEST(Plan, HasExactlyThePersonsOfTheRegency) {
  const Plan plan = SmallPlan(0);
  EXPECT_EQ(plan.families(), 290'000);
  EXPECT_EQ(std::accumulate(plan.sizes.begin(), plan.sizes.end(), int64_t{0}), 1'034'241);
}

TEST(Plan, ReachesThePublishedHeadcount) {
  const Plan plan = SmallPlan(0, 1, 30);
  const Count count = CountAgain(plan);
  EXPECT_EQ(count.all, plan.counted_persons);
  EXPECT_EQ(count.poor, plan.poor_persons);
  const double p0 = static_cast<double>(count.poor) / static_cast<double>(count.all);
  EXPECT_NEAR(p0, 0.0805, 0.00005);
}

class PlanOfAnySize : public testing::TestWithParam<int64_t> {};

TEST_P(PlanOfAnySize, KeepsPersonsInProportionAndTheHeadcountToTheNearestFamily) {
  const Plan plan = SmallPlan(GetParam(), 11, 100);
  EXPECT_EQ(plan.families(), GetParam());
  EXPECT_EQ(plan.persons, (GetParam() * 1'034'241 + 145'000) / 290'000);
  const Count count = CountAgain(plan);
  // A whole family is poor or not: the count may miss by half of the largest one.
  EXPECT_LE(std::abs(count.poor * 10'000 - count.all * 805), 5 * 10'000);
}
INSTANTIATE_TEST_SUITE_P(Sizes, PlanOfAnySize, testing::Values(1, 2, 12, 500, 20'000));

TEST(Plan, GivesEveryFamilyAVillage) {
  const Plan plan = SmallPlan(500);
  EXPECT_EQ(plan.first_family.front(), 0);
  EXPECT_EQ(plan.first_family.back(), 500);
  for (int64_t family = 0; family < 500; ++family) {
    const auto village = static_cast<size_t>(plan.VillageOf(family));
    EXPECT_LE(plan.first_family[village], family);
    EXPECT_LT(family, plan.first_family[village + 1]);
  }
}

TEST(Plan, HasRoughlyTheShareOfDirtAskedFor) {
  const Plan clean = SmallPlan(5000, 1, 0);
  EXPECT_EQ(std::count(clean.dirt.begin(), clean.dirt.end(), Dirt::kNone), 5000);
  const Plan dirty = SmallPlan(50'000, 1, 200);
  EXPECT_NEAR(50'000 - std::count(dirty.dirt.begin(), dirty.dirt.end(), Dirt::kNone), 1000, 120);
}

TEST(Plan, MakesMountainFamiliesPoorerThanUrbanOnes) {
  const Plan plan = SmallPlan(40'000);
  int64_t poor[2] = {0, 0};
  int64_t all[2] = {0, 0};
  for (int64_t i = 0; i < plan.families(); ++i) {
    const std::string& code = plan.villages[static_cast<size_t>(plan.VillageOf(i))].code;
    const bool mountain = code.starts_with("33.26.04");
    if (!mountain && !code.starts_with("33.26.13")) continue;
    ++all[mountain];
    poor[mountain] += plan.consumption[static_cast<size_t>(i)] < plan.profile.line_rupiah;
  }
  EXPECT_GT(poor[1] * all[0], 2 * poor[0] * all[1]);
}

TEST(Plan, RefusesAVillageOutsideTheProfile) {
  const absl::StatusOr<Plan> plan =
      MakePlan(ShippedProfile(), {{"33.75.01.1001", "Elsewhere"}}, Request{});
  EXPECT_EQ(base::ReasonOf(plan.status()), "PROFILE_INVALID");
}

TEST(Plan, RefusesNoVillageTooManyFamiliesAndTooMuchDirt) {
  EXPECT_FALSE(MakePlan(ShippedProfile(), {}, Request{}).ok());
  EXPECT_FALSE(MakePlan(ShippedProfile(), FewVillages(), Request{.families = 2'700'001}).ok());
  EXPECT_FALSE(MakePlan(ShippedProfile(), FewVillages(), Request{.families = -1}).ok());
  EXPECT_FALSE(MakePlan(ShippedProfile(), FewVillages(), Request{.dirty_per_10000 = 10'001}).ok());
}

}  // namespace
}  // namespace sepakat::generate
