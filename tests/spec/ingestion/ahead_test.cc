// Records are translated ahead of their turn; what is decided is what holds when their turn comes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/date.h"
#include "common/platform/crypto/key_file.h"
#include "common/runtime/overlay_transaction.h"
#include "common/runtime/topics.h"
#include "ingestion/app/reference_commands.h"
#include "tests/spec/ingestion/world.h"

namespace sepakat::ingestion {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr char kDistrictOnly[] =
    "kode,nama\n33,Jawa Tengah\n33.26,Kabupaten Pekalongan\n33.26.15,Buaran\n";
constexpr char kWithVillage[] =
    "kode,nama\n33,Jawa Tengah\n33.26,Kabupaten Pekalongan\n33.26.15,Buaran\n"
    "33.26.15.2014,Watusalam\n";

// The task of ingestion without its loop: every step when the test says so.
class WorkingAhead : public testing::Test {
 protected:
  WorkingAhead()
      : secrets_(platform::SecretsFromKey(std::string(32, 'k'))),
        intake_(&log_, secrets_.get(), &codec_, &clock_),
        task_(&codec_, secrets_.get(), {}) {
    EXPECT_TRUE(log_.EnsureTopics(runtime::topics::All(4)).ok());
    EXPECT_TRUE(intake_.Start(1).ok());
    task_.SetPartitions(4);
    EXPECT_TRUE(task_.Reset(store_).ok());
    runtime::OverlayTransaction tx = NewTransaction();
    EXPECT_TRUE(RegisterBook(&task_, kVillageBook, "desa.toml", tx).ok());
    task_.AfterCommit();
    LoadRegionsOf(20'000, kDistrictOnly);
  }

  runtime::OverlayTransaction NewTransaction() {
    return {store_, log_, "sepakat/ingestion", sequences_, clock_.NowMs()};
  }

  // A command between two batches.
  void LoadRegionsOf(int32_t valid_from, std::string_view csv) {
    RegionEdition edition;
    edition.name = "uji";
    edition.valid_from = valid_from;
    runtime::OverlayTransaction tx = NewTransaction();
    ASSERT_TRUE(LoadRegions(&task_, edition, csv, tx).ok());
    task_.AfterCommit();
  }

  // A family of Watusalam, surveyed on `day`.
  void SubmissionOf(const std::string& day) {
    const std::map<std::string, std::string> answers = {{"kk", "3326150000000003"},
                                                        {"kode", "33.26.15.2014"},
                                                        {"umur", "41"},
                                                        {"hub", "1"},
                                                        {"bobot", "1"},
                                                        {"konsumsi", "900000"},
                                                        {"lantai", "1"},
                                                        {"tgl", day}};
    const CodeBook& book = (*task_.catalogue().Get()->Find("desa", ""))->book;
    std::vector<std::string_view> cells;
    for (const std::string& column : book.columns) {
      const auto answer = answers.find(column);
      cells.push_back(answer == answers.end() ? std::string_view() : answer->second);
    }
    RecordWriter writer;
    writer.AddRow(cells);
    runtime::OutRecord sealed =
        intake_.Seal({"ingest", "uji", &book}, {.content = writer.Finish(), .line = 2}, nullptr);
    records_ = {{sealed.topic, sealed.partition, 0, sealed.key, sealed.value, {}, 0}};
  }

  // The turn of the batch: the family that is said.
  events::v1::FamilyRecorded Handle() {
    runtime::OverlayTransaction tx = NewTransaction();
    EXPECT_TRUE(task_.Prepare(records_, tx).ok());
    events::v1::FamilyEvent event;
    for (const runtime::LogRecord& record : records_) {
      EXPECT_TRUE(task_.OnRecord(record, {}, tx).ok());
    }
    runtime::StoreBatch batch;
    runtime::Sequences changed;
    const auto said = tx.Finish(&batch, &changed);
    for (const runtime::OutRecord& record : *said) {
      if (record.topic == runtime::topics::kFamily) event.ParseFromString(*record.value);
    }
    return event.recorded();
  }

  embedded::MemoryLog log_;
  embedded::MemoryStore store_;
  support::ManualClock clock_;
  runtime::Sequences sequences_;
  EventCodec codec_;
  std::unique_ptr<runtime::Secrets> secrets_;
  Intake intake_;
  IngestionTask task_;
  std::vector<runtime::LogRecord> records_;
};

TEST_F(WorkingAhead, ARegionThatBecameKnownMeanwhileCounts) {
  (void)Handle();  // From here on the day is known.
  SubmissionOf("05/03/2025");
  task_.WorkAhead(records_);
  LoadRegionsOf(20'001, kWithVillage);
  const events::v1::FamilyRecorded family = Handle();
  EXPECT_EQ(family.region(), "33.26.15.2014");
  EXPECT_THAT(family.flags(), testing::IsEmpty());
}

TEST_F(WorkingAhead, WhatWasTrueAheadStaysTrue) {
  (void)Handle();
  SubmissionOf("05/03/2025");
  task_.WorkAhead(records_);
  const events::v1::FamilyRecorded family = Handle();
  EXPECT_EQ(family.region(), "33.26.15");
  EXPECT_THAT(family.flags(), testing::ElementsAre("REGION_PARTLY_KNOWN"));
}

TEST_F(WorkingAhead, ASurveyOfTodayIsNotInTheFutureBecauseItArrivedBeforeMidnight) {
  (void)Handle();
  SubmissionOf("26/11/2025");
  task_.WorkAhead(records_);
  clock_.AdvanceMs(kDayMs);
  EXPECT_EQ(Handle().observed_on(), base::DaysFromCivil({.year = 2025, .month = 11, .day = 26}));
}

}  // namespace
}  // namespace sepakat::ingestion
