#include <gtest/gtest.h>

#include "common/base/status.h"
#include "monitoring/wire/proto_codec.h"
#include "sepakat/targeting/events/v1/targeting_events.pb.h"

namespace sepakat::monitoring {
namespace {

targeting::events::v1::IndicatorPublished Indicator() {
  targeting::events::v1::IndicatorPublished message;
  message.set_publication(7'000'000'000);
  message.set_population("register");
  message.set_region("33.26.15.2014");
  message.set_cut_at_ms(1'764'054'000'123);
  message.set_newest_observation(-3);
  message.set_newest_accepted_at_ms(1'764'053'999'000);
  auto* figure = message.add_figures();
  figure->set_measure("p0");
  figure->set_value("0.080501");
  figure->set_observed_families(290'000);
  message.add_parameters()->set_kind("poverty_line");
  return message;
}

TEST(IndicatorHeadTest, TheHeadIsWhatTheWholeMessageSays) {
  const ProtoMonitoringCodec codec;
  const absl::StatusOr<IndicatorHead> head =
      codec.DecodeIndicatorHead(Indicator().SerializeAsString());
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->publication, 7'000'000'000);
  EXPECT_EQ(head->population, "register");
  EXPECT_EQ(head->region, "33.26.15.2014");
  EXPECT_EQ(head->cut_at_ms, 1'764'054'000'123);
  EXPECT_EQ(head->newest_observation, -3);
  EXPECT_EQ(head->newest_accepted_at_ms, 1'764'053'999'000);
  const std::string bytes = Indicator().SerializeAsString();
  const auto figures = codec.DecodeFigures(bytes);
  ASSERT_TRUE(figures.ok());
  ASSERT_EQ(figures->size(), 1u);
  EXPECT_EQ(figures->at(0).measure, "p0");
  EXPECT_EQ(figures->at(0).value, "0.080501");
  EXPECT_EQ(figures->at(0).families, 290'000);
}

TEST(IndicatorHeadTest, BytesThatEndEarlyOrNameNoRegionAreRefused) {
  const ProtoMonitoringCodec codec;
  const std::string bytes = Indicator().SerializeAsString();
  EXPECT_EQ(base::ReasonOf(codec.DecodeIndicatorHead(bytes.substr(0, bytes.size() - 3)).status()),
            "MESSAGE_UNREADABLE");
  EXPECT_EQ(base::ReasonOf(codec.DecodeFigures(bytes.substr(0, bytes.size() - 3)).status()),
            "MESSAGE_UNREADABLE");
  targeting::events::v1::IndicatorPublished nowhere = Indicator();
  nowhere.clear_region();
  EXPECT_EQ(base::ReasonOf(codec.DecodeIndicatorHead(nowhere.SerializeAsString()).status()),
            "MESSAGE_UNREADABLE");
  EXPECT_EQ(base::ReasonOf(codec.DecodeIndicatorHead("no message").status()), "MESSAGE_UNREADABLE");
}

}  // namespace
}  // namespace sepakat::monitoring
