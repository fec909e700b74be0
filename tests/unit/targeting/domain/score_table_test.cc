// Scores from bytes against the score of a family, and the full order against a sort.
#include "targeting/domain/score_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "targeting/domain/score.h"

namespace sepakat::targeting {
namespace {

constexpr std::array<Variable, 5> kColumns = {Variable::kFloorAreaM2, Variable::kFloor,
                                              Variable::kMembers, Variable::kHeadAge,
                                              Variable::kAssetCar};

// A number, codes, a number and its square, and terms that say what unknown adds.
Model AnyModel() {
  Model model;
  model.id = "pmt";
  model.intercept_micro = 12'500'000;
  model.terms = {{Variable::kFloorAreaM2, {}, 4'200, "", 0},
                 {Variable::kFloor, {1, 3, 7}, -150'000, "", -20'000},
                 {Variable::kMembers, {}, -90'000, "", {}},
                 {Variable::kMembers, {}, 3'100, "", {}, 2},
                 {Variable::kAssetCar, {1}, 310'000, "", 0}};
  return model;
}

TEST(ScoreTableTest, EveryRowHasTheScoreOfItsFamily) {
  std::mt19937 random(1);
  std::vector<uint8_t> rows;
  for (int i = 0; i < 5'000; ++i) rows.push_back(random() % 4 == 0 ? 255 : random() % 255);
  std::vector<int32_t> scores(rows.size() / kColumns.size());
  const auto table = ScoreTable::Create(AnyModel(), kColumns);
  ASSERT_TRUE(table.ok()) << table.status();
  table->Score(rows, scores);
  for (size_t family = 0; family < scores.size(); ++family) {
    Features features;
    for (size_t i = 0; i < kColumns.size(); ++i) {
      const uint8_t answer = rows[family * kColumns.size() + i];
      if (answer != kAnswerUnknown) features.Set(kColumns[i], answer);
    }
    EXPECT_EQ(scores[family], Score(AnyModel(), features).value_or(kNoScore));
  }
}

TEST(ScoreTableTest, AModelThatAsksForAnotherVariableIsRefused) {
  Model model = AnyModel();
  model.terms.push_back({Variable::kRoof, {}, 1, "", 0});
  EXPECT_EQ(ScoreTable::Create(model, kColumns).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST(ScoreTableTest, AModelWhoseScoresPass32BitsIsRefused) {
  Model model = AnyModel();
  model.terms.push_back({Variable::kHeadAge, {}, 10'000'000, "", 0});
  EXPECT_EQ(ScoreTable::Create(model, kColumns).status().code(), absl::StatusCode::kOutOfRange);
}

TEST(RankRowsTest, RowsComeByScoreThenByPlaceAndThoseWithoutScoreAreLeftOut) {
  std::mt19937 random(2);
  std::vector<int32_t> scores;
  std::vector<ScoredRow> expected;
  for (uint32_t row = 100; row < 10'100; ++row) {
    const bool scored = random() % 10 > 0;
    scores.push_back(scored ? static_cast<int32_t>(random() % 2'001) - 1'000 : kNoScore);
    if (scored) expected.push_back({scores.back(), row});
  }
  std::ranges::sort(expected);
  EXPECT_EQ(RankRows(scores, 100), expected);
}

}  // namespace
}  // namespace sepakat::targeting
