// What is in the way when a program starts is told in one sentence, which names it, and an exit
// code (services/common/platform/host/exit_code.h). The same holds for the command line.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "tests/support/programs/office.h"
#include "tests/support/programs/run_program.h"
#include "tests/support/programs/small_disk.h"

namespace sepakat::faults {
namespace {

using support::CommandResult;
using support::Program;
using testing::HasSubstr;
using testing::StartsWith;

// A port that somebody else listens on.
class TakenPort {
 public:
  TakenPort() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(socket_, any, size), 0);
    EXPECT_EQ(::listen(socket_, 1), 0);
    EXPECT_EQ(::getsockname(socket_, any, &size), 0);
    number_ = ntohs(address.sin_port);
  }
  ~TakenPort() { ::close(socket_); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;

  std::string text() const { return std::to_string(number_); }

 private:
  int socket_;
  int number_ = 0;
};

// A program as it is started, and how its sentences begin.
struct Server {
  std::vector<std::string> command;
  std::string name;
};

Server Service(const std::string& name) {
  return {{Program(name), "--grpc.port", "0", "--metrics.port", "0"}, name};
}

std::vector<Server> ServersWithData() {
  return {{{Program("sepakat"), "serve", "--grpc.port", "0", "--http.port", "0"}, "sepakat serve"},
          Service("sepakat-ingestion"),
          Service("sepakat-targeting"),
          Service("sepakat-budgeting"),
          Service("sepakat-monitoring")};
}

std::vector<Server> Servers() {
  std::vector<Server> servers = ServersWithData();
  servers.push_back({{Program("sepakat-gateway"), "--http.port", "0"}, "sepakat-gateway"});
  return servers;
}

class Refusal : public testing::Test {
 protected:
  std::string Path(const std::string& name) const { return (folder_.path() / name).string(); }

  // The program ends with `code` and says one sentence that holds `names`.
  static void ExpectRefused(const Server& server, const std::vector<std::string>& settings,
                            int code, const std::string& names) {
    SCOPED_TRACE(server.name + " " + settings.front());
    std::vector<std::string> command = server.command;
    command.insert(command.end(), settings.begin(), settings.end());
    const CommandResult result = support::RunProgram(command);
    EXPECT_EQ(result.exit_code, code);
    std::vector<std::string> sentences;
    std::istringstream lines(result.output);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("{")) sentences.push_back(line);  // not a line of the log
    }
    ASSERT_EQ(sentences.size(), 1U) << result.output;
    EXPECT_THAT(sentences.front(), StartsWith(server.name + ": "));
    EXPECT_THAT(sentences.front(), HasSubstr(names));
  }

  const support::TemporaryFolder folder_{"sepakat-refusal"};
};

TEST_F(Refusal, OfAPortInUse) {
  const TakenPort taken;
  const std::string address = "127.0.0.1:" + taken.text();
  for (const Server& server : ServersWithData()) {
    ExpectRefused(server, {"--data.dir", Path(server.name), "--grpc.port", taken.text()}, 69,
                  "cannot listen on " + address);
    const char* other = server.name == "sepakat serve" ? "--http.port" : "--metrics.port";
    ExpectRefused(server, {"--data.dir", Path(server.name), other, taken.text()}, 69,
                  "cannot listen on " + address);
  }
  ExpectRefused(Servers().back(), {"--http.port", taken.text()}, 69, "cannot listen on " + address);
}

TEST_F(Refusal, OfAMissingFile) {
  const std::string missing = Path("missing");
  for (const Server& server : Servers()) {
    ExpectRefused(server, {"--config", missing}, 66, missing);
  }
  for (const Server& server : {Servers().front(), Servers().back()}) {
    ExpectRefused(server, {"--web.dir", missing}, 66, "web.dir names " + missing);
    ExpectRefused(server, {"--openapi.file", missing}, 66, "openapi.file names " + missing);
  }
  for (const char* setting : {"--kafka.ca_file", "--kafka.certificate_file", "--kafka.key_file"}) {
    ExpectRefused(
        Service("sepakat-ingestion"),
        {"--data.dir", Path("data"), "--kafka.bootstrap", "127.0.0.1:1", setting, missing}, 66,
        std::string(setting).substr(2) + " names " + missing);
  }
}

