// Alerts from a rules file to resolved, and targets: text scenarios with a clock that the test
// moves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "tests/spec/monitoring/world.h"

namespace sepakat::monitoring {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kRules[] = R"(
[[rule]]
id = "p0-kecamatan"
measure = "p0"
level = "district"
region = "33.26"
above = "12 %"
hold = "10m"
severity = "critical"
labels = { agency = "Dinsos" }
summary = "Kemiskinan {region} {value}, di atas {threshold}"
summary_en = "Poverty in {region} is {value}, above {threshold}"
)";

constexpr int64_t kMinute = 60'000;

TEST(AlertSpec, PendingThenFiringThenResolved) {
  World world;
  ASSERT_TRUE(world.SetRules(kRules).ok());
  world.Publish({{"33.26.01", "0.119999"}, {"33.26.02", "0.130000"}, {"33.26", "0.500000"}});
  EXPECT_THAT(world.Alerts(""), ElementsAre("pending p0-kecamatan 33.26.02"));
  world.clock.AdvanceMs(9 * kMinute);
  world.Publish({{"33.26.02", "0.140000"}});
  EXPECT_THAT(world.Alerts(""), ElementsAre("pending p0-kecamatan 33.26.02"));
  world.clock.AdvanceMs(1 * kMinute);
  world.Run();
  EXPECT_THAT(world.Alerts("firing"), ElementsAre("firing p0-kecamatan 33.26.02"))
      << "time alone lets it fire, without a new publication";
  world.Publish({{"33.26.02", "0.120000"}});
  EXPECT_THAT(world.Alerts(""), IsEmpty());
  EXPECT_THAT(world.Alerts("resolved"), ElementsAre("resolved p0-kecamatan 33.26.02"));

  const auto said = world.Said<events::v1::AlertChanged>(runtime::topics::kAlert);
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[0].state(), "pending");
  EXPECT_EQ(said[1].state(), "firing");
  EXPECT_EQ(said[1].changed_at_ms() - said[1].since_ms(), 10 * kMinute);
  EXPECT_EQ(said[1].summary(), "Kemiskinan 33.26.02 14,00%, di atas 12,00%");
  EXPECT_EQ(said[1].summary_en(), "Poverty in 33.26.02 is 14.00%, above 12.00%");
  EXPECT_EQ(said[1].labels().at("agency"), "Dinsos");
  EXPECT_EQ(said[1].affected_families(), 100);
  EXPECT_EQ(said[2].state(), "resolved");
  EXPECT_EQ(said[0].fingerprint(), said[2].fingerprint());
}

TEST(AlertSpec, AShortExcursionNeverFires) {
  World world;
  ASSERT_TRUE(world.SetRules(kRules).ok());
  world.Publish({{"33.26.02", "0.130000"}});
  world.clock.AdvanceMs(5 * kMinute);
  world.Publish({{"33.26.02", "0.110000"}});
  world.clock.AdvanceMs(20 * kMinute);
  world.Run();
  EXPECT_THAT(world.Alerts(""), IsEmpty());
  EXPECT_THAT(world.Alerts("resolved"), IsEmpty()) << "it never fired";
  const auto said = world.Said<events::v1::AlertChanged>(runtime::topics::kAlert);
  ASSERT_EQ(said.size(), 2u) << "readers of the log do not keep it pending";
  EXPECT_EQ(said[1].state(), "resolved");
}

TEST(AlertSpec, RulesAndAlertsSurviveARestart) {
  World world;
  ASSERT_TRUE(world.SetRules(kRules).ok());
  world.Publish({{"33.26.02", "0.130000"}});
  world.clock.AdvanceMs(10 * kMinute);
  world.Restart();
  world.Run();
  EXPECT_THAT(world.Alerts(""), ElementsAre("firing p0-kecamatan 33.26.02"));
}

