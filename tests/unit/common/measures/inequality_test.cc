#include "common/measures/inequality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

const std::vector<double> kVectorA = {10, 20, 30, 40, 60, 70, 80, 90, 100, 110};
const std::vector<double> kOnce(10, 1.0);

struct Numbers {
  std::vector<double> values;
  std::vector<double> weights;
  // NOLINTNEXTLINE(google-explicit-constructor): where a sample is asked for, its numbers will do.
  operator Sample() const { return {values, weights}; }
};

std::string Reason(const absl::StatusOr<double>& result) { return base::ReasonOf(result.status()); }

TEST(Gini, VectorA) {
  EXPECT_NEAR(*Gini(SortedSample({kVectorA, kOnce})), 0.309836, 5e-7);
  EXPECT_NEAR(*Gini(SortedSample({kVectorA, kOnce})), 18.9 / 61, 1e-15);
}

TEST(Gini, OfTheFourPoorOfVectorA) {
  const Numbers poor{{10, 20, 30, 40}, {1, 1, 1, 1}};
  EXPECT_NEAR(*Gini(SortedSample(poor)), 0.25, 1e-15);
}

TEST(Gini, OfOnePersonWhoHasEverythingIsTheShareOfTheOthers) {
  const Numbers sample{{0, 0, 0, 5}, {1, 1, 1, 1}};
  EXPECT_EQ(*Gini(SortedSample(sample)), 0.75);
}

TEST(Gini, OfClassesIsTheFormulaOfTheRegulation) {
  // 1 - sum fp_i (Fc_i + Fc_(i-1)) over classes with population shares fp and welfare shares.
  const Numbers classes{{100, 250, 600}, {0.5, 0.3, 0.2}};
  const double total = 50 + 75 + 120;
  const double expected =
      1 - (0.5 * (50 / total) + 0.3 * (50 + 125) / total + 0.2 * (125 + 245) / total);
  EXPECT_NEAR(*Gini(SortedSample(classes)), expected, 1e-15);
}

TEST(Gini, KeepsItsDigitsWhenAllAreAlmostEqual) {
  const Numbers sample{{1e9, 1e9 + 1}, {1, 1}};
  EXPECT_NEAR(*Gini(SortedSample(sample)) / (1 / (4e9 + 2)), 1, 1e-12);
}

TEST(Gini, AdmitsNegativeValuesAndMayThenPassOne) {
  const Numbers sample{{-90, 100}, {1, 1}};
  EXPECT_EQ(*Gini(SortedSample(sample)), 9.5);
}

TEST(Inequality, IsZeroWhenAllAreEqual) {
  const Numbers sample{{7, 7, 7}, {1, 2, 3}};
  EXPECT_EQ(*Gini(SortedSample(sample)), 0);
  EXPECT_EQ(*TheilT(sample), 0);
  EXPECT_EQ(*MeanLogDeviation(sample), 0);
  EXPECT_EQ(*GeneralisedEntropy(sample, 2), 0);
  EXPECT_EQ(*GeneralisedEntropy(sample, -1), 0);
  EXPECT_EQ(*Atkinson(sample, 0.5), 0);
  EXPECT_EQ(*Atkinson(sample, 1), 0);
  EXPECT_EQ(*Hoover(sample), 0);
  EXPECT_EQ(*Kolm(sample, 1), 0);
}

TEST(Inequality, OfTwoPersonsByHand) {
  const Numbers sample{{1, 3}, {1, 1}};  // mean 2
  EXPECT_NEAR(*TheilT(sample), (0.5 * std::log(0.5) + 1.5 * std::log(1.5)) / 2, 1e-15);
  EXPECT_NEAR(*MeanLogDeviation(sample), std::log(2 / std::sqrt(3)), 1e-15);
  EXPECT_NEAR(*GeneralisedEntropy(sample, 2), 0.125, 1e-15);
  EXPECT_NEAR(*GeneralisedEntropy(sample, -1), ((2 + 2.0 / 3) / 2 - 1) / 2, 1e-15);
  EXPECT_NEAR(*CoefficientOfVariation(sample), 0.5, 1e-15);
  EXPECT_NEAR(*Atkinson(sample, 1), 1 - std::sqrt(3) / 2, 1e-15);
  EXPECT_NEAR(*Atkinson(sample, 2), 1 - 1.5 / 2, 1e-15);  // harmonic mean 1.5
  EXPECT_NEAR(*Hoover(sample), 0.25, 1e-15);
  EXPECT_NEAR(*Kolm(sample, 1), std::log(std::cosh(1)), 1e-15);
}

TEST(Inequality, EntropyOfOrderZeroAndOneAreMeanLogDeviationAndTheil) {
  const Sample sample{kVectorA, kOnce};
  EXPECT_EQ(*GeneralisedEntropy(sample, 0), *MeanLogDeviation(sample));
  EXPECT_EQ(*GeneralisedEntropy(sample, 1), *TheilT(sample));
  EXPECT_NEAR(*GeneralisedEntropy(sample, 1e-4), *MeanLogDeviation(sample), 1e-4);
}

TEST(Inequality, TellsHowManyObservationsHaveNoLogarithm) {
  const Numbers sample{{0, -1, 5, 9}, {1, 1, 1, 1}};
  const absl::Status status = MeanLogDeviation(sample).status();
  EXPECT_EQ(base::ReasonOf(status), "NON_POSITIVE_VALUES");
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("2 of 4"));
}

