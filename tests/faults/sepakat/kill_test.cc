// The all-in-one program is killed without warning while data arrives: nothing that was
// acknowledged is lost, nothing counts twice, and the figures are those of a run that nobody
// disturbed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/faults/sepakat/office.h"

namespace sepakat::faults {
namespace {

using testing::HasSubstr;

class KillTest : public testing::Test {
 protected:
  void SetUp() override {
    file_ = (folder_.path() / "register.csv").string();
    const CommandResult made =
        RunProgram({SEPAKAT_PROGRAM, "generate", "--out", file_, "--families", "8000"});
    ASSERT_EQ(made.exit_code, 0) << made.output;
    families_ = std::to_string(NumberAfter(made.output, "accepted ") +
                               NumberAfter(made.output, "flagged "));
  }

  // `7,973` behind `words` as a number.
  static int64_t NumberAfter(const std::string& text, const std::string& words) {
    int64_t number = 0;
    for (size_t i = text.find(words) + words.size(); i < text.size(); ++i) {
      if (text[i] == ',') continue;
      if (text[i] < '0' || text[i] > '9') break;
      number = 10 * number + (text[i] - '0');
    }
    return number;
  }

  static void LoadReference(const Office& office) {
    for (const auto& command : std::vector<std::vector<std::string>>{
             {"regions", "load"}, {"reference", "apply", "--actor", "uji", "--reason", "uji"}}) {
      const CommandResult result = office.Run(command);
      ASSERT_EQ(result.exit_code, 0) << result.output;
    }
  }

  CommandResult Ingest(const Office& office) const {
    return office.Run({"ingest", file_, "--codebook", "regsosek_2022", "--source", "uji"});
  }

  // The figures of the regency once all families that will be accepted are in them.
  std::string Report(const Office& office) const {
    constexpr int kMostQuestions = 500;
    CommandResult report;
    for (int i = 0; i < kMostQuestions; ++i) {
      report = office.Run({"report", "--region", "33.26", "--format", "csv"});
      if (report.output.find("\nfamilies," + families_ + ",") != std::string::npos) break;
    }
    return report.output;
  }

  std::filesystem::path Folder(const std::string& name) const {
    const std::filesystem::path folder = folder_.path() / name;
    std::filesystem::create_directories(folder);
    return folder;
  }

  const support::TemporaryFolder folder_{"sepakat-kill"};
  std::string file_;
  std::string families_;
};

TEST_F(KillTest, FiguresAfterKillsDuringIngestEqualThoseOfAnUndisturbedRun) {
  Office calm(Folder("calm"));
  ASSERT_TRUE(calm.Open().ok()) << calm.LogTail();
  LoadReference(calm);
  const CommandResult undisturbed = Ingest(calm);
  ASSERT_EQ(undisturbed.exit_code, 2) << undisturbed.output;  // Some records are dirty on purpose.
  const CommandResult again = Ingest(calm);
  EXPECT_THAT(again.output, HasSubstr("accepted 0 + flagged 0 + rejected 0 + repeated "));

  Office shaken(Folder("shaken"));
  ASSERT_TRUE(shaken.Open().ok()) << shaken.LogTail();
  LoadReference(shaken);
  constexpr int kKills = 3;
  for (int kill = 0; kill < kKills; ++kill) {
    std::thread sender([&] { Ingest(shaken); });  // Breaks off when the server dies.
    const CommandResult seen = shaken.Run({"codebook", "list"});
    EXPECT_EQ(seen.exit_code, 0) << seen.output;
    shaken.Kill();
    sender.join();
    ASSERT_TRUE(shaken.Open().ok()) << shaken.LogTail();
  }
  const CommandResult complete = Ingest(shaken);
  ASSERT_EQ(complete.exit_code, 2) << complete.output;

  const std::string expected = Report(calm);
  EXPECT_THAT(expected, HasSubstr("p0,"));
  EXPECT_EQ(Report(shaken), expected);
}

TEST_F(KillTest, ASecondProgramOnTheSameDataGetsOneSentenceAndAnExitCode) {
  Office office(Folder("office"));
  ASSERT_TRUE(office.Open().ok()) << office.LogTail();
  const CommandResult second =
      RunProgram({SEPAKAT_PROGRAM, "serve", "--data.dir", (folder_.path() / "office/data").string(),
                  "--http.port", "0", "--grpc.port", "0"});
  EXPECT_NE(second.exit_code, 0);
  EXPECT_THAT(second.output, HasSubstr("another process uses the data directory"));
}

TEST_F(KillTest, APortInUseIsToldInOneSentenceWithAnExitCode) {
  Office office(Folder("office"));
  ASSERT_TRUE(office.Open().ok()) << office.LogTail();
  const CommandResult second =
      RunProgram({SEPAKAT_PROGRAM, "serve", "--data.dir", (folder_.path() / "other").string(),
                  "--http.port", "0", "--grpc.port", std::to_string(office.grpc_port())});
  EXPECT_EQ(second.exit_code, 69);
  EXPECT_THAT(second.output, HasSubstr("cannot listen on"));
}

TEST_F(KillTest, AMissingFileIsToldInOneSentenceWithAnExitCode) {
  Office office(Folder("office"));
  ASSERT_TRUE(office.Open().ok()) << office.LogTail();
  const CommandResult result =
      office.Run({"ingest", "/no/such/file.csv", "--codebook", "regsosek_2022"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.output, HasSubstr("/no/such/file.csv"));
}

}  // namespace
}  // namespace sepakat::faults
