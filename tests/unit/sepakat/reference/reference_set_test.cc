#include "sepakat/reference/reference_set.h"

#include "common/base/status.h"
#include "gmock/gmock.h"

namespace sepakat::reference {
namespace {

using testing::HasSubstr;

std::string MistakesOf(std::string_view toml) {
  ReferenceSet set;
  const absl::Status status = ReadReference("f.toml", toml, set);
  EXPECT_EQ(base::ReasonOf(status), "REFERENCE_INVALID");
  EXPECT_TRUE(set.lines.empty());
  EXPECT_TRUE(set.programmes.empty());
  return std::string(status.message());
}

constexpr std::string_view kProgramme = R"([[programme]]
id = "rtlh"
version = "1"
name = "Perbaikan rumah"
subactivity_code = "1.04.03.2.03.0002"
subactivity_name = "Perbaikan Rumah Tidak Layak Huni"
nomenclature_version = "SIPD-2027"
agency = "Dinas"
unit = "Unit Rumah"
unit_cost_rupiah = 20000000
ceiling_rupiah = 3000000000
source = "test"
year = 2026
deadline = 2026-11-30
rule = { needs = ["unfit_house"], parts = [{ variable = "tenure", at_least = 1, at_most = 1 }, { variable = "members", at_least = 2 }] }
)";

std::string With(std::string_view from, std::string_view to) {
  std::string text(kProgramme);
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(ReadReference, ReadsAProgrammeWithAllItsParts) {
  ReferenceSet set;
  ASSERT_TRUE(ReadReference("f.toml", kProgramme, set).ok());
  ASSERT_EQ(set.programmes.size(), 1U);
  const auto& programme = set.programmes[0];
  EXPECT_EQ(programme.unit_cost_rupiah(), 20'000'000);
  EXPECT_EQ(programme.ceiling_rupiah(), 3'000'000'000);
  EXPECT_EQ(programme.deadline(), 20'787);
  EXPECT_EQ(programme.rule().needs(0), "unfit_house");
  EXPECT_EQ(programme.rule().parts(0).at_most(), 1);
  EXPECT_EQ(programme.rule().parts(1).at_least(), 2);
  EXPECT_GT(programme.rule().parts(1).at_most(), 1'000'000);
}

TEST(ReadReference, TakesDefaultsFromTheHeadOfTheFile) {
  ReferenceSet set;
  const absl::Status status =
      ReadReference("f.toml",
                    "[reference]\nversion = \"7\"\nsource = \"BPS\"\n"
                    "[[poverty_line]]\nregion = \"33\"\nvalue = 5\n"
                    "valid_from = 2025-01-01\n"
                    "[[poverty_line]]\nregion = \"33.26\"\nvalue = \"5.25\"\n"
                    "valid_from = \"2025-01-02\"\nversion = \"8\"\n"
                    "urban_rural = \"rural\"\n",
                    set);
  ASSERT_TRUE(status.ok()) << status;
  ASSERT_EQ(set.lines.size(), 2U);
  EXPECT_EQ(set.lines[0].version(), "7");
  EXPECT_EQ(set.lines[1].version(), "8");
  EXPECT_EQ(set.lines[1].source(), "BPS");
  EXPECT_EQ(set.lines[1].value(), "5.25");
  EXPECT_EQ(set.lines[1].urban_rural(), 2U);
  EXPECT_EQ(set.lines[1].valid_from() - set.lines[0].valid_from(), 1);
}

TEST(ReadReference, TellsEveryMistakeWithItsLine) {
  const std::string mistakes = MistakesOf(
      "[[poverty_line]]\nregion = \"Jawa Tengah\"\nvalue = 1.5\nvalid_from = \"2025-02-30\"\n"
      "urban_rural = \"kota\"\nversion = 3\nnote = \"x\"\n");
  EXPECT_THAT(mistakes, HasSubstr("f.toml:1: `region` must be a dotted code"));
  EXPECT_THAT(mistakes, HasSubstr("f.toml:3: `value` must be a whole number, or a decimal"));
  EXPECT_THAT(mistakes, HasSubstr("f.toml:4: `valid_from` must be a date"));
  EXPECT_THAT(mistakes, HasSubstr("f.toml:5: `urban_rural` must be one of both, urban, rural"));
  EXPECT_THAT(mistakes, HasSubstr("f.toml:6: `version` must be a text in quotes"));
  EXPECT_THAT(mistakes, HasSubstr("f.toml:7: `note` is not a key of this table"));
  EXPECT_THAT(mistakes, HasSubstr("f.toml:1: `source` is missing"));
}

struct Wrong {
  std::string from;
  std::string to;
  std::string mistake;
};
class ProgrammeMistake : public testing::TestWithParam<Wrong> {};

TEST_P(ProgrammeMistake, IsRefused) {
  EXPECT_THAT(MistakesOf(With(GetParam().from, GetParam().to)), HasSubstr(GetParam().mistake));
}
INSTANTIATE_TEST_SUITE_P(
    Cases, ProgrammeMistake,
    testing::Values(Wrong{"1.04.03.2.03.0002", "1.4.3.2.3.2", "`subactivity_code` must look like"},
                    Wrong{"unit_cost_rupiah = 20000000", "unit_cost_rupiah = 0", "from 1 to"},
                    Wrong{"unit_cost_rupiah = 20000000", "unit_cost_rupiah = 2e7", "whole number"},
                    Wrong{"ceiling_rupiah = 3000000000", "ceiling_rupiah = -1", "from 0 to"},
                    Wrong{"deadline = 2026-11-30", "deadline = 2026", "must be a date"},
                    Wrong{"rule = {", "rules = {", "`rule` is missing"},
                    Wrong{"needs = [\"unfit_house\"]", "needs = \"unfit_house\"",
                          "a list of texts"},
                    Wrong{"needs = [\"unfit_house\"]", "decile_max = 11", "from 0 to 10"},
                    Wrong{", at_least = 2", "", "needs `at_least` or `at_most`"}));

TEST(ReadReference, TellsWhereTheTextIsNoToml) {
  EXPECT_THAT(MistakesOf("[[poverty_line]]\nregion = \n"), HasSubstr("f.toml:2: "));
}

TEST(ReadReference, RefusesAFileThatHoldsNothing) {
  EXPECT_THAT(MistakesOf("[reference]\ntitle = \"x\"\n"), HasSubstr("holds no reference data"));
}

}  // namespace
}  // namespace sepakat::reference
