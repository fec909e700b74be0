// Figures over time: when a publication counts, what was true as of an earlier one, how history
// thins.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/runtime/topics.h"
#include "tests/spec/monitoring/world.h"

namespace sepakat::monitoring {
namespace {

using ::testing::ElementsAre;

TEST(SeriesSpec, FiguresAreReadAsOfAnyPublication) {
  World world;
  world.Publish({{"33.26", "0.100000"}, {"33.26.01", "0.200000"}});
  world.Publish({{"33.26", "0.110000"}});
  world.Publish({{"33.26", "0.120000"}, {"33.26.01", "0.220000"}});
  struct Case {
    const char* region;
    int64_t publication;
    const char* p0;
  };
  const Case cases[] = {{"33.26", 0, "0.120000"},
                        {"33.26", 3, "0.120000"},
                        {"33.26", 2, "0.110000"},
                        {"33.26", 1, "0.100000"},
                        {"33.26.01", 2, "0.200000"},
                        {"33.26.01", 3, "0.220000"},
                        {"33.26.02", 3, "REGION_WITHOUT_FIGURES"},
                        {"no region!", 0, "REGION_INVALID"}};
  for (const Case& c : cases)
    EXPECT_EQ(world.P0Of(c.region, c.publication), c.p0) << c.region << c.publication;
}

TEST(SeriesSpec, APublicationCountsOnlyWhenAllOfItHasArrived) {
  World world;
  world.Publish({{"33.26", "0.100000"}});
  const std::string indicator(runtime::topics::kIndicator);
  world.WriteManifest(2, {{indicator, 2}});
  world.WriteIndicator(2, "33.26", "0.150000");
  world.Run();
  EXPECT_EQ(world.P0Of("33.26"), "0.100000");
  world.Restart();
  world.WriteIndicator(2, "33.26.01", "0.300000");
  world.Run();
  EXPECT_EQ(world.P0Of("33.26"), "0.150000") << "what was held back survived the restart";
  EXPECT_EQ(world.P0Of("33.26.01"), "0.300000");
}

TEST(SeriesSpec, RecordsThatCompactionRemovedAreNotWaitedFor) {
  World world;
  const std::string indicator(runtime::topics::kIndicator);
  world.WriteManifest(1, {{indicator, 2}});
  world.WriteIndicator(1, "33.26", "0.100000");
  world.WriteManifest(2, {{indicator, 1}});
  world.WriteIndicator(2, "33.26.01", "0.300000");
  world.Run();
  EXPECT_EQ(world.P0Of("33.26", 1), "0.100000");
  EXPECT_EQ(world.P0Of("33.26.01", 2), "0.300000");
}

TEST(SeriesSpec, ChildrenAndTheirFreshnessAreListed) {
  World world;
  world.Publish(
      {{"33.26", "0.1"}, {"33.26.01", "0.2"}, {"33.26.02", "0.3"}, {"33.26.01.2001", "0.4"}});
  v1::ListChildFiguresRequest request;
  request.set_region("33.26");
  request.add_measures("p0");
  const auto children = world.Call<v1::ListChildFiguresResponse>("ListChildFigures", request);
  ASSERT_TRUE(children.ok());
  ASSERT_EQ(children->children_size(), 2);
  EXPECT_EQ(children->children(1).region(), "33.26.02");
  ASSERT_EQ(children->children(1).figures_size(), 1);
  EXPECT_EQ(children->children(1).figures(0).value(), "0.3");
  v1::ListFreshnessRequest freshness;
  freshness.set_parent("33.26");
  const auto regions = world.Call<v1::ListFreshnessResponse>("ListFreshness", freshness);
  ASSERT_TRUE(regions.ok());
  ASSERT_EQ(regions->regions_size(), 2);
  EXPECT_EQ(regions->regions(0).state(), "menua") << "observed 100 days ago";
  world.clock.AdvanceMs(100LL * 86'400'000);
  EXPECT_EQ(world.Call<v1::ListFreshnessResponse>("ListFreshness", freshness)->regions(0).state(),
            "basi");
}

TEST(SeriesSpec, ATrendHasTheAskedNumberOfPointsAndEndsWithTheNewest) {
  World world;
  for (int i = 0; i < 100; ++i) {
    world.Publish({{"33.26", "0." + std::to_string(100 + i)}});
    world.clock.AdvanceMs(1000);
  }
  v1::GetTrendRequest request;
  request.set_region("33.26");
  request.set_measure("p0");
  request.set_max_points(10);
  const auto trend = world.Call<v1::GetTrendResponse>("GetTrend", request);
  ASSERT_TRUE(trend.ok());
  ASSERT_EQ(trend->points_size(), 10);
  EXPECT_EQ(trend->points(9).figure().value(), "0.199");
  EXPECT_EQ(trend->points(9).publication(), 100);
  request.set_from_ms(trend->points(8).at_ms() + 1);
  EXPECT_EQ(world.Call<v1::GetTrendResponse>("GetTrend", request)->points_size(), 10)
      << "a shorter time is shown in finer steps";
}

TEST(SeriesSpec, OldValuesAreThinnedToTheLastOfEachSlotAndStillAnswer) {
  MonitoringOptions options;
  options.history = {.full_ms = 10'000, .slot_ms = 1000, .most_thinned = 64};
  World world(options);
  for (int i = 1; i <= 8; ++i) {  // two publications per slot
    world.Publish({{"33.26", "0." + std::to_string(i)}});
    world.clock.AdvanceMs(500);
  }
  EXPECT_EQ(world.P0Of("33.26", 3), "0.3");
  world.clock.AdvanceMs(60'000);
  world.Publish({{"33.26", "0.9"}});
  world.Run();
  EXPECT_EQ(world.P0Of("33.26", 4), "0.4") << "the last of its slot stays exact";
  EXPECT_EQ(world.P0Of("33.26", 3), "0.2") << "in between, the slot before answers";
  EXPECT_EQ(world.P0Of("33.26"), "0.9");
  v1::ListPublicationsRequest request;
  request.set_page_size(3);
  auto page = world.Call<v1::ListPublicationsResponse>("ListPublications", request);
  ASSERT_TRUE(page.ok());
  std::vector<int64_t> numbers;
  for (;;) {
    for (const auto& manifest : page->publications()) numbers.push_back(manifest.publication());
    if (page->next_page_token().empty()) break;
    request.set_page_token(page->next_page_token());
    page = world.Call<v1::ListPublicationsResponse>("ListPublications", request);
  }
  EXPECT_THAT(numbers, ElementsAre(9, 8, 6, 4, 2));
}

}  // namespace
}  // namespace sepakat::monitoring
