#include "common/regression/folds.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace sepakat::regression {
namespace {

TEST(Folds, KeepUnitsTogetherAndAreOfNearlyEqualSize) {
  std::vector<int64_t> units;
  for (int64_t row = 0; row < 1000; ++row) units.push_back(row / 9 * 17 % 1013);
  const auto fold = SplitByUnit(units, units.size(), 5, 7);
  std::map<int64_t, std::set<uint32_t>> of_unit;
  std::map<uint32_t, std::set<int64_t>> in_fold;
  for (size_t row = 0; row < units.size(); ++row) {
    of_unit[units[row]].insert(fold[row]);
    in_fold[fold[row]].insert(units[row]);
  }
  for (const auto& [unit, folds] : of_unit) EXPECT_EQ(folds.size(), 1U);
  ASSERT_EQ(in_fold.size(), 5U);
  for (const auto& [number, held] : in_fold) {
    EXPECT_GE(held.size(), of_unit.size() / 5);
    EXPECT_LE(held.size(), of_unit.size() / 5 + 1);
  }
}

TEST(Folds, AreTheSameForTheSameSeedWhateverUnitsAreCalled) {
  std::vector<int64_t> units;
  std::vector<int64_t> renamed;
  for (int64_t row = 0; row < 300; ++row) {
    units.push_back(row / 5);
    renamed.push_back(1000 - row / 5);
  }
  EXPECT_EQ(SplitByUnit(units, 300, 4, 1), SplitByUnit(renamed, 300, 4, 1));
  EXPECT_NE(SplitByUnit(units, 300, 4, 1), SplitByUnit(units, 300, 4, 2));
  // Kept for ever: a model names its seed.
  EXPECT_EQ(SplitByUnit({}, 8, 2, 1), (std::vector<uint32_t>{1, 0, 1, 1, 0, 1, 0, 0}));
}

}  // namespace
}  // namespace sepakat::regression
