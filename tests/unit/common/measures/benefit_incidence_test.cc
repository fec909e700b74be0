#include "common/measures/benefit_incidence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "common/base/status.h"
#include "common/measures/inequality.h"

namespace sepakat::measures {
namespace {

SortedSample Sorted(const std::vector<double>& values, const std::vector<double>& weights) {
  return SortedSample({values, weights});
}

const std::vector<double> kFive = {1, 1, 1, 1, 1};

TEST(ConcentrationCurve, FollowsBenefitsFromThePoorest) {
  const std::vector<double> benefits = {10, 0, 60, 30, 0};  // of welfare 30, 50, 10, 20, 40
  const auto curve = *ConcentrationCurve::Of(Sorted({30, 50, 10, 20, 40}, kFive), benefits);
  EXPECT_EQ(*curve.At(0), 0);
  EXPECT_NEAR(*curve.At(0.2), 0.6, 1e-15);
  EXPECT_NEAR(*curve.At(0.3), 0.75, 1e-15);
  EXPECT_NEAR(*curve.At(0.4), 0.9, 1e-15);
  EXPECT_EQ(*curve.At(1), 1);
  EXPECT_NEAR(*curve.CoadyGroshHoddinott(0.4), 2.25, 1e-15);
  EXPECT_NEAR((*curve.Points(5))[3].share, 1, 1e-15);
}

TEST(ConcentrationCurve, OfAUniversalBenefitIsTheDiagonal) {
  const auto curve =
      *ConcentrationCurve::Of(Sorted({1, 2, 3, 4, 5}, {1, 5, 2, 1, 1}), {{7, 7, 7, 7, 7}});
  EXPECT_NEAR(curve.Index(), 0, 1e-15);
  for (const double p : {0.1, 0.4, 0.77, 1.0}) {
    EXPECT_NEAR(*curve.CoadyGroshHoddinott(p), 1, 1e-15) << p;
  }
}

TEST(ConcentrationCurve, DoesNotDependOnTheOrderOfEqualUnits) {
  const std::vector<double> welfare = {5, 5, 5, 5, 9};
  const auto one = *ConcentrationCurve::Of(Sorted(welfare, kFive), {{1, 0, 0, 0, 0}});
  const auto other = *ConcentrationCurve::Of(Sorted(welfare, kFive), {{0, 0, 0, 1, 0}});
  for (const double p : {0.1, 0.2, 0.5, 0.8}) {
    EXPECT_EQ(*one.At(p), *other.At(p));
    EXPECT_NEAR(*one.At(p), p / 0.8, 1e-15);
  }
}

TEST(ConcentrationCurve, OfWelfareItselfIsTheLorenzCurveAndItsIndexTheGini) {
  const std::vector<double> welfare = {9, 1, 4, 4, 30};
  const std::vector<double> weights = {2, 3, 1, 5, 1};
  const SortedSample sample = Sorted(welfare, weights);
  const auto curve = *ConcentrationCurve::Of(sample, welfare);
  EXPECT_NEAR(curve.Index(), *Gini(sample), 1e-15);
  EXPECT_NEAR(*curve.At(0.37), *LorenzShare(sample, 0.37), 1e-15);
}

TEST(ConcentrationCurve, RefusesBenefitsThatCannotBeShared) {
  const SortedSample welfare = Sorted({1, 2, 3, 4, 5}, kFive);
  const auto reason = [&](const std::vector<double>& benefits) {
    return base::ReasonOf(ConcentrationCurve::Of(welfare, benefits).status());
  };
  EXPECT_EQ(reason({0, 0, 0, 0, 0}), "NO_BENEFITS");
  EXPECT_EQ(reason({1, -1, 0, 0, 0}), "BAD_BENEFIT");
  EXPECT_EQ(reason({1, std::nan(""), 0, 0, 0}), "BAD_BENEFIT");
  EXPECT_EQ(reason({1}), "LENGTH_MISMATCH");
  const auto curve = *ConcentrationCurve::Of(welfare, kFive);
  EXPECT_EQ(base::ReasonOf(curve.At(1.5).status()), "BAD_PARAMETER");
  EXPECT_EQ(base::ReasonOf(curve.CoadyGroshHoddinott(0).status()), "BAD_PARAMETER");
  EXPECT_EQ(base::ReasonOf(curve.Points(0).status()), "BAD_PARAMETER");
}

TEST(IncidenceByGroup, ByHand) {
  // Two groups of weight 5: welfare 10 and 20, then 30 and 40.
  const SortedSample welfare = Sorted({10, 40, 20, 30}, {2, 1, 3, 4});
  const std::vector<double> benefits = {6, 8, 0, 1};
  const auto groups = *IncidenceByGroup(welfare, benefits, 2);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].weight, 5);
  EXPECT_EQ(*groups[0].coverage, 2.0 / 5);
  EXPECT_NEAR(groups[0].recipient_share, 2.0 / 7, 1e-15);
  EXPECT_EQ(groups[0].benefit_share, 0.5);
  EXPECT_EQ(*groups[0].benefit_per_recipient, 6);
  EXPECT_EQ(*groups[0].benefit_to_welfare, 12.0 / 80);
  EXPECT_EQ(*groups[1].coverage, 1);
  EXPECT_EQ(*groups[1].benefit_per_recipient, 12.0 / 5);
}

TEST(IncidenceByGroup, AnEmptyGroupHasNoCoverage) {
  const auto groups = *IncidenceByGroup(Sorted({1, 2}, {9, 1}), {{1, 1}}, 5);
  EXPECT_TRUE(groups[0].coverage.has_value());
  EXPECT_EQ(groups[1].weight, 0);
  EXPECT_FALSE(groups[1].coverage.has_value());
  EXPECT_FALSE(groups[1].benefit_per_recipient.has_value());
}

}  // namespace
}  // namespace sepakat::measures
