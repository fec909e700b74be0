#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;

std::string File(const std::string& name, const std::string& text) {
  const std::string path = TestFile(name);
  std::ofstream(path) << text;
  return path;
}

constexpr const char* kMine = R"([rules]
version = "kab-2025"
name = "Rumah layak huni kabupaten"
name_en = "Fit houses of the regency"
source = "Perbup 1/2025"
valid_from = 2025-01-01
extends = "bps-2019"

[[rule]]
id = "inadequate_floor_space"
variable = "floor_area_m2"
per = "size"
case = [
  { below = 8, is = true, reason = "FLOOR_AREA_BELOW_MINIMUM" },
  { from = 8, is = false },
]
)";

TEST(Rules, AreListedWithTheirSourceAndWhatTheyExtend) {
  FakeServer server;
  EXPECT_EQ(server.Run({"rules", "list", "--format", "csv"}), kExitOk) << server.err();
  EXPECT_THAT(server.out(), HasSubstr("bps-2019,"));
  EXPECT_THAT(server.out(), HasSubstr("2019-01-01,bps-2019,"));
  EXPECT_TRUE(server.calls.empty());
}

TEST(Rules, WhatIsShownPassesTheCheck) {
  FakeServer server;
  for (const char* version : {"bps-2019", "pupr-rtlh-2018", "kemensos-rst", "ksm-14"}) {
    ASSERT_EQ(server.Run({"rules", "show", version}), kExitOk) << server.err();
    const std::string copy = File("copy.toml", server.out());
    EXPECT_EQ(server.Run({"rules", "check", copy}), kExitOk) << server.err();
    EXPECT_THAT(server.out(), HasSubstr(version));
  }
  EXPECT_EQ(server.Run({"rules", "show", "bps-1999"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("no built-in rule set is called bps-1999"));
}

TEST(Rules, AFileMayExtendOneGivenBeforeIt) {
  FakeServer server;
  const std::string mine = File("mine.toml", kMine);
  std::string text = kMine;
  text.replace(text.find("kab-2025"), 8, "kec-2025");
  text.replace(text.find("bps-2019"), 8, "kab-2025");
  const std::string theirs = File("theirs.toml", text);
  EXPECT_EQ(server.Run({"rules", "check", mine, theirs}), kExitOk) << server.err();
  EXPECT_EQ(server.Run({"rules", "check", theirs}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("`extends` names kab-2025, which nobody knows"));
}

TEST(Rules, EveryMistakeOfEveryFileIsToldWithFileAndLine) {
  FakeServer server;
  std::string gap = kMine;
  gap.replace(gap.find("{ from = 8"), 10, "{ above = 8");
  std::string unknown = kMine;
  unknown.replace(unknown.find("floor_area_m2"), 13, "floor_area");
  const std::string one = File("gap.toml", gap);
  const std::string two = File("unknown.toml", unknown);
  EXPECT_EQ(server.Run({"rules", "check", one, two}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr(one + ":9: a gap: no case for 8 of `floor_area_m2` per"));
  EXPECT_THAT(server.err(), HasSubstr(two + ":9: no variable is called `floor_area`"));
}

constexpr const char* kBook = R"([codebook]
id = "desa"
version = "1"
name = "Survei desa"
steward = "Desa"
source = "Survei sendiri"

[population]
id = "desa"
name = "Survei desa"

[record]
unit = "family"
observed_on = { value = "2025-03-05" }

[roles]
family = { column = "no", kind = "text" }
region = { column = "desa", coding = "kemendagri" }
size   = { column = "anggota" }

[[variable]]
column = "luas"
variable = "floor_area_m2"

[[variable]]
column = "air"
variable = "water_source"

[[variable]]
column = "jarak"
variable = "water_distance"
missing = ["3"]
)";

TEST(RulesJudge, CountsTrueFalseAndUnknownOfASurvey) {
  FakeServer server;
  const std::string book = File("b.toml", kBook);
  const std::string survey = File("s.csv",
                                  "no,desa,anggota,luas,air,jarak,bathing_water\n"
                                  "1,33.26.15.2014,4,28,5,2,\n"    // 7 m2 each; 10 m or more
                                  "2,33.26.15.2014,5,36,5,1,\n"    // exactly 7.2; near
                                  "3,33.26.15.2014,2,,5,3,\n"      // nobody measured, nobody knows
                                  "4,33.26.15.2014,1,20,1,,9\n");  // bottled, bathes in the river
  const std::string out = File("judged.csv", "");
  ASSERT_EQ(
      server.Run({"rules", "judge", survey, "--codebook", book, "--out", out, "--format", "csv"}),
      kExitOk)
      << server.err();
  EXPECT_THAT(server.out(), HasSubstr("inadequate_floor_space,Luas lantai kurang,1,2,1,33.33"));
  EXPECT_THAT(server.out(), HasSubstr("inadequate_water,Air minum tidak layak,2,1,1,66.67"));
  std::ifstream file(out);
  std::stringstream judged;
  judged << file.rdbuf();
  EXPECT_THAT(judged.str(), HasSubstr("1,inadequate_floor_space,true,FLOOR_AREA_BELOW_MINIMUM\n"));
  EXPECT_THAT(judged.str(), HasSubstr("3,inadequate_water,unknown,WATER_DISTANCE_UNKNOWN\n"));
  EXPECT_THAT(judged.str(),
              HasSubstr("4,inadequate_water,true,WATER_BATHING_SOURCE_UNPROTECTED\n"));
  ASSERT_EQ(server.Run({"rules", "judge", survey, "--codebook", book, "--rules", "pupr-2018",
                        "--format", "csv"}),
            kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("inadequate_floor_space,Luas lantai kurang,2,1,1,66.67"));
}

}  // namespace
}  // namespace sepakat::cli
