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

}  // namespace
}  // namespace sepakat::cli
