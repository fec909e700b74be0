// One submission acts once, one family has one newest version, and moves leave no trace behind.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "common/runtime/topics.h"
#include "tests/spec/ingestion/world.h"

namespace sepakat::ingestion {
namespace {

std::string Row(int family, std::string_view region = "33.26.15.2014", int welfare = 1'500'000,
                std::string_view date = "05/03/2025") {
  return fmt::format("33261500000000{:02};{};Suparti;3326154101900{:03};41;1;1;{};1;;{}\n", family,
                     region, family, welfare, date);
}

class Identity : public testing::Test {
 protected:
  void SetUp() override {
    world.LoadRegions();
    ASSERT_TRUE(world.Register(kVillageBook).ok());
  }
  events::v1::IngestProgressed Give(const std::string& rows, const std::string& request = "") {
    const auto answer = world.Ingest(std::string(kHeader) + rows, "desa", 1000, request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? answer->progress() : events::v1::IngestProgressed();
  }
  World world;
};

TEST_F(Identity, AFileGivenTwiceChangesNothing) {
  EXPECT_EQ(Give(Row(1) + Row(2)).accepted(), 2);
  const auto second = Give(Row(1) + Row(2));
  EXPECT_EQ(second.repeated(), 2);
  EXPECT_EQ(second.received(), 2);
  EXPECT_EQ(world.FamilyEvents().size(), 2U);
}

TEST_F(Identity, OfAFileWithOneChangedRowOnlyThatOneIsNew) {
  Give(Row(1) + Row(2) + Row(3));
  const auto second = Give(Row(1) + Row(2, "33.26.15.2014", 900'000) + Row(3));
  EXPECT_EQ(second.accepted(), 1);
  EXPECT_EQ(second.repeated(), 2);
  int64_t highest = 0;
  for (const auto& [key, event] : world.Newest()) {
    highest = std::max(highest, event.recorded().version());
    if (event.recorded().version() == 2) {
      EXPECT_EQ(event.recorded().snapshot().welfare(), 900'000);
    }
  }
  EXPECT_EQ(highest, 2);
}

TEST_F(Identity, AFileThatWasBrokenOffAndIsSentAgainEndsAsIfItHadComeWhole) {
  const std::string whole = Row(1) + Row(2) + Row(1, "33.26.15.2013");
  Give(Row(1));
  const auto again = Give(whole);
  EXPECT_EQ(again.repeated(), 1);
  EXPECT_EQ(again.accepted(), 1);
  EXPECT_EQ(again.rejected(), 1) << "the same family again in one file, with other content";
  for (const auto& [key, event] : world.Newest()) EXPECT_EQ(event.recorded().version(), 1) << key;
  EXPECT_EQ(Give(whole).repeated(), 3);
}

TEST_F(Identity, RecordsThatTheLogTookWithoutBeingAbleToSaySoCountOnce) {
  std::string rows;
  constexpr int kFamilies = 30;  // Several blocks.
  for (int family = 1; family <= kFamilies; ++family) rows += Row(family);
  world.log.FailNext(3, runtime::topics::kSubmission);
  const auto told = Give(rows);
  EXPECT_EQ(told.accepted(), kFamilies);
  EXPECT_EQ(told.received(), kFamilies);
  EXPECT_TRUE(told.complete());
  EXPECT_EQ(world.FamilyEvents().size(), static_cast<size_t>(kFamilies));
}

TEST_F(Identity, TheSameRequestGivesTheSameAnswer) {
  const auto first = Give(Row(1) + Row(2), "unggah-1");
  const auto again = Give(Row(1) + Row(2), "unggah-1");
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
}

TEST_F(Identity, NothingIsForgottenByARestart) {
  Give(Row(1) + Row(2));
  world.Restart();
  EXPECT_EQ(Give(Row(1) + Row(2)).repeated(), 2);
  EXPECT_EQ(Give(Row(3)).accepted(), 1);
  EXPECT_EQ(world.FamilyEvents().size(), 3U);
}

v1::IngestStreamRequest Record(const std::string& id, const std::string& welfare) {
  v1::IngestStreamRequest record;
  record.set_submission_id(id);
  auto& cells = *record.add_rows()->mutable_cells();
  cells["kk"] = "3326150000000077";
  cells["kode"] = "33.26.15.2014";
  cells["hub"] = "1";
  cells["umur"] = "50";
  cells["bobot"] = "1";
  cells["konsumsi"] = welfare;
  cells["tgl"] = "05/03/2025";
  return record;
}

TEST_F(Identity, ASendersIdActsOnceAndIsRefusedWithOtherContent) {
  const auto first = world.Stream("desa", {Record("uuid-1", "900000")});
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->receipts_size(), 1);
  EXPECT_EQ(first->receipts(0).outcome(), "accepted") << first->DebugString();

  const auto again = world.Stream("desa", {Record("uuid-1", "900000")});
  EXPECT_EQ(again->receipts(0).outcome(), "repeated");
  EXPECT_EQ(again->receipts(0).family_id(), first->receipts(0).family_id());
  EXPECT_EQ(again->receipts(0).version(), 1);

  const auto other = world.Stream("desa", {Record("uuid-1", "100000")});
  ASSERT_EQ(other->receipts(0).outcome(), "rejected");
  EXPECT_EQ(other->receipts(0).findings(0).reason(), "SUBMISSION_ID_REUSED");
  EXPECT_EQ(world.FamilyEvents().size(), 1U);
}

TEST_F(Identity, ReceiptsComeInTheOrderOfTheRecords) {
  std::vector<v1::IngestStreamRequest> records;
  for (int i = 0; i < 20; ++i) {
    records.push_back(Record(fmt::format("id-{}", i), "900000"));
    (*records.back().mutable_rows(0)->mutable_cells())["kk"] =
        fmt::format("33261500000001{:02}", i);
  }
  const auto answer = world.Stream("desa", records);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->receipts_size(), 20);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(answer->receipts(i).submission_id(), fmt::format("id-{}", i));
  }
}

TEST_F(Identity, AnOlderObservationDoesNotReplaceANewerOne) {
  Give(Row(1, "33.26.15.2014", 900'000, "05/06/2025"));
  const auto older = Give(Row(1, "33.26.15.2014", 100'000, "05/03/2025"));
  EXPECT_EQ(older.flagged(), 1);
  EXPECT_EQ(world.FamilyEvents().size(), 1U);
}

TEST_F(Identity, AMoveToAnotherPartitionIsADepartureAndAnArrivalOfOneVersion) {
  Give(Row(1, "33.26.15.2014"));
  Give(Row(1, "33.75.01.1001"));
  const auto events = world.FamilyEvents();
  const PartitionTable table(4);
  ASSERT_NE(table.Of("33.26"), table.Of("33.75"));
  ASSERT_EQ(events.size(), 3U);
  int departures = 0;
  for (const auto& event : events) {
    if (!event.recorded().departed()) continue;
    ++departures;
    EXPECT_EQ(event.recorded().version(), 2);
    EXPECT_EQ(event.recorded().region(), "33.26.15.2014");
  }
  EXPECT_EQ(departures, 1);
}

TEST_F(Identity, AMoveInsideARegencyIsOneEvent) {
  Give(Row(1, "33.26.15.2014"));
  Give(Row(1, "33.26.15.2013"));
  EXPECT_EQ(world.FamilyEvents().size(), 2U);
}

TEST_F(Identity, AWithdrawnFamilyHasANewerVersionAndALateRepeatDoesNotReviveIt) {
  Give(Row(1));
  const std::string family = world.FamilyEvents()[0].recorded().family_id();
  v1::WithdrawFamilyRequest request;
  *request.mutable_context() = world.NewRequest();
  request.set_family_id(family);
  request.set_why("deceased");
  request.set_population("register");
  const auto done = world.Call<v1::WithdrawFamilyResponse>("WithdrawFamily", request);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->version(), 2);
  world.Settle();
  EXPECT_EQ(Give(Row(1)).repeated(), 1);
  const auto newest = world.Newest();
  EXPECT_TRUE(newest.at("register/" + family).has_withdrawn());
  EXPECT_EQ(world.store.Get("v/register/" + family)->has_value(), false) << "the vault forgets";
}

}  // namespace
}  // namespace sepakat::ingestion
