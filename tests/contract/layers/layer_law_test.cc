// The same law over CMake targets: a forbidden edge never gets as far as the compiler.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {
namespace {

using testing::HasSubstr;

struct Outcome {
  int exit_code;
  std::string output;
};

// A project of header-only libraries that is configured with the real cmake/sepakat.cmake.
class LayerLawTest : public testing::Test {
 protected:
  LayerLawTest() {
    std::filesystem::create_directories(project_.path() / "cmake");
    for (const char* file : {"sepakat.cmake", "layers.cmake"}) {
      std::filesystem::copy(SourceFolder() / "cmake" / file, project_.path() / "cmake" / file);
    }
    std::ofstream(project_.path() / "CMakeLists.txt")
        << "cmake_minimum_required(VERSION 3.25)\nproject(house LANGUAGES NONE)\n"
           "option(SEPAKAT_UNFINISHED_IS_ERROR \"\" ON)\n"
           "list(APPEND CMAKE_MODULE_PATH ${CMAKE_SOURCE_DIR}/cmake)\ninclude(sepakat)\n"
           "add_library(absl::status INTERFACE IMPORTED GLOBAL)\n"
           "add_library(sepakat_dep::rdkafka INTERFACE IMPORTED GLOBAL)\n"
           "sepakat_add_existing_subdirectories()\n";
    Declare("services/common/base", "sepakat_library(NAME base LAYER base DEPS absl::status)");
    Declare("services/common/runtime",
            "sepakat_library(NAME runtime LAYER app DEPS sepakat::base)");
    Declare(
        "services/common/platform/kafka",
        "sepakat_library(NAME kafka LAYER platform DEPS sepakat::runtime sepakat_dep::rdkafka)");
    Declare("services/targeting/domain",
            "sepakat_library(NAME targeting_domain LAYER domain DEPS sepakat::base)");
    Declare("services/targeting/app",
            "sepakat_library(NAME targeting_app LAYER app DEPS sepakat::targeting_domain "
            "sepakat::runtime)");
  }

  void Declare(const std::string& folder, const std::string& text) {
    std::filesystem::create_directories(project_.path() / folder);
    std::ofstream(project_.path() / folder / "CMakeLists.txt", std::ios::app) << text << "\n";
  }

  Outcome Configure() {
    const std::string folder = project_.path().string();
    const std::string command = "cmake -S " + folder + " -B " + folder + "/build 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string output;
    std::array<char, 4096> buffer{};
    while (const size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      output.append(buffer.data(), n);
    }
    return {.exit_code = ::pclose(pipe), .output = output};
  }

  TemporaryFolder project_{"sepakat-house"};
};

TEST_F(LayerLawTest, AHouseThatKeepsTheLawIsConfigured) {
  const Outcome outcome = Configure();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
}

TEST_F(LayerLawTest, TargetsMayBeNamedBeforeTheyAreDeclared) {
  Declare("services/alpha/app",
          "sepakat_library(NAME alpha_app LAYER app DEPS sepakat::runtime sepakat::alpha_domain)");
  Declare("services/alpha/domain", "sepakat_library(NAME alpha_domain LAYER domain)");
  const Outcome outcome = Configure();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
}

struct ForbiddenEdge {
  std::string sentence;
  std::string folder;
  std::string declaration;
  std::string told;
};

class ForbiddenEdges : public LayerLawTest, public testing::WithParamInterface<ForbiddenEdge> {};

TEST_P(ForbiddenEdges, IsRefusedWithBothEnds) {
  Declare(GetParam().folder, GetParam().declaration);
  const Outcome outcome = Configure();
  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.output, HasSubstr(GetParam().told)) << GetParam().sentence;
}

const ForbiddenEdge kEdges[] = {
    {"domain does not know app", "services/x/domain",
     "sepakat_library(NAME x_domain LAYER domain DEPS sepakat::runtime)",
     "sepakat_x_domain -> sepakat::runtime: layer domain may not use layer app"},
    {"app does not know platform", "services/x/app",
     "sepakat_library(NAME x_app LAYER app DEPS sepakat::kafka)",
     "sepakat_x_app -> sepakat::kafka: layer app may not use layer platform"},
    {"app does not know librdkafka", "services/x/app",
     "sepakat_library(NAME x_app LAYER app DEPS sepakat_dep::rdkafka)",
     "layer app may not use the library sepakat_dep::rdkafka"},
    {"a service does not know another", "services/x/app",
     "sepakat_library(NAME x_app LAYER app DEPS sepakat::targeting_domain)",
     "no service uses another (targeting)"},
    {"platform knows no service", "services/common/platform/x",
     "sepakat_library(NAME x LAYER platform DEPS sepakat::targeting_app)",
     "platform knows no service"},
    {"the folder's name is the layer", "services/x/domain",
     "sepakat_library(NAME x_domain LAYER app)",
     "stands in a folder 'domain' and declares layer 'app'"},
    {"an unknown layer", "services/x/y", "sepakat_library(NAME y LAYER core)",
     "LAYER 'core' is none of"},
    {"a target that nobody declares", "services/x/app",
     "sepakat_library(NAME x_app LAYER app DEPS sepakat::nowhere)",
     "DEPS names sepakat::nowhere, which nobody declares"},
    {"a source that is not there", "services/x/app",
     "sepakat_library(NAME x_app LAYER app SOURCES missing.cc)",
     "source missing.cc does not exist"},
    {"a misspelt argument", "services/x/app",
     "sepakat_library(NAME x_app LAYER app DEP sepakat::base)", "does not understand"},
};
INSTANTIATE_TEST_SUITE_P(Law, ForbiddenEdges, testing::ValuesIn(kEdges));

TEST_F(LayerLawTest, TellsEveryForbiddenEdgeAtOnce) {
  Declare("services/x/domain", "sepakat_library(NAME x_domain LAYER domain DEPS sepakat::runtime)");
  Declare("services/y/domain", "sepakat_library(NAME y_domain LAYER domain DEPS sepakat::runtime)");
  const Outcome outcome = Configure();
  EXPECT_THAT(outcome.output, HasSubstr("sepakat_x_domain -> sepakat::runtime"));
  EXPECT_THAT(outcome.output, HasSubstr("sepakat_y_domain -> sepakat::runtime"));
}

}  // namespace
}  // namespace sepakat::support
