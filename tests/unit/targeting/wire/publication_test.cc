// Publications: what they say, when they are cut, and that a crash changes neither ids nor content.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "common/runtime/envelope.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using support::Family;
using support::FaultyLog;
using support::TargetingRig;
using testing::ElementsAre;
using testing::UnorderedElementsAre;
namespace topics = runtime::topics;
using events::v1::BoundaryCrossed;
using events::v1::IndicatorPublished;
using events::v1::NeedPublished;
using events::v1::PublicationManifest;
using events::v1::RegionPriorityPublished;

constexpr auto kToilet = common::v1::VARIABLE_TOILET;

reference::events::v1::ProgrammeRecorded ToiletProgramme() {
  reference::events::v1::ProgrammeRecorded programme;
  programme.set_id("jamban");
  programme.set_version("1");
  programme.set_population("register");
  programme.mutable_rule()->add_needs("no_own_toilet");
  programme.mutable_rule()->set_poor_only(true);
  return programme;
}

std::vector<std::string> Told(const std::vector<BoundaryCrossed>& crossings) {
  std::vector<std::string> told;
  for (const BoundaryCrossed& c : crossings) {
    told.push_back(c.family_id().substr(31) + " " + c.boundary() + " " + c.from() + ">" + c.to() +
                   " " + c.cause());
  }
  return told;
}

int64_t FamiliesRead(const PublicationManifest& manifest) {
  int64_t families = 0;
  for (const auto& input : manifest.inputs()) {
    if (input.topic() == topics::kFamily) families += input.next_offset();
  }
  return families;
}

