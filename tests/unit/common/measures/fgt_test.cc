#include "common/measures/fgt.h"

#include <gtest/gtest.h>

#include "common/base/fixed_point.h"

namespace sepakat::measures {
namespace {

std::string Text(const Ratio& ratio, int decimals) {
  return base::QuotientText(ratio.numerator, ratio.denominator, decimals);
}

FgtSums Sum(int64_t line, std::initializer_list<int64_t> welfare) {
  FgtSums sums;
  for (int64_t y : welfare) sums.Add(line, y, 1000, 1000, 1);
  return sums;
}

TEST(Fgt, VectorA) {
  const LineSums line{50, Sum(50, {10, 20, 30, 40, 60, 70, 80, 90, 100, 110})};
  EXPECT_EQ(Text(Fgt({&line, 1}, 0), 6), "0.400000");
  EXPECT_EQ(Text(Fgt({&line, 1}, 1), 6), "0.200000");
  EXPECT_EQ(Text(Fgt({&line, 1}, 2), 6), "0.120000");
}

TEST(Fgt, ATransferFromThePoorestKeepsTheGapAndDeepensSeverity) {
  const LineSums line{50, Sum(50, {5, 20, 30, 45, 60, 70, 80, 90, 100, 110})};
  EXPECT_EQ(Text(Fgt({&line, 1}, 1), 6), "0.200000");
  EXPECT_EQ(Text(Fgt({&line, 1}, 2), 6), "0.134000");
}

TEST(Fgt, AFamilyExactlyOnTheLineIsNotPoor) {
  EXPECT_EQ(Sum(50, {50}).poor_weight, 0);
  EXPECT_EQ(Sum(50, {49}).poor_weight, 1000);
}

TEST(Fgt, TakingAFamilyAwayLeavesWhatWasBefore) {
  FgtSums sums = Sum(538'371, {400'000, 700'000});
  const FgtSums before = sums;
  sums.Add(538'371, 123'456, 777, 3 * 777, 1);
  sums.Add(538'371, 123'456, 777, 3 * 777, -1);
  EXPECT_EQ(sums, before);
}

TEST(Fgt, LinesAreDividedApartAndAddedTogether) {
  const LineSums lines[] = {{100, Sum(100, {50})}, {200, Sum(200, {150, 250})}};
  EXPECT_EQ(Text(Fgt(lines, 0), 6), "0.666667");
  EXPECT_EQ(Text(Fgt(lines, 1), 6), "0.250000");  // (1/2 + 1/4 + 0) / 3
}

TEST(Fgt, WithoutFamiliesThereIsNoValue) { EXPECT_EQ(Text(Fgt({}, 1), 6), ""); }

TEST(Fgt, TheLargestAdmittedRegionFitsItsTypes) {
  const int64_t line = kLineEnd - 1;
  const int64_t persons = kPersonWeightEnd - 1;
  FgtSums sums;
  for (int64_t weight = 0; weight + persons < kRegionWeightEnd; weight += persons) {
    sums.Add(line, 0, persons, persons, 1);
  }
  const LineSums all{line, sums};
  EXPECT_EQ(Text(Fgt({&all, 1}, 0), 6), "1.000000");
  EXPECT_EQ(Text(Fgt({&all, 1}, 2), 6), "1.000000");
}

TEST(Fgt, IntakeBoundsRefuseWhatWouldOverflow) {
  EXPECT_TRUE(InIntakeBounds(0, 1));
  EXPECT_FALSE(InIntakeBounds(-1, 1));
  EXPECT_FALSE(InIntakeBounds(kWelfareEnd, 1));
  EXPECT_FALSE(InIntakeBounds(0, 0));
  EXPECT_FALSE(InIntakeBounds(0, kPersonWeightEnd));
}

}  // namespace
}  // namespace sepakat::measures
