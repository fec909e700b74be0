// The workbook, opened by a reader that shares nothing with its writer: openpyxl.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"
#include "tests/support/paths.h"
#include "tests/support/programs/run_program.h"

namespace sepakat::support {
namespace {

using nlohmann::json;
using testing::ElementsAre;

// Debian's own Python, whose packages are Debian's.
constexpr char kPython[] = "/usr/bin/python3";

class MeasureWorkbook : public testing::Test {
 protected:
  void SetUp() override {
    if (RunProgram({kPython, "-c", "import openpyxl"}).exit_code != 0) {
      GTEST_SKIP() << "openpyxl is not installed (Debian: python3-openpyxl)";
    }
    survey_ = WriteText(FolderOfTest() / "survey.csv", VillageCsv());
  }

  json Sheets(std::vector<std::string> options) {
    const std::string out = FolderOfTest() / "report.xlsx";
    options.insert(options.begin(), {Program("sepakat"), "measure", survey_, "--codebook",
                                     TestBook("village"), "--line", "500", "--by", "region",
                                     "--out", out, "--out", FolderOfTest() / "report.json"});
    const CommandResult written = RunProgram(options);
    EXPECT_EQ(written.exit_code, 0) << written.output;
    const std::string script = SourceFolder() / "tests/integration/measure/workbook_cells.py";
    return json::parse(RunProgram({kPython, script, out}).output);
  }

  json Report() {
    std::ifstream file(FolderOfTest() / "report.json");
    return json::parse(file);
  }

  static std::vector<std::string> NamesOf(const json& sheets) {
    std::vector<std::string> names;
    for (const auto& [name, rows] : sheets.items()) names.push_back(name);
    return names;
  }

  std::string survey_;
};

TEST_F(MeasureWorkbook, HasASheetOfFactsAndASheetOfFiguresInTheChosenLanguage) {
  EXPECT_THAT(NamesOf(Sheets({"--lang", "id"})), testing::UnorderedElementsAre("survei", "angka"));
  EXPECT_THAT(NamesOf(Sheets({"--lang", "en"})),
              testing::UnorderedElementsAre("survey", "figures"));
}

// Cell by cell the same numbers as in the JSON, all digits, as numbers and not as texts.
TEST_F(MeasureWorkbook, HoldsEveryFigureOfTheReportAsNumbers) {
  const json rows = Sheets({"--lang", "en"})["figures"];
  const json figures = Report()["figures"];
  ASSERT_EQ(rows.size(), figures.size() + 1);
  const std::vector<std::pair<size_t, std::string>> columns = {
      {3, "/estimate"},       {4, "/standardError"},          {5, "/interval/lower"},
      {6, "/interval/upper"}, {8, "/designDegreesOfFreedom"}, {10, "/observations"},
      {11, "/weightSum"}};
  for (size_t i = 0; i < figures.size(); ++i) {
    const json& row = rows[i + 1];
    EXPECT_EQ(row[13][0], figures[i]["measure"]);
    for (const auto& [column, pointer] : columns) {
      const json& cell = row[column][0];
      const json::json_pointer place(pointer);
      if (!figures[i].contains(place) || figures[i].at(place).is_null()) {
        EXPECT_TRUE(cell.is_null()) << pointer << " of " << figures[i].dump();
        continue;
      }
      ASSERT_TRUE(cell.is_number()) << pointer << " of " << figures[i].dump();
      ExpectNear(cell.get<double>(), figures[i].at(place).get<double>(), 1e-14, pointer);
    }
  }
}

TEST_F(MeasureWorkbook, ShowsSharesInPercentAndCountsWhole) {
  const json rows = Sheets({"--measures", "p0,poor,gini", "--lang", "en"})["figures"];
  std::vector<std::string> formats;
  for (size_t i = 1; i <= 3; ++i) formats.push_back(rows[i][3][1].get<std::string>());
  EXPECT_THAT(formats, ElementsAre("0.00%", "#,##0", "#,##0.00##"));
}

TEST_F(MeasureWorkbook, HoldsTheChangesBetweenTwoSurveysAsNumbersToo) {
  auto later = VillageRows();
  for (auto& row : later) row[4] = std::to_string(std::stod(row[4]) * 1.1);
  const std::string file = WriteText(FolderOfTest() / "later.csv", VillageCsv(later));
  const json sheets = Sheets({"--compare", file, "--lang", "en"});
  const json changes = Report()["comparison"]["changes"];
  const json& rows = sheets["comparison 1"];
  ASSERT_EQ(rows.size(), changes.size() + 2);
  for (size_t i = 0; i < changes.size(); ++i) {
    ASSERT_TRUE(rows[i + 2][5][0].is_number()) << rows[i + 2].dump();
    EXPECT_NEAR(rows[i + 2][5][0].get<double>(), changes[i]["difference"].get<double>(), 1e-12);
  }
}

}  // namespace
}  // namespace sepakat::support
