#include "targeting/domain/deprivations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/rules/text/builtin.h"
#include "common/rules/text/rule_file.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

using support::ShippedRules;
using Answers = std::vector<std::pair<Variable, int>>;

struct Case {
  std::string_view story;
  Deprivation rule;
  Answers answers;
  Truth expected;
  Reasons reasons;
};

Features Of(const Answers& answers) {
  Features features;
  for (const auto& [variable, value] : answers) features.Set(variable, value);
  return features;
}

constexpr auto kNo = Truth::kFalse;
constexpr auto kYes = Truth::kTrue;
constexpr auto kOpen = Truth::kUnknown;
using V = Variable;
using D = Deprivation;

// Families of four persons under bps-2019.
const Case kCases[] = {
    {"piped water", D::kInadequateWater, {{V::kWaterSource, 3}}, kNo, {}},
    {"rain", D::kInadequateWater, {{V::kWaterSource, 10}}, kNo, {}},
    {"a well 10 m or more from waste",
     D::kInadequateWater,
     {{V::kWaterSource, 5}, {V::kWaterDistance, 2}},
     kNo,
     {}},
    {"a borehole near waste",
     D::kInadequateWater,
     {{V::kWaterSource, 4}, {V::kWaterDistance, 1}},
     kYes,
     {"WATER_NEAR_WASTE"}},
    {"a spring at unknown distance",
     D::kInadequateWater,
     {{V::kWaterSource, 7}},
     kOpen,
     {"WATER_DISTANCE_UNKNOWN"}},
    {"refill water",
     D::kInadequateWater,
     {{V::kWaterSource, 2}},
     kOpen,
     {"WATER_BATHING_SOURCE_NOT_ASKED"}},
    {"an open well", D::kInadequateWater, {{V::kWaterSource, 6}}, kYes, {"WATER_UNPROTECTED_WELL"}},
    {"no answer about water", D::kInadequateWater, {}, kOpen, {"WATER_SOURCE_UNKNOWN"}},

    {"own toilet, goose-neck, septic tank",
     D::kInadequateSanitation,
     {{V::kToilet, 1}, {V::kCloset, 1}, {V::kDisposal, 1}},
     kNo,
     {}},
    {"communal toilet, goose-neck, treatment plant",
     D::kInadequateSanitation,
     {{V::kToilet, 3}, {V::kCloset, 1}, {V::kDisposal, 2}},
     kNo,
     {}},
    {"own toilet into the river",
     D::kInadequateSanitation,
     {{V::kToilet, 1}, {V::kCloset, 1}, {V::kDisposal, 3}},
     kYes,
     {"DISPOSAL_NOT_TREATED"}},
    {"no toilet, so nothing else was asked",
     D::kInadequateSanitation,
     {{V::kToilet, 6}},
     kYes,
     {"TOILET_NOT_OWN_OR_SHARED"}},
    {"an open pan decides, whatever the disposal",
     D::kInadequateSanitation,
     {{V::kToilet, 1}, {V::kCloset, 3}},
     kYes,
     {"CLOSET_NOT_GOOSE_NECK", "DISPOSAL_UNKNOWN"}},
    {"one missing answer keeps it open",
     D::kInadequateSanitation,
     {{V::kToilet, 1}, {V::kCloset, 1}},
     kOpen,
     {"DISPOSAL_UNKNOWN"}},

    {"28 m2 for four is below 7.2 each",
     D::kInadequateFloorSpace,
     {{V::kFloorAreaM2, 28}},
     kYes,
     {"FLOOR_AREA_BELOW_MINIMUM"}},
    {"29 m2 for four is enough", D::kInadequateFloorSpace, {{V::kFloorAreaM2, 29}}, kNo, {}},

    {"a sound house",
     D::kUnfitHouse,
     {{V::kRoof, 2},
      {V::kWall, 1},
      {V::kFloor, 2},
      {V::kFloorAreaM2, 40},
      {V::kWaterSource, 3},
      {V::kToilet, 1},
      {V::kCloset, 1},
      {V::kDisposal, 1}},
     kNo,
     {}},
    {"an earth floor alone makes it unfit",
     D::kUnfitHouse,
     {{V::kRoof, 2},
      {V::kWall, 1},
      {V::kFloor, 8},
      {V::kFloorAreaM2, 40},
      {V::kWaterSource, 3},
      {V::kToilet, 1},
      {V::kCloset, 1},
      {V::kDisposal, 1}},
     kYes,
     {"FLOOR_NOT_DURABLE"}},
    {"refill water keeps a sound house open",
     D::kUnfitHouse,
     {{V::kRoof, 2},
      {V::kWall, 1},
      {V::kFloor, 2},
      {V::kFloorAreaM2, 40},
      {V::kWaterSource, 2},
      {V::kToilet, 1},
      {V::kCloset, 1},
      {V::kDisposal, 1}},
     kOpen,
     {"WATER_BATHING_SOURCE_NOT_ASKED"}},

    {"a shared toilet is not its own",
     D::kNoOwnToilet,
     {{V::kToilet, 2}},
     kYes,
     {"TOILET_NOT_OWN"}},
    {"electricity without a meter", D::kNoElectricity, {{V::kLighting, 2}}, kNo, {}},
    {"no electricity", D::kNoElectricity, {{V::kLighting, 4}}, kYes, {"LIGHTING_NOT_ELECTRIC"}},
    {"wood", D::kSolidCookingFuel, {{V::kCookingFuel, 10}}, kYes, {"FUEL_SOLID"}},
    {"does not cook", D::kSolidCookingFuel, {{V::kCookingFuel, 12}}, kNo, {}},
    {"another fuel may be solid",
     D::kSolidCookingFuel,
     {{V::kCookingFuel, 11}},
     kOpen,
     {"FUEL_OTHER"}},
    {"no children of school age", D::kOutOfSchool, {{V::kChildren718, 0}}, kNo, {}},
    {"one child out of school",
     D::kOutOfSchool,
     {{V::kChildren718, 2}, {V::kChildrenOutOfSchool, 1}},
     kYes,
     {"CHILD_OUT_OF_SCHOOL"}},
    {"children, but nobody said",
     D::kOutOfSchool,
     {{V::kChildren718, 2}},
     kOpen,
     {"SCHOOLING_OF_CHILDREN_UNKNOWN"}},
    {"nobody with six years",
     D::kLowSchooling,
     {{V::kMaxSchoolingYears, 5}},
     kYes,
     {"NOBODY_SIX_YEARS_OF_SCHOOL"}},
    {"exactly six years", D::kLowSchooling, {{V::kMaxSchoolingYears, 6}}, kNo, {}},
    {"two kinds of small assets",
     D::kFewAssets,
     {{V::kAssetBicycle, 1}, {V::kAssetTelevision, 1}},
     kNo,
     {}},
    {"a car", D::kFewAssets, {{V::kAssetCar, 1}}, kNo, {}},
    {"one bicycle and nothing else",
     D::kFewAssets,
     {{V::kAssetCar, 0},
      {V::kAssetBicycle, 1},
      {V::kAssetRefrigerator, 0},
      {V::kAssetTelephone, 0},
      {V::kAssetTelevision, 0},
      {V::kAssetComputer, 0},
      {V::kAssetMotorcycle, 0},
      {V::kAssetSmartphone, 0}},
     kYes,
     {"ASSETS_AT_MOST_ONE_SMALL"}},
    {"one bicycle, and nobody asked about the rest",
     D::kFewAssets,
     {{V::kAssetCar, 0}, {V::kAssetBicycle, 1}},
     kOpen,
     {"ASSETS_UNKNOWN"}},
};

