// Programs that host a service: how they start, what they say when they cannot, and how they end.

#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>

#include "common/base/status.h"
#include "common/embedded/system_clock.h"
#include "common/platform/host/backends.h"
#include "common/platform/host/exit_code.h"
#include "common/platform/host/named_places.h"
#include "common/platform/host/service_host.h"
#include "common/platform/host/stop_request.h"
#include "common/platform/http/http_server.h"
#include "common/runtime/telemetry.h"
#include "tests/support/http/raw_client.h"
#include "tests/support/rpc/empty_services.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::platform {
namespace {

using support::Fetch;

// The signals reach StopRequest only when no thread of the test takes them.
class HostTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  }
  support::TemporaryFolder folder_{"host-test"};
};

TEST_F(HostTest, EachKindOfErrorHasItsExitCode) {
  const struct {
    absl::Status status;
    int code;
  } kCases[] = {
      {absl::OkStatus(), 0},
      {base::Error(absl::StatusCode::kInvalidArgument, "CONFIG_INVALID", "x"), 64},
      {base::Error(absl::StatusCode::kNotFound, "CONFIG_MISSING", "x"), 66},
      {base::Error(absl::StatusCode::kAlreadyExists, "PORT_IN_USE", "x"), 69},
      {base::Error(absl::StatusCode::kFailedPrecondition, "DIRECTORY_IN_USE", "x"), 69},
      {base::Error(absl::StatusCode::kUnavailable, "KAFKA_AWAY", "x"), 69},
      {base::Error(absl::StatusCode::kFailedPrecondition, "REGISTER_TOO_LARGE", "x"), 71},
      {base::Error(absl::StatusCode::kResourceExhausted, "DISK_FULL", "x"), 74},
      {base::Error(absl::StatusCode::kDataLoss, "STORE_DAMAGED", "x"), 74},
      {base::Error(absl::StatusCode::kPermissionDenied, "DIRECTORY_NOT_WRITABLE", "x"), 77},
      {absl::InternalError("x"), 70},
  };
  for (const auto& c : kCases) EXPECT_EQ(ExitCodeOf(c.status), c.code) << c.status;
}

TEST_F(HostTest, ASignalOrAPartThatCannotGoOnEndsTheWait) {
  {
    StopRequest stop;
    EXPECT_FALSE(stop.WaitFor(1));
    ::kill(::getpid(), SIGTERM);
    EXPECT_TRUE(stop.Wait().ok());
  }
  StopRequest stop;
  stop.Request(absl::DataLossError("first"));
  stop.Request(absl::OkStatus());
  EXPECT_EQ(stop.Wait(), absl::DataLossError("first"));
}

TEST_F(HostTest, AddressesAreHostAndPort) {
  EXPECT_EQ(SplitAddress("redis:6379").value(), std::make_pair(std::string("redis"), 6379));
  for (const char* text : {"", "redis", ":1", "a:", "a:0", "a:70000", "a:x", "a:1x"}) {
    EXPECT_EQ(base::ReasonOf(SplitAddress(text).status()), "ADDRESS_INVALID") << text;
  }
}

TEST_F(HostTest, AProgramWithoutSettingsForServersHasEverythingInItself) {
  const std::string data = (folder_.path() / "data").string();
  const Config config({{"data.dir", {data, "default", SettingType::kText}},
                       {"log.compact_every_s", {"3600", "default", SettingType::kInteger}},
                       {"partitions", {"2", "default", SettingType::kInteger}}});
  const embedded::SystemClock clock;
  const auto backends = Backends::Open(config, "test", &clock, &runtime::NoTelemetry());
  ASSERT_TRUE(backends.ok()) << backends.status();
  EXPECT_EQ((*backends)->log()->Partitions("sepakat.ingestion.family.v1").value_or(0), 2);
  const auto store = (*backends)->Store("budgeting");
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_EQ((*backends)->Store("budgeting").value(), *store) << "a store is opened once";
}

// Counts how often the log was compacted.
class CompactionTelemetry final : public runtime::Telemetry {
 public:
  void Log(runtime::Severity, std::string_view, const runtime::Labels&) override {}
  void Add(std::string_view counter, double, const runtime::Labels&) override {
    if (counter == "sepakat_log_compacted_records_total") ++turns;
  }
  void Set(std::string_view, double, const runtime::Labels&) override {}
  void Observe(std::string_view, double, const runtime::Labels&) override {}
  std::atomic<int> turns = 0;
};

TEST_F(HostTest, AProgramTakesSupersededRecordsOutOfItsLogFromTimeToTime) {
  const Config config({{"data.dir", {folder_.path().string(), "default", SettingType::kText}},
                       {"log.compact_every_s", {"1", "default", SettingType::kInteger}},
                       {"partitions", {"2", "default", SettingType::kInteger}}});
  const embedded::SystemClock clock;
  CompactionTelemetry telemetry;
  const auto backends = Backends::Open(config, "test", &clock, &telemetry);
  ASSERT_TRUE(backends.ok()) << backends.status();
  EXPECT_TRUE(support::Eventually(std::chrono::seconds(20), [&] { return telemetry.turns > 0; }));
}

