// Surveys in the shapes in which they come: what a code book says of them, and what is read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ingestion/wire/codebook_check.h"

namespace sepakat::ingestion {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr int32_t kToday = 20'400;

// A book around the parts that a case is about.
struct Book {
  std::string format = {};
  std::string population = {};
  std::string record = "unit = \"family\"\nobserved_on = { value = \"2025-03-01\" }\n";
  // Besides the region, which is 33.26 for everybody.
  std::string roles = {};
  std::string rest = {};

  std::string Toml() const {
    return "[codebook]\nid = \"uji\"\nversion = \"1\"\nname = \"Uji\"\nsteward = \"U\"\nsource = "
           "\"U\"\n"
           "[format]\n" +
           format + "[population]\nid = \"uji\"\nname = \"Uji\"\n" + population + "[record]\n" +
           record + "[roles]\n" + roles +
           (roles.find("region") == std::string::npos ? "region = { value = \"33.26\" }\n" : "") +
           rest;
  }
};

const char kPersonRows[] = "unit = \"person\"\nobserved_on = { value = \"2025-03-01\" }\n";

CodebookCheck Read(const Book& book, const std::string& csv) {
  const CodebookSample sample{csv, "survei.csv"};
  return CheckCodebook(book.Toml(), "uji.toml", &sample, nullptr, kToday);
}

SampleReading Of(const CodebookCheck& check, std::string_view what) {
  for (const SampleReading& reading : check.readings) {
    if (reading.what == what) return reading;
  }
  std::string findings;
  for (const BookFinding& finding : check.findings) findings += finding.Text() + "\n";
  ADD_FAILURE() << "nothing is said about " << what << "\n" << findings;
  return {};
}

std::string Findings(const CodebookCheck& check) {
  std::string text;
  for (const BookFinding& finding : check.findings) text += finding.Text() + "\n";
  return text;
}

TEST(AnIncomeOfEachMember, IsAddedUpOverTheFamilyAndDividedByItsSize) {
  const Book book{.record = kPersonRows,
                  .roles =
                      "family = { column = \"hh\" }\nsize = { count = true }\n"
                      "welfare = { column = \"inc\", unit = \"member\", period = \"month\", "
                      "if_empty = \"zero\" }\n"};
  const CodebookCheck check = Read(book, "hh,inc\n1,900\n1,300\n1,\n2,500\n");
  EXPECT_THAT(Findings(check), IsEmpty());
  EXPECT_EQ(Of(check, "welfare").lowest, "400");
  EXPECT_EQ(Of(check, "welfare").highest, "500");
}

TEST(AnIncomeOfEachMember, IsUnknownWhenOneIsUnlessTheBookSaysThatEmptyMeansNone) {
  const Book book{.record = kPersonRows,
                  .roles =
                      "family = { column = \"hh\" }\nsize = { count = true }\n"
                      "welfare = { column = \"inc\", unit = \"member\", period = \"month\", "
                      "missing = [\"-1\"] }\n"};
  const CodebookCheck check = Read(book, "hh,inc\n1,900\n1,\n2,500\n2,-1\n3,70\n");
  EXPECT_EQ(Of(check, "welfare").known, 1);
  EXPECT_EQ(Of(check, "welfare").unknown, 2);
  EXPECT_THAT(Findings(check), IsEmpty());
}

TEST(MissingCodesOfRoles, AreNotTakenForAmounts) {
  const Book book{
      .roles =
          "family = { column = \"hh\" }\nsize = { column = \"n\", missing = [\"99\"] }\n"
          "weight = { column = \"w\", missing = [\"-1\"] }\n"
          "welfare = { column = \"inc\", unit = \"family\", period = \"month\", "
          "missing = [\"99999998\", \"99999999\"] }\n"
          "official_decile = { column = \"d\", missing = [\"98\"] }\n"};
  const CodebookCheck check = Read(book,
                                   "hh,n,w,inc,d\n"
                                   "1,2,1,1000,3\n"
                                   "2,2,1,99999999,98\n"
                                   "3,99,1,1000,4\n"
                                   "4,2,-1,1000,4\n");
  EXPECT_EQ(check.accepted, 2);
  EXPECT_EQ(check.by_reason.at("SIZE_MISSING"), 1);
  EXPECT_EQ(check.by_reason.at("WEIGHT_MISSING"), 1);
  EXPECT_EQ(Of(check, "welfare").known, 1);
  EXPECT_EQ(Of(check, "welfare").highest, "500");
}

TEST(WordsForNoAnswer, AreEmptyCellsInEveryColumn) {
  const Book book{.format = "missing = [\"NA\", \".\"]\n",
                  .roles =
                      "family = { column = \"hh\" }\nsize = { column = \"n\" }\n"
                      "welfare = { column = \"inc\", unit = \"family\", period = \"month\" }\n",
                  .rest = "[[variable]]\ncolumn = \"fl\"\nvariable = \"floor\"\n"};
  const CodebookCheck check = Read(book, "hh,n,inc,fl\n1,2,NA,8\n2,2,1000,.\n3,NA,1000,1\n");
  EXPECT_EQ(check.accepted, 2);
  EXPECT_EQ(check.flagged, 0);
  EXPECT_EQ(check.by_reason.at("SIZE_MISSING"), 1);
  EXPECT_EQ(Of(check, "welfare").unknown, 1);
  EXPECT_EQ(Of(check, "floor").answers, "8: 1");
}

TEST(AWordForNoAnswerThatTheBookDoesNotKnow, IsShownWithWhatToDo) {
  const Book book{.roles =
                      "family = { column = \"hh\" }\nsize = { column = \"n\" }\n"
                      "welfare = { column = \"inc\", unit = \"family\", period = \"month\" }\n"};
  EXPECT_THAT(Findings(Read(book, "hh,n,inc\n1,2,NA\n")),
              HasSubstr("'NA' (list it in [format] missing) is no number"));
}

TEST(Codes, MatchByNumberAlsoWhenTheyAreLargeOrNegative) {
  const Book book{.roles = "family = { column = \"hh\" }\nsize = { column = \"n\" }\n",
                  .rest =
                      "[[variable]]\ncolumn = \"fl\"\nvariable = \"floor\"\n"
                      "codes = { \"1001\" = 8, \"-3\" = 1 }\nmissing = [\"9998\", \"-1\"]\n"};
  const CodebookCheck check =
      Read(book, "hh,n,fl\n1,2,1001.0\n2,2,9998.0\n3,2,-1\n4,2,-3\n5,2,09998\n");
  EXPECT_THAT(Findings(check), IsEmpty());
  EXPECT_EQ(Of(check, "floor").answers, "1: 1, 8: 1");
}

TEST(AmountsWithThousandsMarks, AreReadOnlyWhereTheMarksPartThousands) {
  const Book book{.format = "separator = \";\"\ndecimal_mark = \",\"\nthousands_mark = \".\"\n",
                  .roles =
                      "family = { column = \"hh\" }\nsize = { column = \"n\" }\n"
                      "welfare = { column = \"inc\", unit = \"family\", period = \"month\" }\n",
                  .rest = "[[variable]]\ncolumn = \"sawah\"\nvariable = \"asset_land\"\n"};
  const CodebookCheck check = Read(book,
                                   "hh;n;inc;sawah\n"
                                   "1;1;1.600.000,00;1.250\n"
                                   "2;1;1600000;2\n"
                                   "3;1;1.60;3\n"
                                   "4;1;1600.000;4\n");
  EXPECT_EQ(check.by_reason.at("WELFARE_INVALID"), 2) << "an amount in another format is no amount";
  EXPECT_EQ(Of(check, "welfare").lowest, "1600000");
  EXPECT_EQ(Of(check, "welfare").highest, "1600000");
  EXPECT_EQ(Of(check, "asset_land").highest, "1250");
}

TEST(AmountsInAnotherFormat, AreToldWithTheMarksThatTheBookNames) {
  const Book book{.roles =
                      "family = { column = \"hh\" }\nsize = { column = \"n\" }\n"
                      "weight = { column = \"w\" }\n"
                      "welfare = { column = \"inc\", unit = \"family\", period = \"month\" }\n"};
  const std::string told = Findings(Read(book, "hh;n;w;inc\n1;2;1;1.600.000\n2;2;1,5;1000\n"));
  EXPECT_THAT(told, HasSubstr("survei.csv:2: WELFARE_INVALID: column inc: a text of 9 bytes is no "
                              "number written with the decimal mark '.' and no thousands mark"));
  EXPECT_THAT(told, HasSubstr("survei.csv:3: WEIGHT_INVALID: column w: '1,5' is no number"));
}

TEST(AWeightBeyondTheLimit, SaysTheLimitAndWhichChoiceOfTheBookMovesIt) {
  const Book book{.population = "weight_decimals = 6\n",
                  .roles =
                      "family = { column = \"hh\" }\nsize = { column = \"n\" }\n"
                      "weight = { column = \"w\" }\n"};
  const std::string told = Findings(Read(book, "hh,n,w\n1,4,20000\n2,4,0.0000001\n3,4,-2\n"));
  EXPECT_THAT(told, HasSubstr("weight times members stays below 68719 at the 6 decimals"));
  EXPECT_THAT(told, HasSubstr("the weight is zero at the 6 decimals"));
  EXPECT_THAT(told, HasSubstr("a weight is above zero"));
}

TEST(AFileWithoutAnyIdentity, IsNumberedByItsRows) {
  const Book book{.roles =
                      "family = { column = \"#row\" }\nsize = { value = 1 }\n"
                      "welfare = { column = \"inc\", unit = \"person\", period = \"year\" }\n"};
  const CodebookCheck check = Read(book, "inc\n1200\n1200\n3600\n");
  EXPECT_EQ(check.accepted, 3) << "equal rows are different persons";
  EXPECT_EQ(Of(check, "welfare").highest, "300");
  EXPECT_EQ(Of(check, "size").highest, "1");
}

TEST(RowsOfPeopleWhoAreNoMembers, CountNowhere) {
  const Book book{.record =
                      "unit = \"person\"\nobserved_on = { value = \"2025-03-01\" }\n"
                      "member_if = { column = \"ada\", in = [\"1\", \"5\"] }\n",
                  .roles =
                      "family = { column = \"hh\" }\nsize = { count = true }\n"
                      "weight = { column = \"w\", per = \"person\" }\n",
                  .rest = "[[variable]]\ncolumn = \"umur\"\nvariable = \"age\"\n"};
  const CodebookCheck check =
      Read(book, "hh,ada,w,umur\n1,1,2,40\n1,2,9,70\n1,5,2,3\n2,2,1,50\n3,,1,66\n");
  EXPECT_EQ(check.by_reason.at("SIZE_INVALID"), 1) << "family 2 has no member";
  EXPECT_EQ(check.by_reason.count("WEIGHTS_DIFFER"), 0U) << Findings(check);
  EXPECT_EQ(Of(check, "size").highest, "2");
  EXPECT_EQ(Of(check, "weight").highest, "2.000");
  EXPECT_EQ(Of(check, "members_60_plus").mean, "0.50") << "who did not answer counts";
}

TEST(ADayInThreeColumns, IsYearMonthAndDay) {
  const Book book{
      .record = "unit = \"family\"\nobserved_on = { columns = [\"y\", \"m\", \"d\"] }\n",
      .roles = "family = { column = \"hh\" }\nsize = { value = 1 }\n"};
  const CodebookCheck check = Read(book, "hh,y,m,d\n1,2024,3,5\n2,2024,13,5\n3,2024,,5\n");
  EXPECT_EQ(check.accepted, 1);
  EXPECT_EQ(check.by_reason.at("IMPOSSIBLE_DATE"), 2);
}

TEST(ADayOfWhichOnlyTheYearIsKnown, IsItsFirstDay) {
  const Book book{.record = "unit = \"family\"\nobserved_on = { columns = [\"y\"] }\n",
                  .roles = "family = { column = \"hh\" }\nsize = { value = 1 }\n"};
  const CodebookCheck check = Read(book, "hh,y\n1,2024\n2,2018.5\n");
  EXPECT_EQ(check.accepted, 1);
  EXPECT_EQ(check.by_reason.at("IMPOSSIBLE_DATE"), 1);
}

TEST(RegionCodes, AreUnderstoodAsSpreadsheetsAndStatisticsPackagesWriteThem) {
  const Book book{
      .roles =
          "family = { column = \"hh\" }\nsize = { value = 1 }\n"
          "region = { column = \"kab\", map = { \"1\" = \"15.01\", \"7\" = \"15.06\" } }\n"};
  const CodebookCheck check = Read(book, "hh,kab\n1,1\n2,01\n3,7.0\n4,8\n");
  EXPECT_EQ(Of(check, "region").answers, "15.01: 2, 15.06: 1");
  EXPECT_EQ(check.by_reason.at("REGION_UNKNOWN"), 1);
}

TEST(CodesOfOwnRegions, StayAsTheyAreWhenTheyLookLikeOfficialOnes) {
  const Book book{.roles =
                      "family = { column = \"hh\" }\nsize = { value = 1 }\n"
                      "region = { column = \"d\", coding = \"own\" }\n",
                  .rest = "[[region]]\ncode = \"1607\"\nname = \"Distrik 1607\"\n"};
  EXPECT_EQ(Of(Read(book, "hh,d\n1,1607\n"), "region").answers, "1607: 1");
}

TEST(AFamilyWhoseRowsAreApart, IsToldBeforeItIsIngested) {
  const Book book{.record = kPersonRows,
                  .roles = "family = { column = \"hh\" }\nsize = { count = true }\n",
                  .rest = "[[variable]]\ncolumn = \"umur\"\nvariable = \"age\"\n"};
  const CodebookCheck check = Read(book, "hh,umur\n1,40\n2,50\n1,12\n2,50\n");
  EXPECT_EQ(check.rejected, 1);
  EXPECT_THAT(Findings(check), HasSubstr("survei.csv:4: FAMILY_TWICE"));
  EXPECT_EQ(check.repeated, 1) << "the same again changes nothing";
  ASSERT_THAT(check.notes, SizeIs(1));
  EXPECT_THAT(check.notes[0], HasSubstr("if those rows are other members"));
}

TEST(ASurveyKeptTooCoarsely, IsNoted) {
  const Book book{.roles =
                      "family = { column = \"hh\" }\nsize = { value = 1 }\n"
                      "welfare = { column = \"inc\", unit = \"person\", period = \"month\" }\n"};
  const CodebookCheck check = Read(book, "hh,inc\n1,1.234\n2,2.5\n");
  ASSERT_THAT(check.notes, SizeIs(1));
  EXPECT_THAT(check.notes[0], HasSubstr("raise [population] welfare_decimals"));
}

TEST(AColumnThatNoFamilyAnswers, IsNoted) {
  const Book book{
      .roles = "family = { column = \"hh\" }\nsize = { value = 1 }\n",
      .rest = "[[variable]]\ncolumn = \"fl\"\nvariable = \"floor\"\nmissing = [\"9\"]\n"};
  const CodebookCheck check = Read(book, "hh,fl\n1,9\n2,9\n");
  ASSERT_THAT(check.notes, SizeIs(1));
  EXPECT_THAT(check.notes[0], HasSubstr("floor is unknown for every family (column fl)"));
}

TEST(AWorkbook, IsNoSample) {
  const Book book{.roles = "family = { column = \"hh\" }\nsize = { value = 1 }\n"};
  const CodebookCheck check = Read(book, std::string("PK\x03\x04zip", 7));
  EXPECT_EQ(check.unreadable, 1);
  EXPECT_THAT(Findings(check), HasSubstr("workbook"));
}

struct Choice {
  const char* roles;
  const char* told;
};

TEST(ChoicesThatDoNotGoTogether, AreToldAsMistakesOfTheBook) {
  const std::string family = "family = { column = \"hh\" }\n";
  const Choice choices[] = {
      {"size = { column = \"n\", value = 1 }\n", "give one of 'column', 'count' and 'value'"},
      {"size = { value = 0 }\n", "'value' is a number of members, 1 to 255"},
      {"size = { value = 1 }\nwelfare = { column = \"i\", unit = \"member\", period = \"month\" "
       "}\n",
       "needs [record] unit"},
      {"size = { value = 1 }\nwelfare = { columns = [\"i\", \"j\"], unit = \"family\", period = "
       "\"month\", transform = \"exp\" }\n",
       "logarithms are not added up"},
      {"size = { value = 1 }\nwelfare = { column = \"i\", unit = \"family\", period = \"month\", "
       "if_empty = \"nol\" }\n",
       "'if_empty' is 'nol'"},
  };
  for (const Choice& choice : choices) {
    const Book book{.roles = family + choice.roles};
    const CodebookCheck check = CheckCodebook(book.Toml(), "uji.toml", nullptr, nullptr, kToday);
    EXPECT_THAT(Findings(check), HasSubstr(choice.told)) << choice.roles;
  }
}

}  // namespace
}  // namespace sepakat::ingestion
