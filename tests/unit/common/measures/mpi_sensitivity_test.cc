#include "common/measures/mpi_sensitivity.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"
#include "tests/support/measures/global_mpi.h"

namespace sepakat::measures {
namespace {

using support::GlobalMpi;
using support::UnitOf;

TEST(MpiByCutoff, AnswersForEveryCutoffAtOnce) {
  MpiSpecification global = GlobalMpi();
  const std::vector<Deprivations> families = {
      UnitOf(global, {"schooling", "sanitation", "fuel", "housing"}),
      UnitOf(global, {"nutrition", "attendance", "sanitation"}), UnitOf(global, {"fuel"}),
      UnitOf(global, {})};
  const std::vector<double> sizes = {4, 5, 3, 6};
  const auto by_cutoff = *MpiByCutoff(global, {families, sizes});
  ASSERT_EQ(by_cutoff.size(), 3u);  // scores 1, 6 and 7 occur
  for (int64_t k = 1; k <= 18; ++k) {
    global.cutoff = {k, 18};
    const MpiFigures figures = *Mpi(global, {families, sizes});
    const CutoffFigures* holds = nullptr;
    for (const CutoffFigures& entry : by_cutoff) {
      if (holds == nullptr && entry.score >= k) holds = &entry;
    }
    EXPECT_EQ(holds != nullptr, figures.headcount > 0) << k;
    if (holds == nullptr) continue;
    EXPECT_NEAR(holds->headcount, figures.headcount, 1e-15) << k;
    EXPECT_NEAR(holds->intensity, *figures.intensity, 1e-15) << k;
    EXPECT_NEAR(holds->adjusted, figures.adjusted, 1e-15) << k;
  }
}

TEST(BoundsOfMpi, AreTheFigureItselfWhenAllIsKnown) {
  const MpiSpecification global = GlobalMpi();
  const std::vector<Deprivations> families = {UnitOf(global, {"nutrition", "schooling"}),
                                              UnitOf(global, {"fuel"})};
  const std::vector<double> sizes = {1, 1};
  const MpiBounds bounds = *BoundsOfMpi(global, {families, sizes});
  const MpiFigures figures = *Mpi(global, {families, sizes});
  EXPECT_EQ(bounds.headcount.lower, figures.headcount);
  EXPECT_EQ(bounds.headcount.upper, figures.headcount);
  EXPECT_EQ(bounds.intensity->lower, *figures.intensity);
  EXPECT_EQ(bounds.intensity->upper, *figures.intensity);
  EXPECT_EQ(bounds.unknown_weight, 0);
}

TEST(BoundsOfMpi, SpanFromAllUnknownsAtNoToAllAtYes) {
  const MpiSpecification global = GlobalMpi();
  const std::vector<Deprivations> families = {UnitOf(global, {"nutrition"}, {"schooling"}),
                                              UnitOf(global, {"fuel"}, {"water"})};
  const std::vector<double> sizes = {1, 3};
  const MpiBounds bounds = *BoundsOfMpi(global, {families, sizes});
  EXPECT_EQ(bounds.headcount.lower, 0);
  EXPECT_EQ(bounds.headcount.upper, 0.25);
  EXPECT_NEAR(bounds.adjusted.upper, 6.0 / 18 / 4, 1e-15);
  EXPECT_EQ(bounds.raw[6].upper, 0.75);
  EXPECT_EQ(bounds.censored[6].upper, 0);
  EXPECT_EQ(bounds.unknown_weight, 4);
  // Where anybody is poor it is the first family, with a score of 6.
  EXPECT_NEAR(bounds.intensity->lower, 6.0 / 18, 1e-15);
  EXPECT_NEAR(bounds.intensity->upper, 6.0 / 18, 1e-15);
}

// One more deprivation makes the second family poor with a low score and pulls the mean down, so
// "all unknowns at yes" is not where intensity is highest.
TEST(BoundsOfMpi, IntensityIsNotHighestWithAllUnknownsAtYes) {
  const MpiSpecification global = GlobalMpi();
  const std::vector<Deprivations> families = {
      UnitOf(global, {"nutrition", "child_mortality", "schooling", "attendance"}),
      UnitOf(global, {"nutrition"}, {"schooling"})};
  const std::vector<double> sizes = {1, 1};
  const MpiBounds bounds = *BoundsOfMpi(global, {families, sizes});
  EXPECT_NEAR(bounds.intensity->lower, 9.0 / 18, 1e-15);
  EXPECT_NEAR(bounds.intensity->upper, 12.0 / 18, 1e-15);
}

TEST(BoundsOfMpi, WhenNobodyCanBePoorIntensityHasNone) {
  const MpiSpecification global = GlobalMpi();
  const std::vector<Deprivations> families = {UnitOf(global, {}, {"fuel"})};
  EXPECT_FALSE(BoundsOfMpi(global, {families, std::vector<double>{1}})->intensity.has_value());
}

}  // namespace
}  // namespace sepakat::measures
