#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "monitoring/domain/change_text.h"
#include "monitoring/domain/freshness.h"
#include "monitoring/domain/thinning.h"

namespace sepakat::monitoring {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ThinningTest, AShortSeriesStaysAsItIs) {
  EXPECT_THAT(Thin({}, 5), IsEmpty());
  EXPECT_THAT(Thin({10, 10, 20}, 3), ElementsAre(0, 1, 2));
}

TEST(ThinningTest, TheLastPointOfEachSpanStaysAndTheNewestAlways) {
  EXPECT_THAT(Thin({0, 1, 2, 50, 51, 99}, 2), ElementsAre(2, 5));
  EXPECT_THAT(Thin({0, 1, 2, 3}, 1), ElementsAre(3));
}

TEST(ThinningTest, NeverMoreThanAskedFor) {
  std::vector<int64_t> at;
  for (int64_t i = 0; i < 1000; ++i) at.push_back(i * i);
  for (const size_t most : {1, 7, 100, 999}) {
    const std::vector<size_t> kept = Thin(at, most);
    EXPECT_LE(kept.size(), most);
    EXPECT_EQ(kept.back(), 999u);
  }
}

TEST(FreshnessTest, AgeDecidesByTheTable) {
  struct Case {
    int64_t families;
    int32_t observed;
    const char* state;
  };
  const Case cases[] = {{0, 20'000, "kosong"},
                        {5, 20'000, "segar"},
                        {5, 20'000 - 92, "segar"},
                        {5, 20'000 - 93, "menua"},
                        {5, 20'000 - 184, "menua"},
                        {5, 20'000 - 185, "basi"},
                        {5, 0, "basi"}};
  for (const Case& c : cases) {
    EXPECT_EQ(FreshnessOf(c.families, c.observed, 20'000, {}), c.state) << c.observed;
  }
}

TEST(ChangeTextTest, ACrossingIsASentenceWithItsCauses) {
  const Sentence decile = DescribeCrossing({"decile", "4", "5", "Tirto", "", ""},
                                           {{"own_data", 21}, {"others_moved", 1300}});
  EXPECT_EQ(decile.id,
            "1.321 keluarga pindah dari desil 4 ke desil 5 di Tirto: pergeseran keluarga lain "
            "1.300, data "
            "sendiri 21");
  EXPECT_EQ(
      decile.en,
      "1,321 families moved from decile 4 to decile 5 in Tirto: others moved 1,300, own data 21");
  const Sentence need = DescribeCrossing(
      {"need.rtlh", "open", "none", "Tirto", "Perbaikan rumah", "House repair"}, {{"own_data", 2}});
  EXPECT_EQ(need.id,
            "2 keluarga tidak lagi memenuhi syarat Perbaikan rumah di Tirto: data sendiri 2");
  EXPECT_EQ(need.en, "2 families no longer eligible for House repair in Tirto: own data 2");
}

TEST(ChangeTextTest, ValuesAreShownInTheirUnit) {
  EXPECT_EQ(ShownValue("p0", "0.080501", false), "8,05%");
  EXPECT_EQ(ShownValue("p0", "0.080501", true), "8.05%");
  EXPECT_EQ(ShownValue("persons", "1034241", false), "1.034.241");
  EXPECT_EQ(ShownValue("no_such_measure", "7", false), "7");
  EXPECT_EQ(FillIn("P0 {region} {value} > {threshold}", "Tirto", "8%", "7%"), "P0 Tirto 8% > 7%");
}

}  // namespace
}  // namespace sepakat::monitoring
