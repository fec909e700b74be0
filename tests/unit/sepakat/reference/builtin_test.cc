#include "sepakat/reference/builtin.h"

#include <map>
#include <set>

#include "common/base/status.h"
#include "common/measures/catalogue.h"
#include "gtest/gtest.h"
#include "sepakat/reference/profile_file.h"
#include "sepakat/reference/reference_set.h"
#include "sepakat/reference/series_file.h"
#include "targeting/domain/features.h"
#include "targeting/domain/parameters.h"

namespace sepakat::reference {
namespace {

ReferenceSet Shipped() {
  ReferenceSet set;
  for (const BuiltinFile& file : BuiltinFiles()) {
    if (file.kind != BuiltinKind::kReference) continue;
    const absl::Status status = ReadReference(file.name, file.text, set);
    EXPECT_TRUE(status.ok()) << status;
  }
  return set;
}

TEST(ShippedReference, HasNoMistake) {
  const ReferenceSet set = Shipped();
  EXPECT_FALSE(set.lines.empty());
  EXPECT_FALSE(set.models.empty());
  EXPECT_FALSE(set.rankings.empty());
  EXPECT_FALSE(set.programmes.empty());
  EXPECT_FALSE(set.targets.empty());
  EXPECT_FALSE(set.alerts.empty());
}

TEST(ShippedReference, KnowsThePublishedLines) {
  std::map<std::string, std::string> lines;
  for (const auto& line : Shipped().lines) lines[line.region()] = line.value();
  EXPECT_EQ(lines.at("33.26"), "538371");
  EXPECT_EQ(lines.at("33"), "537812");
  EXPECT_EQ(lines.at("33.75"), "639402");
  EXPECT_EQ(lines.at("0"), "595242");
}

TEST(ShippedReference, NamesOnlyVariablesNeedsAndMeasuresThatExist) {
  const ReferenceSet set = Shipped();
  for (const auto& model : set.models) {
    for (const auto& term : model.terms()) {
      EXPECT_TRUE(targeting::VariableNamed(term.variable()).has_value()) << term.variable();
    }
  }
  for (const auto& programme : set.programmes) {
    const auto& needs = programme.rule().needs();
    EXPECT_TRUE(targeting::NeedsMask({needs.begin(), needs.end()}).ok()) << programme.id();
    for (const auto& part : programme.rule().parts()) {
      EXPECT_TRUE(targeting::VariableNamed(part.variable()).has_value()) << part.variable();
    }
  }
  for (const auto& target : set.targets) {
    EXPECT_NE(measures::FindMeasure(target.measure()), nullptr) << target.measure();
  }
}

TEST(ShippedReference, UsesEveryProgrammeIdOnceAndRanksByAModelThatShips) {
  const ReferenceSet set = Shipped();
  std::set<std::string> ids;
  for (const auto& programme : set.programmes) EXPECT_TRUE(ids.insert(programme.id()).second);
  std::set<std::string> models;
  for (const auto& model : set.models) models.insert(model.id());
  for (const auto& ranking : set.rankings) EXPECT_TRUE(models.contains(ranking.model_id()));
}

TEST(ShippedProfile, CoversThe19DistrictsInFourClusters) {
  const auto file = FindBuiltin(BuiltinKind::kProfile, "demo_3326");
  ASSERT_TRUE(file.has_value());
  const absl::StatusOr<generate::Profile> profile = ReadProfile(file->name, file->text);
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->districts.size(), 19U);
  EXPECT_EQ(profile->clusters.size(), 4U);
  EXPECT_EQ(profile->persons, 1'034'241);
}

TEST(ShippedSeries, HaveStewardSourceAndFreshness) {
  int series = 0;
  for (const BuiltinFile& file : BuiltinFiles()) {
    if (file.kind != BuiltinKind::kSeries) continue;
    const auto described = ReadSeries(file.name, file.text);
    ASSERT_TRUE(described.ok()) << described.status();
    for (const SeriesDescription& one : *described) {
      ++series;
      EXPECT_NE(one.request.header().steward(), "");
      EXPECT_NE(one.request.header().source(), "");
      EXPECT_GT(one.request.header().fresh_days(), 0);
    }
  }
  EXPECT_GE(series, 8);
}

TEST(FindBuiltin, FindsByNameWithOrWithoutItsEnding) {
  EXPECT_TRUE(FindBuiltin(BuiltinKind::kCodebook, "regsosek_2022").has_value());
  EXPECT_TRUE(FindBuiltin(BuiltinKind::kCodebook, "regsosek_2022.toml").has_value());
  EXPECT_FALSE(FindBuiltin(BuiltinKind::kReference, "regsosek_2022").has_value());
  EXPECT_FALSE(FindBuiltin(BuiltinKind::kCodebook, "regsosek").has_value());
}

}  // namespace
}  // namespace sepakat::reference
