// `make stack`: Kafka, Redis and the five services as separate processes. Everything it names
// answers, and nothing of it is left when it ends, however it ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <memory>

#include "tests/support/http/raw_client.h"
#include "tests/support/paths.h"
#include "tests/support/programs/service_stack.h"
#include "tests/support/rpc/empty_services.h"
#include "tests/support/rpc/grpc_probe.h"

namespace sepakat::integration {
namespace {

using support::Fetch;
using support::ServiceStack;
using testing::HasSubstr;
using PartThatEnds = ServiceStack::PartThatEnds;
using std::chrono::seconds;

struct ServiceName {
  const char* part;
  const char* rpc;
};
constexpr ServiceName kServices[] = {{"ingestion", support::kIngestion},
                                     {"targeting", support::kTargeting},
                                     {"budgeting", support::kBudgeting},
                                     {"monitoring", support::kMonitoring}};

// True when none of the processes is left, at the latest after a while.
bool AllGone(const std::map<std::string, int>& pids) {
  return support::Eventually(seconds(20), [&] {
    return std::ranges::none_of(pids, [](const auto& part) { return ::kill(part.second, 0) == 0; });
  });
}

// One stack for all tests that only ask; those that end one start their own.
class RunningStack : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    stack_ = std::make_unique<ServiceStack>(PartThatEnds::kEndsAll);
    const absl::Status started = stack_->Start();
    ASSERT_TRUE(started.ok()) << started;
  }
  // Ctrl-C ends it in order.
  static void TearDownTestSuite() {
    const std::map<std::string, int> pids = stack_->Pids();
    stack_->script().Interrupt();
    EXPECT_TRUE(stack_->script().WaitUntilEnded(seconds(60)));
    EXPECT_EQ(stack_->script().exit_code(), 0) << stack_->Printed();
    EXPECT_EQ(pids.size(), 7U);
    EXPECT_TRUE(AllGone(pids));
    EXPECT_THAT(stack_->Printed(), HasSubstr("stopping gateway\nstopping monitoring\n"
                                             "stopping budgeting\nstopping targeting\n"
                                             "stopping ingestion\nstopping redis\n"
                                             "stopping kafka\n"));
    stack_.reset();
  }

  static std::string GrpcOf(const std::string& service) {
    return "127.0.0.1:" + std::to_string(stack_->PortOf(service));
  }

  static std::unique_ptr<ServiceStack> stack_;
};
std::unique_ptr<ServiceStack> RunningStack::stack_;

TEST_F(RunningStack, EveryProcessTellsItsHealthAndItsMetrics) {
  for (const char* part : {"ingestion", "targeting", "budgeting", "monitoring", "gateway"}) {
    SCOPED_TRACE(part);
    const int port = stack_->MetricsPortOf(part);
    EXPECT_EQ(support::BodyOf(Fetch(port, "GET", "/healthz")), "ok\n");
    const std::string metrics = Fetch(port, "GET", "/metrics");
    EXPECT_EQ(support::StatusOf(metrics), 200);
    EXPECT_THAT(metrics, HasSubstr("# TYPE sepakat_"));
  }
}

TEST_F(RunningStack, EveryServiceAnswersGrpcHealthAndReflection) {
  for (const ServiceName& service : kServices) {
    SCOPED_TRACE(service.part);
    constexpr int kServing = 1;
    EXPECT_EQ(support::HealthOf(GrpcOf(service.part), ""), kServing);
    EXPECT_EQ(support::HealthOf(GrpcOf(service.part), service.rpc), kServing);
    EXPECT_THAT(support::ReflectedServices(GrpcOf(service.part)), HasSubstr(service.rpc));
  }
  EXPECT_THAT(support::ReflectedFileOf(GrpcOf("budgeting"), support::kBudgeting),
              HasSubstr("ApprovePlan"));
}

TEST_F(RunningStack, TheGatewayReachesAllServicesAndServesItsContract) {
  const nlohmann::json status = stack_->door().Get("/v1/status");
  ASSERT_FALSE(status.is_null());
  EXPECT_EQ(status.at("mode"), "distributed");
  ASSERT_EQ(status.at("services").size(), 4U);
  for (const nlohmann::json& service : status.at("services")) {
    EXPECT_EQ(service.at("healthy"), true) << service;
  }
  EXPECT_THAT(Fetch(stack_->PortOf("gateway"), "GET", "/v1/openapi.yaml"),
              HasSubstr("\nopenapi: '3"));
}

TEST_F(RunningStack, TheCommandLineFindsEveryServiceByTheFileEnv) {
  const std::string env = ". " + (stack_->stack_folder() / "env").string() + " && ";
  const std::string sepakat = support::Program("sepakat");
  const support::CommandResult listed =
      support::RunProgram({"bash", "-c", env + sepakat + " codebook list"});
  EXPECT_EQ(listed.exit_code, 0) << listed.output;
  const support::CommandResult applied =
      support::RunProgram({"bash", "-c", env + sepakat + " topics apply"});
  EXPECT_EQ(applied.exit_code, 0) << applied.output;
}

TEST(StackTest, MakeStackIsThisScript) {
  const support::CommandResult made = support::RunProgram(
      {"make", "--no-print-directory", "-n", "-C", support::SourceFolder().string(), "stack"});
  EXPECT_EQ(made.output, "deploy/scripts/stack.sh\n");
}

TEST(StackTest, APartThatEndsIsNamedAndEndsAll) {
  ServiceStack stack(PartThatEnds::kEndsAll);
  const absl::Status started = stack.Start();
  ASSERT_TRUE(started.ok()) << started;
  const std::map<std::string, int> pids = stack.Pids();
  stack.Kill("kafka");
  EXPECT_TRUE(stack.script().WaitUntilEnded(seconds(120)));
  EXPECT_EQ(stack.script().exit_code(), 1);
  EXPECT_THAT(stack.Printed(), HasSubstr("error: kafka ended; the end of its log:"));
  EXPECT_TRUE(AllGone(pids));
}

TEST(StackTest, NothingOutlivesAStackThatIsKilled) {
  ServiceStack stack(PartThatEnds::kEndsAll);
  const absl::Status started = stack.Start();
  ASSERT_TRUE(started.ok()) << started;
  const std::map<std::string, int> pids = stack.Pids();
  stack.script().Kill();
  EXPECT_TRUE(AllGone(pids));
}

TEST(StackTest, AProgramThatDoesNotStartIsToldWithItsReason) {
  const support::TemporaryFolder folder("sepakat-stack");
  std::filesystem::create_directories(folder.path() / "bin");
  for (const auto& program : std::filesystem::directory_iterator(support::ProgramFolder())) {
    std::filesystem::create_symlink(program.path(),
                                    folder.path() / "bin" / program.path().filename());
  }
  std::filesystem::remove(folder.path() / "bin/sepakat-targeting");
  const support::CommandResult failed =
      support::RunProgram({"env", "SEPAKAT_STACK_DIR=" + (folder.path() / "stack").string(),
                           "SEPAKAT_PROGRAMS=" + (folder.path() / "bin").string(),
                           (support::SourceFolder() / "deploy/scripts/stack.sh").string()});
  EXPECT_EQ(failed.exit_code, 1);
  EXPECT_THAT(failed.output, HasSubstr("error: targeting did not start; the end of"));
  EXPECT_THAT(failed.output, HasSubstr("sepakat-targeting: No such file or directory"));
}

}  // namespace
}  // namespace sepakat::integration
