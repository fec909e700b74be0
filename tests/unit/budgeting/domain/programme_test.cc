#include "budgeting/domain/programme.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budgeting/domain/subactivity_code.h"
#include "common/base/status.h"

namespace sepakat::budgeting {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Programme HouseRepair() {
  return {.id = "rtlh-2026",
          .version = "1",
          .name = "Perbaikan rumah tidak layak huni",
          .name_en = "Repair of unfit houses",
          .subactivity_code = "1.04.03.2.03.0002",
          .subactivity_name = "",
          .nomenclature_version = "SIPD 2027",
          .agency = "Dinas Perumahan",
          .unit = "Unit Rumah",
          .unit_cost_rupiah = 20'000'000,
          .ceiling_rupiah = 1'200'000'000,
          .fund_source = "",
          .needs = {"unfit_house"},
          .decile_max = 4,
          .poor_only = false,
          .parts = {},
          .source = "",
          .year = 2026,
          .deadline = 20'800,
          .population = ""};
}

TEST(SubactivityCodeTest, ReadsTheSixParts) {
  const absl::StatusOr<SubactivityCode> code = ParseSubactivityCode("1.04.03.2.03.0002");
  ASSERT_TRUE(code.ok());
  EXPECT_EQ(code->affair, 1);
  EXPECT_EQ(code->field, 4);
  EXPECT_EQ(code->program, 3);
  EXPECT_EQ(code->level, 2);
  EXPECT_EQ(code->activity, 3);
  EXPECT_EQ(code->subactivity, 2);
  EXPECT_TRUE(ParseSubactivityCode("1.04.03.2.03.02").ok()) << "edition of 2019";
}

TEST(SubactivityCodeTest, RefusesEverythingElse) {
  for (const char* text :
       {"", "1.04.03.2.03", "1.4.03.2.03.0002", "1.04.03.2.03.002", "0.04.03.2.03.0002",
        "1.04.03.9.03.0002", "1.04.03.2.03.0002.1", "1.04.03.2.03.00O2", "1..03.2.03.0002"}) {
    EXPECT_EQ(base::ReasonOf(ParseSubactivityCode(text).status()), "SUBACTIVITY_CODE_INVALID")
        << text;
  }
}

TEST(ProgrammeTest, AGoodProgrammeHasNeitherMistakeNorWarning) {
  EXPECT_TRUE(CheckProgramme(HouseRepair()).ok());
  EXPECT_THAT(LintProgramme(HouseRepair()), IsEmpty());
}

TEST(ProgrammeTest, EveryMistakeIsNamedAtOnce) {
  Programme programme = HouseRepair();
  programme.subactivity_code = "1.04";
  programme.unit_cost_rupiah = 0;
  programme.decile_max = 11;
  programme.parts = {{"members", 5, 2}};
  const absl::Status status = CheckProgramme(programme);
  EXPECT_EQ(base::ReasonOf(status), "PROGRAMME_INVALID");
  for (const char* part : {"rtlh-2026", "1.04", "unit_cost_rupiah", "decile_max", "members"}) {
    EXPECT_THAT(std::string(status.message()), HasSubstr(part));
  }
}

TEST(ProgrammeTest, ARuleThatStatesNothingIsRefused) {
  Programme programme = HouseRepair();
  programme.needs.clear();
  programme.decile_max = 0;
  EXPECT_THAT(std::string(CheckProgramme(programme).message()), HasSubstr("everybody"));
}

TEST(ProgrammeTest, AUnitThatIsNotTheNomenclaturesIsWarnedAbout) {
  Programme programme = HouseRepair();
  programme.unit = "Keluarga";
  EXPECT_THAT(LintProgramme(programme), ElementsAre(StartsWith("UNIT_DIFFERS")));
  programme.nomenclature_version = "Kepmendagri 900.1.15.5/2023";
  EXPECT_THAT(LintProgramme(programme), IsEmpty())
      << "that edition is not curated, so nothing is known";
}

TEST(ProgrammeTest, AUnitThatCountsPapersIsWarnedAbout) {
  Programme programme = HouseRepair();
  programme.subactivity_code = "1.04.03.2.03.0003";
  programme.unit = "Dokumen";
  EXPECT_THAT(LintProgramme(programme), ElementsAre(StartsWith("UNIT_COUNTS_PAPERS")));
}

}  // namespace
}  // namespace sepakat::budgeting
