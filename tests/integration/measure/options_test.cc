// Options that change what is measured, of whom, and how its error is worked out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"
#include "tests/support/programs/run_program.h"

namespace sepakat::support {
namespace {

using testing::HasSubstr;

class MeasureOptions : public testing::Test {
 protected:
  Figures Village(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {WriteText(FolderOfTest() / "survey.csv", VillageCsv()),
                                          "--codebook", TestBook("village")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Measure(arguments);
  }
  std::string Remark(const Figures& figures, const std::string& reason) {
    for (const auto& remark : figures.report()["survey"]["remarks"]) {
      if (remark["reason"] == reason) return remark["en"].get<std::string>();
    }
    return "";
  }
};

// The line of the village before that of its regency, and of two entries the later one that holds.
TEST_F(MeasureOptions, LinesByRegionHoldForEverythingBelowUntilASpecialOneComes) {
  const std::string table = WriteText(FolderOfTest() / "lines.toml", R"([reference]
version = "1"
source = "tes"
[[poverty_line]]
region = "33.26"
value = 500
valid_from = 2024-01-01
[[poverty_line]]
region = "33.26.01.2002"
value = 400
valid_from = 2024-01-01
[[poverty_line]]
region = "33.26.01.2002"
value = 600
valid_from = 2025-01-01
)");
  const Figures old = Village({"--line", "table:" + table, "--line-date", "2024-06-30",
                               "--measures", "line,poor", "--by", "region"});
  const std::string name = "table:" + table;
  EXPECT_DOUBLE_EQ(old.Of("line", {{"line", name}}, {{"region", "33.26.01.2001"}}).estimate, 500);
  EXPECT_DOUBLE_EQ(old.Of("line", {{"line", name}}, {{"region", "33.26.01.2002"}}).estimate, 400);
  // 300 and 390 are below 400: 5 * 20 + 7 * 21 persons.
  EXPECT_DOUBLE_EQ(old.Of("poor", {{"line", name}}, {{"region", "33.26.01.2002"}}).estimate, 247);
  const Figures now = Village({"--line", "table:" + table, "--measures", "line", "--by", "region"});
  EXPECT_DOUBLE_EQ(now.Of("line", {{"line", name}}, {{"region", "33.26.01.2002"}}).estimate, 600);
}

TEST_F(MeasureOptions, ALineOfAColumnIsThatOfEachRow) {
  auto rows = VillageRows();
  for (auto& row : rows) row[7] = row[1] == "Barat" ? "500" : "400";
  const Figures figures =
      Measure({WriteText(FolderOfTest() / "lines.csv", VillageCsv(rows)), "--codebook",
               TestBook("village"), "--line", "column:atap", "--measures", "poor,sst"});
  // West below 500: 40 + 60 + 66; east below 400: 100 + 147.
  EXPECT_DOUBLE_EQ(figures.Of("poor", {{"line", "column:atap"}}).estimate, 413);
}

TEST_F(MeasureOptions, OnlyMeasuresOneGroupWithTheDesignOfAll) {
  const Figures figures = Village({"--measures", "population,mean", "--only", "roof=Seng"});
  // 3 * 10 + 5 * 12 + 3 * 20 + 5 * 20 + 2 * 21 persons under sheet iron.
  EXPECT_DOUBLE_EQ(figures.Of("population").estimate, 292);
}

TEST_F(MeasureOptions, TheJackknifeGivesTheErrorOfATotalThatLinearisationGives) {
  const Figures linearised = Village({"--measures", "total,mean"});
  const Figures jackknife = Village({"--measures", "total,mean", "--replicates", "jackknife"});
  ExpectNear(*jackknife.Of("total").standard_error, *linearised.Of("total").standard_error, 1e-9,
             "total");
  // A ratio is only nearly linear.
  ExpectNear(*jackknife.Of("mean").standard_error, *linearised.Of("mean").standard_error, 0.25,
             "mean");
}

TEST_F(MeasureOptions, TheBootstrapWithOneSeedGivesOneAnswer) {
  const std::vector<std::string> options = {"--measures", "gini", "--replicates", "bootstrap:60:7"};
  const double first = *Village(options).Of("gini").standard_error;
  EXPECT_EQ(*Village(options).Of("gini").standard_error, first);
  EXPECT_NE(
      *Village({"--measures", "gini", "--replicates", "bootstrap:60:8"}).Of("gini").standard_error,
      first);
}

// Replicate weights that leave out one block each are the jackknife JK1 of the book's columns.
TEST_F(MeasureOptions, ReplicateWeightsOfTheBookGiveTheirOwnVariance) {
  std::string csv = "no,w,r1,r2,r3,y\n1,1,0,1.5,1.5,2\n2,1,1.5,0,1.5,4\n3,1,1.5,1.5,0,9\n";
  const std::string book = WriteText(FolderOfTest() / "rep.toml", R"([codebook]
id = "rep"
version = "1"
name = "Replikasi"
steward = "Tes"
source = "Tes"
[record]
unit = "person"
[roles]
weight = { column = "w" }
welfare = { column = "y", unit = "person", period = "month" }
[design.replicates]
prefix = "r"
method = "jackknife"
)");
  const Figures figures = Measure({WriteText(FolderOfTest() / "rep.csv", csv), "--codebook", book,
                                   "--measures", "mean", "--replicates", "book"});
  // Means without one: 6.5, 5.5, 3; variance 2/3 of the squares around their mean of 5.
  const double variance = 2.0 / 3 * (1.5 * 1.5 + 0.5 * 0.5 + 2 * 2);
  EXPECT_NEAR(*figures.Of("mean").standard_error, std::sqrt(variance), 1e-12);
}

TEST_F(MeasureOptions, ACensusNamesTheRegionsWhoseWeightsDoNotAddUp) {
  const std::string census = WriteText(FolderOfTest() / "census.csv",
                                       "kode,penduduk\n33.26.01.2001,264\n33.26.01.2002,900\n");
  const std::string told =
      Remark(Village({"--measures", "mean", "--census", census}), "WEIGHTS_NOT_CENSUS");
  EXPECT_THAT(told, HasSubstr("in 1 of 2 regions"));
  EXPECT_THAT(told, HasSubstr("33.26.01.2002: 459 / 900 (-49.0 %)"));
  EXPECT_THAT(told, HasSubstr("other totals are off by as much"));
  EXPECT_EQ(Remark(Village({"--measures", "mean", "--census", "723"}), "WEIGHTS_NOT_CENSUS"), "");
  EXPECT_THAT(Remark(Village({"--measures", "mean", "--census", "1000"}), "WEIGHTS_NOT_CENSUS"),
              HasSubstr("0: 723 / 1,000 (-27.7 %)"));
}

TEST_F(MeasureOptions, SingleUnitsFollowTheRuleThatIsAskedFor) {
  auto rows = VillageRows();
  rows.resize(8);
  const std::string file = WriteText(FolderOfTest() / "single.csv", VillageCsv(rows));
  const auto error = [&](const std::string& rule) {
    return *Measure({file, "--codebook", TestBook("village"), "--measures", "mean", "--single-psu",
                     rule})
                .Of("mean")
                .standard_error;
  };
  EXPECT_LT(error("certainty"), error("average"));
  EXPECT_LT(error("certainty"), error("centred"));
}

// 4*10 + 3*10 + ... persons of each family, counted once per family.
TEST_F(MeasureOptions, TotalsAndRatiosOfColumns) {
  const Figures figures =
      Village({"--totals", "anggota", "--ratios", "belanja/anggota", "--count", "families"});
  EXPECT_DOUBLE_EQ(figures.Of("total_of", {{"of", "anggota"}}).estimate, 723);
  double spent = 0;
  for (const auto& row : VillageRows()) spent += std::stod(row[3]) * std::stod(row[4]);
  EXPECT_DOUBLE_EQ(
      figures.Of("ratio", {{"numerator", "belanja"}, {"denominator", "anggota"}}).estimate,
      spent / 723);
}

// A set of one's own, over a column of the file. Roof 2 is zinc: families 2, 3, 7, 8 and 11 of the
// village; the ratio estimate has the error of a share under the design, as the indicator has.
TEST_F(MeasureOptions, RulesOfOnesOwnWithTheDesignErrorOfAnIndicator) {
  const std::string set = WriteText(FolderOfTest() / "set.toml", R"([rules]
version = "atap-1"
name = "Atap"
name_en = "Roof"
source = "Tes"
[[variable]]
name = "atap"
low = 1
high = 2
about = "1 genteng, 2 seng"
[[rule]]
id = "zinc_roof"
name = "Atap seng"
name_en = "Zinc roof"
variable = "atap"
in = [2]
)");
  std::ifstream file(TestBook("village"));
  const std::string village{std::istreambuf_iterator<char>(file), {}};
  const std::string book = WriteText(FolderOfTest() / "book.toml", village + R"([[indicator]]
name = "zinc"
column = "atap"
yes = ["2"]
no = ["1"]
)");
  const Figures figures =
      Measure({WriteText(FolderOfTest() / "survey.csv", VillageCsv()), "--codebook", book,
               "--rules", set, "--indicators", "zinc", "--by", "region"});
  for (const auto& domain : {Figures::Words{}, Figures::Words{{"region", "33.26.01.2001"}}}) {
    const PublishedFigure rule =
        figures.Of("rule", {{"rules", "atap-1"}, {"rule", "zinc_roof"}}, domain);
    const PublishedFigure indicator = figures.Of("share", {{"indicator", "zinc"}}, domain);
    EXPECT_DOUBLE_EQ(rule.estimate, indicator.estimate);
    EXPECT_DOUBLE_EQ(*rule.standard_error, *indicator.standard_error);
    EXPECT_EQ(rule.observations, indicator.observations);
  }
  // 3*10 + 5*12 + 3*20 + 5*20 + 2*21 of 723 persons but the four times 11 of roof 9.
  EXPECT_DOUBLE_EQ(figures.Of("share", {{"indicator", "zinc"}}).estimate, 292.0 / 679);
}

}  // namespace
}  // namespace sepakat::support