TEST(Deprivations, AnswerTrueFalseOrUnknownWithReasons) {
  for (const Case& c : kCases) {
    Reasons reasons;
    EXPECT_EQ(Deprived(c.rule, Of(c.answers), 4, ShippedRules(), &reasons), c.expected) << c.story;
    EXPECT_EQ(reasons, c.reasons) << c.story;
  }
}

TEST(Deprivations, TheMasksSayWhatTheRulesSay) {
  for (const Case& c : kCases) {
    const DeprivationMasks masks = EvaluateDeprivations(Of(c.answers), 4, ShippedRules());
    EXPECT_EQ(masks.Of(static_cast<int>(c.rule)), c.expected) << c.story;
  }
}

TEST(Deprivations, WithoutAnyAnswerEverythingIsUnknown) {
  EXPECT_EQ(EvaluateDeprivations(Features{}, 4, ShippedRules()), DeprivationMasks{});
}

TEST(Deprivations, VariantsAreDataWithAVersion) {
  const Features ruralPit =
      Of({{V::kToilet, 1}, {V::kCloset, 1}, {V::kDisposal, 4}, {V::kUrbanRural, 2}});
  EXPECT_EQ(Deprived(D::kInadequateSanitation, ruralPit, 4, ShippedRules("bps-2019"), nullptr),
            kYes);
  EXPECT_EQ(Deprived(D::kInadequateSanitation, ruralPit, 4, ShippedRules("sdg-2019"), nullptr),
            kNo);
  const Features space = Of({{V::kFloorAreaM2, 32}});
  EXPECT_EQ(Deprived(D::kInadequateFloorSpace, space, 4, ShippedRules("bps-2019"), nullptr), kNo);
  EXPECT_EQ(Deprived(D::kInadequateFloorSpace, space, 4, ShippedRules("pupr-2018"), nullptr), kYes);
}