TEST(Publication, ChangesFiguresAtAllFiveLevels) {
  TargetingRig rig;
  rig.SetLine("33.26", "538371");
  rig.Record({.id = 1, .size = 4, .welfare = 400'000});
  rig.Record({.id = 2, .region = "33.26.13.1019", .size = 1, .welfare = 900'000});
  rig.Settle();
  std::set<std::string> regions;
  for (const auto& indicator : rig.Read<IndicatorPublished>(topics::kIndicator)) {
    regions.insert(indicator.region());
  }
  EXPECT_THAT(regions, UnorderedElementsAre("0", "33", "33.26", "33.26.13", "33.26.15",
                                            "33.26.13.1019", "33.26.15.2014"));
  EXPECT_EQ(rig.Value("33.26.15.2014", "p0"), "1.000000");
  for (const char* region : {"33.26", "33", "0"}) {
    EXPECT_EQ(rig.Value(region, "p0"), "0.800000") << region;
    EXPECT_EQ(rig.Figure(region, "poor_persons").numerator(), "4") << region;
    EXPECT_EQ(rig.Figure(region, "poor_persons").denominator(), "1") << region;
  }
}

TEST(Publication, NamesOnlyRegionsWhoseFiguresChanged) {
  TargetingRig rig;
  rig.Record({.id = 1, .region = "33.26.15.2014"});
  rig.Record({.id = 2, .region = "33.26.13.1019"});
  rig.Settle();
  const size_t before = rig.Records(topics::kIndicator).size();
  rig.Record({.id = 1, .region = "33.26.15.2014", .size = 5});
  rig.Settle();
  const auto all = rig.Read<IndicatorPublished>(topics::kIndicator);
  std::vector<std::string> regions;
  for (size_t i = before; i < all.size(); ++i) regions.push_back(all[i].region());
  EXPECT_THAT(regions, ElementsAre("0", "33", "33.26", "33.26.15", "33.26.15.2014"));
}

TEST(Publication, TheManifestCountsItsMessagesAndNamesItsInputs) {
  TargetingRig rig;
  rig.SetLine("33.26", "538371");
  for (int id = 1; id <= 3; ++id) rig.Record({.id = id, .welfare = 400'000 + id});
  rig.Settle();
  const auto manifests = rig.Read<PublicationManifest>(topics::kManifest);
  ASSERT_EQ(manifests.size(), 1U);
  EXPECT_EQ(manifests[0].publication(), 1);
  EXPECT_EQ(manifests[0].families(), 3);
  EXPECT_EQ(manifests[0].state_digest().size(), 32U);
  for (std::string_view topic :
       {topics::kIndicator, topics::kPriority, topics::kCrossing, topics::kNeed}) {
    const auto it = manifests[0].output_counts().find(std::string(topic));
    const int64_t counted = it == manifests[0].output_counts().end() ? 0 : it->second;
    EXPECT_EQ(counted, std::ssize(rig.Records(topic))) << topic;
  }
  EXPECT_EQ(FamiliesRead(manifests[0]), 3);
}

// Who waits for the figures of a file that was sent again waits for such a publication.
TEST(Publication, RepeatedLateAndUnusableRecordsChangeNothingAndAreSaidToBeRead) {
  TargetingRig rig;
  rig.Record({.id = 1, .size = 4, .version = 5});
  rig.Settle();
  const size_t told = rig.Records(topics::kIndicator).size();
  rig.Record({.id = 1, .size = 4, .version = 5});
  rig.Settle();
  rig.Record({.id = 1, .size = 9, .version = 2});
  rig.Settle();
  rig.Record({.id = 2, .size = 0});
  rig.Settle();
  const auto manifests = rig.Read<PublicationManifest>(topics::kManifest);
  ASSERT_EQ(manifests.size(), 4U);
  for (size_t i = 0; i < manifests.size(); ++i) {
    EXPECT_EQ(FamiliesRead(manifests[i]), static_cast<int64_t>(i) + 1);
    EXPECT_EQ(manifests[i].state_digest(), manifests[0].state_digest());
  }
  EXPECT_EQ(rig.Records(topics::kIndicator).size(), told);
  EXPECT_EQ(rig.Value("0", "persons"), "4");
}

TEST(Publication, CrossingsSayWhoCrossedWhatAndWhy) {
  TargetingRig rig;
  rig.SetLine("33.26", "500000");
  rig.SetProgramme(ToiletProgramme());
  rig.Settle();
  rig.Record({.id = 1, .welfare = 400'000, .answers = {{kToilet, 6}}});
  rig.Settle();
  EXPECT_THAT(Told(rig.Read<BoundaryCrossed>(topics::kCrossing)),
              ElementsAre("1 decile none>1 entered", "1 need.jamban none>open entered",
                          "1 poverty_line none>poor entered"));
  size_t before = rig.Records(topics::kCrossing).size();
  const auto news = [&] {
    auto all = rig.Read<BoundaryCrossed>(topics::kCrossing);
    all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
    before = rig.Records(topics::kCrossing).size();
    return Told(all);
  };
  rig.Record({.id = 1, .welfare = 400'000, .answers = {{kToilet, 1}}});
  rig.Settle();
  EXPECT_THAT(news(), ElementsAre("1 need.jamban open>none own_data"));
  rig.Record({.id = 2, .welfare = 300'000, .answers = {{kToilet, 1}}});
  rig.Settle();
  EXPECT_THAT(news(), ElementsAre("1 decile 1>6 others_moved", "2 decile none>1 entered",
                                  "2 poverty_line none>poor entered"));
  rig.SetLine("33.26", "350000");
  rig.Settle();
  EXPECT_THAT(news(), ElementsAre("1 poverty_line poor>not_poor parameters_changed"));
  rig.Withdraw(2);
  rig.Settle();
  EXPECT_THAT(news(), ElementsAre("1 decile 6>1 others_moved", "2 decile 1>none left",
                                  "2 poverty_line poor>none left"));
}

TEST(Publication, ABoundaryThatAppearsIsNotCrossed) {
  TargetingRig rig;
  rig.Record({.id = 1, .welfare = 400'000, .answers = {{kToilet, 6}}});
  rig.Settle();
  const size_t before = rig.Records(topics::kCrossing).size();
  rig.SetLine("33.26", "500000");
  rig.SetProgramme(ToiletProgramme());
  rig.Settle();
  EXPECT_EQ(rig.Records(topics::kCrossing).size(), before);
  EXPECT_EQ(rig.Read<NeedPublished>(topics::kNeed).back().eligible_families(), 1);
}

TEST(Publication, ALoadedFileDoesNotFloodTheCrossings) {
  TargetingRig rig({.bulk_families = 10});
  for (int id = 1; id <= 50; ++id) rig.Record({.id = id, .welfare = 1000 * id});
  rig.Settle();
  EXPECT_TRUE(rig.Records(topics::kCrossing).empty());
  EXPECT_TRUE(rig.Read<PublicationManifest>(topics::kManifest)[0].bulk());
  EXPECT_EQ(rig.Figure("0", "decile_families.1").numerator(), "5");
}

TEST(Publication, NeedsAreCountedPerVillageAndDecile) {
  TargetingRig rig;
  rig.SetLine("33.26", "500000");
  rig.SetProgramme(ToiletProgramme());
  for (int id = 1; id <= 10; ++id) {
    rig.Record({.id = id,
                .region = id <= 5 ? "33.26.15.2014" : "33.26.15.2015",
                .welfare = 40'000 * id,
                .answers = {{kToilet, id % 2 == 0 ? 1 : 6}}});
  }
  rig.Record({.id = 11, .region = "33.26.15.2015", .answers = {{kToilet, 6}}});
  rig.Settle();
  std::map<std::string, NeedPublished> needs;
  for (const auto& need : rig.Read<NeedPublished>(topics::kNeed)) needs[need.region()] = need;
  ASSERT_EQ(needs.size(), 2U);
  EXPECT_EQ(needs["33.26.15.2014"].eligible_families(), 3);
  EXPECT_THAT(needs["33.26.15.2014"].eligible_by_decile(),
              ElementsAre(1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0));
  EXPECT_EQ(needs["33.26.15.2015"].eligible_families(), 2);
  EXPECT_EQ(needs["33.26.15.2015"].unknown_families(), 1);
}

TEST(Publication, RegionsAreRankedByNeedWithTheirParts) {
  TargetingRig rig;
  rig.SetLine("33.26", "500000");
  rig.Record({.id = 1, .region = "33.26.15.2014", .welfare = 400'000});
  rig.Record({.id = 2, .region = "33.26.15.2015", .welfare = 100'000});
  rig.Record({.id = 3, .region = "33.26.15.2015", .welfare = 100'000});
  rig.Record({.id = 4, .region = "33.26.15.2016", .welfare = 900'000});
  rig.Settle();
  for (const auto& ranking : rig.Read<RegionPriorityPublished>(topics::kPriority)) {
    if (ranking.parent() != "33.26.15") continue;
    ASSERT_EQ(ranking.regions_size(), 3);
    EXPECT_EQ(ranking.regions(0).region(), "33.26.15.2015");
    EXPECT_EQ(ranking.regions(2).region(), "33.26.15.2016");
    EXPECT_EQ(ranking.regions(2).score_micro(), 0);
    for (const auto& region : ranking.regions()) {
      int64_t sum = 0;
      for (const auto& part : region.parts()) sum += part.score_micro();
      EXPECT_EQ(sum, region.score_micro());
    }
    return;
  }
  FAIL() << "no ranking of the district";
}

TEST(Publication, WhatCannotBeUsedGoesToQuarantineWithItsReason) {
  TargetingRig rig;
  rig.Record({.id = 1, .size = 400});
  rig.Record({.id = 2, .region = "33..26"});
  rig.Record({.id = 3, .welfare = -5});
  rig.Record({.id = 4});
  rig.Say(topics::kFamily, 0, "register/x", reference::events::v1::PopulationRecorded());
  rig.Settle();
  std::multiset<std::string> reasons;
  for (const auto& record : rig.Records(topics::QuarantineOf(topics::kFamily))) {
    reasons.insert(std::string(*record.headers.Find("reason")));
    EXPECT_TRUE(runtime::FromHeaders(record.headers).has_value());
  }
  EXPECT_THAT(reasons, UnorderedElementsAre("SIZE_OUT_OF_RANGE", "REGION_CODE_MALFORMED",
                                            "WELFARE_OUT_OF_RANGE", "PAYLOAD_UNREADABLE"));
  EXPECT_EQ(rig.Value("0", "families"), "1");
}

// A fixed story of many publications, told to a rig in steps.
void TellStep(TargetingRig* rig, int step) {
  if (step == 0) rig->SetProgramme(ToiletProgramme());
  for (int i = 0; i < 7; ++i) {
    const int id = 1 + (step * 5 + i * 3) % 23;
    rig->Record({.id = id,
                 .region = (id + step) % 3 == 0 ? "33.26.13.1019" : "33.26.15.2014",
                 .size = 1 + id % 6,
                 .welfare = 100'000 + (id * 37'000 + step * 61'000) % 900'000,
                 .answers = {{kToilet, 1 + (id + step) % 6}}});
  }
  if (step == 4) rig->Withdraw(5);
}
constexpr int kSteps = 8;

// Everything said, by (topic, partition, sequence): readers drop repeats by it.
using Said = std::map<std::tuple<std::string, int, int64_t>, std::pair<std::string, std::string>>;

Said ReadSaid(TargetingRig* rig) {
  Said said;
  for (std::string_view topic : {topics::kManifest, topics::kIndicator, topics::kNeed,
                                 topics::kPriority, topics::kCrossing}) {
    for (const auto& record : rig->Records(topic)) {
      const auto envelope = runtime::FromHeaders(record.headers);
      EXPECT_TRUE(envelope.has_value());
      const std::tuple key{record.topic, record.partition, envelope->sequence};
      const std::pair content{envelope->id, *record.value};
      const auto [it, inserted] = said.emplace(key, content);
      EXPECT_EQ(it->second, content) << "one sequence, two contents in " << topic;
    }
  }
  return said;
}

Said Tell(TargetingRig* rig) {
  rig->SetLine("33.26", "500000");
  for (int step = 0; step < kSteps; ++step) {
    TellStep(rig, step);
    rig->Settle();
  }
  return ReadSaid(rig);
}

TEST(Publication, AfterACrashAtAnyAppendTheSameIsSaidUnderTheSameIds) {
  TargetingRig undisturbed;
  const Said expected = Tell(&undisturbed);
  const int64_t appends = undisturbed.log.appends();
  ASSERT_GT(appends, 15);
  int crashes = 0;
  for (int64_t at = 1; at < appends; ++at) {
    for (FaultyLog::Fault fault : {FaultyLog::Fault::kLost, FaultyLog::Fault::kDurable}) {
      TargetingRig rig;
      rig.SetLine("33.26", "500000");
      rig.log.fault = [&](int64_t append) {
        return append == at ? fault : FaultyLog::Fault::kNone;
      };
      for (int step = 0; step < kSteps; ++step) {
        TellStep(&rig, step);
        // Polls as Settle() does; the process dies at the failed append.
        for (int idle = 0; idle < 3; ++idle) {
          if (!rig.PollOnce().ok()) {
            ++crashes;
            rig.Restart();
          }
          rig.clock.AdvanceMs(400);
        }
        rig.Settle();
      }
      const Said said = ReadSaid(&rig);
      ASSERT_EQ(said.size(), expected.size()) << "append " << at;
      for (const auto& [key, content] : said) {
        EXPECT_EQ(expected.at(key).first, content.first) << "append " << at;
      }
    }
  }
  EXPECT_GT(crashes, 20);
}

TEST(Publication, AStartThatFailedHalfwayBeginsAnew) {
  TargetingRig rig({.max_batch = 2});
  const Said expected = Tell(&rig);
  const int64_t first = rig.log.opens();
  rig.Restart();
  const int64_t opens = rig.log.opens() - first;
  ASSERT_GE(opens, 3);
  for (int64_t at = 0; at < opens; ++at) {
    const int64_t broken = rig.log.opens() + at;
    rig.log.breaks = [broken](int64_t open) { return open == broken; };
    rig.Restart();
    ASSERT_GT(rig.log.opens(), broken);
    rig.Settle();
    EXPECT_EQ(ReadSaid(&rig).size(), expected.size()) << "opening " << at;
  }
}

TEST(Publication, AnUnavailableLogDelaysAndLosesNothing) {
  TargetingRig undisturbed;
  const size_t expected = Tell(&undisturbed).size();
  TargetingRig rig;
  rig.SetLine("33.26", "500000");
  rig.log.fault = [](int64_t append) {
    return append % 3 == 1   ? FaultyLog::Fault::kLost
           : append % 3 == 2 ? FaultyLog::Fault::kDurable
                             : FaultyLog::Fault::kNone;
  };
  for (int step = 0; step < kSteps; ++step) {
    TellStep(&rig, step);
    for (int i = 0; i < 30; ++i) {
      rig.PollOnce().IgnoreError();
      rig.clock.AdvanceMs(100);
    }
  }
  EXPECT_EQ(ReadSaid(&rig).size(), expected);
}

TEST(Publication, ARestartedServiceGoesOnWithTheNextNumber) {
  TargetingRig rig;
  Tell(&rig);
  const auto before = rig.Read<PublicationManifest>(topics::kManifest);
  rig.Restart();
  rig.Settle();
  EXPECT_EQ(rig.Records(topics::kManifest).size(), before.size());
  rig.Record({.id = 1, .size = 3});
  rig.Settle();
  const auto after = rig.Read<PublicationManifest>(topics::kManifest);
  EXPECT_EQ(after.back().publication(), before.back().publication() + 1);
}

TEST(Publication, EverythingIsSaidAgainWhenTheLogNoLongerYieldsTheDigest) {
  TargetingRig rig;
  rig.Record({.id = 1, .welfare = 100'000});
  rig.Settle();
  // A manifest that claims another state for the same inputs.
  PublicationManifest altered = rig.Read<PublicationManifest>(topics::kManifest)[0];
  altered.set_publication(2);
  altered.set_state_digest(std::string(32, '0'));
  rig.Say(topics::kManifest, 0, "2", altered);
  rig.Restart();
  const size_t before = rig.Records(topics::kIndicator).size();
  rig.Settle();
  EXPECT_EQ(rig.Read<PublicationManifest>(topics::kManifest).back().publication(), 3);
  EXPECT_EQ(rig.Records(topics::kIndicator).size(), before + 5);
}

}  // namespace
}  // namespace sepakat::targeting
