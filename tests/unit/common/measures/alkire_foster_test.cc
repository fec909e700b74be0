#include "common/measures/alkire_foster.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "tests/support/measures/global_mpi.h"

namespace sepakat::measures {
namespace {

using support::GlobalMpi;
using support::UnitOf;

class VectorD : public ::testing::Test {
 protected:
  const MpiSpecification global_ = GlobalMpi();
  // Families of 4, 5, 3 and 6 persons.
  const std::vector<double> sizes_ = {4, 5, 3, 6};
  const std::vector<Deprivations> families_ = {
      UnitOf(global_, {"schooling", "sanitation", "fuel", "housing"}),
      UnitOf(global_, {"nutrition", "attendance", "sanitation"}), UnitOf(global_, {"fuel"}),
      UnitOf(global_, {"sanitation", "water", "fuel", "housing", "assets"})};
};

TEST_F(VectorD, HasTheFirstFamilyExactlyOnTheCutAndPoor) {
  const auto scores = Scores(global_, {families_, sizes_});
  EXPECT_EQ(scores, (std::vector<std::optional<int64_t>>{6, 7, 1, 5}));
  const MpiFigures figures = *Mpi(global_, {families_, sizes_});
  EXPECT_NEAR(figures.headcount, 9.0 / 18, 1e-15);
  EXPECT_NEAR(*figures.intensity, 59.0 / 162, 1e-15);
  EXPECT_NEAR(figures.adjusted, 59.0 / 324, 1e-15);
  EXPECT_EQ(figures.units, 4u);
  EXPECT_EQ(figures.weight, 18);
}

TEST_F(VectorD, HeadcountsAreRawForAllAndCensoredForThePoor) {
  const MpiFigures figures = *Mpi(global_, {families_, sizes_});
  const IndicatorFigures& sanitation = figures.indicators[5];
  EXPECT_NEAR(sanitation.raw, 15.0 / 18, 1e-15);
  EXPECT_NEAR(sanitation.censored, 9.0 / 18, 1e-15);
  EXPECT_NEAR(*sanitation.contribution, 9.0 / 59, 1e-15);
  EXPECT_EQ(figures.indicators[6].censored, 0);  // water: only the last family, not poor
}

TEST_F(VectorD, ContributionsOfDimensionsSumToOne) {
  const MpiFigures figures = *Mpi(global_, {families_, sizes_});
  ASSERT_EQ(figures.dimension_contributions.size(), 3u);
  EXPECT_NEAR(*figures.dimension_contributions[0], 15.0 / 59, 1e-15);  // nutrition of 5 persons
  EXPECT_NEAR(*figures.dimension_contributions[1], 27.0 / 59, 1e-15);
  EXPECT_NEAR(*figures.dimension_contributions[2], 17.0 / 59, 1e-15);
}

TEST_F(VectorD, WithoutPoorIntensityAndContributionsHaveNoValue) {
  MpiSpecification strict = global_;
  strict.cutoff = {1, 1};
  const MpiFigures figures = *Mpi(strict, {families_, sizes_});
  EXPECT_EQ(figures.headcount, 0);
  EXPECT_EQ(figures.adjusted, 0);
  EXPECT_FALSE(figures.intensity.has_value());
  EXPECT_FALSE(figures.indicators[0].contribution.has_value());
  EXPECT_FALSE(figures.dimension_contributions[0].has_value());
  EXPECT_GT(figures.indicators[0].raw, 0);
}

TEST_F(VectorD, AnUnknownDeprivationDropsTheUnitOrCountsAsNoByTheRule) {
  std::vector<Deprivations> families = families_;
  families[1] = UnitOf(global_, {"nutrition", "sanitation"}, {"attendance"});
  MpiSpecification rule = global_;
  rule.unknown = UnknownRule::kDropUnit;
  const MpiFigures dropped = *Mpi(rule, {families, sizes_});
  EXPECT_EQ(dropped.units, 3u);
  EXPECT_EQ(dropped.dropped_units, 1u);
  EXPECT_EQ(dropped.dropped_weight, 5);
  EXPECT_NEAR(dropped.headcount, 4.0 / 13, 1e-15);
  EXPECT_FALSE(Scores(rule, {families, sizes_})[1].has_value());
  rule.unknown = UnknownRule::kNotDeprived;
  const MpiFigures kept = *Mpi(rule, {families, sizes_});
  EXPECT_EQ(kept.units, 4u);
  EXPECT_NEAR(kept.headcount, 4.0 / 18, 1e-15);
  EXPECT_EQ(Scores(rule, {families, sizes_})[1], 4);
}

TEST_F(VectorD, WithoutACompleteUnitThereIsNoFigure) {
  const std::vector<Deprivations> families(4, UnitOf(global_, {}, {"water"}));
  EXPECT_EQ(base::ReasonOf(Mpi(global_, {families, sizes_}).status()), "NO_COMPLETE_UNIT");
}

TEST_F(VectorD, RefusesUnitsThatDoNotFitTheSpecification) {
  const auto reason = [&](Deprivations bad) {
    std::vector<Deprivations> families = families_;
    families[2] = bad;
    return base::ReasonOf(Mpi(global_, {families, sizes_}).status());
  };
  EXPECT_EQ(reason({.deprived = 1 << 10, .unknown = 0}), "BAD_DEPRIVATION");
  EXPECT_EQ(reason({.deprived = 0, .unknown = 1 << 10}), "BAD_DEPRIVATION");
  EXPECT_EQ(reason({.deprived = 1, .unknown = 1}), "BAD_DEPRIVATION");
  const std::vector<double> negative = {4, -5, 3, 6};
  EXPECT_EQ(base::ReasonOf(Mpi(global_, {families_, negative}).status()), "NEGATIVE_WEIGHT");
  const std::vector<double> three = {4, 5, 3};
  EXPECT_EQ(base::ReasonOf(Mpi(global_, {families_, three}).status()), "LENGTH_MISMATCH");
}

TEST(Mpi, HasRoomForSixtyFourIndicators) {
  MpiSpecification wide;
  wide.dimensions = {{"all", 1}};
  for (int j = 0; j < 64; ++j) wide.indicators.push_back({std::to_string(j), "all", 1, {}});
  wide.cutoff = {1, 1};
  const std::vector<Deprivations> units = {{~uint64_t{0}, 0}, {~uint64_t{1}, 0}};
  EXPECT_EQ(Mpi(wide, {units, std::vector<double>{1, 3}})->headcount, 0.25);
}

}  // namespace
}  // namespace sepakat::measures