TEST(AlertSpec, NewRulesLookAtTheFiguresThereAreAndOldOnesEndTheirAlerts) {
  World world;
  world.Publish({{"33.26.01", "0.300000"}, {"33.26", "0.100000"}});
  ASSERT_TRUE(world.SetRules(kRules).ok());
  EXPECT_THAT(world.Alerts(""), ElementsAre("pending p0-kecamatan 33.26.01"));
  world.clock.AdvanceMs(10 * kMinute);
  world.Run();
  const auto set = world.SetRules(
      "[[rule]]\nid='p0-kabupaten'\nmeasure='p0'\nlevel='regency'\nat_least='10 %'\nsummary='x'");
  ASSERT_TRUE(set.ok()) << set.status();
  EXPECT_EQ(set->rules(), 1);
  EXPECT_THAT(world.Alerts(""), ElementsAre("firing p0-kabupaten 33.26"));
  EXPECT_THAT(world.Alerts("resolved"), ElementsAre("resolved p0-kecamatan 33.26.01"));
}

TEST(AlertSpec, EveryMistakeInARulesFileIsNamedWithItsLine) {
  World world;
  const auto refused = world.SetRules(R"([[rule]]
id = "a"
measure = "p9"
level = "kecamatan"
above = 0.12
hold = "10"
treshold = 5
summary = "x"
[[rule]]
id = "a"
measure = "p0"
region = "33/26"
severity = "loud"
)");
  EXPECT_EQ(base::ReasonOf(refused.status()), "ALERT_RULES_INVALID");
  const std::string message(refused.status().message());
  for (const char* part :
       {"alerts.toml:3: no measure 'p9'", "alerts.toml:4: level must be",
        "alerts.toml:5: 'above' must be", "alerts.toml:6: 'hold' must be",
        "alerts.toml:7: unknown key 'treshold'", "alerts.toml:10: the id 'a' is used twice",
        "alerts.toml:12: '33/26' is no region code", "alerts.toml:13: severity must be",
        "alerts.toml:9: 'summary' is missing", "alerts.toml:9: exactly one of"}) {
    EXPECT_THAT(message, HasSubstr(part));
  }
  EXPECT_EQ(base::ReasonOf(world.SetRules("[[rule]\nid=").status()), "ALERT_RULES_INVALID");
}

TEST(TargetSpec, ATargetIsScoredWhenItsFigureMovesAndSaidWhenTheScoreChanged) {
  World world;
  world.Publish({{"33.26", "0.080501"}});
  v1::SetTargetsRequest request;
  request.mutable_context()->set_request_id("t1");
  auto* target = request.add_targets();
  target->set_id("rpjmd-p0");
  target->set_region("33.26");
  target->set_measure("p0");
  target->set_type("minimum");
  target->set_target("7.50 %");
  ASSERT_TRUE(world.Call<v1::SetTargetsResponse>("SetTargets", request).ok());
  const auto targets = [&world] {
    return world.Call<v1::ListTargetsResponse>("ListTargets", v1::ListTargetsRequest())->targets(0);
  };
  EXPECT_EQ(targets().score().achievement(), "92.67");
  EXPECT_EQ(targets().score().rating(), "Sangat Tinggi");
  world.Publish({{"33.26", "0.085000"}});
  EXPECT_EQ(targets().score().achievement(), "86.67");
  EXPECT_EQ(targets().score().rating(), "Tinggi");
  world.Publish({{"33.26", "0.085000"}});
  const auto said = world.Said<events::v1::TargetScored>(runtime::topics::kTargetScore);
  EXPECT_EQ(said.size(), 2u) << "the same figure again is no news";
  target->set_type("best");
  request.mutable_context()->set_request_id("t2");
  EXPECT_EQ(base::ReasonOf(world.Call<v1::SetTargetsResponse>("SetTargets", request).status()),
            "TARGET_INVALID");
}

}  // namespace
}  // namespace sepakat::monitoring
