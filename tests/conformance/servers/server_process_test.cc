// What every test with a real server relies on: the child is ours to stop, freeze and lose, and it
// never outlives us.
#include "tests/support/servers/server_process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace sepakat::support {
namespace {

using std::chrono::seconds;

class ServerProcessTest : public testing::Test {
 protected:
  ServerProcess Shell(const std::string& script) {
    return ServerProcess({"bash", "-c", script}, folder_.path() / "log");
  }
  std::filesystem::path File(const std::string& name) const { return folder_.path() / name; }

  TemporaryFolder folder_{"sepakat-process"};
};

// The state letter of a process in /proc (R, S, T, Z ...), or X when it is gone.
char StateOf(int pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  const size_t bracket = text.rfind(')');
  return bracket == std::string::npos ? 'X' : text.at(bracket + 2);
}

TEST_F(ServerProcessTest, StopsInOrderWhenTheServerListens) {
  ServerProcess server = Shell("trap 'echo bye; exit 0' TERM; touch " + File("up").string() +
                               "; while :; do read -t 1 <> <(:); done");
  ASSERT_TRUE(server.Start().ok());
  ASSERT_TRUE(WaitUntilReady(server, "shell", seconds(10), [&] {
                return std::filesystem::exists(File("up"));
              }).ok());
  server.Stop();
  EXPECT_FALSE(server.Running());
  EXPECT_EQ(server.LogTail(), "bye\n");
}

TEST_F(ServerProcessTest, KillsAServerThatDoesNotEndInTime) {
  ServerProcess server =
      Shell("trap '' TERM; touch " + File("up").string() + "; while :; do read -t 1 <> <(:); done");
  ASSERT_TRUE(server.Start().ok());
  ASSERT_TRUE(WaitUntilReady(server, "shell", seconds(10), [&] {
                return std::filesystem::exists(File("up"));
              }).ok());
  const int pid = server.pid();
  server.Stop(std::chrono::milliseconds(100));
  EXPECT_FALSE(server.Running());
  EXPECT_EQ(StateOf(pid), 'X');
}

TEST_F(ServerProcessTest, TellsHowTheServerEnded) {
  ServerProcess server = Shell("exit 3");
  ASSERT_TRUE(server.Start().ok());
  EXPECT_TRUE(server.WaitUntilEnded(seconds(10)));
  EXPECT_EQ(server.exit_code(), 3);

  ServerProcess interrupted = Shell("read -t 60 <> <(:)");
  ASSERT_TRUE(interrupted.Start().ok());
  EXPECT_EQ(interrupted.exit_code(), std::nullopt);
  EXPECT_FALSE(interrupted.WaitUntilEnded(std::chrono::milliseconds(1)));
  interrupted.Interrupt();
  EXPECT_TRUE(interrupted.WaitUntilEnded(seconds(10)));
  EXPECT_EQ(interrupted.exit_code(), 128 + SIGINT);
}

TEST_F(ServerProcessTest, PauseFreezesAndResumeThaws) {
  ServerProcess server = Shell("read -t 60 <> <(:)");
  ASSERT_TRUE(server.Start().ok());
  server.Pause();
  EXPECT_TRUE(WaitUntilReady(server, "frozen shell", seconds(10), [&] {
                return StateOf(server.pid()) == 'T';
              }).ok());
  server.Resume();
  EXPECT_TRUE(WaitUntilReady(server, "thawed shell", seconds(10), [&] {
                return StateOf(server.pid()) != 'T';
              }).ok());
}

TEST_F(ServerProcessTest, AServerThatEndsTooEarlyIsToldWithItsLog) {
  ServerProcess server = Shell("echo no such thing; exit 3");
  ASSERT_TRUE(server.Start().ok());
  const absl::Status status = WaitUntilReady(server, "shell", seconds(10), [] { return false; });
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(status.message().find("no such thing"), absl::string_view::npos) << status;
}

TEST_F(ServerProcessTest, ACrashingTestTakesItsServerAlong) {
  const std::filesystem::path pid_file = File("pid");
  const pid_t test = ::fork();
  if (test == 0) {  // a test that starts a server and crashes
    ServerProcess server =
        Shell("echo $$ > " + pid_file.string() + ".new && mv " + pid_file.string() + ".new " +
              pid_file.string() + "; read -t 60 <> <(:)");
    if (!server.Start().ok()) ::_exit(1);
    const bool up = WaitUntilReady(server, "shell", seconds(10), [&] {
                      return std::filesystem::exists(pid_file);
                    }).ok();
    ::raise(up ? SIGKILL : SIGTERM);
  }
  int ended = 0;
  ASSERT_EQ(::waitpid(test, &ended, 0), test);
  ASSERT_EQ(WTERMSIG(ended), SIGKILL);
  int orphan = 0;
  std::ifstream(pid_file) >> orphan;
  ASSERT_GT(orphan, 0);
  ServerProcess watch = Shell("read -t 60 <> <(:)");
  ASSERT_TRUE(watch.Start().ok());
  EXPECT_TRUE(WaitUntilReady(watch, "end of the orphan", seconds(10), [&] {
                const char state = StateOf(orphan);
                return state == 'X' || state == 'Z';
              }).ok());
}

TEST(FreePortTest, IsOutsideTheRangeThatClientsGet) {
  for (int i = 0; i < 50; ++i) {
    const int port = FreePort();
    EXPECT_GE(port, 20000);
    EXPECT_LT(port, 32000);
  }
}

TEST(TemporaryFolderTest, IsNewAndLeavesNothingBehind) {
  std::filesystem::path path;
  {
    const TemporaryFolder folder("sepakat-folder");
    path = folder.path();
    EXPECT_TRUE(std::filesystem::is_empty(path));
    std::ofstream(path / "file") << "content";
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace sepakat::support
