// What a surveyor does wrong, and the sentence with which it is named.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"
#include "tests/support/programs/run_program.h"

namespace sepakat::support {
namespace {

using testing::HasSubstr;

CommandResult MeasureAs(std::vector<std::string> arguments) {
  std::vector<std::string> command = {Program("sepakat"), "measure"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return RunProgram(command);
}

struct Refusal {
  std::string name;
  std::string file;
  std::vector<std::string> options;
  // What the one sentence says, and its reason.
  std::string says;
  std::string reason;
};

std::vector<std::vector<std::string>> With(size_t row, size_t column, const std::string& cell) {
  auto rows = VillageRows();
  rows[row][column] = cell;
  return rows;
}

// One family of each of two blocks has no stratum.
std::vector<std::vector<std::string>> TwoWithoutStratum() {
  auto rows = VillageRows();
  rows[0][5].clear();
  rows[2][5].clear();
  return rows;
}

// Only one block is left of the second stratum.
std::vector<std::vector<std::string>> OneBlock() {
  auto rows = VillageRows();
  rows.resize(8);
  return rows;
}

class MeasureRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(MeasureRefuses, WithOneSentenceAndExitCode1) {
  const Refusal& refusal = GetParam();
  const std::string file = WriteText(FolderOfTest() / "survey.csv", refusal.file);
  std::vector<std::string> arguments = {file, "--codebook", TestBook("village")};
  arguments.insert(arguments.end(), refusal.options.begin(), refusal.options.end());
  const CommandResult result = MeasureAs(arguments);
  EXPECT_EQ(result.exit_code, 1) << result.output;
  EXPECT_THAT(result.output, HasSubstr(refusal.says));
  EXPECT_THAT(result.output, HasSubstr("[" + refusal.reason + "]"));
  EXPECT_EQ(std::ranges::count(result.output, '\n'), 1) << result.output;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MeasureRefuses,
    testing::Values(
        Refusal{"NegativeWeight",
                VillageCsv(With(2, 3, "-4")),
                {},
                "1 rows have a negative weight (first: data row 3)",
                "NEGATIVE_WEIGHT"},
        // Once a column of 1 and 5 gave a coverage of 100 %, its no taken for not known.
        Refusal{"AProgrammeInCodesThatNobodyExplained",
                VillageCsv(),
                {"--programme", "anggota"},
                "answers other than 1 and 0, such as '4'",
                "PROGRAMME_CODES"},
        Refusal{"ARatioOfOneName", VillageCsv(), {"--ratios", "anggota"}, "NAME/NAME", "RATIO"},
        Refusal{"OnePsuInAStratum",
                VillageCsv(OneBlock()),
                {},
                "1 of 2 strata have one primary sampling unit",
                "SINGLE_PSU"},
        Refusal{"EmptyStratumOfOnePsu",
                VillageCsv(With(0, 5, "")),
                {},
                "the stratum of 1 rows is empty",
                "SINGLE_PSU"},
        Refusal{"ColumnMissing",
                "no,desa,anggota,bobot,strata,blok,atap\n1,Barat,4,10,1,11,1\n",
                {},
                "'belanja'",
                "COLUMNS_MISSING"},
        Refusal{"MeasureWithoutLine",
                VillageCsv(),
                {"--measures", "p0"},
                "measure 'p0' needs a poverty line; give --line",
                "LINE_MISSING"},
        Refusal{"UnknownMeasure",
                VillageCsv(),
                {"--measures", "ginni"},
                "'ginni' is no measure",
                "MEASURE_UNKNOWN"},
        Refusal{"UnknownGroup",
                VillageCsv(),
                {"--by", "dinding"},
                "'dinding' is neither named",
                "NAME_UNKNOWN"},
        Refusal{"NoSuchValue",
                VillageCsv(),
                {"--only", "roof=Ijuk"},
                "the survey has Genteng, Seng",
                "GROUP_UNKNOWN"},
        Refusal{"LineOfNothing",
                VillageCsv(),
                {"--line", "sixty"},
                "'sixty' is no poverty line",
                "LINE_SPEC"},
        Refusal{
            "NegativeLine", VillageCsv(), {"--line=-5"}, "'-5' is no poverty line", "LINE_SPEC"},
        Refusal{"UnknownFormat", VillageCsv(), {"--format", "yaml"}, "not 'yaml'", "OUTPUT_FORMAT"},
        Refusal{"UnknownEnding",
                VillageCsv(),
                {"--out", "report.pdf"},
                "must end in .html",
                "OUTPUT_FORMAT"},
        Refusal{"NoReplicateWeights",
                VillageCsv(),
                {"--replicates", "book"},
                "add [design] replicates",
                "REPLICATES_NOT_NAMED"},
        Refusal{"Empty",
                "no,desa,anggota,bobot,belanja,strata,blok,atap\n",
                {},
                "holds no row of data",
                "FILE_EMPTY"},
        Refusal{
            "Workbook", "PK\x03\x04 something", {}, "save the sheet as CSV", "NOT_DELIMITED_TEXT"}),
    [](const auto& one) { return one.param.name; });

TEST(MeasureRefusesTo, ReadAFileThatIsNotThere) {
  const CommandResult result =
      MeasureAs({"/nowhere/survey.csv", "--codebook", TestBook("village")});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.output, HasSubstr("[FILE_NOT_FOUND]"));
}

TEST(MeasureRefusesTo, RunWithoutACodeBook) {
  const CommandResult result = MeasureAs({"survey.csv"});
  EXPECT_EQ(result.exit_code, 64);
  EXPECT_THAT(result.output, HasSubstr("--codebook is required"));
}

struct Warning {
  std::string name;
  std::string file;
  std::string reason;
  // What it does to the result.
  std::string effect;
};

class MeasureWarns : public testing::TestWithParam<Warning> {};

TEST_P(MeasureWarns, AndSaysWhatItDoesToTheResult) {
  const Warning& warning = GetParam();
  const std::string file = WriteText(FolderOfTest() / "survey.csv", warning.file);
  const Figures figures = Measure({file, "--codebook", TestBook("village"), "--line", "500"});
  std::string found;
  for (const auto& remark : figures.report()["survey"]["remarks"]) {
    if (remark["reason"] == warning.reason) found = remark["en"].get<std::string>();
  }
  EXPECT_THAT(found, HasSubstr(warning.effect)) << figures.report()["survey"]["remarks"].dump(1);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, MeasureWarns,
    testing::Values(
        Warning{"MissingWelfare", VillageCsv(With(4, 4, "")), "WELFARE_UNKNOWN",
                "the welfare of 1 observations (8.3 %) is not known"},
        Warning{"WelfareIsNoNumber", VillageCsv(With(4, 4, "banyak")), "NOT_A_NUMBER",
                "1 cells are no numbers (first: data row 5)"},
        Warning{"NoStratum", VillageCsv(TwoWithoutStratum()), "STRATUM_UNKNOWN",
                "the stratum of 2 rows is empty"},
        Warning{"NoBlock", VillageCsv(With(0, 6, "")), "PSU_UNKNOWN", "errors are too small"},
        Warning{"NoWeight", VillageCsv(With(0, 3, "")), "WEIGHT_UNKNOWN",
                "1 rows without a weight are left out; totals come out too small"},
        Warning{"NoSize", VillageCsv(With(0, 2, "")), "SIZE_UNKNOWN",
                "1 families without a number of members are left out"},
        Warning{"FamilyTwice", VillageCsv(With(5, 0, "1")), "FAMILY_REPEATED",
                "every time it counts as another family"},
        Warning{"BrokenLine", VillageCsv() + "13,Timur,4\n", "LINES_BROKEN", "first: line 14"}),
    [](const auto& one) { return one.param.name; });

// An unknown roof is no roof of tiles: the family is in the figures for everybody alone.
TEST(MeasureKeepsTheUnknown, OutOfEveryGroupAndCountsIt) {
  const std::string file = WriteText(FolderOfTest() / "survey.csv", VillageCsv());
  const Figures figures = Measure(
      {file, "--codebook", TestBook("village"), "--measures", "population", "--by", "roof"});
  const auto& breakdowns = figures.report()["breakdowns"];
  ASSERT_EQ(breakdowns.size(), 2U);
  EXPECT_EQ(breakdowns[1]["unknownObservations"], 1);
  EXPECT_EQ(breakdowns[1]["unknownWeight"], 44);  // four members of weight 11
  const double parts = figures.Of("population", {}, {{"roof", "Genteng"}}).estimate +
                       figures.Of("population", {}, {{"roof", "Seng"}}).estimate;
  EXPECT_DOUBLE_EQ(figures.Of("population").estimate, parts + 44);
}

}  // namespace
}  // namespace sepakat::support