TEST(Deprivations, ASetThatLacksOneIsRefusedByName) {
  const absl::StatusOr<rules::RuleSet> set = rules::ReadRules("one.toml", R"([rules]
version = "one"
name = "Satu"
name_en = "One"
source = "test"
[[rule]]
id = "unfit_house"
variable = "floor"
in = [8]
)",
                                                              {});
  ASSERT_TRUE(set.ok()) << set.status();
  const absl::Status status = RuleSet::Bind(*set).status();
  EXPECT_EQ(base::ReasonOf(status), "DEPRIVATION_WITHOUT_RULE");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("inadequate_floor_space"));
}

// A family in an unknown area with a hole was counted as living in town.
TEST(Deprivations, APitInAnUnknownAreaIsUnknownWhereOnlyTownsForbidIt) {
  const Features pit = Of({{V::kToilet, 1}, {V::kCloset, 1}, {V::kDisposal, 4}});
  EXPECT_EQ(Deprived(D::kInadequateSanitation, pit, 4, ShippedRules("sdg-2019"), nullptr), kOpen);
}

// The code 3 or 8 of a questionnaire, "does not know", was counted as 10 m or more.
TEST(Deprivations, ACodeThatTheVariableDoesNotHaveIsUnknown) {
  for (int code : {0, 3, 8}) {
    const Features well = Of({{V::kWaterSource, 5}, {V::kWaterDistance, code}});
    EXPECT_EQ(Deprived(D::kInadequateWater, well, 4, ShippedRules(), nullptr), kOpen) << code;
  }
}

TEST(Features, PackAndUnpackKeepEveryValueAndEveryHole) {
  Features features;
  features.Set(V::kTenure, 1);
  features.Set(V::kFloorAreaM2, 1'000'000);
  features.Set(V::kHeadAge, -1);
  features.Set(V::kHeadJobStatus, 0);
  EXPECT_EQ(Features::Unpack(features.Pack()), features);
  EXPECT_EQ(Features::Unpack(Features{}.Pack()), Features{});
}

}  // namespace
}  // namespace sepakat::targeting
