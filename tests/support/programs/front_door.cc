#include "tests/support/programs/front_door.h"

#include <gtest/gtest.h>

#include "tests/support/http/raw_client.h"

namespace sepakat::support {

std::vector<std::string> FrontDoor::Command(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {"env", "SEPAKAT_LANG=en"};
  command.insert(command.end(), variables_.begin(), variables_.end());
  command.push_back(Program("sepakat"));
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

nlohmann::json FrontDoor::Get(const std::string& target) const {
  const std::string answer = Fetch(http_port_, "GET", target);
  return StatusOf(answer) == 200 ? nlohmann::json::parse(BodyOf(answer)) : nlohmann::json();
}

void FrontDoor::LoadReference() const {
  const std::vector<std::vector<std::string>> commands = {
      {"regions", "load"}, {"reference", "apply", "--actor", "uji", "--reason", "uji"}};
  for (const std::vector<std::string>& command : commands) {
    const CommandResult result = Run(command);
    EXPECT_EQ(result.exit_code, 0) << result.output;
  }
}

}  // namespace sepakat::support
