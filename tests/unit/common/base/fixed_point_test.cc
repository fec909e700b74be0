// Decimal text and integers meet without floating point, and every quotient is rounded once.
#include "common/base/fixed_point.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

#include "common/base/status.h"

namespace sepakat::base {
namespace {

TEST(ParseScaledTest, RoundsHalfToEvenAtTheLastDigitKept) {
  const struct {
    const char* text;
    int decimals;
    int64_t expected;
  } kCases[] = {
      {"0", 0, 0},
      {"12", 2, 1200},
      {"12.345", 3, 12345},
      {"12.345", 2, 1234},
      {"12.355", 2, 1236},
      {"12.3450001", 2, 1235},
      {"12.3449999", 2, 1234},
      {"0.5", 0, 0},
      {"1.5", 0, 2},
      {"2.5", 0, 2},
      {"2.51", 0, 3},
      {"-2.5", 0, -2},
      {"-3.5", 0, -4},
      {"-0.5", 0, 0},
      {"+7", 0, 7},
      {".5", 1, 5},
      {"5.", 1, 50},
      {"538371", 0, 538371},
      {"0.000", 3, 0},
      {"00012", 0, 12},
      {"9223372036854775807", 0, std::numeric_limits<int64_t>::max()},
  };
  for (const auto& [text, decimals, expected] : kCases) {
    const auto value = ParseScaled(text, decimals);
    ASSERT_TRUE(value.ok()) << text << ": " << value.status();
    EXPECT_EQ(*value, expected) << text << " to " << decimals;
  }
}

TEST(ParseScaledTest, TheDecimalMarkIsTheOneThatWasNamed) {
  EXPECT_EQ(*ParseScaled("1,25", 2, ','), 125);
  EXPECT_EQ(ReasonOf(ParseScaled("1.25", 2, ',').status()), "NOT_A_NUMBER");
  EXPECT_EQ(ReasonOf(ParseScaled("1,25", 2).status()), "NOT_A_NUMBER");
}

TEST(ParseScaledTest, WhatIsNoPlainDecimalIsRefused) {
  for (const char* text : {"", ".", "-", "1e3", "1 000", "0x10", "--1", "1.2.3", "abc", "1.-5"}) {
    EXPECT_EQ(ReasonOf(ParseScaled(text, 2).status()), "NOT_A_NUMBER") << text;
  }
}

TEST(ParseScaledTest, WhatDoesNotFitIsRefusedAndNeverWraps) {
  for (const char* text : {"9223372036854775808", "99999999999999999999", "92233720368547758.08"}) {
    EXPECT_EQ(ReasonOf(ParseScaled(text, 2).status()), "NUMBER_TOO_LARGE") << text;
  }
  EXPECT_EQ(ReasonOf(ParseScaled("9223372036854775807.5", 0).status()), "NUMBER_TOO_LARGE");
}

TEST(ScaledToTextTest, KeepsTrailingZerosAndPadsSmallNumbers) {
  EXPECT_EQ(ScaledToText(12345, 3), "12.345");
  EXPECT_EQ(ScaledToText(5, 3), "0.005");
  EXPECT_EQ(ScaledToText(-5, 3), "-0.005");
  EXPECT_EQ(ScaledToText(1200, 2), "12.00");
  EXPECT_EQ(ScaledToText(0, 0), "0");
}

RC_GTEST_PROP(ScaledToTextTest, ParsingItGivesTheNumberBack, (int64_t value)) {
  RC_PRE(value != std::numeric_limits<int64_t>::min());
  const int decimals = *rc::gen::inRange(0, 19);
  RC_ASSERT(*ParseScaled(ScaledToText(value, decimals), decimals) == value);
}

TEST(Int128TextTest, GoesThroughTextUnchangedOverTheWholeRange) {
  const Int128 most = std::numeric_limits<Int128>::max();
  EXPECT_EQ(ToText(most), "170141183460469231731687303715884105727");
  EXPECT_EQ(ToText(std::numeric_limits<Int128>::min()), "-170141183460469231731687303715884105728");
  for (const Int128 value : {Int128{0}, Int128{-1}, most, std::numeric_limits<Int128>::min()}) {
    EXPECT_TRUE(*ParseInt128(ToText(value)) == value);
  }
  EXPECT_EQ(ReasonOf(ParseInt128("170141183460469231731687303715884105728").status()),
            "NUMBER_TOO_LARGE");
  EXPECT_EQ(ReasonOf(ParseInt128("12a").status()), "NOT_A_NUMBER");
  EXPECT_EQ(ReasonOf(ParseInt128("-").status()), "NOT_A_NUMBER");
}

TEST(QuotientTextTest, RoundsOnceHalfToEven) {
  const struct {
    int64_t numerator;
    int64_t denominator;
    int decimals;
    const char* expected;
  } kCases[] = {
      {1, 3, 6, "0.333333"},     {2, 3, 6, "0.666667"}, {1, 8, 2, "0.12"},   {3, 8, 2, "0.38"},
      {5, 8, 2, "0.62"},         {1, 2, 0, "0"},        {3, 2, 0, "2"},      {5, 2, 0, "2"},
      {-1, 2, 0, "0"},           {-3, 2, 0, "-2"},      {3, -2, 0, "-2"},    {999, 1000, 2, "1.00"},
      {99999, 1000, 1, "100.0"}, {0, 7, 3, "0.000"},    {7, 7, 4, "1.0000"}, {1, 0, 4, ""},
  };
  for (const auto& [numerator, denominator, decimals, expected] : kCases) {
    EXPECT_EQ(QuotientText(numerator, denominator, decimals), expected)
        << numerator << "/" << denominator;
  }
}

TEST(QuotientTextTest, DoesNotOverflowAtTheEdge) {
  const Int128 large = Int128{1} << 126;
  EXPECT_EQ(QuotientText(large, large, 6), "1.000000");
  EXPECT_EQ(QuotientText(large - 1, large, 3), "1.000");
  EXPECT_EQ(QuotientText(large, 3, 2), "28356863910078205288614550619314017621.33");
}

RC_GTEST_PROP(QuotientTextTest, IsTheNearestDecimal, (int32_t numerator, int32_t denominator)) {
  RC_PRE(denominator != 0);
  const int decimals = *rc::gen::inRange(0, 7);
  const Int128 text = *ParseScaled(QuotientText(numerator, denominator, decimals), decimals);
  // |numerator/denominator - text/10^decimals| <= half of the last digit, in integers.
  const Int128 error = Int128{numerator} * PowerOfTen(decimals) - text * denominator;
  const Int128 twice = 2 * (error < 0 ? -error : error);
  const Int128 size = denominator < 0 ? -Int128{denominator} : Int128{denominator};
  RC_ASSERT(twice <= size);
  if (twice == size) RC_ASSERT(text % 2 == 0);
}

TEST(QuotientShift40Test, IsTheFlooredQuotientAtTheScaleOfTheReadout) {
  EXPECT_TRUE(QuotientShift40(1, 1) == Int128{1} << 40);
  EXPECT_TRUE(QuotientShift40(1, 3) == ((Int128{1} << 40) - 1) / 3);
  EXPECT_TRUE(QuotientShift40(0, 5) == 0);
}

RC_GTEST_PROP(QuotientShift40Test, EqualsTheDefinitionWhereThatFits,
              (uint64_t numerator, uint32_t denominator)) {
  RC_PRE(denominator > 0U);
  RC_ASSERT(QuotientShift40(numerator, denominator) ==
            (static_cast<Int128>(numerator) << 40) / denominator);
}

}  // namespace
}  // namespace sepakat::base
