// Header lines that do not fit a code book: every column is told, with the name that was probably
// meant.
#include "ingestion/domain/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "ingestion/domain/file_kind.h"

namespace sepakat::ingestion {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string> kHeader = {"No KK", "LUAS_LANTAI", "hhsize", "region", "wt", "wt"};

std::vector<std::string> Told(const std::vector<std::string>& wanted) {
  std::vector<std::string> texts;
  for (const HeaderProblem& problem : FindColumns(wanted, kHeader).problems) {
    texts.push_back(problem.Text());
  }
  return texts;
}

TEST(AColumn, IsFoundByItsExactName) {
  const std::vector<std::string> wanted = {"hhsize", "No KK"};
  const HeaderPlaces found = FindColumns(wanted, kHeader);
  EXPECT_THAT(found.places, ElementsAre(2, 0));
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST(AMissingColumn, IsToldWithTheNameThatWasProbablyMeant) {
  EXPECT_THAT(Told({"luas_lantai"}), ElementsAre(HasSubstr("perhaps 'LUAS_LANTAI'")));
  EXPECT_THAT(Told({"no_kk"}), ElementsAre(HasSubstr("perhaps 'No KK'")));
  EXPECT_THAT(Told({"hhsiez"}), ElementsAre(HasSubstr("perhaps 'hhsize'")));
  EXPECT_THAT(Told({"pendapatan"}),
              ElementsAre("unknown column 'pendapatan': the file's header does not have it"));
}

TEST(AColumnThatStandsTwice, IsRefusedBecauseNobodyKnowsWhichIsMeant) {
  EXPECT_THAT(Told({"wt"}),
              ElementsAre(HasSubstr("stands twice in the file's header, as cell 5 and "
                                    "cell 6")));
}

TEST(TheRowNumber, IsAColumnOfEveryFile) {
  const std::vector<std::string> wanted = {std::string(kRowNumberColumn)};
  EXPECT_THAT(FindColumns(wanted, kHeader).places, ElementsAre(kRowNumberPlace));
}

TEST(AHeaderInOnePiece, IsAMatterOfTheSeparator) {
  const std::vector<std::string> header = {"no;desa;anggota"};
  const std::vector<std::string> wanted = {"no", "desa"};
  EXPECT_THAT(HeaderSentence(FindColumns(wanted, header).problems, header),
              HasSubstr("another [format] separator"));
}

TEST(AHeaderInWindows1252, IsReadInItsEncoding) {
  CodeBook book;
  book.format.encoding = Encoding::kWindows1252;
  const std::vector<std::string_view> cells = {
      "Gr\xF6\xDF"
      "e"};
  EXPECT_THAT(HeaderNames(book, cells), ElementsAre("Größe"));
}

TEST(AFileThatIsNoTextTable, IsToldForWhatItIs) {
  using namespace std::string_view_literals;
  const std::pair<std::string_view, std::string_view> kinds[] = {
      {"PK\x03\x04\x14\x00"sv, ".xlsx"}, {"\xD0\xCF\x11\xE0\xA1"sv, ".xls"},
      {"\xFF\xFEn\x00"sv, "UTF-16"},     {"$FL2@(#)"sv, "SPSS"},
      {"<stata_dta>"sv, "Stata"},        {"%PDF-1.7"sv, "PDF"},
      {"[{\"a\": 1}]"sv, "JSON"},
  };
  for (const auto& [head, kind] : kinds) {
    const absl::Status status = CheckDelimitedText(head);
    EXPECT_EQ(base::ReasonOf(status), "NOT_DELIMITED_TEXT") << kind;
    EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(kind)));
  }
  EXPECT_TRUE(CheckDelimitedText("no;desa\n").ok());
  EXPECT_TRUE(CheckDelimitedText("").ok());
}

}  // namespace
}  // namespace sepakat::ingestion
