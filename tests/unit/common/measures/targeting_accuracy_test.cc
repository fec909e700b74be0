#include "common/measures/targeting_accuracy.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

constexpr Answer kYes = Answer::kYes;
constexpr Answer kNo = Answer::kNo;
constexpr Answer kUnknown = Answer::kUnknown;

TEST(Targeting, ByHand) {
  const std::vector<double> weights = {3, 1, 2, 4};
  const std::vector<Answer> poor = {kYes, kYes, kNo, kNo};
  const std::vector<Answer> receives = {kYes, kNo, kYes, kNo};
  const TargetingAccuracy accuracy = *MeasureTargeting({weights, poor, receives});
  EXPECT_EQ(accuracy.coverage, 0.5);
  EXPECT_EQ(*accuracy.coverage_of_target, 0.75);
  EXPECT_EQ(*accuracy.exclusion_error, 0.25);
  EXPECT_EQ(*accuracy.inclusion_error, 0.4);
  EXPECT_NEAR(*accuracy.coverage_of_others, 2.0 / 6, 1e-15);
  EXPECT_NEAR(*accuracy.differential, 0.75 - 2.0 / 6, 1e-15);
}

TEST(Targeting, WithAsManyRecipientsAsTargetsTheTwoErrorsAreEqual) {
  const std::vector<double> weights = {5, 2, 2, 9};
  const std::vector<Answer> poor = {kYes, kYes, kNo, kNo};
  const std::vector<Answer> receives = {kYes, kNo, kYes, kNo};
  const TargetingAccuracy accuracy = *MeasureTargeting({weights, poor, receives});
  EXPECT_EQ(*accuracy.inclusion_error, *accuracy.exclusion_error);
}

TEST(Targeting, UnitsWithAMissingAnswerAreCountedApart) {
  const std::vector<double> weights = {1, 1, 7, 5};
  const std::vector<Answer> poor = {kYes, kNo, kUnknown, kYes};
  const std::vector<Answer> receives = {kYes, kNo, kYes, kUnknown};
  const TargetingAccuracy accuracy = *MeasureTargeting({weights, poor, receives});
  EXPECT_EQ(accuracy.unknown, 12);
  EXPECT_EQ(accuracy.coverage, 0.5);
  EXPECT_EQ(*accuracy.exclusion_error, 0);
}

TEST(Targeting, AQuotientOfNobodyHasNoValue) {
  const std::vector<double> weights = {1, 1};
  const std::vector<Answer> nobody = {kNo, kNo};
  const std::vector<Answer> one = {kYes, kNo};
  const TargetingAccuracy no_target = *MeasureTargeting({weights, nobody, one});
  EXPECT_FALSE(no_target.exclusion_error.has_value());
  EXPECT_FALSE(no_target.coverage_of_target.has_value());
  EXPECT_FALSE(no_target.differential.has_value());
  EXPECT_EQ(*no_target.inclusion_error, 1);
  const TargetingAccuracy no_recipient = *MeasureTargeting({weights, one, nobody});
  EXPECT_FALSE(no_recipient.inclusion_error.has_value());
  EXPECT_EQ(*no_recipient.exclusion_error, 1);
}

TEST(Targeting, RefusesWhatCannotBeCounted) {
  const std::vector<double> weights = {1, 1};
  const std::vector<Answer> known = {kYes, kNo};
  const std::vector<Answer> unknown = {kUnknown, kUnknown};
  const std::vector<Answer> one = {kYes};
  EXPECT_EQ(base::ReasonOf(MeasureTargeting({weights, known, unknown}).status()), "NOTHING_KNOWN");
  EXPECT_EQ(base::ReasonOf(MeasureTargeting({weights, known, one}).status()), "LENGTH_MISMATCH");
  const std::vector<double> negative = {1, -1};
  EXPECT_EQ(base::ReasonOf(MeasureTargeting({negative, known, known}).status()), "NEGATIVE_WEIGHT");
}

}  // namespace
}  // namespace sepakat::measures
