// The all-in-one program is killed without warning while data arrives: nothing that was
// acknowledged is lost, nothing counts twice, and the figures are those of a run that nobody
// disturbed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/programs/arriving_file.h"
#include "tests/support/programs/office.h"
#include "tests/support/programs/outcome.h"
#include "tests/support/programs/survey_file.h"

namespace sepakat::faults {
namespace {

using support::CommandResult;
using support::Office;
using support::SurveyFile;
using testing::HasSubstr;

constexpr int kSomeRejected = 2;

class KillTest : public testing::Test {
 protected:
  std::filesystem::path Folder(const std::string& name) const {
    const std::filesystem::path folder = folder_.path() / name;
    std::filesystem::create_directories(folder);
    return folder;
  }

  // Sends the file and kills the office when `part` of `parts` pieces have arrived.
  void KillDuringIngest(Office& office, const SurveyFile& survey, int part, int parts) {
    support::ArrivingFile file(folder_.path() / "arriving", survey.Content());
    support::ServerProcess sender(office.door().Command(SurveyFile::IngestFrom(file.path())),
                                  folder_.path() / "ingest.log");
    ASSERT_TRUE(sender.Start().ok());
    ASSERT_TRUE(file.Arrive(part, parts)) << sender.LogTail();
    office.Kill();
    (void)file.ArriveWhole();  // The sender learns of it when it sends on.
    ASSERT_TRUE(sender.WaitUntilEnded(std::chrono::seconds(60)));
    EXPECT_EQ(sender.exit_code(), 1);
    EXPECT_THAT(sender.LogTail(), HasSubstr("SERVER_UNREACHABLE"));
  }

  const support::TemporaryFolder folder_{"sepakat-kill"};
};

TEST_F(KillTest, OutcomeAfterKillsDuringIngestEqualsThatOfAnUndisturbedRun) {
  const SurveyFile survey(folder_.path() / "register.csv", 8000, 1);
  Office calm(Folder("calm"));
  ASSERT_TRUE(calm.Open().ok()) << calm.LogTail();
  calm.door().LoadReference();
  const CommandResult undisturbed = calm.door().Run(survey.Ingest());
  ASSERT_EQ(undisturbed.exit_code, kSomeRejected) << undisturbed.output;
  EXPECT_THAT(undisturbed.output, HasSubstr(survey.promise()));
  const CommandResult again = calm.door().Run(survey.Ingest());
  EXPECT_THAT(again.output, HasSubstr("accepted 0 + flagged 0 + rejected 0 + repeated "));

  Office shaken(Folder("shaken"));
  ASSERT_TRUE(shaken.Open().ok()) << shaken.LogTail();
  shaken.door().LoadReference();
  constexpr int kKills = 3;
  for (int kill = 1; kill <= kKills; ++kill) {
    KillDuringIngest(shaken, survey, kill, kKills + 1);
    ASSERT_TRUE(shaken.Open().ok()) << shaken.LogTail();
  }
  const CommandResult complete = shaken.door().Run(survey.Ingest());
  ASSERT_LE(complete.exit_code, kSomeRejected) << complete.output;

  support::ExpectSameOutcome(calm.door(), shaken.door());
}

}  // namespace
}  // namespace sepakat::faults
