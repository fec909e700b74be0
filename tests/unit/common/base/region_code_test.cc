// Region codes decide where a family belongs; their text alone tells level and parents.
#include "common/base/region_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sepakat::base {
namespace {

using testing::ElementsAre;

TEST(RegionCodeTest, TheNumberOfPartsIsTheLevel) {
  EXPECT_EQ(LevelOf("0"), RegionLevel::kNation);
  EXPECT_EQ(LevelOf("33"), RegionLevel::kProvince);
  EXPECT_EQ(LevelOf("33.26"), RegionLevel::kRegency);
  EXPECT_EQ(LevelOf("33.26.15"), RegionLevel::kDistrict);
  EXPECT_EQ(LevelOf("33.26.15.2014"), RegionLevel::kVillage);
}

TEST(RegionCodeTest, ThePathGoesUpToTheNation) {
  EXPECT_THAT(PathToNation("33.26.15.2014"),
              ElementsAre("33.26.15.2014", "33.26.15", "33.26", "33", "0"));
  EXPECT_THAT(PathToNation("0"), ElementsAre("0"));
  EXPECT_EQ(ParentOf("0"), "");
  EXPECT_EQ(ParentOf("AT"), "0");
}

TEST(RegionCodeTest, ACodeIsWithinItselfAndItsAncestorsOnly) {
  EXPECT_TRUE(IsWithin("33.26.15", "33.26"));
  EXPECT_TRUE(IsWithin("33.26", "33.26"));
  EXPECT_TRUE(IsWithin("33.26", "0"));
  EXPECT_FALSE(IsWithin("33.26", "33.26.15"));
  EXPECT_FALSE(IsWithin("33.260", "33.26")) << "a longer number is another region";
  EXPECT_FALSE(IsWithin("34", "33"));
}

TEST(RegionCodeTest, TheRegencyIsTheFirstTwoParts) {
  EXPECT_EQ(RegencyOf("33.26.15.2014"), "33.26");
  EXPECT_EQ(RegencyOf("33.26"), "33.26");
  EXPECT_EQ(RegencyOf("33"), "33");
  EXPECT_EQ(RegencyOf("0"), "0");
}

TEST(RegionCodeTest, OneToFourPlainPartsMakeACode) {
  for (const char* code : {"0", "33", "33.26.15.2014", "AT-3", "north_west.7"}) {
    EXPECT_TRUE(IsRegionCode(code)) << code;
  }
  for (const char* code : {"", ".", "33.", ".26", "33..26", "1.2.3.4.5", "33 26", "33.2é"}) {
    EXPECT_FALSE(IsRegionCode(code)) << code;
  }
}

TEST(RegionCodeTest, OfficialCodesHavePartsOfTwoTwoTwoAndFourDigits) {
  for (const char* code : {"0", "33", "33.26", "33.26.15", "33.26.15.2014"}) {
    EXPECT_TRUE(IsKemendagriCode(code)) << code;
  }
  for (const char* code : {"3", "333", "33.2", "33.26.15.201", "33.26.15.2014.1", "AB", "33.AB"}) {
    EXPECT_FALSE(IsKemendagriCode(code)) << code;
  }
}

TEST(RegionCodeTest, OfficialDigitsGetTheirDots) {
  const struct {
    const char* digits;
    const char* expected;
  } kCases[] = {{"33", "33"},
                {"3326", "33.26"},
                {"332615", "33.26.15"},
                {"3326152014", "33.26.15.2014"},
                {"33.26", "33.26"},
                {"0", "0"},
                {"332", ""},
                {"33261520", ""},
                {"abcd", ""},
                {"", ""}};
  for (const auto& [digits, expected] : kCases) EXPECT_EQ(WithDots(digits), expected) << digits;
}

}  // namespace
}  // namespace sepakat::base
