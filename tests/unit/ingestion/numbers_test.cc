// Numbers, dates and texts as files write them.
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "ingestion/domain/code_table.h"
#include "ingestion/domain/date_pattern.h"
#include "ingestion/domain/decimal.h"
#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

struct NumberCase {
  const char* text;
  NumberFormat format;
  // Times 1000, or absent.
  std::optional<int64_t> thousandths;
};

TEST(Decimals, AreReadExactly) {
  const NumberFormat plain;
  const NumberFormat european{',', '.'};
  const NumberCase cases[] = {{"12", plain, 12'000},
                              {"-0.5", plain, -500},
                              {"1e+05", plain, 100'000'000},
                              {"2.5e-3", plain, 2},
                              {"1.600.000", european, 1'600'000'000},
                              {"1.234,5", european, 1'234'500},
                              {"0.0005", plain, 0},
                              {"0.0015", plain, 2},
                              {"0.0025", plain, 2},
                              {"+7", plain, 7000},
                              {".5", plain, 500},
                              {"000012", plain, 12'000},
                              {"12x", plain, {}},
                              {"", plain, {}},
                              {"-", plain, {}},
                              {"1,5", plain, {}},
                              {"1e999", plain, {}},
                              {"nan", plain, {}}};
  for (const NumberCase& one : cases) {
    const auto number = ParseDecimal(one.text, one.format);
    ASSERT_EQ(number.has_value(), one.thousandths.has_value()) << one.text;
    if (!number) continue;
    EXPECT_EQ(Scaled(*number, {}, 1, 3), *one.thousandths) << one.text;
  }
}

TEST(Decimals, AreDividedOnceAndRoundedHalfToEven) {
  EXPECT_EQ(Scaled(*ParseDecimal("10", {}), {}, 3, 6), 3'333'333);
  EXPECT_EQ(Scaled(*ParseDecimal("1", {}), {}, 8, 2), 12);
  EXPECT_EQ(Scaled(*ParseDecimal("3", {}), {}, 8, 2), 38);
  EXPECT_EQ(Scaled(*ParseDecimal("16090.6944444444", {}), {}, 1, 6), 16'090'694'444);
  EXPECT_EQ(Scaled(*ParseDecimal("99999999999999999999", {}), {}, 1, 6), std::nullopt);
}

TEST(Periods, TurnIntoEachOther) {
  const auto per = [](Period from, Period to) {
    return Scaled(Decimal{840, 0}, PeriodRatio(from, to), 1, 4);
  };
  EXPECT_EQ(per(Period::kYear, Period::kMonth), 700'000);
  EXPECT_EQ(per(Period::kMonth, Period::kYear), 100'800'000);
  EXPECT_EQ(per(Period::kWeek, Period::kMonth), 36'500'000);
  EXPECT_EQ(per(Period::kDay, Period::kMonth), 255'500'000);
  EXPECT_EQ(per(Period::kMonth, Period::kMonth), 8'400'000);
}

TEST(Fractions, AreReadAsTheyAreWritten) {
  EXPECT_EQ(ParseRatio("30/7")->denominator, 7);
  EXPECT_EQ(ParseRatio("0.5")->denominator, 2);
  EXPECT_EQ(ParseRatio("1000")->numerator, 1000);
  EXPECT_FALSE(ParseRatio("0"));
  EXPECT_FALSE(ParseRatio("-1"));
  EXPECT_FALSE(ParseRatio("a/b"));
}

TEST(Logarithms, AreUndoneToTheDeclaredDecimals) {
  const auto value = RoundedExp(*ParseDecimal("0", {}), 8);
  EXPECT_EQ(static_cast<int64_t>(value->digits), 100'000'000);
  EXPECT_EQ(static_cast<int64_t>(RoundedExp(*ParseDecimal("1", {}), 8)->digits), 271'828'183);
  EXPECT_EQ(static_cast<int64_t>(RoundedExp(*ParseDecimal("-1", {}), 8)->digits), 36'787'944);
  EXPECT_FALSE(RoundedExp(*ParseDecimal("100", {}), 8));
}

TEST(Dates, FollowTheirPattern) {
  struct DateCase {
    const char* pattern;
    const char* text;
    const char* iso;
  };
  const DateCase cases[] = {{"YYYY-MM-DD", "2025-03-05", "2025-03-05"},
                            {"DD/MM/YYYY", "5/3/2025", "2025-03-05"},
                            {"DDMMYYYY", "05032025", "2025-03-05"},
                            {"YYYY-MM-DD", "2025-03-05T10:00:00Z", "2025-03-05"},
                            {"DD/MM/YYYY", "29/02/2024", "2024-02-29"},
                            {"DD/MM/YYYY", "29/02/2025", nullptr},
                            {"DD/MM/YYYY", "31/04/2025", nullptr},
                            {"DD/MM/YYYY", "2025-03-05", nullptr},
                            {"DDMMYYYY", "5032025", nullptr},
                            {"YYYY-MM-DD", "", nullptr},
                            {"YYYY-MM-DD", "25-03-05", nullptr}};
  for (const DateCase& one : cases) {
    const auto day = DatePattern::Parse(one.pattern)->Read(one.text);
    ASSERT_EQ(day.has_value(), one.iso != nullptr) << one.pattern << " " << one.text;
    if (!day) continue;
    EXPECT_EQ(base::IsoDate(*day), one.iso) << one.text;
  }
  for (const char* wrong : {"YY-MM-DD", "YYYY-MM", "YYYY-MM-DD-MM", "tanggal"}) {
    EXPECT_FALSE(DatePattern::Parse(wrong)) << wrong;
  }
}

TEST(Codes, MatchByNumberWhereTheyAreNumbers) {
  CodeTable table;
  EXPECT_TRUE(table.Add("1", 10));
  EXPECT_FALSE(table.Add("01", 11));
  EXPECT_TRUE(table.Add("yes", 20));
  EXPECT_TRUE(table.Add("-1", 30));
  EXPECT_EQ(table.Find(Answer("1")), 10);
  EXPECT_EQ(table.Find(Answer("01")), 10);
  EXPECT_EQ(table.Find(Answer("1.0")), 10);
  EXPECT_EQ(table.Find(Answer("yes")), 20);
  EXPECT_EQ(table.Find(Answer("-1")), 30);
  EXPECT_EQ(table.Find(Answer("2")), std::nullopt);
  table.SetOther(0);
  EXPECT_EQ(table.Find(Answer("2")), 0);
}

TEST(Utf8, IsCheckedToTheByte) {
  EXPECT_EQ(FirstInvalidUtf8("Ponorogo é € 𝄞"), std::string_view::npos);
  EXPECT_EQ(FirstInvalidUtf8("ab\xff"), 2U);
  EXPECT_EQ(FirstInvalidUtf8("12345678\xC0\xAF"), 8U);
  EXPECT_EQ(FirstInvalidUtf8("\xED\xA0\x80"), 0U) << "surrogates";
  EXPECT_EQ(FirstInvalidUtf8("abc\xE2\x82"), 3U) << "cut off";
}

TEST(Windows1252, BecomesUtf8) {
  std::string utf8;
  AppendWindows1252("Caf\xE9 \x80", &utf8);
  EXPECT_EQ(utf8, "Café €");
}

TEST(WhatIsShownOfACell, IsNeverPersonal) {
  EXPECT_EQ(Shown("77"), "'77'");
  EXPECT_EQ(Shown("Siti"), "a text of 4 bytes");
  EXPECT_EQ(Shown("3326154101900001"), "a text of 16 bytes");
  EXPECT_TRUE(HoldsIdentityNumber("NIK 3326154101900001 lama"));
  EXPECT_FALSE(HoldsIdentityNumber("332615410190000"));
}

}  // namespace
}  // namespace sepakat::ingestion
