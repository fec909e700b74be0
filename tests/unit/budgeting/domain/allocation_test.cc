#include "budgeting/domain/allocation.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>

#include "budgeting/domain/certificate.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

using ::testing::ElementsAre;

constexpr ByClass kPoints = {100, 85, 70, 55, 40, 30, 20, 12, 6, 3, 2};

ByClass Families(std::initializer_list<int64_t> by_decile) {
  ByClass counts{};
  std::copy(by_decile.begin(), by_decile.end(), counts.begin());
  return counts;
}

AllocationProblem TwoVillages(int64_t budget) {
  return {
      .regions = {{"33.26.01.2001", Families({2, 1}), 20}, {"33.26.01.2002", Families({1, 3}), 20}},
      .budget = budget,
      .points = kPoints};
}

TEST(AllocationTest, ThePoorestTenthIsServedFirstWhereverItLives) {
  const absl::StatusOr<Allocation> plan = Solve(TwoVillages(60));
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->units, ElementsAre(2, 1));
  EXPECT_EQ(plan->cost, 60);
  EXPECT_EQ(
      plan->certificate,
      (Certificate{
          .value = 300, .bound = 300, .gap = 0, .lambda_numerator = 85, .lambda_denominator = 20}));
}

TEST(AllocationTest, WhereTheMoneyDoesNotReachAllOfOneDecileItIsSharedByTheirNumber) {
  struct Case {
    const char* what;
    std::vector<int64_t> families;
    int64_t money;  // for so many units
    std::vector<int64_t> units;
  };
  const Case cases[] = {
      {"in proportion", {10, 30, 60}, 10, {1, 3, 6}},
      {"whole parts first, then the largest remainder", {10, 15, 12}, 5, {1, 2, 2}},
      {"a single unit goes where most families wait", {2, 9, 8}, 1, {0, 1, 0}},
      {"equal remainders go by region code", {5, 5, 5}, 2, {1, 1, 0}},
      {"nobody gets more than it has families", {1, 1, 98}, 99, {1, 1, 97}},
      {"enough for all", {1, 2, 3}, 6, {1, 2, 3}},
  };
  for (const Case& c : cases) {
    AllocationProblem problem{.regions = {}, .budget = 20 * c.money + 19, .points = kPoints};
    for (size_t r = 0; r < c.families.size(); ++r) {
      problem.regions.push_back(
          {std::string(1, static_cast<char>('A' + r)), Families({c.families[r]}), 20});
    }
    const absl::StatusOr<Allocation> plan = Solve(problem);
    ASSERT_TRUE(plan.ok()) << c.what;
    EXPECT_EQ(plan->units, c.units) << c.what;
    EXPECT_TRUE(VerifyPlan(problem, *plan).ok()) << c.what;
    EXPECT_EQ(plan->certificate.gap, 0) << c.what;
  }
}

// Once a programme for 400 houses gave 398 of them to the first district by code.
TEST(AllocationTest, TheFirstDistrictByCodeGetsNoMoreThanItsShare) {
  AllocationProblem problem{.regions = {}, .budget = 400 * 20, .points = kPoints};
  for (int village = 0; village < 285; ++village) {
    problem.regions.push_back({fmt::format("33.26.{:02}.{:04}", 1 + village / 15, 2001 + village),
                               Families({60, 55, 50}), 20});
  }
  const absl::StatusOr<Allocation> plan = Solve(problem);
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->units, testing::Each(testing::AllOf(testing::Ge(1), testing::Le(2))));
  EXPECT_EQ(std::accumulate(plan->units.begin(), plan->units.end(), int64_t{0}), 400);
  EXPECT_EQ(plan->certificate.value, 400 * 100);
  EXPECT_TRUE(VerifyPlan(problem, *plan).ok());
}

TEST(AllocationTest, OfClassesThatAreWorthTheSameTheGreaterNeedComesFirst) {
  AllocationProblem problem{.regions = {{"A", Families({0, 4}), 20}, {"B", Families({2}), 20}},
                            .budget = 60,
                            .points = {100, 100, 70, 55, 40, 30, 20, 12, 6, 3, 2}};
  const absl::StatusOr<Allocation> plan = Solve(problem);
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->units, ElementsAre(1, 2));
}

TEST(AllocationTest, MoneyThatDoesNotPayForAWholeUnitStaysUnspentAndProvenOptimal) {
  const absl::StatusOr<Allocation> plan = Solve(TwoVillages(79));
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(plan->cost, 60);
  EXPECT_EQ(plan->certificate.gap, 0) << "no plan can use the last 19 rupiah";
}

TEST(AllocationTest, EverybodyIsServedWhenTheCeilingAllows) {
  const absl::StatusOr<Allocation> plan = Solve(TwoVillages(1'000'000));
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->units, ElementsAre(3, 4));
  EXPECT_EQ(plan->certificate.gap, 0);
  EXPECT_EQ(plan->certificate.lambda_numerator, 0);
}