TEST_F(Refusal, OfADataDirectoryThatCannotBeWritten) {
  std::ofstream(folder_.path() / "file") << "no folder";
  for (const Server& server : ServersWithData()) {
    ExpectRefused(server, {"--data.dir", Path("file/data")}, 77,
                  "cannot write to the data directory " + Path("file/data"));
  }
}

TEST_F(Refusal, OfADataDirectoryOnADiskThatIsReadOnly) {
  std::filesystem::create_directory(folder_.path() / "disk");
  const auto disk = support::SmallDisk::Mount(folder_.path() / "disk", 1 << 20);
  if (disk == nullptr) GTEST_SKIP() << support::SmallDisk::kWhyNot;
  disk->MakeReadOnly();
  for (const Server& server : ServersWithData()) {
    ExpectRefused(server, {"--data.dir", Path("disk")}, 77,
                  "cannot write to the data directory " + Path("disk"));
  }
}

TEST_F(Refusal, OfAnUploadFolderThatCannotBeWritten) {
  for (const Server& server : {Servers().front(), Servers().back()}) {
    ExpectRefused(server, {"--http.upload_dir", "/proc/none"}, 77,
                  "cannot write to the upload folder /proc/none");
  }
}

TEST_F(Refusal, OfAFullDisk) {
  std::filesystem::create_directory(folder_.path() / "disk");
  const auto disk = support::SmallDisk::Mount(folder_.path() / "disk", 1 << 20);
  if (disk == nullptr) GTEST_SKIP() << support::SmallDisk::kWhyNot;
  disk->Fill();
  for (const Server& server : ServersWithData()) {
    ExpectRefused(server, {"--data.dir", Path("disk")}, 74, "the disk is full");
  }
  const CommandResult made = support::RunProgram(
      {Program("sepakat"), "generate", "--out", Path("disk/register.csv"), "--families", "500"});
  EXPECT_EQ(made.exit_code, 1);
  EXPECT_THAT(made.output, HasSubstr("register.csv: No space left on device [DISK_FULL]"));
}

TEST_F(Refusal, OfDataThatAnotherProgramUses) {
  std::filesystem::create_directory(folder_.path() / "office");
  support::Office office(folder_.path() / "office");
  ASSERT_TRUE(office.Open().ok()) << office.LogTail();
  for (const Server& server : ServersWithData()) {
    ExpectRefused(server, {"--data.dir", Path("office/data")}, 69,
                  "another process uses the data directory " + Path("office/data"));
  }
}

TEST_F(Refusal, OfAFileThatTheCommandLineCannotFind) {
  const std::vector<std::vector<std::string>> commands = {
      {"ingest", "/no/such/file.csv", "--codebook", "regsosek_2022"},
      {"codebook", "check", "/no/such/book.toml"},
      {"regions", "load", "/no/such/regions.csv"},
      {"boundaries", "load", "/no/such/villages.geojson", "--source", "BIG"},
  };
  for (const std::vector<std::string>& command : commands) {
    std::vector<std::string> whole = {Program("sepakat")};
    whole.insert(whole.end(), command.begin(), command.end());
    const CommandResult result = support::RunProgram(whole);
    EXPECT_EQ(result.exit_code, 1) << command.front();
    EXPECT_THAT(result.output, StartsWith("sepakat: ")) << command.front();
    EXPECT_THAT(result.output, HasSubstr("/no/such/")) << command.front();
    EXPECT_THAT(result.output, HasSubstr("[FILE_NOT_FOUND]")) << command.front();
  }
}

}  // namespace
}  // namespace sepakat::faults