TEST(Inequality, EachMeasureAdmitsTheValuesThatItsFormulaAdmits) {
  const Numbers zero{{0, 5}, {1, 1}};
  const Numbers negative{{-1, 5}, {1, 1}};
  const Numbers unweighted_negative{{-1, 5, 6}, {0, 1, 1}};
  EXPECT_EQ(Reason(MeanLogDeviation(zero)), "NON_POSITIVE_VALUES");
  EXPECT_EQ(Reason(GeneralisedEntropy(zero, -1)), "NON_POSITIVE_VALUES");
  EXPECT_EQ(Reason(Atkinson(zero, 1)), "NON_POSITIVE_VALUES");
  EXPECT_EQ(Reason(Atkinson(zero, 2)), "NON_POSITIVE_VALUES");
  EXPECT_NEAR(*TheilT(zero), std::log(2), 1e-15);
  EXPECT_NEAR(*Atkinson(zero, 0.5), 0.5, 1e-15);
  EXPECT_NEAR(*GeneralisedEntropy(zero, 3), 0.5, 1e-15);
  EXPECT_EQ(Reason(TheilT(negative)), "NEGATIVE_VALUES");
  EXPECT_EQ(Reason(Atkinson(negative, 0.5)), "NEGATIVE_VALUES");
  EXPECT_EQ(Reason(GeneralisedEntropy(negative, 3)), "NEGATIVE_VALUES");
  EXPECT_TRUE(GeneralisedEntropy(negative, 2).ok());
  EXPECT_TRUE(Hoover(negative).ok());
  EXPECT_TRUE(MeanLogDeviation(unweighted_negative).ok());
}

TEST(Inequality, OfPowersKeepsItsDigitsWhenAllAreAlmostEqual) {
  const Numbers sample{{1e6, 1e6 + 1, 1e6 + 1}, {1, 1, 1}};
  const double mean = 1e6 + 2.0 / 3;
  const double expected = (2.0 / 9) / (mean * mean) / 2;  // half the squared variation
  EXPECT_NEAR(*GeneralisedEntropy(sample, 3) / expected, 1, 1e-6);
  EXPECT_NEAR(*GeneralisedEntropy(sample, -1) / expected, 1, 2e-6);
  EXPECT_NEAR(*Atkinson(sample, 0.5) / (0.5 * expected), 1, 2e-6);
}

// Found when groups of welfare 5 and 1000000 did not add up: taken as a deviation from the mean,
// the small welfare kept ten digits only.
TEST(Inequality, KeepsTheDigitsOfThePoorestBesideVeryRichOnes) {
  const Numbers sample{{1, 1'999'999}, {1, 1}};  // mean 1000000
  const double poor = std::log(1e-6);
  const double rich = std::log(1.999999);
  EXPECT_NEAR(*MeanLogDeviation(sample) / (-(poor + rich) / 2), 1, 1e-15);
  EXPECT_NEAR(*Atkinson(sample, 1) / (1 - std::exp((poor + rich) / 2)), 1, 1e-15);
  EXPECT_NEAR(*Atkinson(sample, 2) / (1 - 2 / (1e6 + 1 / 1.999999)), 1, 1e-15);
}

TEST(Inequality, HasNoValueAroundAMeanOfZeroOrLess) {
  const Numbers sample{{-5, 5}, {1, 1}};
  EXPECT_EQ(Reason(Gini(SortedSample(sample))), "NON_POSITIVE_MEAN");
  EXPECT_EQ(Reason(TheilT(sample)), "NON_POSITIVE_MEAN");
  EXPECT_EQ(Reason(MeanLogDeviation(sample)), "NON_POSITIVE_MEAN");
  EXPECT_EQ(Reason(GeneralisedEntropy(sample, 2)), "NON_POSITIVE_MEAN");
  EXPECT_EQ(Reason(Atkinson(sample, 1)), "NON_POSITIVE_MEAN");
  EXPECT_EQ(Reason(Hoover(sample)), "NON_POSITIVE_MEAN");
  EXPECT_TRUE(Kolm(sample, 1).ok());
}

TEST(Inequality, RefusesParametersOutsideTheirRange) {
  const Sample sample{kVectorA, kOnce};
  for (const double bad : {0.0, -1.0, std::nan("")}) {
    EXPECT_EQ(Reason(Atkinson(sample, bad)), "BAD_PARAMETER");
    EXPECT_EQ(Reason(Kolm(sample, bad)), "BAD_PARAMETER");
  }
  EXPECT_EQ(Reason(GeneralisedEntropy(sample, std::nan(""))), "BAD_PARAMETER");
  EXPECT_EQ(Reason(Kolm(sample, 1e6)), "PARAMETER_TOO_LARGE");
  EXPECT_EQ(Reason(GeneralisedEntropy(sample, 1e6)), "PARAMETER_TOO_LARGE");
}

TEST(Inequality, AtkinsonOfGreatAversionLooksAtThePoorestOnly) {
  EXPECT_NEAR(*Atkinson({kVectorA, kOnce}, 200), 1 - 10.0 / 61, 0.02);
}

}  // namespace
}  // namespace sepakat::measures
