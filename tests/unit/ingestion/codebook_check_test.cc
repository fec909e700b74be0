// `codebook check`: every mistake at once, with file and line; and the example of
// docs/CODEBOOKS.md.
#include "ingestion/wire/codebook_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "ingestion/wire/codebook_toml.h"
#include "tests/support/paths.h"

namespace sepakat::ingestion {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr int32_t kToday = 20'400;

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<std::string> Texts(const CodebookCheck& check) {
  std::vector<std::string> texts;
  for (const BookFinding& finding : check.findings) texts.push_back(finding.Text());
  return texts;
}

// The first fenced block of a language behind `after`.
std::string Block(const std::string& document, const std::string& language,
                  const std::string& after) {
  const size_t from = document.find("```" + language + "\n", document.find(after));
  const size_t begin = from + language.size() + 4;
  return document.substr(begin, document.find("```", begin) - begin);
}

TEST(TheExampleOfTheManual, GivesTheFiguresThatTheManualTells) {
  const std::string manual = ReadAll(support::SourceFolder() / "docs/CODEBOOKS.md");
  const std::string csv = Block(manual, "csv", "# Code books");
  const std::string toml = Block(manual, "toml", "# Code books");
  const CodebookSample sample{csv, "survei.csv"};
  const CodebookCheck check = CheckCodebook(toml, "survei_desa.toml", &sample, nullptr, kToday);
  EXPECT_EQ(check.records, 6);
  EXPECT_EQ(check.accepted, 4);
  EXPECT_EQ(check.flagged, 1);
  EXPECT_EQ(check.rejected, 1);
  EXPECT_THAT(Texts(check), ElementsAre(HasSubstr("survei.csv:6: IMPOSSIBLE_DATE"),
                                        HasSubstr("survei.csv:7: SIZE_MISSING")));
}

TEST(TheShippedCodeBooks, HaveNoMistake) {
  int books = 0;
  for (const auto& entry : std::filesystem::directory_iterator(support::SourceFolder() /
                                                               "services/ingestion/codebooks")) {
    const CodebookCheck check = CheckCodebook(
        ReadAll(entry.path()), entry.path().filename().string(), nullptr, nullptr, kToday);
    EXPECT_THAT(Texts(check), IsEmpty());
    ++books;
  }
  EXPECT_GE(books, 4);
}

constexpr char kFiveMistakes[] = R"([codebook]
id = "uji"
version = "1"
name = "Uji"
steward = "Desa"
source = "Uji"
pemilik = "x"
[record]
unit = "family"
observed_on = { value = "2025-02-30" }
[roles]
family = { column = "no", kind = "text" }
size = { column = "anggota" }
weight = { value = "0" }
[[variable]]
column = "lantai"
variable = "floor"
codes = { "1" = 2, "01" = 3, "2" = 77 }
range = [9, 1]
)";

TEST(ACodeBookWithMistakes, TellsAllOfThemWithTheirLines) {
  const CodebookCheck check = CheckCodebook(kFiveMistakes, "uji.toml", nullptr, nullptr, kToday);
  EXPECT_THAT(Texts(check),
              ElementsAre(HasSubstr("uji.toml:7: [codebook]: unknown key 'pemilik'"),
                          HasSubstr("uji.toml:10: [record] observed_on: '2025-02-30' is no date"),
                          HasSubstr("uji.toml:11: [roles]: 'region' is missing"),
                          HasSubstr("uji.toml:14: [roles] weight: 'value' must be a positive"),
                          HasSubstr("uji.toml:18: code '1' is given twice"),
                          HasSubstr("uji.toml:18: code '2' becomes 77"),
                          HasSubstr("uji.toml:19: [[variable]]: 'range' runs from 9 down to 1")));
}

struct OneMistake {
  const char* line;
  const char* told;
};

TEST(EachMistake, IsToldInAPersonsWords) {
  const std::string head =
      "[codebook]\nid = \"uji\"\nversion = \"1\"\nname = \"U\"\nsteward = \"U\"\nsource = \"U\"\n"
      "[record]\nunit = \"family\"\nobserved_on = { value = \"2025-01-01\" }\n"
      "[roles]\nfamily = { column = \"a\" }\nsize = { column = \"b\" }\n";
  const OneMistake cases[] = {
      {"region = { column = \"c\", coding = \"bps\" }", "BPS codes are other numbers"},
      {"region = { columns = [\"c\", \"d\"], pad = [2] }", "one width for each column"},
      {"region = { column = \"c\", map = { \"x\" = \"33..1\" } }", "no region code"},
      {"region = { value = \"33\" }\nwelfare = { column = \"w\" }", "'unit' is missing"},
      {"region = { value = \"33\" }\nwelfare = { column = \"w\", unit = \"person\", period = "
       "\"month\", "
       "multiply = \"0\" }",
       "'multiply' must be a positive"},
      {"region = { value = \"33\" }\nweight = { column = \"w\", per = \"person\" }",
       "needs [record] unit"},
      {"region = { value = \"33\" }\n[[variable]]\ncolumn = \"v\"\nvariable = \"sex\"",
       "is asked of members"},
      {"region = { value = \"33\" }\n[[variable]]\ncolumn = \"v\"\nvariable = \"floor\"\n"
       "[[variable]]\ncolumn = \"w\"\nvariable = \"floor\"",
       "given twice"},
      {"region = { value = \"33\" }\n[[variable]]\ncolumn = \"v\"\nvariable = \"floor\"\n"
       "codes = { \"1\" = 1 }\nmissing = [\"1\"]",
       "as missing and with a value"},
      {"region = { value = \"33\" }\n[[edit]]\nkind = \"compare\"\nseverity = \"flag\"\nname = "
       "\"x\"\n"
       "message = \"m\"\nleft = \"a\"\nop = \"=>\"\nright = \"3\"",
       "'op' must be one of"},
      {"region = { value = \"33\" }\n[[edit]]\nkind = \"one_head\"\nseverity = \"reject\"",
       "needs [record] unit"},
      {"region = { value = \"33\" }\n[[region]]\ncode = \"33.01\"\nname = \"X\"",
       "must stand before it"},
  };
  for (const OneMistake& one : cases) {
    const CodebookCheck check =
        CheckCodebook(head + one.line, "uji.toml", nullptr, nullptr, kToday);
    std::string all;
    for (const BookFinding& finding : check.findings) all += finding.Text() + "\n";
    EXPECT_THAT(all, HasSubstr(one.told)) << one.line;
  }
}

TEST(ASample, TellsEveryColumnThatItLacksAtItsLineInTheBook) {
  const std::string manual = ReadAll(support::SourceFolder() / "docs/CODEBOOKS.md");
  const std::string toml = Block(manual, "toml", "# Code books");
  const CodebookSample sample{"no;desa;anggota;tanggal\n", "survei.csv"};
  const CodebookCheck check = CheckCodebook(toml, "buku.toml", &sample, nullptr, kToday);
  EXPECT_THAT(Texts(check), ElementsAre(HasSubstr("unknown column 'pengeluaran'"),
                                        HasSubstr("unknown column 'lantai'"),
                                        HasSubstr("unknown column 'listrik'")));
  for (const BookFinding& finding : check.findings) {
    EXPECT_EQ(finding.file, "buku.toml");
    EXPECT_GT(finding.line, 0);
  }
}

}  // namespace
}  // namespace sepakat::ingestion
