// The five services over Kafka and Redis, while a survey arrives and something dies: each service,
// the broker, the read models. Everything that was sent is there in the end, once, and all figures,
// needs and proposals are those of a system that nobody disturbed.
//
// That system is the all-in-one program with the same key: it gets the same files in the same
// order. One stack serves all tests; what they kill is started again as a service manager would do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>

#include "tests/support/programs/arriving_file.h"
#include "tests/support/programs/office.h"
#include "tests/support/programs/outcome.h"
#include "tests/support/programs/service_stack.h"
#include "tests/support/programs/survey_file.h"

namespace sepakat::faults {
namespace {

using std::chrono::seconds;
using support::CommandResult;
using support::ServerProcess;
using support::ServiceStack;
using support::SurveyFile;
using testing::HasSubstr;

constexpr int kFamilies = 4000;
constexpr int kFailed = 1;
constexpr int kSomeRejected = 2;
// One document per region at least: nation, province, regency, 19 districts, 285 villages.
constexpr int64_t kReadModels = 300;
constexpr seconds kPatience(120);

class StackFaults : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    stack_ = std::make_unique<ServiceStack>(ServiceStack::PartThatEnds::kStartsAgain);
    const absl::Status started = stack_->Start();
    ASSERT_TRUE(started.ok()) << started;
    const std::filesystem::path office = stack_->folder() / "office";
    std::filesystem::create_directories(office);
    std::filesystem::copy(stack_->stack_folder() / "data/ingestion.key",
                          support::Office::KeyFile(office));
    calm_ = std::make_unique<support::Office>(office);
    ASSERT_TRUE(calm_->Open().ok()) << calm_->LogTail();
    stack_->door().LoadReference();
    calm_->door().LoadReference();
  }
  static void TearDownTestSuite() {
    calm_.reset();
    stack_.reset();
  }

  void SetUp() override {
    ASSERT_TRUE(stack_->script().Running()) << stack_->Printed();
    static int seed = 0;
    survey_ = std::make_unique<SurveyFile>(stack_->folder() / "register.csv", kFamilies, ++seed);
    calm_result_ = calm_->door().Run(survey_->Ingest());
    ASSERT_EQ(calm_result_.exit_code, kSomeRejected) << calm_result_.output;
    arriving_ =
        std::make_unique<support::ArrivingFile>(stack_->folder() / "arriving", survey_->Content());
    sender_ = std::make_unique<ServerProcess>(
        stack_->door().Command(SurveyFile::IngestFrom(arriving_->path())),
        stack_->folder() / ("ingest." + std::to_string(seed)));
    ASSERT_TRUE(sender_->Start().ok());
  }

  // `received 4,000 = accepted ...` of an output.
  static std::string CountsIn(const std::string& output) {
    const size_t begin = output.find("received ");
    return begin == std::string::npos ? output
                                      : output.substr(begin, output.find('\n', begin) - begin);
  }

  void ExpectDeliveredAsUndisturbed() {
    ASSERT_TRUE(sender_->WaitUntilEnded(kPatience)) << sender_->LogTail();
    EXPECT_EQ(sender_->exit_code(), kSomeRejected) << sender_->LogTail();
    EXPECT_EQ(CountsIn(sender_->LogTail(100)), CountsIn(calm_result_.output));
    support::ExpectSameOutcome(calm_->door(), stack_->door());
  }

  // Documents in Redis.
  static int64_t ReadModels() {
    return std::stoll(
        support::RunProgram({"redis-cli", "-p", std::to_string(stack_->PortOf("redis")), "DBSIZE"})
            .output);
  }

  static std::unique_ptr<ServiceStack> stack_;
  static std::unique_ptr<support::Office> calm_;
  std::unique_ptr<SurveyFile> survey_;
  CommandResult calm_result_;
  std::unique_ptr<support::ArrivingFile> arriving_;
  std::unique_ptr<ServerProcess> sender_;
};
std::unique_ptr<ServiceStack> StackFaults::stack_;
std::unique_ptr<support::Office> StackFaults::calm_;

