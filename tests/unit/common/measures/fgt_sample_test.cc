#include "common/measures/fgt_sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

using ::testing::HasSubstr;

const std::vector<double> kVectorA = {10, 20, 30, 40, 60, 70, 80, 90, 100, 110};
const std::vector<double> kOnce(10, 1.0);

TEST(MeasurePoverty, VectorA) {
  const Poverty poverty = *MeasurePoverty({kVectorA, kOnce}, PovertyLines(50));
  EXPECT_NEAR(poverty.headcount(), 0.40, 1e-15);
  EXPECT_NEAR(poverty.gap(), 0.20, 1e-15);
  EXPECT_NEAR(poverty.severity(), 0.12, 1e-15);
  EXPECT_NEAR(*poverty.gap_of_the_poor, 0.50, 1e-15);
  EXPECT_EQ(poverty.poor_weight, 4);
}

TEST(MeasurePoverty, ATransferFromThePoorestKeepsTheGapAndDeepensSeverity) {
  std::vector<double> after = kVectorA;
  after[0] -= 5;
  after[3] += 5;
  const Poverty poverty = *MeasurePoverty({after, kOnce}, PovertyLines(50));
  EXPECT_NEAR(poverty.gap(), 0.20, 1e-15);
  EXPECT_NEAR(poverty.severity(), 0.134, 1e-15);
}

TEST(MeasurePoverty, TheShortfallIsTheCostOfPerfectTargeting) {
  const Poverty poverty = *MeasurePoverty({kVectorA, kOnce}, PovertyLines(50));
  EXPECT_EQ(poverty.shortfall, 40 + 30 + 20 + 10);
  EXPECT_NEAR(poverty.shortfall, poverty.gap() * poverty.total_weight * 50, 1e-12);
}

TEST(MeasurePoverty, WhoStandsExactlyOnTheLineIsNotPoor) {
  const std::vector<double> values = {49.999999, 50};
  EXPECT_EQ(MeasurePoverty({values, std::vector<double>{1, 1}}, PovertyLines(50))->headcount(),
            0.5);
}

TEST(MeasurePoverty, EachShortfallIsDividedByItsOwnLine) {
  const std::vector<double> values = {50, 150, 250};
  const std::vector<double> lines = {100, 200, 200};
  const Poverty poverty =
      *MeasurePoverty({values, std::vector<double>{1, 1, 1}}, PovertyLines(lines));
  EXPECT_NEAR(poverty.headcount(), 2.0 / 3, 1e-15);
  EXPECT_NEAR(poverty.gap(), 0.25, 1e-15);  // (1/2 + 1/4 + 0) / 3
  EXPECT_EQ(poverty.shortfall, 100);
}

TEST(MeasurePoverty, WithoutPoorTheGapOfThePoorHasNoValue) {
  const Poverty poverty = *MeasurePoverty({kVectorA, kOnce}, PovertyLines(5));
  EXPECT_EQ(poverty.headcount(), 0);
  EXPECT_EQ(poverty.gap(), 0);
  EXPECT_FALSE(poverty.gap_of_the_poor.has_value());
}

TEST(MeasurePoverty, ANegativeWelfareMakesAGapAboveOne) {
  const std::vector<double> values = {-50, 200};
  const Poverty poverty = *MeasurePoverty({values, std::vector<double>{1, 1}}, PovertyLines(100));
  EXPECT_EQ(poverty.gap(), 0.75);
  EXPECT_EQ(poverty.severity(), 1.125);
}

TEST(MeasurePoverty, RefusesLinesThatDoNotFitTheSample) {
  const std::vector<double> two = {100, 100};
  EXPECT_EQ(base::ReasonOf(MeasurePoverty({kVectorA, kOnce}, PovertyLines(two)).status()),
            "LENGTH_MISMATCH");
  for (const double line : {0.0, -1.0, std::nan(""), HUGE_VAL}) {
    EXPECT_EQ(base::ReasonOf(MeasurePoverty({kVectorA, kOnce}, PovertyLines(line)).status()),
              "BAD_LINE");
  }
}

TEST(MeasurePoverty, AnEmptyColumnOfLinesIsNotOneLineForAll) {
  const std::vector<double> none;
  EXPECT_EQ(base::ReasonOf(MeasurePoverty({kVectorA, kOnce}, PovertyLines(none)).status()),
            "LENGTH_MISMATCH");
}

