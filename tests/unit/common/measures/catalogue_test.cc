#include "common/measures/catalogue.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sepakat::measures {
namespace {

TEST(Catalogue, EveryMeasureHasOneIdTwoNamesAndAKnownUnit) {
  const std::set<std::string_view> units = {"percent", "index", "count", "rupiah", "score"};
  std::set<std::string_view> ids;
  for (const Measure& measure : Catalogue()) {
    EXPECT_TRUE(ids.insert(measure.id).second) << measure.id;
    EXPECT_FALSE(measure.name_id.empty()) << measure.id;
    EXPECT_FALSE(measure.name_en.empty()) << measure.id;
    EXPECT_TRUE(units.contains(measure.unit)) << measure.id;
    EXPECT_EQ(FindMeasure(measure.id), &measure);
  }
}

TEST(Catalogue, HoldsEveryDeprivationAndEveryDecile) {
  for (std::string_view name : kDeprivationNames) {
    EXPECT_NE(FindMeasure("deprived." + std::string(name)), nullptr) << name;
    EXPECT_NE(FindMeasure("mpi.censored." + std::string(name)), nullptr) << name;
    EXPECT_NE(FindMeasure("mpi.contribution." + std::string(name)), nullptr) << name;
  }
  for (int decile = 1; decile <= kDeciles; ++decile) {
    EXPECT_NE(FindMeasure("decile_families." + std::to_string(decile)), nullptr);
    EXPECT_NE(FindMeasure("decile_persons." + std::to_string(decile)), nullptr);
  }
}

TEST(Catalogue, PovertyIsWorseWhenItIsHigher) {
  for (std::string_view id : {"p0", "p1", "p2", "poor_persons", "deprived.unfit_house"}) {
    EXPECT_EQ(FindMeasure(id)->direction, -1) << id;
  }
}

TEST(Catalogue, AnUnknownIdHasNoEntry) { EXPECT_EQ(FindMeasure("p3"), nullptr); }

}  // namespace
}  // namespace sepakat::measures