TEST(AllocationTest, ASwapUsesMoneyThatTheGreedyPrefixLeaves) {
  // Greedy takes the cheap unit in A (100 points for 6) and cannot pay the dear one in B (150 for
  // 10).
  const AllocationProblem problem = {
      .regions = {{"A", Families({0, 1}), 6}, {"B", Families({1}), 10}},
      .budget = 10,
      .points = {150, 100, 70, 55, 40, 30, 20, 12, 6, 3, 2}};
  const absl::StatusOr<Allocation> plan = Solve(problem);
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->units, ElementsAre(0, 1));
  EXPECT_EQ(plan->certificate.value, 150);
  EXPECT_TRUE(VerifyPlan(problem, *plan).ok());
}

TEST(AllocationTest, CostsMayDifferByRegion) {
  const AllocationProblem problem = {
      .regions = {{"A", Families({4}), 30}, {"B", Families({4}), 20}},
      .budget = 100,
      .points = kPoints};
  const absl::StatusOr<Allocation> plan = Solve(problem);
  ASSERT_TRUE(plan.ok());
  EXPECT_THAT(plan->units, ElementsAre(0, 4)) << "the same good is cheaper in B";
}

TEST(AllocationTest, ProblemsThatMakeNoSenseAreRefused) {
  struct Case {
    const char* why;
    AllocationProblem problem;
    const char* reason;
  };
  AllocationProblem negative = TwoVillages(-1);
  AllocationProblem twice = TwoVillages(10);
  twice.regions[1].region = twice.regions[0].region;
  AllocationProblem free = TwoVillages(10);
  free.regions[0].unit_cost = 0;
  AllocationProblem rising = TwoVillages(10);
  rising.points[3] = 99;
  AllocationProblem huge = TwoVillages(10);
  huge.regions[0].available[0] = 2'000'000'000;
  const Case cases[] = {{"negative budget", negative, "PROBLEM_INVALID"},
                        {"region twice", twice, "PROBLEM_INVALID"},
                        {"unit that costs nothing", free, "PROBLEM_INVALID"},
                        {"points that rise", rising, "BENEFIT_TABLE_INVALID"},
                        {"more families than there are people", huge, "PROBLEM_TOO_LARGE"}};
  for (const Case& c : cases) {
    EXPECT_EQ(base::ReasonOf(Solve(c.problem).status()), c.reason) << c.why;
  }
}

TEST(VerifyPlanTest, FindsEveryFalseClaim) {
  const AllocationProblem problem = TwoVillages(60);
  const Allocation honest = *Solve(problem);
  ASSERT_TRUE(VerifyPlan(problem, honest).ok());
  struct Case {
    const char* claim;
    void (*falsify)(Allocation* plan);
  };
  const Case cases[] = {
      {"cost", [](Allocation* p) { --p->cost; }},
      {"value", [](Allocation* p) { ++p->certificate.value; }},
      {"bound", [](Allocation* p) { --p->certificate.bound; }},
      {"gap", [](Allocation* p) { ++p->certificate.gap; }},
      {"lambda", [](Allocation* p) { p->certificate.lambda_numerator = 1; }},
      {"negative lambda", [](Allocation* p) { p->certificate.lambda_numerator = -1; }},
      {"more units than families",
       [](Allocation* p) {
         p->units = {4, 0};
       }},
      {"over the ceiling",
       [](Allocation* p) {
         p->units = {3, 1};
       }},
      {"negative units",
       [](Allocation* p) {
         p->units = {-1, 4};
       }},
      {"a region missing", [](Allocation* p) { p->units = {3}; }},
  };
  for (const Case& c : cases) {
    Allocation plan = honest;
    c.falsify(&plan);
    EXPECT_EQ(base::ReasonOf(VerifyPlan(problem, plan)), "PLAN_NOT_PROVEN") << c.claim;
  }
}

TEST(BenefitTableTest, ATableIsInForceFromItsDayUntilTheNextOne) {
  const std::vector<BenefitTable> tables = {{"old", 100, "", kPoints}, {"new", 200, "", kPoints}};
  EXPECT_EQ(base::ReasonOf(BenefitTableOn(tables, 99).status()), "NO_BENEFIT_TABLE");
  EXPECT_EQ(BenefitTableOn(tables, 100)->version, "old");
  EXPECT_EQ(BenefitTableOn(tables, 199)->version, "old");
  EXPECT_EQ(BenefitTableOn(tables, 200)->version, "new");
}

TEST(BenefitTableTest, TheShippedTablesAreValid) {
  for (const BenefitTable& table : ShippedBenefitTables()) {
    EXPECT_TRUE(CheckPoints(table.points).ok()) << table.version;
    EXPECT_FALSE(table.source.empty());
  }
}

}  // namespace
}  // namespace sepakat::budgeting
