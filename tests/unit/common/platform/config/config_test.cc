#include "common/platform/config/config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::platform {
namespace {

const std::vector<Setting> kSettings = {
    {"data.dir", SettingType::kText, "data", "Folder of everything that is kept."},
    {"grpc.port", SettingType::kPort, "7402", "Port of gRPC."},
    {"batch", SettingType::kInteger, "4096", "Records per turn."},
    {"demo", SettingType::kFlag, "false", "Load the demonstration."},
    {"key", SettingType::kSecretFile, "", "File with the key."},
    {"log.level", SettingType::kText, "info", "Least severity.", {"info", "error"}},
};

class ConfigTest : public testing::Test {
 protected:
  std::string WriteFile(const std::string& text) {
    const std::string file = (folder_.path() / "sepakat.toml").string();
    std::ofstream(file) << text;
    return file;
  }
  absl::StatusOr<Config> Load(const std::vector<std::string>& arguments) {
    return LoadConfig(kSettings, arguments, [this](const std::string& name) {
      const auto it = environment_.find(name);
      return it == environment_.end() ? std::nullopt : std::optional<std::string>(it->second);
    });
  }
  std::string MistakesOf(const std::vector<std::string>& arguments) {
    const auto config = Load(arguments);
    EXPECT_EQ(base::ReasonOf(config.status()), "CONFIG_INVALID");
    return std::string(config.status().message());
  }

  support::TemporaryFolder folder_{"config-test"};
  std::map<std::string, std::string> environment_;
};

TEST_F(ConfigTest, FlagBeatsEnvironmentBeatsFileBeatsDefault) {
  const std::string file =
      WriteFile("[grpc]\nport = 1\n[data]\ndir = 'file'\n[log]\nlevel = 'error'\n");
  environment_ = {{"SEPAKAT_GRPC_PORT", "2"}, {"SEPAKAT_DATA_DIR", "environment"}};
  const auto config = Load({"--config", file, "--grpc.port", "3"});
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->Integer("grpc.port"), 3);
  EXPECT_EQ(config->Text("data.dir"), "environment");
  EXPECT_EQ(config->Text("log.level"), "error");
  EXPECT_EQ(config->Integer("batch"), 4096);
}

TEST_F(ConfigTest, PrintedShowsTheOriginOfEachValueAndSecretsAsStars) {
  const std::string file = WriteFile("batch = 5\nkey = '/run/secrets/key'\n");
  environment_ = {{"SEPAKAT_GRPC_PORT", "2"}};
  const auto config = Load({"--config=" + file, "--demo"});
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->Printed(), "batch = 5  # " + file +
                                   ":1\n"
                                   "data.dir = data  # default\n"
                                   "demo = true  # --demo\n"
                                   "grpc.port = 2  # SEPAKAT_GRPC_PORT\n"
                                   "key = ***  # " +
                                   file +
                                   ":2\n"
                                   "log.level = info  # default\n");
}

TEST_F(ConfigTest, EveryMistakeIsToldAtOnceWithItsPlace) {
  const std::string file = WriteFile("batch = 'many'\n\n[grpc]\nport = 70000\nprot = 1\n");
  environment_ = {{"SEPAKAT_DEMO", "perhaps"}};
  const std::string text = MistakesOf({"--config", file, "--log.level", "loud", "extra", "--key"});
  for (const std::string& part :
       {file + ":1: batch must be a whole number, not 'many'",
        file + ":4: grpc.port must be a port from 0 to 65535, not '70000'",
        file + ":5: there is no setting grpc.prot",
        std::string("SEPAKAT_DEMO: demo must be true or false"),
        std::string("--log.level: log.level must be one of info, error, not 'loud'"),
        std::string("'extra' is not understood"), std::string("--key needs a value")}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nis not in\n" << text;
  }
}

TEST_F(ConfigTest, AFileThatIsNoTomlIsToldWithItsLine) {
  const std::string file = WriteFile("batch = 5\nport = = 3\n");
  EXPECT_NE(MistakesOf({"--config", file}).find(file + ":2: "), std::string::npos);
}

TEST_F(ConfigTest, AMissingFileIsNotFound) {
  const auto config = Load({"--config", "/no/such/sepakat.toml"});
  EXPECT_EQ(base::ReasonOf(config.status()), "CONFIG_MISSING");
  EXPECT_NE(std::string(config.status().message()).find("/no/such/sepakat.toml"),
            std::string::npos);
}

TEST_F(ConfigTest, TheFileMayBeNamedByTheEnvironment) {
  environment_ = {{"SEPAKAT_CONFIG", WriteFile("batch = 6\n")}};
  const auto config = Load({});
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->Integer("batch"), 6);
}

TEST_F(ConfigTest, HelpNamesFlagVariableTextAndDefaultOfEverySetting) {
  const std::string help = SettingsHelp(kSettings);
  EXPECT_NE(help.find("--grpc.port (SEPAKAT_GRPC_PORT)\n      Port of gRPC. Default: 7402."),
            std::string::npos)
      << help;
  for (const Setting& setting : kSettings) {
    EXPECT_NE(help.find("--" + setting.name), std::string::npos) << setting.name;
  }
}

}  // namespace
}  // namespace sepakat::platform