TEST_F(HostTest, FilesAndFoldersThatSettingsNameMustBeThere) {
  const std::string folder = folder_.path().string();
  const std::string file = (folder_.path() / "file").string();
  std::ofstream(file) << "text";
  const auto config = [](const std::string& place) {
    return Config({{"place", {place, "default", SettingType::kText}}});
  };
  for (const std::string& right : {file, std::string()}) {
    EXPECT_TRUE(CheckNamedFile(config(right), "place").ok()) << right;
  }
  EXPECT_TRUE(CheckNamedFile(config(file), "no.such.setting").ok());
  EXPECT_EQ(base::ReasonOf(CheckNamedFile(config(folder), "place")), "FILE_NOT_FOUND");
  EXPECT_EQ(base::ReasonOf(CheckNamedFile(config(file + "2"), "place")), "FILE_NOT_FOUND");
  EXPECT_TRUE(CheckNamedFolder(config(folder), "place").ok());
  EXPECT_EQ(base::ReasonOf(CheckNamedFolder(config(file), "place")), "FILE_NOT_FOUND");
  EXPECT_TRUE(CheckWritableFolder(config(folder + "/new/one"), "place", "folder").ok());
  EXPECT_TRUE(std::filesystem::is_directory(folder + "/new/one"));
  EXPECT_EQ(base::ReasonOf(CheckWritableFolder(config(file), "place", "folder")),
            "DIRECTORY_NOT_WRITABLE");
}

// Does nothing, and tells what happened to it.
class FakeApp : public runtime::App {
 public:
  struct Story {
    absl::Status start;
    std::atomic<int> starts = 0;
    std::atomic<int> fails_first = 0;
    std::atomic<bool> stopped = false;
    absl::Status poll;
  };
  explicit FakeApp(Story* story) : story_(story) {}
  std::string_view name() const override { return "budgeting"; }
  absl::Status Start() override {
    if (story_->starts++ < story_->fails_first) return absl::UnavailableError("log is away");
    return story_->start;
  }
  absl::StatusOr<bool> Poll(int wait_ms) override {
    if (!story_->poll.ok()) return story_->poll;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, std::chrono::milliseconds(wait_ms));
    return false;
  }
  absl::StatusOr<bool> Relay() override { return false; }
  void Stop() override { story_->stopped = true; }
  absl::Status Healthy() const override { return absl::OkStatus(); }

 private:
  Story* const story_;
  std::mutex mutex_;
  std::condition_variable wake_;
};

class ServiceHostTest : public HostTest {
 protected:
  ServiceHostTest() : rpc_(support::kBudgeting) { support::FillBudgeting(&rpc_); }

  int Run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"--grpc.port", "0", "--metrics.port", "0", "--log.level", "error",
                      "--data.dir", (folder_.path() / "data").string()});
    return RunService(
        {.service = "budgeting", .summary = "For a test.", .peers = {{"targeting", "127.0.0.1:1"}}},
        arguments, [this](ServiceParts& parts) -> absl::StatusOr<Hosted> {
          EXPECT_NE(parts.env.log, nullptr);
          EXPECT_NE(parts.env.store, nullptr);
          EXPECT_NE(parts.peer("targeting"), nullptr);
          return Hosted{nullptr, std::make_unique<FakeApp>(&story_), &rpc_};
        });
  }

  FakeApp::Story story_;
  RpcService rpc_;
};

TEST_F(ServiceHostTest, HelpVersionAndSettingsEndAtOnce) {
  EXPECT_EQ(Run({"--help"}), 0);
  EXPECT_EQ(Run({"--version"}), 0);
  EXPECT_EQ(Run({"--print-config"}), 0);
  EXPECT_EQ(story_.starts, 0);
}

TEST_F(ServiceHostTest, ServesUntilASignalAndEndsInOrder) {
  const int port = support::FreePort();
  std::atomic<int> code = -1;
  std::jthread program([&] { code = Run({"--metrics.port", std::to_string(port)}); });
  // The port opens first; it says 200 once everything serves.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  std::string health;
  while (support::StatusOf(health) != 200 && std::chrono::steady_clock::now() < deadline) {
    if (story_.starts > 0) health = Fetch(port, "GET", "/healthz");
  }
  EXPECT_EQ(support::BodyOf(health), "ok\n");
  EXPECT_EQ(support::StatusOf(Fetch(port, "GET", "/metrics")), 200);
  ::kill(::getpid(), SIGTERM);
  program.join();
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(story_.stopped);
}

TEST_F(ServiceHostTest, AStartIsTriedAgainWhileSomethingIsAway) {
  story_.fails_first = 1;
  story_.poll = absl::DataLossError("ends the test");
  EXPECT_EQ(Run({}), 74);
  EXPECT_EQ(story_.starts, 2);
}

TEST_F(ServiceHostTest, AnErrorThatCannotBeSurvivedEndsTheProgramWithItsCode) {
  story_.start = base::Error(absl::StatusCode::kDataLoss, "STORE_DAMAGED", "the store is damaged");
  EXPECT_EQ(Run({}), 74);
}

TEST_F(ServiceHostTest, MistakesBeforeTheStartHaveTheirCodes) {
  std::ofstream(folder_.path() / "file") << "no folder";
  HttpRouter router;
  HttpServer taken({}, &router);
  ASSERT_TRUE(taken.Start().ok());
  const struct {
    std::vector<std::string> arguments;
    int code;
  } kCases[] = {
      {{"--no.such", "1"}, 64},
      {{"--config", "/no/such/file.toml"}, 66},
      {{"--peer.targeting", "nowhere"}, 64},
      {{"--redis.address", "nowhere"}, 64},
      {{"--data.dir", (folder_.path() / "file").string()}, 77},
      {{"--metrics.port", std::to_string(taken.Port())}, 69},
      {{"--grpc.port", std::to_string(taken.Port())}, 69},
  };
  for (const auto& c : kCases) EXPECT_EQ(Run(c.arguments), c.code) << c.arguments[0];
}

}  // namespace
}  // namespace sepakat::platform
