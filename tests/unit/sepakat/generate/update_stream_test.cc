#include "sepakat/generate/update_stream.h"

#include <set>

#include "common/base/date.h"
#include "gtest/gtest.h"
#include "sepakat/generate/columns.h"
#include "sepakat/generate/household.h"
#include "small_register.h"

namespace sepakat::generate {
namespace {

const int32_t kDay = base::DaysFromCivil({2026, 7, 1});

TEST(UpdateStream, GivesTheSameRecordForTheSameStep) {
  const Plan plan = SmallPlan(500, 1, 300);
  EXPECT_EQ(DrawUpdate(plan, 3, 17, kDay).rows, DrawUpdate(plan, 3, 17, kDay).rows);
}

TEST(UpdateStream, ChangesCleanFamiliesOnly) {
  const Plan plan = SmallPlan(300, 1, 3000);
  for (int64_t step = 0; step < 300; ++step) {
    const Update update = DrawUpdate(plan, 1, step, kDay);
    EXPECT_EQ(plan.dirt[static_cast<size_t>(update.family)], Dirt::kNone);
  }
}

TEST(UpdateStream, ChangesSomethingBesideTheDay) {
  const Plan plan = SmallPlan(500);
  std::vector<Row> before;
  for (int64_t step = 0; step < 500; ++step) {
    Update update = DrawUpdate(plan, 1, step, kDay);
    EXPECT_EQ(update.rows.front()[kObservedOn], "2026-07-01");
    DrawFamily(plan, update.family, before);
    before.front()[kObservedOn] = "2026-07-01";
    EXPECT_NE(update.rows, before) << NameOf(update.change);
  }
}

TEST(UpdateStream, MakesEveryKindOfChange) {
  const Plan plan = SmallPlan(2000);
  std::set<Change> seen;
  for (int64_t step = 0; step < 400; ++step) seen.insert(DrawUpdate(plan, 1, step, kDay).change);
  EXPECT_EQ(seen.size(), 7U);
}

TEST(UpdateStream, RepairsAHouseThatNeededIt) {
  const Plan plan = SmallPlan(2000);
  int repaired = 0;
  for (int64_t step = 0; step < 400; ++step) {
    const Update update = DrawUpdate(plan, 1, step, kDay);
    if (update.change != Change::kHouseRepaired) continue;
    ++repaired;
    EXPECT_EQ(update.rows.front()[kFloor], "2");
    EXPECT_EQ(update.rows.front()[kWall], "1");
  }
  EXPECT_GT(repaired, 0);
}

}  // namespace
}  // namespace sepakat::generate
