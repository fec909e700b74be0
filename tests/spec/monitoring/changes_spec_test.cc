// The feed of changes and the outcome of help.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "sepakat/budgeting/events/v1/budgeting_events.pb.h"
#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "tests/spec/monitoring/world.h"

namespace sepakat::monitoring {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::Truly;

TEST(ChangesSpec, CrossingsAreGroupedByDistrictAndCountFamiliesByCause) {
  World world;
  world.Cross("a", "33.26.01.2001", "decile", "4", "5", "own_data");
  world.Cross("b", "33.26.01.2002", "decile", "4", "5", "others_moved");
  world.Cross("c", "33.26.01.2002", "decile", "4", "5", "others_moved");
  world.Cross("d", "33.26.02.2001", "decile", "4", "5", "own_data");
  world.Cross("e", "33.26.01.2001", "decile", "5", "4", "own_data");
  world.Run();
  EXPECT_THAT(world.Changes(), SizeIs(3));
  const auto in_district = world.Changes("33.26.01");
  ASSERT_THAT(in_district, SizeIs(2));
  const v1::Change& grouped = in_district[0].from() == "4" ? in_district[0] : in_district[1];
  EXPECT_EQ(grouped.kind(), "crossing");
  EXPECT_EQ(grouped.region(), "33.26.01");
  EXPECT_EQ(grouped.families(), 3);
  EXPECT_EQ(grouped.families_by_cause().at("own_data"), 1);
  EXPECT_EQ(grouped.families_by_cause().at("others_moved"), 2);
  EXPECT_THAT(grouped.summary(),
              HasSubstr("3 keluarga pindah dari desil 4 ke desil 5 di 33.26.01"));
}

TEST(ChangesSpec, AGroupGrowsWithinItsMinuteAndThenANewOneBegins) {
  World world;
  world.Cross("a", "33.26.01.2001", "poverty_line", "not_poor", "poor", "own_data");
  world.Run();
  world.clock.AdvanceMs(100);
  world.Cross("b", "33.26.01.2001", "poverty_line", "not_poor", "poor", "own_data");
  world.Run();
  ASSERT_THAT(world.Changes(), SizeIs(1));
  EXPECT_EQ(world.Changes()[0].families(), 2);
  world.clock.AdvanceMs(60'000);
  world.Cross("c", "33.26.01.2001", "poverty_line", "not_poor", "poor", "own_data");
  world.Run();
  EXPECT_THAT(world.Changes(), SizeIs(2));
}

TEST(ChangesSpec, TheFeedIsBounded) {
  MonitoringOptions options;
  options.feed.most_per_population = 5;
  World world(options);
  for (int i = 0; i < 20; ++i) {
    world.Cross("f", "33.26.01.2001", "decile", std::to_string(1 + i % 10), "none", "left");
    world.clock.AdvanceMs(60'000);
    world.Run();
  }
  EXPECT_THAT(world.Changes(), SizeIs(5));
  EXPECT_EQ(world.Changes()[0].from(), "10") << "the newest come first";
}

TEST(ChangesSpec, AnArrivalIsToldWhenItIsCompleteAndOnce) {
  World world;
  ingestion::events::v1::IngestProgressed progress;
  progress.set_ingest_id("i1");
  progress.set_source("desa 33.26.15.2014");
  progress.set_accepted(1200);
  progress.set_rejected(3);
  world.Write(runtime::topics::kProgress, "i1", progress);
  world.Run();
  EXPECT_THAT(world.Changes(), SizeIs(0));
  progress.set_complete(true);
  world.Write(runtime::topics::kProgress, "i1", progress);
  world.Write(runtime::topics::kProgress, "i1", progress);
  world.Run();
  ASSERT_THAT(world.Changes(), SizeIs(1));
  EXPECT_EQ(world.Changes()[0].summary(),
            "Data dari desa 33.26.15.2014: 1.200 diterima, 3 ditolak, 0 berulang");
}

TEST(ChangesSpec, SingleRecordsOfOneSourceAreToldTogether) {
  World world;
  for (int i = 0; i < 60; ++i) {
    ingestion::events::v1::IngestProgressed progress;
    progress.set_ingest_id("i" + std::to_string(i));
    progress.set_source("formulir");
    (i % 20 == 0 ? progress.set_rejected(1) : progress.set_accepted(1));
    progress.set_complete(true);
    world.Write(runtime::topics::kProgress, progress.ingest_id(), progress);
    world.Run();
  }
  ASSERT_THAT(world.Changes(), SizeIs(1));
  EXPECT_EQ(world.Changes()[0].summary(), "Data dari formulir: 57 diterima, 3 ditolak, 0 berulang");
  EXPECT_EQ(world.Changes()[0].families(), 57);
}

// Deliveries of two sources over two hours.
class ArrivalSpec : public testing::Test {
 protected:
  static constexpr int64_t kHourMs = 3'600'000;

  void Tell(const std::string& id, const std::string& source, int64_t at_ms, int64_t accepted,
            int64_t rejected, bool complete) {
    ingestion::events::v1::IngestProgressed progress;
    progress.set_ingest_id(id);
    progress.set_source(source);
    progress.set_population("register");
    progress.set_received(accepted + rejected);
    progress.set_accepted(accepted);
    progress.set_rejected(rejected);
    progress.set_complete(complete);
    progress.set_updated_at_ms(at_ms);
    world_.Write(runtime::topics::kProgress, id, progress);
    world_.Run();
  }
  v1::ListArrivalsResponse List(int page_size = 0, const std::string& token = "") {
    v1::ListArrivalsRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    const auto response = world_.Call<v1::ListArrivalsResponse>("ListArrivals", request);
    EXPECT_TRUE(response.ok()) << response.status();
    return *response;
  }

  World world_;
};

TEST_F(ArrivalSpec, CountsGrowWithADeliveryAndStandInTheHourInWhichItBegan) {
  Tell("i1", "desa A", 10 * kHourMs + 5, 100, 0, false);
  EXPECT_EQ(List().arrivals(0).running(), 1);
  Tell("i1", "desa A", 11 * kHourMs + 5, 250, 2, true);
  ASSERT_EQ(List().arrivals_size(), 1);
  const v1::Arrivals hour = List().arrivals(0);
  EXPECT_EQ(hour.hour_ms(), 10 * kHourMs);
  EXPECT_EQ(hour.source(), "desa A");
  EXPECT_EQ(hour.deliveries(), 1);
  EXPECT_EQ(hour.running(), 0);
  EXPECT_EQ(hour.received(), 252);
  EXPECT_EQ(hour.accepted(), 250);
  EXPECT_EQ(hour.rejected(), 2);
}

TEST_F(ArrivalSpec, EverySourceHasItsHoursAndTheTotalHasThemAll) {
  Tell("i1", "desa A", 10 * kHourMs, 100, 0, true);
  Tell("i2", "desa B/1", 10 * kHourMs, 20, 1, true);
  Tell("i3", "desa A", 10 * kHourMs + 9, 1, 0, true);
  Tell("i4", "desa A", 12 * kHourMs, 5, 0, true);
  const v1::ListArrivalsResponse all = List();
  ASSERT_EQ(all.arrivals_size(), 3);
  EXPECT_EQ(all.arrivals(0).hour_ms(), 12 * kHourMs) << "the newest hour comes first";
  EXPECT_EQ(all.arrivals(1).source(), "desa B/1");
  EXPECT_EQ(all.arrivals(2).deliveries(), 2);
  EXPECT_EQ(all.arrivals(2).received(), 101);
  EXPECT_EQ(all.total().deliveries(), 4);
  EXPECT_EQ(all.total().received(), 127);
  EXPECT_EQ(all.total().rejected(), 1);
}

TEST_F(ArrivalSpec, PagesFitTogether) {
  for (int i = 0; i < 5; ++i) Tell(std::to_string(i), "desa A", i * kHourMs, 1, 0, true);
  std::vector<int64_t> hours;
  std::string token;
  do {
    const v1::ListArrivalsResponse page = List(2, token);
    for (const v1::Arrivals& arrivals : page.arrivals())
      hours.push_back(arrivals.hour_ms() / kHourMs);
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(hours, (std::vector<int64_t>{4, 3, 2, 1, 0}));
}

TEST_F(ArrivalSpec, ATokenOfSomethingElseIsRefused) {
  v1::ListArrivalsRequest request;
  request.set_page_token("recent/x");
  const auto response = world_.Call<v1::ListArrivalsResponse>("ListArrivals", request);
  EXPECT_EQ(base::ReasonOf(response.status()), "PAGE_TOKEN_INVALID");
}

// An approved list with one family, and help handed over to it.
class OutcomeSpec : public testing::Test {
 protected:
  void Approve() {
    budgeting::events::v1::PlanEvent event;
    auto* plan = event.mutable_approved();
    plan->set_plan_id("p1");
    plan->set_programme_id("rtlh");
    plan->add_families()->set_family_id("f1");
    world_.Write(runtime::topics::kPlan, "rtlh", event);
  }
  void Deliver(int64_t at_ms) {
    budgeting::events::v1::DeliveryRecorded delivery;
    delivery.set_delivery_id("d1");
    delivery.set_plan_id("p1");
    delivery.set_programme_id("rtlh");
    delivery.set_family_id("f1");
    delivery.set_region("33.26.01.2001");
    delivery.set_recorded_at_ms(at_ms);
    world_.Write(runtime::topics::kDelivery, "p1", delivery);
  }
  void Cross(const std::string& from, const std::string& to) {
    world_.Cross("f1", "33.26.01.2001", "need.rtlh", from, to, "own_data");
    ++world_.publication;
  }
  std::vector<events::v1::OutcomeMeasured> Outcomes() {
    world_.Run();
    v1::ListOutcomesRequest request;
    request.set_plan_id("p1");
    const auto response = world_.Call<v1::ListOutcomesResponse>("ListOutcomes", request);
    EXPECT_EQ(world_.Said<events::v1::OutcomeMeasured>(runtime::topics::kOutcome).size(),
              static_cast<size_t>(response->outcomes_size()));
    return {response->outcomes().begin(), response->outcomes().end()};
  }

  World world_;
};

TEST_F(OutcomeSpec, ANeedThatClosesAfterTheDeliveryIsAnOutcome) {
  Approve();
  Deliver(world_.clock.NowMs());
  EXPECT_THAT(Outcomes(), SizeIs(0));
  world_.clock.AdvanceMs(1000);
  Cross("open", "none");
  const auto outcomes = Outcomes();
  ASSERT_THAT(outcomes, SizeIs(1));
  EXPECT_EQ(outcomes[0].need_after(), "closed");
  EXPECT_EQ(outcomes[0].delivery_id(), "d1");
  EXPECT_THAT(world_.Changes("33.26.01.2001"), Contains(Truly([](const v1::Change& change) {
                return change.kind() == "outcome" && change.state() == "closed";
              })));
}

TEST_F(OutcomeSpec, TheOrderOfReadingDoesNotMatter) {
  const int64_t delivered_at = world_.clock.NowMs();
  Approve();
  world_.Run();
  world_.clock.AdvanceMs(1000);
  Cross("open", "none");
  world_.Run();
  Deliver(delivered_at);
  EXPECT_THAT(Outcomes(), SizeIs(1));
}

TEST_F(OutcomeSpec, ANeedThatClosedBeforeTheDeliveryIsNotItsOutcome) {
  Approve();
  Cross("open", "none");
  world_.Run();
  world_.clock.AdvanceMs(1000);
  Deliver(world_.clock.NowMs());
  EXPECT_THAT(Outcomes(), SizeIs(0));
}

TEST_F(OutcomeSpec, AnotherFamilyOrAnotherNeedIsNoOutcomeAndUnknownSaysNothing) {
  Approve();
  Deliver(world_.clock.NowMs());
  world_.Run();
  world_.Cross("f2", "33.26.01.2001", "need.rtlh", "open", "none", "own_data");
  world_.Cross("f1", "33.26.01.2001", "need.jamban", "open", "none", "own_data");
  Cross("open", "unknown");
  EXPECT_THAT(Outcomes(), SizeIs(0));
}

TEST_F(OutcomeSpec, AFollowedFamilyIsNotForgottenOverARestart) {
  Approve();
  Deliver(world_.clock.NowMs());
  world_.Run();
  world_.Restart();
  Cross("open", "none");
  EXPECT_THAT(Outcomes(), SizeIs(1));
}

}  // namespace
}  // namespace sepakat::monitoring
