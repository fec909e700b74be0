#include "common/measures/sector_decomposition.h"

#include <gtest/gtest.h>

#include <vector>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

struct Column {
  std::vector<double> values;
  std::vector<double> weights;
  std::vector<uint32_t> sectors;
  SectoralSurvey survey() const { return {{{values, weights}, PovertyLines(100)}, sectors}; }
};

// Farming: half of 80 % poor before, 40 % of 60 % after. Trade: 10 % of 20 %, then 20 % of 40 %.
const Column kBefore{{50, 200, 50, 200}, {40, 40, 2, 18}, {0, 0, 1, 1}};
const Column kAfter{{50, 200, 50, 200}, {24, 36, 8, 32}, {0, 0, 1, 1}};

TEST(DecomposeBySector, ByHand) {
  const SectorDecomposition result = *DecomposeBySector(kBefore.survey(), kAfter.survey(), 2);
  const SectorParts& farming = result.sectors[0].orders[0];
  EXPECT_NEAR(farming.within, 0.8 * -0.1, 1e-15);
  EXPECT_NEAR(farming.shift, -0.2 * 0.5, 1e-15);
  EXPECT_NEAR(farming.interaction, -0.2 * -0.1, 1e-15);
  const SectorParts& trade = result.sectors[1].orders[0];
  EXPECT_NEAR(trade.within, 0.2 * 0.1, 1e-15);
  EXPECT_NEAR(trade.shift, 0.2 * 0.1, 1e-15);
  EXPECT_NEAR(trade.interaction, 0.2 * 0.1, 1e-15);
  EXPECT_NEAR(result.total[0].before, 0.42, 1e-15);
  EXPECT_NEAR(result.total[0].after, 0.32, 1e-15);
}

TEST(DecomposeBySector, ASectorSeenInOneSurveyOnlyHasNoPovertyInTheOther) {
  Column after = kAfter;
  after.sectors = {0, 0, 0, 0};
  const absl::Status status = DecomposeBySector(kBefore.survey(), after.survey(), 2).status();
  EXPECT_EQ(base::ReasonOf(status), "SECTOR_IN_ONE_SURVEY");
}

TEST(DecomposeBySector, ASectorWithNobodyInBothSurveysAddsNothing) {
  const SectorDecomposition result = *DecomposeBySector(kBefore.survey(), kAfter.survey(), 3);
  EXPECT_EQ(result.sectors[2].share_before, 0);
  EXPECT_NEAR(result.total[0].after, 0.32, 1e-15);
}

TEST(DecomposeBySector, RefusesSectorsThatDoNotFit) {
  Column after = kAfter;
  after.sectors = {0, 0, 1, 2};
  EXPECT_EQ(base::ReasonOf(DecomposeBySector(kBefore.survey(), after.survey(), 2).status()),
            "BAD_SECTOR");
  after.sectors = {0};
  EXPECT_EQ(base::ReasonOf(DecomposeBySector(kBefore.survey(), after.survey(), 2).status()),
            "LENGTH_MISMATCH");
}

}  // namespace
}  // namespace sepakat::measures
