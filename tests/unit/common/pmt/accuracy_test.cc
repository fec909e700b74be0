#include "common/pmt/accuracy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "common/base/status.h"

namespace sepakat::pmt {
namespace {

// Five families; the score takes the second and the third for each other.
const std::vector<double> kLogWelfare = {1, 2, 3, 4, 5};
const std::vector<double> kScore = {1, 3, 2, 4, 5};
const std::vector<double> kWeights = {4, 1, 3, 1, 1};
const Scored kFamilies{kLogWelfare, kScore, kWeights};

TEST(Accuracy, CutsAreQuantilesOfWelfareAndOfTheScore) {
  const auto cut = FindCut(kFamilies, {1, 2});
  ASSERT_TRUE(cut.ok()) << cut.status();
  EXPECT_EQ(cut->log_line, 2);  // 4 + 1 of 10
  EXPECT_EQ(cut->score, 2);     // 4 + 3 of 10
}

TEST(Accuracy, ErrorsAreSharesOfThePoorAndOfTheSelected) {
  const auto judged = Judge(kFamilies, Cut{{1, 2}, 3, 3});
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_DOUBLE_EQ(judged->poor, 0.5);      // the first two: 4 + 1
  EXPECT_DOUBLE_EQ(judged->selected, 0.7);  // the first and the third: 4 + 3
  EXPECT_DOUBLE_EQ(*judged->exclusion_error, 0.2);
  EXPECT_DOUBLE_EQ(*judged->inclusion_error, 3.0 / 7);
}

TEST(Accuracy, AFamilyExactlyOnABorderIsNeitherPoorNorSelected) {
  const auto judged = Judge(kFamilies, Cut{{1, 5}, 1, 1});
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_EQ(judged->poor, 0);
  EXPECT_EQ(judged->selected, 0);
  EXPECT_FALSE(judged->exclusion_error.has_value());
  EXPECT_FALSE(judged->inclusion_error.has_value());
}

TEST(Accuracy, WithAsManySelectedAsPoorBothErrorsAreEqual) {
  const std::vector<double> equal(5, 1.0);
  const Scored families{kLogWelfare, kScore, equal};
  const auto judged = Judge(families, *FindCut(families, {3, 5}));
  ASSERT_TRUE(judged.ok()) << judged.status();
  EXPECT_DOUBLE_EQ(*judged->exclusion_error, *judged->inclusion_error);
}

TEST(Accuracy, TheMeanExplainsNothingAndTheTruthEverything) {
  const std::vector<double> mean(5, 2.4);
  EXPECT_NEAR(*ExplainedShare({kLogWelfare, mean, kWeights}), 0, 1e-15);
  EXPECT_EQ(*ExplainedShare({kLogWelfare, kLogWelfare, kWeights}), 1);
  const std::vector<double> wrong = {5, 4, 3, 2, 1};
  EXPECT_LT(*ExplainedShare({kLogWelfare, wrong, kWeights}), 0);
}

TEST(Accuracy, SmearingGivesBackTheMeanThatTheLogarithmTookAway) {
  const std::vector<double> log_welfare = {std::log(1.0), std::log(4.0)};
  const std::vector<double> score = {std::log(2.0), std::log(2.0)};
  const std::vector<double> weights = {1, 1};
  const Scored families{log_welfare, score, weights};
  EXPECT_DOUBLE_EQ(SmearingFactor(families), 1.25);
  const auto rows = Calibrate(families, SmearingFactor(families));
  ASSERT_TRUE(rows.ok()) << rows.status();
  double predicted = 0;
  double observed = 0;
  for (const CalibrationRow& row : *rows) {
    predicted += row.weight * row.predicted_welfare;
    observed += row.weight * row.observed_welfare;
  }
  EXPECT_DOUBLE_EQ(predicted, 5);
  EXPECT_DOUBLE_EQ(observed, 5);
}

TEST(Accuracy, NobodyCannotBeJudged) {
  const std::vector<double> nothing(5, 0.0);
  EXPECT_EQ(base::ReasonOf(FindCut({kLogWelfare, kScore, nothing}, {1, 5}).status()), "NO_WEIGHT");
}

}  // namespace
}  // namespace sepakat::pmt
