// What the command prints and writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"
#include "tests/support/programs/run_program.h"

namespace sepakat::support {
namespace {

using testing::HasSubstr;
using testing::Not;

class MeasureWrites : public testing::Test {
 protected:
  CommandResult Written(const std::vector<std::string>& options) {
    const std::string file = WriteText(FolderOfTest() / "survey.csv", VillageCsv());
    std::vector<std::string> command = {
        Program("sepakat"), "measure", file,   "--codebook", TestBook("village"),
        "--line",           "500",     "--by", "region"};
    command.insert(command.end(), options.begin(), options.end());
    return RunProgram(command);
  }
  std::string Read(const std::string& name) {
    std::ifstream file(FolderOfTest() / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(MeasureWrites, ATableForPeople) {
  const CommandResult result = Written({});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.output,
              HasSubstr("12 observations for 723 persons; 2 strata, 6 sampling units"));
  EXPECT_THAT(result.output, HasSubstr("Poverty headcount (P0), %"));
  EXPECT_THAT(result.output, HasSubstr("By region"));
}

TEST_F(MeasureWrites, IndonesianWordsAndNumbersWhenAsked) {
  const CommandResult result = Written({"--lang", "id"});
  EXPECT_THAT(result.output, HasSubstr("Persentase penduduk miskin (P0), %"));
  EXPECT_THAT(result.output, HasSubstr("Menurut region"));
  EXPECT_THAT(result.output, testing::ContainsRegex("[0-9],[0-9][0-9]"));
}

TEST_F(MeasureWrites, EveryFigureOnALineOfCsv) {
  const CommandResult result = Written({"--format", "csv"});
  EXPECT_THAT(result.output,
              testing::StartsWith("measure,parameters,by,group,label,estimate,standard_error,"));
  // Seven measures for everybody and two villages, and the header.
  EXPECT_EQ(std::ranges::count(result.output, '\n'), 7 * 3 + 1);
}

// P0 by hand: 4*10 + 5*12 + 6*11 + 5*20 + 2*21 + 7*21 = 455 of 723 persons are below 500.
TEST_F(MeasureWrites, TheHeadcountThatIsCountedByHand) {
  Written({"--out", FolderOfTest() / "f.json"});
  const Figures figures(nlohmann::json::parse(Read("f.json")));
  EXPECT_DOUBLE_EQ(figures.Of("p0", {{"line", "500"}}).estimate, 455.0 / 723.0);
  EXPECT_DOUBLE_EQ(figures.Of("poor", {{"line", "500"}}).estimate, 455.0);
  EXPECT_EQ(figures.Of("p0", {{"line", "500"}}).design_df, 4);
}

TEST_F(MeasureWrites, APageThatNeedsNoNetwork) {
  EXPECT_EQ(Written({"--out", FolderOfTest() / "r.html"}).exit_code, 0);
  const std::string page = Read("r.html");
  EXPECT_THAT(page, testing::StartsWith("<!doctype html>"));
  EXPECT_THAT(page, HasSubstr("<html lang=\"id\">"));
  EXPECT_THAT(page, HasSubstr("Kurva Lorenz"));
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, HasSubstr("@page { size: A4"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
  EXPECT_THAT(page, Not(HasSubstr("href=")));
}

TEST_F(MeasureWrites, APageInIndonesianWithEnglishBelowAndAPageInEnglishAlone) {
  Written({"--lang", "id", "--out", FolderOfTest() / "id.html"});
  const std::string both = Read("id.html");
  EXPECT_THAT(both, HasSubstr("<h2>Semua angka<small lang=\"en\">All figures</small></h2>"));
  EXPECT_THAT(both, HasSubstr("Persentase penduduk miskin (P0), %; 500,00"
                              "<small lang=\"en\">Poverty headcount (P0), %; 500.00</small>"));
  Written({"--lang", "en", "--out", FolderOfTest() / "en.html"});
  const std::string english = Read("en.html");
  EXPECT_THAT(english, HasSubstr("<h2>All figures</h2>"));
  EXPECT_THAT(english, Not(HasSubstr("Semua angka")));
}

// A measure stands once above the rows of its groups.
TEST_F(MeasureWrites, TablesOfGroupsInBlocks) {
  Written({"--measures", "p0,gini", "--lang", "en", "--out", FolderOfTest() / "blocks.html"});
  const std::string page = Read("blocks.html");
  size_t blocks = 0;
  for (size_t at = 0; (at = page.find("class=\"block\"", at)) != std::string::npos; ++at) ++blocks;
  EXPECT_EQ(blocks, 2);
}

TEST_F(MeasureWrites, WhyThereIsNoFigureInTheChosenLanguage) {
  const auto said = [&](const char* language) {
    return RunProgram({Program("sepakat"), "measure",
                       WriteText(FolderOfTest() / "survey.csv", VillageCsv()), "--codebook",
                       TestBook("village"), "--line", "1", "--measures", "gap_of_poor", "--lang",
                       language})
        .output;
  };
  EXPECT_THAT(said("id"), HasSubstr("penyebutnya nol dalam kelompok ini"));
  EXPECT_THAT(said("en"), Not(HasSubstr("penyebutnya nol dalam kelompok ini")));
}

// Once a headcount of nobody stood with an error of 0 as if it were certain.
TEST_F(MeasureWrites, ThatAShareOfNobodyIsNoCertainty) {
  const CommandResult result = Written(
      {"--only", "region=33.26.01.2001", "--measures", "p0", "--line", "1", "--lang", "en"});
  EXPECT_THAT(result.output, HasSubstr("an error of 0 is no certainty"));
}

// Text of a survey is no markup.
TEST_F(MeasureWrites, NothingOfTheDataAsMarkup) {
  auto rows = VillageRows();
  rows[0][7] = "<b>bold</b>";
  const std::string file = WriteText(FolderOfTest() / "odd.csv", VillageCsv(rows));
  const CommandResult result =
      RunProgram({Program("sepakat"), "measure", file, "--codebook", TestBook("village"), "--by",
                  "atap", "--format", "html"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.output, HasSubstr("&lt;b&gt;bold"));
  EXPECT_THAT(result.output, Not(HasSubstr("<b>bold")));
}

TEST_F(MeasureWrites, AWorkbook) {
  EXPECT_EQ(Written({"--out", FolderOfTest() / "r.xlsx"}).exit_code, 0);
  EXPECT_THAT(Read("r.xlsx"), testing::StartsWith("PK"));
}

TEST_F(MeasureWrites, SeveralFilesAtOnce) {
  EXPECT_EQ(Written({"--out", FolderOfTest() / "a.csv", "--out", FolderOfTest() / "a.json", "--out",
                     FolderOfTest() / "a.txt"})
                .exit_code,
            0);
  for (const char* name : {"a.csv", "a.json", "a.txt"}) EXPECT_FALSE(Read(name).empty()) << name;
}

TEST_F(MeasureWrites, HelpThatListsEveryMeasureAndShowsExamples) {
  const CommandResult result = RunProgram({Program("sepakat"), "measure", "--help"});
  EXPECT_EQ(result.exit_code, 0);
  for (const char* text :
       {"p0", "gini", "atkinson", "qsr", "sepakat measure", "--line", "Exit codes"}) {
    EXPECT_THAT(result.output, HasSubstr(text));
  }
}

}  // namespace
}  // namespace sepakat::support
