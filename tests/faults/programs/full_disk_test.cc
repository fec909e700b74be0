// The disk fills up while a survey arrives: the program says so in one sentence and ends, and when
// there is space again it goes on with everything that it had acknowledged.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "tests/support/programs/office.h"
#include "tests/support/programs/outcome.h"
#include "tests/support/programs/small_disk.h"
#include "tests/support/programs/survey_file.h"

namespace sepakat::faults {
namespace {

using std::chrono::seconds;
using support::CommandResult;
using support::FrontDoor;
using support::SmallDisk;
using support::SurveyFile;
using testing::HasSubstr;

constexpr int kFailed = 1;
constexpr int kSomeRejected = 2;
constexpr int kDiskFull = 74;
constexpr int64_t kDiskBytes = 256 << 20;
constexpr int64_t kSpaceLeft = 1 << 20;

class FullDisk : public testing::Test {
 protected:
  std::filesystem::path Folder(const std::string& name) const {
    const std::filesystem::path folder = folder_.path() / name;
    std::filesystem::create_directories(folder);
    return folder;
  }

  // Fills the disk and sends one survey after the other until one is refused. The store has set
  // space aside, so the first ones still pass.
  std::vector<SurveyFile> SendUntilRefused(const SmallDisk& disk, const FrontDoor& door) const {
    constexpr int kMostSurveys = 30;
    disk.Fill(kSpaceLeft);
    std::vector<SurveyFile> sent;
    CommandResult result{.exit_code = kSomeRejected, .output = ""};
    while (result.exit_code == kSomeRejected && sent.size() < kMostSurveys) {
      const int seed = static_cast<int>(sent.size()) + 1;
      sent.emplace_back(folder_.path() / (std::to_string(seed) + ".csv"), 6000, seed);
      result = door.Run(sent.back().Ingest());
    }
    EXPECT_EQ(result.exit_code, kFailed) << result.output;
    return sent;
  }

  const support::TemporaryFolder folder_{"sepakat-disk"};
};

TEST_F(FullDisk, EndsTheAllInOneProgramAndNothingAcknowledgedIsLost) {
  const auto disk = SmallDisk::Mount(Folder("office/data"), kDiskBytes);
  if (disk == nullptr) GTEST_SKIP() << SmallDisk::kWhyNot;
  support::Office office(Folder("office"));
  ASSERT_TRUE(office.Open().ok()) << office.LogTail();
  office.door().LoadReference();
  const std::vector<SurveyFile> sent = SendUntilRefused(*disk, office.door());
  ASSERT_TRUE(office.WaitUntilEnded(seconds(60)));
  EXPECT_EQ(office.exit_code(), kDiskFull) << office.LogTail();
  EXPECT_THAT(office.LogTail(), HasSubstr("sepakat serve: "));
  EXPECT_THAT(office.LogTail(), HasSubstr("the disk is full"));

  disk->Free();
  ASSERT_TRUE(office.Open().ok()) << office.LogTail();
  const CommandResult complete = office.door().Run(sent.back().Ingest());
  ASSERT_LE(complete.exit_code, kSomeRejected) << complete.output;

  support::Office calm(Folder("calm"));
  ASSERT_TRUE(calm.Open().ok()) << calm.LogTail();
  calm.door().LoadReference();
  for (const SurveyFile& survey : sent) {
    ASSERT_EQ(calm.door().Run(survey.Ingest()).exit_code, kSomeRejected);
  }
  support::ExpectSameOutcome(calm.door(), office.door());
}

TEST_F(FullDisk, EndsAServiceProcessAndSendingAgainCompletesTheDelivery) {
  const auto disk = SmallDisk::Mount(Folder("data"), kDiskBytes);
  if (disk == nullptr) GTEST_SKIP() << SmallDisk::kWhyNot;
  const int port = support::FreePort();
  const FrontDoor door({"SEPAKAT_SERVER=127.0.0.1:" + std::to_string(port)}, 0);
  support::ServerProcess ingestion(
      {support::Program("sepakat-ingestion"), "--data.dir", Folder("data").string(), "--grpc.port",
       std::to_string(port), "--metrics.port", "0", "--log.level", "warning"},
      folder_.path() / "ingestion.log");
  const auto start = [&] {
    const absl::Status started = ingestion.Start();
    if (!started.ok()) return started;
    return support::WaitUntilReady(ingestion, "sepakat-ingestion", seconds(60), [&] {
      return door.Run({"codebook", "list"}).exit_code == 0;
    });
  };
  ASSERT_TRUE(start().ok()) << ingestion.LogTail();
  ASSERT_EQ(door.Run({"regions", "load"}).exit_code, 0);
  const std::vector<SurveyFile> sent = SendUntilRefused(*disk, door);
  ASSERT_TRUE(ingestion.WaitUntilEnded(seconds(60)));
  EXPECT_EQ(ingestion.exit_code(), kDiskFull) << ingestion.LogTail();
  EXPECT_THAT(ingestion.LogTail(), HasSubstr("sepakat-ingestion: "));
  EXPECT_THAT(ingestion.LogTail(), HasSubstr("the disk is full"));

  disk->Free();
  ASSERT_TRUE(start().ok()) << ingestion.LogTail();
  const CommandResult complete = door.Run(sent.back().Ingest());
  EXPECT_LE(complete.exit_code, kSomeRejected) << complete.output;
  for (const SurveyFile& survey : sent) {
    EXPECT_THAT(door.Run(survey.Ingest()).output,
                HasSubstr("accepted 0 + flagged 0 + rejected 0 + repeated "));
  }
}

}  // namespace
}  // namespace sepakat::faults
