#include "monitoring/domain/achievement.h"

#include <gtest/gtest.h>

#include "common/base/status.h"

namespace sepakat::monitoring {
namespace {

Target Of(const char* type, const char* target) {
  Target t;
  t.id = "rpjmd-p0-2026";
  t.region = "33.26";
  t.measure = "p0";
  t.type = type;
  t.target = target;
  return t;
}

TEST(AchievementTest, MaximumAndMinimumTypeFollowTheirFormulas) {
  const RatingTable table = ShippedRatingTables().front();
  struct Case {
    const char* type;
    const char* target;
    const char* realisation;
    const char* percent;
    const char* rating;
  };
  const Case cases[] = {
      {"minimum", "20", "18", "110.00", "Sangat Tinggi"},  // domain.md 6.4
      {"minimum", "20", "22", "90.00", "Tinggi"},
      {"minimum", "20", "45", "-25.00", "Sangat Rendah"},
      {"maximum", "100", "91", "91.00", "Sangat Tinggi"},
      {"maximum", "100", "90.5", "90.50", "Tinggi"},
      {"maximum", "1000", "909.999", "91.00", "Tinggi"},  // printed rounded, rated exactly
      {"maximum", "100", "76", "76.00", "Tinggi"},
      {"maximum", "100", "75.999", "76.00", "Sedang"},
      {"maximum", "100", "66", "66.00", "Sedang"},
      {"maximum", "100", "65.99", "65.99", "Rendah"},
      {"maximum", "100", "51", "51.00", "Rendah"},
      {"maximum", "100", "50.99", "50.99", "Sangat Rendah"},
      {"maximum", "100", "250", "250.00", "Sangat Tinggi"},
      {"minimum", "7.25 %", "0.0805", "88.97", "Tinggi"},
      {"maximum", "0", "5", "", ""},  // not applicable
  };
  for (const Case& c : cases) {
    const Achievement a = Achieve(Of(c.type, c.target), *ParseMicro(c.realisation), table);
    EXPECT_EQ(a.percent, c.percent) << c.type << " " << c.target << " " << c.realisation;
    EXPECT_EQ(a.rating, c.rating) << c.type << " " << c.target << " " << c.realisation;
    EXPECT_EQ(a.table, "Permendagri 86/2017");
  }
}

TEST(AchievementTest, TargetsThatCannotBeScoredAreRefused) {
  Target no_type = Of("", "5");
  Target no_number = Of("maximum", "lima");
  Target no_region = Of("maximum", "5");
  no_region.region = "";
  Target no_measure = Of("maximum", "5");
  no_measure.measure = "";
  for (const Target& target : {no_type, no_number, no_region, no_measure, Of("maximum", "-1")}) {
    EXPECT_EQ(base::ReasonOf(CheckTarget(target)), "TARGET_INVALID");
  }
  EXPECT_TRUE(CheckTarget(Of("minimum", "7.25 %")).ok());
}

TEST(RatingTableTest, TheTableInForceOnTheDayCounts) {
  const std::vector<RatingTable> tables = {{"old", 100, {}, ""}, {"new", 200, {}, ""}};
  EXPECT_EQ(RatingTableOn(tables, 50).version, "old");
  EXPECT_EQ(RatingTableOn(tables, 150).version, "old");
  EXPECT_EQ(RatingTableOn(tables, 200).version, "new");
}

}  // namespace
}  // namespace sepakat::monitoring
