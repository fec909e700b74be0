// The small parts of `sepakat measure`, each by its own table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "common/base/status.h"
#include "sepakat/measure/census.h"
#include "sepakat/measure/dense_codes.h"
#include "sepakat/measure/fraction_text.h"
#include "sepakat/measure/groups.h"
#include "sepakat/measure/line_spec.h"
#include "sepakat/measure/nice_scale.h"
#include "sepakat/measure/numbers_text.h"
#include "sepakat/measure/table_builder.h"

namespace sepakat::measure {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(NumberShown, GroupsThreeDigitsAndTurnsTheMarksByLanguage) {
  struct Case {
    double value;
    int decimals;
    const char* id;
    const char* en;
  };
  for (const Case& one :
       {Case{0, 2, "0,00", "0.00"}, Case{999.994, 2, "999,99", "999.99"},
        Case{1234.5, 1, "1.234,5", "1,234.5"}, Case{-1234567, 0, "-1.234.567", "-1,234,567"},
        Case{-0.001, 2, "0,00", "0.00"}, Case{100000, 0, "100.000", "100,000"}}) {
    EXPECT_EQ(NumberShown(one.value, one.decimals, Language::kIndonesian), one.id);
    EXPECT_EQ(NumberShown(one.value, one.decimals, Language::kEnglish), one.en);
  }
}

TEST(ValueShown, KnowsItsUnitAndShowsNothingAsADash) {
  const auto shown = [](std::optional<double> value, Unit unit) {
    return ValueShown(value, unit, Language::kEnglish);
  };
  EXPECT_EQ(shown(0.14436, Unit::kShare), "14.44");
  EXPECT_EQ(shown(0.26489, Unit::kIndex), "0.2649");
  EXPECT_EQ(shown(999.5, Unit::kWelfare), "999.50");
  EXPECT_EQ(shown(10859.24, Unit::kWelfare), "10,859");
  EXPECT_EQ(shown(1181858.4, Unit::kCount), "1,181,858");
  EXPECT_EQ(shown(std::nullopt, Unit::kShare), "-");
  EXPECT_EQ(shown(NAN, Unit::kShare), "-");
}

TEST(ParseNumber, TakesWholeNumbersUnderTheMarksOfTheBookAndNothingElse) {
  const ingestion::NumberFormat plain;
  const ingestion::NumberFormat local{.decimal_mark = ',', .thousands_mark = '.'};
  struct Case {
    const char* text;
    double plain;
    double local;
  };
  for (const Case& one :
       {Case{"1500", 1500, 1500}, Case{"-0.5", -0.5, NAN}, Case{"1.500", 1.5, 1500},
        Case{"1.500,25", NAN, 1500.25}, Case{"1.50", 1.5, NAN}, Case{"1e+05", 1e5, 1e5},
        Case{"", NAN, NAN}, Case{"12 ribu", NAN, NAN}, Case{"nan", NAN, NAN}, Case{"+7", 7, 7},
        Case{"1,5,0", NAN, NAN}}) {
    const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    EXPECT_TRUE(same(ParseNumber(one.text, plain), one.plain)) << one.text;
    EXPECT_TRUE(same(ParseNumber(one.text, local), one.local)) << one.text;
  }
}

TEST(ParseFraction, IsExactAndRefusesWhatIsNoShare) {
  const auto third = ParseFraction("1/3");
  ASSERT_TRUE(third);
  EXPECT_EQ(third->numerator * 3, third->denominator);
  const auto fifth = ParseFraction("0.2");
  ASSERT_TRUE(fifth);
  EXPECT_EQ(fifth->numerator * 5, fifth->denominator);
  for (const char* text : {"", "4/3", "-1/3", "1/0", "1.5", "a", "1/3/5", "0.1234567891"}) {
    EXPECT_FALSE(ParseFraction(text)) << text;
  }
}

TEST(ScaleFor, CoversTheValuesInRoundSteps) {
  EXPECT_THAT(ScaleFor(0, 19.3, 5).Ticks(), ElementsAre(0, 5, 10, 15, 20));
  EXPECT_THAT(ScaleFor(-0.04, 0.13, 4).Ticks(),
              ElementsAre(testing::DoubleNear(-0.05, 1e-12), testing::DoubleNear(0, 1e-12),
                          testing::DoubleNear(0.05, 1e-12), testing::DoubleNear(0.1, 1e-12),
                          testing::DoubleNear(0.15, 1e-12)));
  const NiceScale alone = ScaleFor(7, 7, 5);
  EXPECT_LT(alone.low, 7);
  EXPECT_GT(alone.high, 7);
  EXPECT_EQ((NiceScale{0, 1, 0.05}.Decimals(1)), 2);
  EXPECT_EQ((NiceScale{0, 1, 0.05}.Decimals(100)), 0);
}

TEST(ParseLine, KnowsItsFourForms) {
  EXPECT_EQ(ParseLine("538371")->value, 538371);
  const LineSpec relative = *ParseLine("60%median");
  EXPECT_EQ(relative.kind, LineSpec::kRelative);
  EXPECT_DOUBLE_EQ(relative.relative.share, 0.6);
  EXPECT_EQ(ParseLine("50%mean")->relative.base, measures::RelativeLine::Base::kMean);
  EXPECT_EQ(ParseLine("column:gk")->source, "gk");
  EXPECT_EQ(ParseLine("table:garis.toml")->kind, LineSpec::kTable);
  for (const char* text : {"", "-5", "0", "60%", "60%modus", "60%q1", "column:", "lima"}) {
    EXPECT_EQ(base::ReasonOf(ParseLine(text).status()), "LINE_SPEC") << text;
  }
}

TEST(LineAt, IsThatOfTheDeepestRegionThenOfTheAreaThenOfTheDay) {
  const std::vector<RegionLine> table = {
      {"33", 100, 0, 0}, {"33.26", 200, 0, 0}, {"33.26", 250, 0, 1}, {"33.26", 300, 50, 0}};
  EXPECT_EQ(LineAt(table, "33.01.02", 0, std::nullopt), 100);
  EXPECT_EQ(LineAt(table, "33.26.15.2014", 0, std::nullopt), 300);
  EXPECT_EQ(LineAt(table, "33.26.15.2014", 0, 49), 200);
  EXPECT_EQ(LineAt(table, "33.26", 1, 60), 250);
  EXPECT_TRUE(std::isnan(LineAt(table, "32.01", 0, std::nullopt)));
}

TEST(Combine, NumbersThePairsThatOccurByFirstAppearance) {
  const std::vector<uint32_t> first = {1, 1, 2, 1};
  const std::vector<uint32_t> second = {5, 6, 5, 5};
  const DenseCodes dense = Combine(first, second);
  EXPECT_THAT(dense.codes, ElementsAre(0, 1, 2, 0));
  EXPECT_THAT(dense.pairs, ElementsAre(Pair(1, 5), Pair(1, 6), Pair(2, 5)));
}

TEST(Tidy, DropsGroupsOfNobodyAndSortsNumbersBySize) {
  Groups groups{{{"10", "ten"}, {"9", "nine"}, {"7", "seven"}}, {0, 1, kUnknownGroup, 1}};
  Tidy(true, &groups);
  ASSERT_EQ(groups.keys.size(), 2);
  EXPECT_EQ(groups.keys[0].value, "9");
  EXPECT_THAT(groups.labels, ElementsAre(1, 0, kUnknownGroup, 0));
}

TEST(ReadCensus, IsOneNumberOrRegionsWithTheirPopulation) {
  const auto one = ReadCensus("1034241");
  ASSERT_TRUE(one.ok());
  EXPECT_FALSE(IsByRegion(*one));
  const auto regions = ReadCensus("region,population\n33.26,1000\n33.27,500\n");
  ASSERT_TRUE(regions.ok()) << regions.status();
  ASSERT_TRUE(IsByRegion(*regions));
  EXPECT_EQ((*regions)[1].population, 500);
  for (const char* text : {"region,population\n33.26,-1\n", "region,population\nJawa Barat,10\n",
                           "region,population\n33.26\n"}) {
    EXPECT_EQ(base::ReasonOf(ReadCensus(text).status()), "CENSUS_INVALID") << text;
  }
}

}  // namespace
}  // namespace sepakat::measure
