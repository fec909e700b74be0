// Read models and notices: told once, together under load, and whole again after the cache was
// lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/runtime/topics.h"
#include "tests/spec/monitoring/world.h"

namespace sepakat::monitoring {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> RegionsOf(const events::v1::PublicationNotice& notice) {
  std::vector<std::string> regions;
  for (const auto& region : notice.regions()) regions.push_back(region.region());
  return regions;
}

TEST(ViewsSpec, ACompletePublicationIsWrittenAndToldOnce) {
  World world;
  world.Publish({{"33.26", "0.1"}, {"33.26.01", "0.2"}});
  EXPECT_EQ(world.InViews("33.26"), 1);
  EXPECT_EQ(world.InViews("33.26.01"), 1);
  ASSERT_EQ(world.views.notices.size(), 1u);
  EXPECT_EQ(world.views.notices[0].publication(), 1);
  EXPECT_THAT(RegionsOf(world.views.notices[0]), ElementsAre("33.26", "33.26.01"));
  world.clock.AdvanceMs(10'000);
  world.Run();
  EXPECT_EQ(world.views.notices.size(), 1u);
}

TEST(ViewsSpec, NothingIsToldBeforeThePublicationIsComplete) {
  World world;
  world.WriteManifest(1, {{std::string(runtime::topics::kIndicator), 2}});
  world.WriteIndicator(1, "33.26", "0.1");
  world.Run();
  EXPECT_THAT(world.views.notices, IsEmpty());
  EXPECT_EQ(world.InViews("33.26"), 0);
}

TEST(ViewsSpec, PublicationsInQuickSuccessionAreToldTogetherEachOfThemOnce) {
  World world;
  world.Publish({{"33.26", "0.1"}});
  world.Publish({{"33.26", "0.2"}, {"33.26.01", "0.2"}});
  world.Publish({{"33.26", "0.3"}, {"33.26.02", "0.3"}});
  EXPECT_EQ(world.views.notices.size(), 1u) << "no time has passed since the first";
  world.clock.AdvanceMs(50);
  world.Run();
  ASSERT_EQ(world.views.notices.size(), 2u);
  EXPECT_EQ(world.views.notices[1].publication(), 3);
  EXPECT_THAT(RegionsOf(world.views.notices[1]), ElementsAre("33.26", "33.26.01", "33.26.02"));
  EXPECT_EQ(world.InViews("33.26"), 3);
  EXPECT_EQ(world.InViews("33.26.01"), 2);
}

TEST(ViewsSpec, ACacheThatComesBackEmptyIsFilledAgain) {
  World world;
  world.Publish({{"33.26", "0.1"}, {"33.26.01", "0.2"}});
  world.views.Empty();
  EXPECT_EQ(world.InViews("33.26"), 0);
  world.clock.AdvanceMs(1000);
  world.Run();
  EXPECT_EQ(world.InViews("33.26"), 1);
  EXPECT_EQ(world.InViews("33.26.01"), 1);
  const std::string latest = "publications/latest";
  EXPECT_EQ(world.views.Get(std::span(&latest, 1))->front()->version, 1);
}

TEST(ViewsSpec, RefillingGoesInSlicesUntilEveryRegionIsThere) {
  MonitoringOptions options;
  options.views.refill_slice = 3;
  options.views.documents_per_write = 2;
  World world(options);
  P0 villages;
  for (int i = 1; i <= 10; ++i) villages["33.26.01.20" + std::to_string(10 + i)] = "0.1";
  world.Publish(villages);
  world.views.Empty();
  world.clock.AdvanceMs(1000);
  world.Run();
  for (const auto& [region, p0] : villages) EXPECT_EQ(world.InViews(region), 1) << region;
}

TEST(ViewsSpec, ACacheThatIsAwayStopsNothingAndGetsEverythingLater) {
  World world;
  world.Publish({{"33.26", "0.1"}});
  world.views.away = true;
  world.clock.AdvanceMs(100);
  world.views.attempts = 0;
  world.Publish({{"33.26", "0.2"}});
  world.Publish({{"33.26", "0.3"}});
  EXPECT_EQ(world.P0Of("33.26"), "0.3") << "the service itself goes on";
  EXPECT_EQ(world.views.attempts, 1) << "one attempt, then a pause";
  world.views.away = false;
  world.Run();
  EXPECT_EQ(world.InViews("33.26"), 1);
  world.clock.AdvanceMs(500);
  world.Run();
  EXPECT_EQ(world.InViews("33.26"), 3);
  EXPECT_EQ(world.views.notices.back().publication(), 3);
}

TEST(ViewsSpec, AfterARestartTheViewsAreWrittenOnceMore) {
  World world;
  world.Publish({{"33.26", "0.1"}});
  world.views.Empty();
  world.Restart();
  world.Run();
  EXPECT_EQ(world.InViews("33.26"), 1);
}

TEST(ViewsSpec, ANoticeNamesTheListsThatChanged) {
  World world;
  ASSERT_TRUE(world.SetRules("[[rule]]\nid='r'\nmeasure='p0'\nabove='5 %'\nsummary='x'").ok());
  world.Publish({{"33.26", "0.1"}});
  std::vector<std::string> lists;
  for (const auto& notice : world.views.notices) {
    lists.insert(lists.end(), notice.lists().begin(), notice.lists().end());
  }
  EXPECT_THAT(lists, Contains("alerts"));
  EXPECT_THAT(lists, Contains("changes"));
}

}  // namespace
}  // namespace sepakat::monitoring
