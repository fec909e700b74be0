#include "budgeting/domain/churn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sepakat::budgeting {
namespace {

using ::testing::ElementsAre;

constexpr ByClass kPoints = {100, 85, 70, 55, 40, 30, 20, 12, 6, 3, 2};

AllocationProblem Villages(std::vector<ByClass> families, int64_t budget) {
  AllocationProblem problem{.regions = {}, .budget = budget, .points = kPoints};
  for (size_t r = 0; r < families.size(); ++r) {
    problem.regions.push_back({std::string(1, static_cast<char>('A' + r)), families[r], 1});
  }
  return problem;
}

TEST(ChurnTest, ASmallGainDoesNotMoveTheProposal) {
  // One family of decile 2 appeared in B; A holds the only unit with a family of decile 3.
  const AllocationProblem problem = Villages({{0, 0, 1}, {0, 1}}, 1);
  const absl::StatusOr<Revision> revision = Revise(problem, {1, 0}, /*points_per_region=*/20);
  ASSERT_TRUE(revision.ok());
  EXPECT_THAT(revision->plan.units, ElementsAre(1, 0)) << "15 points for two changed villages";
  EXPECT_TRUE(revision->kept);
  EXPECT_EQ(revision->optimum_gain, 15);
  EXPECT_EQ(revision->optimum_changes, 2);
  EXPECT_EQ(revision->plan.certificate.gap, 15) << "what keeping the old plan costs is shown";
}

TEST(ChurnTest, AGainAtTheThresholdMovesIt) {
  const AllocationProblem problem = Villages({{0, 0, 0, 0, 1}, {0, 1}}, 1);  // 40 against 85
  const absl::StatusOr<Revision> kept = Revise(problem, {1, 0}, 23);
  const absl::StatusOr<Revision> moved = Revise(problem, {1, 0}, 22);
  ASSERT_TRUE(kept.ok() && moved.ok());
  EXPECT_THAT(kept->plan.units, ElementsAre(1, 0));
  EXPECT_THAT(moved->plan.units, ElementsAre(0, 1));
  EXPECT_EQ(moved->regions_changed, 2);
}

TEST(ChurnTest, AFamilyThatLeftFreesItsMoneyAndOnlyThat) {
  const AllocationProblem problem = Villages({{1}, {0, 2}, {0, 1}}, 3);
  const absl::StatusOr<Revision> revision = Revise(problem, {2, 1, 0}, 1000);
  ASSERT_TRUE(revision.ok());
  EXPECT_THAT(revision->plan.units, ElementsAre(1, 2, 0));
}

TEST(ChurnTest, ALowerCeilingCutsTheLeastEfficientUnits) {
  const AllocationProblem problem = Villages({{2}, {0, 0, 2}, {0, 2}}, 3);
  const absl::StatusOr<Revision> revision = Revise(problem, {2, 2, 2}, 1000);
  ASSERT_TRUE(revision.ok());
  EXPECT_THAT(revision->plan.units, ElementsAre(2, 0, 1));
}

TEST(ChurnTest, ALowerCeilingCutsEqualUnitsByTheirNumber) {
  const AllocationProblem problem = Villages({{10}, {30}, {0, 60}}, 4);
  const absl::StatusOr<Revision> revision = Revise(problem, {10, 30, 0}, 1000);
  ASSERT_TRUE(revision.ok());
  EXPECT_THAT(revision->plan.units, ElementsAre(1, 3, 0));
}

TEST(ChurnTest, MoneyThatComesIsSharedAmongThoseWhoWait) {
  const AllocationProblem problem = Villages({{10}, {30}, {60}}, 29);
  const absl::StatusOr<Revision> revision = Revise(problem, {9, 10, 0}, 1000);
  ASSERT_TRUE(revision.ok());
  // One, twenty and sixty families wait for ten units.
  EXPECT_THAT(revision->plan.units, ElementsAre(9, 13, 7));
}

TEST(ChurnTest, NothingChangesWhenNothingMustAndNothingPays) {
  const AllocationProblem problem = Villages({{2}, {0, 2}}, 3);
  const absl::StatusOr<Revision> revision = Revise(problem, {2, 1}, 0);
  ASSERT_TRUE(revision.ok());
  EXPECT_EQ(revision->regions_changed, 0);
  EXPECT_FALSE(revision->kept);
}

}  // namespace
}  // namespace sepakat::budgeting