TEST(Watts, IsTheMeanLogarithmOfTheLineOverWelfare) {
  const std::vector<double> values = {25, 50, 200};
  EXPECT_NEAR(*Watts({values, std::vector<double>{1, 2, 1}}, PovertyLines(100)),
              (std::log(4) + 2 * std::log(2)) / 4, 1e-15);
}

TEST(Watts, KeepsTheDigitsOfAWelfareFarBelowTheLine) {
  const std::vector<double> values = {3};
  EXPECT_NEAR(*Watts({values, values}, PovertyLines(3e9)) / std::log(1e9), 1, 1e-15);
}

TEST(Watts, SaysHowManyPoorHaveNoLogarithm) {
  const std::vector<double> values = {0, -3, 20, 200};
  const absl::Status status =
      Watts({values, std::vector<double>{1, 1, 1, 1}}, PovertyLines(100)).status();
  EXPECT_EQ(base::ReasonOf(status), "NON_POSITIVE_POOR");
  EXPECT_THAT(std::string(status.message()), HasSubstr("2 of 4"));
}

TEST(Watts, ANonPositiveWelfareWithoutWeightDoesNotMatter) {
  const std::vector<double> values = {0, 50};
  EXPECT_NEAR(*Watts({values, std::vector<double>{0, 1}}, PovertyLines(100)), std::log(2), 1e-15);
}

TEST(Sen, VectorA) {
  const SortedSample sample({kVectorA, kOnce});
  EXPECT_NEAR(*Sen(sample, 50, SenForm::kOriginal), 0.24, 1e-15);
  // P0 (IG + (1 - IG) G_p) with the Gini 0.25 of the poor.
  EXPECT_NEAR(*Sen(sample, 50, SenForm::kReplicationInvariant), 0.4 * (0.5 + 0.5 * 0.25), 1e-15);
}

TEST(Sen, TheOriginalFormApproachesTheInvariantOneAsUnitsAreCopied) {
  const std::vector<double> many(10, 1e9);
  EXPECT_NEAR(*Sen(SortedSample({kVectorA, many}), 50, SenForm::kOriginal), 0.25, 1e-9);
}

TEST(Sen, IsZeroWithoutPoor) {
  const SortedSample sample({kVectorA, kOnce});
  EXPECT_EQ(*Sen(sample, 10, SenForm::kOriginal), 0);
  EXPECT_EQ(*Sen(sample, 10, SenForm::kReplicationInvariant), 0);
  EXPECT_EQ(*SenShorrocksThon(sample, 10), 0);
}

TEST(SenShorrocksThon, IsTheGapTimesOnePlusTheGiniOfGaps) {
  // Gaps .8 .6 .4 .2 0 0 0 0 0 0: mean 0.2, Gini 0.7.
  EXPECT_NEAR(*SenShorrocksThon(SortedSample({kVectorA, kOnce}), 50), 0.2 * 1.7, 1e-15);
}

TEST(WelfareRatios, CarryLinesThatDifferIntoMeasuresOfOrder) {
  const std::vector<double> values = {20, 60, 80, 400};
  const std::vector<double> lines = {50, 150, 100, 100};
  const std::vector<double> weights(4, 1.0);
  const std::vector<double> ratios = WelfareRatios({values, weights}, PovertyLines(lines));
  const std::vector<double> percent = {40, 40, 80, 400};
  EXPECT_NEAR(*SenShorrocksThon(SortedSample({ratios, weights}), 1),
              *SenShorrocksThon(SortedSample({percent, weights}), 100), 1e-15);
}

TEST(WelfareRatios, TheLastWelfareBelowALineStaysBelowOne) {
  for (const double line : {3.0, 10859.236, 538'371.0, 0.1}) {
    const std::vector<double> values = {std::nextafter(line, 0), line};
    const auto ratios = WelfareRatios({values, std::vector<double>{1, 1}}, PovertyLines(line));
    EXPECT_LT(ratios[0], 1) << line;
    EXPECT_EQ(ratios[1], 1) << line;
  }
}

}  // namespace
}  // namespace sepakat::measures
