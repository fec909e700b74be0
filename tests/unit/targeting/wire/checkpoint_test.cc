// Checkpoints: written while publications go on, used at the next start, and refused with a reason
// when they are not what was published.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "sepakat/ingestion/events/v1/ingestion_events.pb.h"
#include "tests/support/files/simulated_disk.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using runtime::Severity;
using support::SimulatedDisk;
using support::TargetingRig;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
namespace topics = runtime::topics;

constexpr int64_t kIntervalMs = 60'000;

TargetingOptions Options() {
  TargetingOptions options;
  options.checkpoint_interval_ms = kIntervalMs;
  options.checkpoint_families = 1'000'000;
  return options;
}

// A programme for families below the line, and its line; then families, changed, moved, withdrawn.
class Checkpoints : public testing::Test {
 protected:
  Checkpoints() {
    rig.files = &disk;
    rig.Restart();
    reference::events::v1::ProgrammeRecorded programme;
    programme.set_id("bpnt");
    programme.set_version("1");
    programme.mutable_rule()->set_decile_max(4);
    rig.SetProgramme(programme);
    rig.SetLine("33.26", "538371");
    v1::SetMpiRequest measure;
    measure.mutable_context()->set_request_id("mpi");
    measure.mutable_mpi()->set_id("rumah");
    measure.mutable_mpi()->set_version("2026");
    measure.mutable_mpi()->set_denominator(1);
    measure.mutable_mpi()->set_cutoff_numerator(1);
    measure.mutable_mpi()->set_cutoff_denominator(1);
    measure.mutable_mpi()->add_indicators()->set_deprivation("inadequate_floor_space");
    measure.mutable_mpi()->mutable_indicators(0)->set_dimension("house");
    measure.mutable_mpi()->mutable_indicators(0)->set_weight(1);
    EXPECT_TRUE(rig.Call<v1::SetMpiResponse>("SetMpi", measure).ok());
    for (int id = 1; id <= 40; ++id) {
      rig.Record({.id = id,
                  .region = id % 4 == 0 ? "33.26.15.2001" : "33.26.15.2014",
                  .size = 1 + id % 6,
                  .welfare = 300'000 + id * 17'000,
                  .answers = {{common::v1::VARIABLE_FLOOR_AREA_M2, 20 + id}}});
    }
    rig.Settle();
    rig.Record({.id = 3, .region = "33.26.01.2001", .welfare = 900'000});
    rig.Withdraw(4, "33.26.15.2001");
    rig.Settle();
  }

  // Lets a checkpoint be due and written.
  void WriteCheckpoint() {
    const double before = rig.telemetry.Number("sepakat_targeting_checkpoints_total");
    Change();
    rig.Settle();
    rig.clock.AdvanceMs(kIntervalMs);
    rig.Settle();
    ASSERT_EQ(rig.telemetry.Number("sepakat_targeting_checkpoints_total"), before + 1);
  }
  void Change() { rig.Record({.id = 5, .size = 5, .welfare = 400'000 + ++changes * 1'000}); }

  std::vector<std::string> Files() { return *disk.List(); }
  std::string Digest() { return rig.Manifests().back().state_digest(); }
  // What the errors of the last start said.
  std::string Errors() {
    std::string all;
    for (const auto& line : rig.telemetry.Lines(Severity::kError)) all += line.message + "\n";
    return all;
  }
  // Restarts and lets something new be published; the state must be that of the log alone.
  void RestartAndCompare() {
    rig.telemetry.Clear();
    rig.Restart();
    Change();
    rig.Settle();
    v1::VerifyPublicationRequest request;
    const auto report = rig.Call<v1::VerifyPublicationResponse>("VerifyPublication", request);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_TRUE(report->passed()) << report->ShortDebugString();
    EXPECT_EQ(report->digest_said(), report->digest_recomputed());
  }
  bool StartedFromCheckpoint() {
    for (const auto& line : rig.telemetry.Lines(Severity::kInfo)) {
      if (line.message.starts_with("restored publication")) return true;
    }
    return false;
  }

  SimulatedDisk disk;
  TargetingRig rig{Options()};
  int changes = 0;
};

TEST_F(Checkpoints, AreWrittenWhenTheTimeHasComeAndSomethingChanged) {
  EXPECT_THAT(Files(), IsEmpty());
  rig.clock.AdvanceMs(kIntervalMs);
  rig.Settle();
  ASSERT_THAT(Files(), SizeIs(1));
  rig.clock.AdvanceMs(10 * kIntervalMs);
  rig.Settle();
  EXPECT_THAT(Files(), SizeIs(1));
  WriteCheckpoint();
  WriteCheckpoint();
  EXPECT_THAT(Files(), SizeIs(2)) << "two generations are kept";
}

TEST(CheckpointsByChange, AreWrittenWhenManyFamiliesChangedWhateverTheClockSays) {
  TargetingOptions options = Options();
  options.checkpoint_families = 10;
  TargetingRig rig{options};
  SimulatedDisk disk;
  rig.files = &disk;
  rig.Restart();
  for (int id = 1; id < 10; ++id) rig.Record({.id = id});
  rig.Settle();
  EXPECT_THAT(*disk.List(), IsEmpty());
  rig.Record({.id = 10});
  rig.Settle();
  EXPECT_THAT(*disk.List(), SizeIs(1));
}

TEST_F(Checkpoints, AStartFromOneEqualsAStartFromTheLog) {
  WriteCheckpoint();
  RestartAndCompare();
  EXPECT_TRUE(StartedFromCheckpoint());
  EXPECT_EQ(Errors(), "");
}

TEST_F(Checkpoints, AStartReadsOnlyWhatCameAfterOne) {
  WriteCheckpoint();
  Change();
  rig.Settle();
  int64_t read = 0;
  rig.log.edit = [&](std::vector<runtime::LogRecord>& records) {
    for (const auto& record : records) read += record.topic == topics::kFamily ? 1 : 0;
  };
  rig.Restart();
  EXPECT_EQ(read, 1);
}

TEST_F(Checkpoints, APublicationThatFollowsIsTheSameWhetherTheServiceWasRestartedOrNot) {
  WriteCheckpoint();
  // The same inputs again for a service that nobody restarts.
  TargetingRig calm{Options()};
  calm.clock.AdvanceMs(rig.clock.NowMs() - calm.clock.NowMs());
  for (const auto topic :
       {topics::kProgramme, topics::kPovertyLine, topics::kMpi, topics::kFamily}) {
    for (const runtime::LogRecord& record : rig.Records(topic)) {
      const runtime::OutRecord again{record.topic, record.partition, record.key,
                                     record.value, record.headers,   record.timestamp_ms};
      ASSERT_TRUE(calm.memory.Append({&again, 1}).ok());
    }
  }
  calm.Settle();
  rig.Restart();
  // The last family of a district leaves; a new line touches every region, the empty one too.
  const size_t said = rig.Records(topics::kIndicator).size();
  const size_t said_calmly = calm.Records(topics::kIndicator).size();
  for (TargetingRig* each : {&rig, &calm}) {
    each->Record({.id = 3, .version = 50});
    each->Settle();
    reference::events::v1::PovertyLineRecorded line;
    line.set_region("33.26");
    line.set_valid_from(20'000);
    line.set_value("600000");
    line.set_version("second");
    each->Say(topics::kPovertyLine, 0, "line", line);
    each->Settle();
  }
  const auto after = [](TargetingRig& each, size_t from) {
    std::vector<std::string> keys;
    const auto records = each.Records(topics::kIndicator);
    for (size_t i = from; i < records.size(); ++i) keys.push_back(records[i].key);
    return keys;
  };
  EXPECT_THAT(after(rig, said), testing::UnorderedElementsAreArray(after(calm, said_calmly)));
  EXPECT_EQ(rig.Manifests().back().state_digest(), calm.Manifests().back().state_digest());
}

TEST_F(Checkpoints, FiguresOfARegionThatWasEmptyBeforeOneAreSaidAgainUnderANewLine) {
  rig.Record({.id = 3, .region = "33.26.15.2014"});
  rig.Settle();  // 33.26.01 is empty now, and that was said
  WriteCheckpoint();
  rig.Restart();
  ASSERT_TRUE(StartedFromCheckpoint());
  const size_t before = rig.Records(topics::kIndicator).size();
  v1::RankingSettings ranking;
  ranking.set_decile_by("persons");
  ranking.set_version("persons");
  rig.Say(topics::kRankingSettings, 0, "register", ranking);
  rig.Settle();
  std::set<std::string> keys;
  const auto records = rig.Records(topics::kIndicator);
  for (size_t i = before; i < records.size(); ++i) keys.insert(records[i].key);
  EXPECT_TRUE(keys.contains("register/33.26.01.2001")) << "the setting stands beside its figures";
}

TEST_F(Checkpoints, ADamagedOneIsToldWithFileAndBlockAndTheOlderGenerationIsUsed) {
  WriteCheckpoint();
  WriteCheckpoint();
  const std::string newest = Files().back();
  std::string bytes = disk.Bytes(newest);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  disk.SetBytes(newest, bytes);
  RestartAndCompare();
  EXPECT_TRUE(StartedFromCheckpoint());
  EXPECT_THAT(Errors(), AllOf(HasSubstr(newest), HasSubstr("block 1"),
                              HasSubstr("the checksum does not match")));
  EXPECT_EQ(rig.telemetry.Number("sepakat_targeting_checkpoints_refused_total"), 1);
}

TEST_F(Checkpoints, WithoutAnyThatIsWholeTheLogIsUsed) {
  WriteCheckpoint();
  WriteCheckpoint();
  for (const std::string& file : Files()) disk.SetBytes(file, disk.Bytes(file).substr(0, 100));
  RestartAndCompare();
  EXPECT_FALSE(StartedFromCheckpoint());
  EXPECT_EQ(rig.telemetry.Number("sepakat_targeting_checkpoints_refused_total"), 2);
}

// Every byte of a small checkpoint, flipped in one bit: none is used, none brings the start down.
TEST_F(Checkpoints, NoFlippedBitGoesUnnoticed) {
  WriteCheckpoint();
  for (const std::string& file : Files()) {
    const std::string whole = disk.Bytes(file);
    std::mt19937 random(7);
    for (int trial = 0; trial < 200; ++trial) {
      std::string bytes = whole;
      const size_t bit = random() % (bytes.size() * 8);
      bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
      disk.SetBytes(file, bytes);
      rig.telemetry.Clear();
      rig.Restart();
      ASSERT_FALSE(StartedFromCheckpoint()) << file << " bit " << bit;
      ASSERT_THAT(Errors(), HasSubstr(file)) << bit;
    }
    disk.SetBytes(file, whole);
  }
}

// A register that is not the log's own: its publications have other digests.
TEST_F(Checkpoints, OneOfAnotherLogIsNotUsed) {
  WriteCheckpoint();
  TargetingRig other{Options()};
  for (int id = 1; id <= 3; ++id) {
    for (int again = 0; again < 6; ++again) {
      other.Record({.id = id, .welfare = 100'000 + again});
      other.Settle();
    }
  }
  const std::string digest = other.Manifests().back().state_digest();
  other.files = &disk;
  other.telemetry.Clear();
  other.Restart();
  other.Settle();
  EXPECT_EQ(other.telemetry.Number("sepakat_targeting_checkpoints_refused_total"), 1);
  EXPECT_EQ(other.Manifests().back().state_digest(), digest);
  EXPECT_EQ(other.Figure("33.26", "families").numerator(), "3");
}

TEST_F(Checkpoints, OneThatIsAheadOfTheManifestsIsNotUsed) {
  WriteCheckpoint();
  TargetingRig shorter{Options()};
  shorter.Record({.id = 1});
  shorter.Settle();
  shorter.files = &disk;
  shorter.Restart();
  bool told = false;
  for (const auto& line : shorter.telemetry.Lines(Severity::kError)) {
    told = told || line.message.find("the log ends with 1") != std::string::npos ||
           line.message.find("not used") != std::string::npos;
  }
  EXPECT_TRUE(told);
}

TEST_F(Checkpoints, ARequestActsOnceAlsoAfterAStartFromOne) {
  v1::SetPovertyLinesRequest request;
  request.mutable_context()->set_request_id("once");
  auto& line = *request.add_lines();
  line.set_region("33.26");
  line.set_valid_from(20'000);
  line.set_value("700000");
  line.set_version("third");
  ASSERT_TRUE(rig.Call<v1::SetPovertyLinesResponse>("SetPovertyLines", request).ok());
  WriteCheckpoint();
  const size_t lines = rig.Records(topics::kPovertyLine).size();
  rig.Restart();
  ASSERT_TRUE(StartedFromCheckpoint());
  ASSERT_TRUE(rig.Call<v1::SetPovertyLinesResponse>("SetPovertyLines", request).ok());
  EXPECT_THAT(rig.Records(topics::kPovertyLine), SizeIs(lines));
}

TEST_F(Checkpoints, FamiliesThatChangeWhileOneIsWrittenAreInItAsTheyWere) {
  Change();
  rig.Settle();
  rig.clock.AdvanceMs(kIntervalMs);
  ASSERT_TRUE(*rig.RelayOnce());  // begun: the header is written, no family yet
  const int64_t publication = rig.Manifests().back().publication();
  for (int id = 1; id <= 60; ++id) rig.Record({.id = id, .size = 2, .welfare = 123'456});
  rig.SetLine("33.26", "111111");
  while (rig.telemetry.Number("sepakat_targeting_checkpoints_total") == 0) {
    ASSERT_TRUE(rig.PollOnce().ok());
    rig.clock.AdvanceMs(400);
    ASSERT_TRUE(rig.PollOnce().ok());
    ASSERT_TRUE(rig.RelayOnce().ok());
  }
  EXPECT_GT(rig.Manifests().back().publication(), publication);
  EXPECT_THAT(Files(), ElementsAre(HasSubstr(std::to_string(publication))));
  RestartAndCompare();
  EXPECT_TRUE(StartedFromCheckpoint());
  EXPECT_EQ(Errors(), "");
}

TEST_F(Checkpoints, AFullDiskCostsTheCheckpointAndNothingElse) {
  disk.before = [](const SimulatedDisk::Step& step) {
    return step.kind == SimulatedDisk::Kind::kAppend
               ? absl::ResourceExhaustedError("no space is left")
               : absl::OkStatus();
  };
  Change();
  rig.Settle();
  rig.clock.AdvanceMs(kIntervalMs);
  rig.Settle();
  EXPECT_EQ(rig.telemetry.Number("sepakat_targeting_checkpoints_failed_total"), 1);
  EXPECT_THAT(Errors(), HasSubstr("no space is left"));
  Change();
  rig.Settle();
  EXPECT_NE(rig.Value("33.26", "p0"), "");
  disk.before = [](const SimulatedDisk::Step&) { return absl::OkStatus(); };
  rig.clock.AdvanceMs(kIntervalMs);
  rig.Settle();
  EXPECT_THAT(Files(), SizeIs(1));
}

}  // namespace
}  // namespace sepakat::targeting