TEST_F(StackFaults, KillingAServiceBehindIngestionIsNotSeenByTheSender) {
  const char* const kServices[] = {"targeting", "budgeting", "monitoring", "gateway"};
  int part = 0;
  for (const char* service : kServices) {
    ASSERT_TRUE(arriving_->Arrive(++part, std::size(kServices) + 1)) << sender_->LogTail();
    const absl::Status back = stack_->KillAndWait(service);
    ASSERT_TRUE(back.ok()) << back;
  }
  ASSERT_TRUE(arriving_->ArriveWhole()) << sender_->LogTail();
  ExpectDeliveredAsUndisturbed();
}

TEST_F(StackFaults, ServicesMayDieTogetherAndAgainWhileTheyStart) {
  const char* const kServices[] = {"targeting", "budgeting", "monitoring"};
  ASSERT_TRUE(arriving_->Arrive(1, 3)) << sender_->LogTail();
  for (const char* service : kServices) stack_->Kill(service);
  ASSERT_TRUE(arriving_->Arrive(2, 3)) << sender_->LogTail();
  for (const char* service : kServices) {
    const absl::Status replaced = stack_->KillAndReplace(service);
    ASSERT_TRUE(replaced.ok()) << replaced;
  }
  ASSERT_TRUE(arriving_->ArriveWhole()) << sender_->LogTail();
  for (const char* service : kServices) {
    const absl::Status back = stack_->WaitFor(service);
    ASSERT_TRUE(back.ok()) << back;
  }
  ExpectDeliveredAsUndisturbed();
}

TEST_F(StackFaults, KillingIngestionBreaksTheDeliveryOffAndSendingAgainCompletesIt) {
  ASSERT_TRUE(arriving_->Arrive(1, 2)) << sender_->LogTail();
  const absl::Status back = stack_->KillAndWait("ingestion");
  ASSERT_TRUE(back.ok()) << back;
  (void)arriving_->ArriveWhole();
  ASSERT_TRUE(sender_->WaitUntilEnded(kPatience));
  EXPECT_EQ(sender_->exit_code(), kFailed);
  EXPECT_THAT(sender_->LogTail(), HasSubstr("SERVER_UNREACHABLE"));

  const CommandResult again = stack_->door().Run(survey_->Ingest());
  EXPECT_LE(again.exit_code, kSomeRejected) << again.output;
  support::ExpectSameOutcome(calm_->door(), stack_->door());
}

TEST_F(StackFaults, KafkaFrozenFor20SecondsDelaysADeliveryAndNothingElse) {
  ASSERT_TRUE(arriving_->Arrive(1, 2)) << sender_->LogTail();
  stack_->Pause("kafka");
  std::jthread rest([this] { EXPECT_TRUE(arriving_->ArriveWhole()); });
  EXPECT_FALSE(sender_->WaitUntilEnded(seconds(20))) << sender_->LogTail();
  stack_->Resume("kafka");
  rest.join();
  ExpectDeliveredAsUndisturbed();
}

TEST_F(StackFaults, KilledKafkaComesBackWithEverythingThatWasSent) {
  ASSERT_TRUE(arriving_->Arrive(1, 2)) << sender_->LogTail();
  const absl::Status back = stack_->KillAndWait("kafka");
  ASSERT_TRUE(back.ok()) << back;
  ASSERT_TRUE(arriving_->ArriveWhole()) << sender_->LogTail();
  ExpectDeliveredAsUndisturbed();
}

TEST_F(StackFaults, RedisThatComesBackEmptyIsFilledAgain) {
  ASSERT_TRUE(arriving_->Arrive(1, 2)) << sender_->LogTail();
  const absl::Status back = stack_->KillAndWait("redis");
  ASSERT_TRUE(back.ok()) << back;
  ASSERT_TRUE(arriving_->ArriveWhole()) << sender_->LogTail();
  ExpectDeliveredAsUndisturbed();
  EXPECT_TRUE(support::Eventually(kPatience, [&] { return ReadModels() > kReadModels; }))
      << ReadModels();
  support::ExpectSameOutcome(calm_->door(), stack_->door());
}

}  // namespace
}  // namespace sepakat::faults
