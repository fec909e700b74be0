// Surveys with one row per member: what is read per family, and what belongs to each person alone.
#include <gtest/gtest.h>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"

namespace sepakat::support {
namespace {

constexpr char kHead[] = R"([codebook]
id = "members"
version = "1"
name = "Anggota"
steward = "Tes"
source = "Tes"

[record]
unit = "person"

[roles]
family  = { column = "kk", kind = "text" }
region  = { value = "33.26" }
size    = { count = true }
weight  = { column = "w" }
)";

// Two families of three and two; weight, consumption and roof stand on the first row only.
constexpr char kMembers[] =
    "kk,w,belanja,upah,umur,asuransi,atap\n"
    "1,10,900,600,40,A,seng\n"
    "1,,,,38,,\n"
    "1,,,300,12,,\n"
    "2,20,400,,30,,genteng\n"
    "2,,,200,5,A,\n";

class MeasurePersonRows : public testing::Test {
 protected:
  Figures Members(const std::string& book, const std::vector<std::string>& options) {
    const std::string file = WriteText(FolderOfTest() / "members.csv", kMembers);
    std::vector<std::string> arguments = {file, "--codebook",
                                          WriteText(FolderOfTest() / "members.toml", kHead + book)};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Measure(arguments);
  }
};

// Consumption of the family per head: 300 for three persons of weight 10, 200 for two of weight 20.
TEST_F(MeasurePersonRows, ReadWeightAndConsumptionFromTheFirstFilledRowOfTheFamily) {
  const Figures figures =
      Members("welfare = { column = \"belanja\", unit = \"family\", period = \"month\" }\n",
              {"--measures", "mean,population"});
  EXPECT_DOUBLE_EQ(figures.Of("population").estimate, 70);
  EXPECT_DOUBLE_EQ(figures.Of("mean").estimate, (30 * 300.0 + 40 * 200.0) / 70);
}

TEST_F(MeasurePersonRows, CountFamiliesOnceEach) {
  const Figures figures =
      Members("welfare = { column = \"belanja\", unit = \"family\", period = \"month\" }\n",
              {"--measures", "mean,population", "--count", "families"});
  EXPECT_DOUBLE_EQ(figures.Of("population").estimate, 30);
  EXPECT_DOUBLE_EQ(figures.Of("mean").estimate, (10 * 300.0 + 20 * 200.0) / 30);
  EXPECT_EQ(figures.Of("mean").observations, 2);
}

TEST_F(MeasurePersonRows, AddUpTheIncomesOfMembers) {
  const Figures figures = Members(
      "welfare = { column = \"upah\", unit = \"member\", period = \"month\", if_empty = "
      "\"zero\" }\n",
      {"--measures", "mean"});
  EXPECT_DOUBLE_EQ(figures.Of("mean").estimate, (30 * 300.0 + 40 * 100.0) / 70);
}

// Once an empty cell of a person was filled from another member: insurance spread through the
// family.
TEST_F(MeasurePersonRows, AnEmptyCellOfAPersonIsNotFilledFromTheFamily) {
  const Figures figures =
      Members("[[indicator]]\nname = \"insured\"\ncolumn = \"asuransi\"\nkind = \"filled\"\n",
              {"--indicators", "insured"});
  EXPECT_DOUBLE_EQ(figures.Of("share", {{"indicator", "insured"}}).estimate, 30.0 / 70);
}

TEST_F(MeasurePersonRows, AGroupOfTheFamilyHoldsForAllItsMembers) {
  const Figures figures = Members(
      "[[group]]\nname = \"roof\"\ncolumn = \"atap\"\nunit = \"family\"\n"
      "[[group]]\nname = \"age\"\ncolumn = \"umur\"\nbands = [0, 15, 65]\n",
      {"--measures", "population", "--by", "roof,age,roof+age"});
  EXPECT_DOUBLE_EQ(figures.Of("population", {}, {{"roof", "seng"}}).estimate, 30);
  EXPECT_DOUBLE_EQ(figures.Of("population", {}, {{"age", "0-14"}}).estimate, 30);
  EXPECT_DOUBLE_EQ(figures.Of("population", {}, {{"roof", "genteng"}, {"age", "15-64"}}).estimate,
                   20);
}

}  // namespace
}  // namespace sepakat::support
