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

// Two families again: a couple of 40 and 38 with a boy of 12 out of school, and a woman of 30 with
// a girl of 5. Rows of visitors are no members.
constexpr char kQuestions[] =
    "kk,w,hub,jk,lahir,umur,sekolah,kerja,lantai,dinding\n"
    "1,10,1,1,1985-03-01,,,1,8,1\n"
    "1,10,2,2,,38,,2,,\n"
    "1,10,3,1,,12,1,1,,\n"
    "1,10,9,2,,50,1,1,,\n"
    "2,20,1,2,1995-03-06,,,1,2,9\n"
    "2,20,3,2,,5,2,1,,\n";

constexpr char kQuestionsBook[] = R"([codebook]
id = "questions"
version = "1"
name = "Pertanyaan"
steward = "Tes"
source = "Tes"
[record]
unit = "person"
observed_on = { value = "2025-03-05" }
member_if = { column = "hub", in = ["1", "2", "3"] }
[roles]
family = { column = "kk", kind = "text" }
region = { value = "33.26" }
size = { count = true }
weight = { column = "w" }
[[variable]]
column = "hub"
variable = "relation"
[[variable]]
column = "jk"
variable = "sex"
[[variable]]
column = "lahir"
variable = "birth_date"
[[variable]]
column = "umur"
variable = "age"
[[variable]]
column = "sekolah"
variable = "schooling"
codes = { "1" = 1, "2" = 2 }
to_age = 18
[[variable]]
column = "kerja"
variable = "works"
codes = { "1" = 1, "2" = 0 }
from_age = 15
[[variable]]
column = "lantai"
variable = "floor"
[[variable]]
column = "dinding"
variable = "wall"
missing = ["9"]
)";

class MeasureMembers : public testing::Test {
 protected:
  Figures Members(const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {
        WriteText(FolderOfTest() / "members.csv", kQuestions), "--codebook",
        WriteText(FolderOfTest() / "members.toml", kQuestionsBook)};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Measure(arguments);
  }
};

// A mother of 29 the day before her birthday; the visitor of 50 is nowhere.
TEST_F(MeasureMembers, AgesByDateOfBirthOnTheDayOfObservation) {
  const Figures figures = Members({"--indicators", "age"});
  EXPECT_DOUBLE_EQ(figures.Of("mean_of", {{"indicator", "age"}}).estimate,
                   (10 * (40 + 38 + 12) + 20 * (29 + 5)) / 70.0);
}

// Once a boy of 12 and a girl of 5 counted among those who were asked about their work.
TEST_F(MeasureMembers, AnswersOfTheAgesThatWereAskedAlone) {
  const Figures figures = Members({"--indicators", "works"});
  const PublishedFigure works = figures.Of("share", {{"indicator", "works"}});
  EXPECT_DOUBLE_EQ(works.estimate, 30.0 / 40);
  EXPECT_EQ(works.observations, 3);
}

TEST_F(MeasureMembers, VariablesThatFollowFromTheMembersOfAFamily) {
  const Figures persons =
      Members({"--indicators", "members,children_out_of_school", "--by", "head_sex"});
  EXPECT_DOUBLE_EQ(persons.Of("mean_of", {{"indicator", "members"}}).estimate,
                   (30 * 3 + 40 * 2) / 70.0);
  EXPECT_DOUBLE_EQ(
      persons.Of("mean_of", {{"indicator", "children_out_of_school"}}, {{"head_sex", "1"}})
          .estimate,
      1);
  EXPECT_DOUBLE_EQ(
      persons.Of("mean_of", {{"indicator", "children_out_of_school"}}, {{"head_sex", "2"}})
          .estimate,
      0);
  const Figures families = Members({"--indicators", "members", "--count", "families"});
  EXPECT_DOUBLE_EQ(families.Of("mean_of", {{"indicator", "members"}}).estimate,
                   (10 * 3 + 20 * 2) / 30.0);
}

// Every member has the answer of the family; what is not known is no no, and stands beside.
TEST_F(MeasureMembers, RulesOfASetAsSharesWithTheUnknownBeside) {
  const Figures figures = Members({"--rules", "bps-2019"});
  const auto share = [&](const std::string& measure, const std::string& rule) {
    return figures.Of(measure, {{"rules", "bps-2019"}, {"rule", rule}});
  };
  EXPECT_DOUBLE_EQ(share("rule", "floor_not_durable").estimate, 30.0 / 70);
  EXPECT_DOUBLE_EQ(share("rule", "out_of_school").estimate, 30.0 / 70);
  // A wall of code 9 is not known: three members are left, all of them behind brick.
  EXPECT_EQ(share("rule", "wall_not_durable").observations, 3);
  EXPECT_DOUBLE_EQ(share("rule", "wall_not_durable").estimate, 0);
  EXPECT_DOUBLE_EQ(share("rule_unknown", "wall_not_durable").estimate, 40.0 / 70);
}

}  // namespace
}  // namespace sepakat::support
