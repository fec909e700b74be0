#include "common/measures/fraction.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sepakat::measures {
namespace {

TEST(CompareShare, IsExactForWholeNumbers) {
  EXPECT_EQ(CompareShare(6, 18, {1, 3}), 0);
  EXPECT_EQ(CompareShare(5, 18, {1, 3}), -1);
  EXPECT_EQ(CompareShare(7, 18, {1, 3}), 1);
  EXPECT_EQ(CompareShare(333'333'333, 1'000'000'000, {1, 3}), -1);
  EXPECT_EQ(CompareShare(333'333'334, 1'000'000'000, {1, 3}), 1);
}

TEST(CompareShare, TakesTheRoundingOfSumsAsEqual) {
  EXPECT_EQ(CompareShare(std::nextafter(0.3, 0), 1, {3, 10}), 0);
  EXPECT_EQ(CompareShare(std::nextafter(0.3, 1), 1, {3, 10}), 0);
  EXPECT_EQ(CompareShare(0.3 + 1e-13, 1, {3, 10}), 1);
  EXPECT_EQ(CompareShare(0.3 - 1e-13, 1, {3, 10}), -1);
}

}  // namespace
}  // namespace sepakat::measures
