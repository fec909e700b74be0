// The closing line of `make test` adds up what every runner wrote, and nothing that went wrong is
// lost on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

struct Outcome {
  int exit_code;
  std::string output;
};

class CountTestsTest : public testing::Test {
 protected:
  CountTestsTest() { std::filesystem::create_directories(build_.path() / "test-results"); }

  // What ctest itself writes: one entry per binary.
  void CtestSays(const std::string& cases) {
    std::ofstream(build_.path() / "ctest.xml") << "<testsuite name=\"(empty)\">\n"
                                               << cases << "</testsuite>\n";
  }
  void RunnerWrote(const std::string& name, const std::string& text) {
    std::ofstream(build_.path() / "test-results" / (name + ".xml")) << text;
  }

  Outcome Count(const std::string& broken_runners = "") {
    const std::string command = (SourceFolder() / "deploy/scripts/count-tests.sh").string() + " " +
                                build_.path().string() + " " + broken_runners + " 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::string output;
    std::array<char, 4096> buffer{};
    while (const size_t n = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      output.append(buffer.data(), n);
    }
    return {.exit_code = WEXITSTATUS(::pclose(pipe)), .output = output};
  }

  TemporaryFolder build_{"sepakat-count"};
};

constexpr char kRan[] =
    "<testcase name=\"a_test\" classname=\"a_test\" time=\"0.1\" status=\"run\"/>\n";
constexpr char kFailed[] =
    "<testcase name=\"a_test\" classname=\"a_test\" time=\"0.1\" status=\"fail\">"
    "<failure message=\"SIGSEGV\"/></testcase>\n";
constexpr char kTwoPass[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"2\" failures=\"0\" "
    "name=\"AllTests\">\n"
    "  <testsuite name=\"A\" tests=\"2\">\n"
    "    <testcase name=\"One\" status=\"run\" result=\"completed\" time=\"0\" classname=\"A\" />\n"
    "    <testcase name=\"Two\" status=\"run\" result=\"completed\" time=\"0\" classname=\"A\">\n"
    "      <properties><property name=\"x\" value=\"1\"/></properties>\n    </testcase>\n"
    "  </testsuite>\n</testsuites>\n";
constexpr char kOneOfEach[] =
    "<testsuites><testsuite name=\"A\">\n"
    "    <testcase name=\"Good\" status=\"run\" result=\"completed\" classname=\"A\" />\n"
    "    <testcase name=\"Bad\" status=\"run\" result=\"completed\" classname=\"A\">\n"
    "      <failure message=\"a.cc:1&#x0A;no\" type=\"\"><![CDATA[a.cc:1\nno]]></failure>\n"
    "      <failure message=\"a.cc:2&#x0A;no\" type=\"\"><![CDATA[a.cc:2\nno]]></failure>\n"
    "    </testcase>\n"
    "    <testcase name=\"Away\" status=\"run\" result=\"skipped\" classname=\"A\">\n"
    "      <skipped message=\"../a.cc:3&#x0A;the data set &quot;x&quot; is not "
    "here\"><![CDATA[...]]></skipped>\n"
    "    </testcase>\n</testsuite></testsuites>\n";

TEST_F(CountTestsTest, CountsTheCasesOfABinaryAndNotTheBinary) {
  CtestSays(kRan);
  RunnerWrote("a_test", kTwoPass);
  const Outcome outcome = Count();
  EXPECT_EQ(outcome.output, "2 passed, 0 failed, 0 skipped\n");
  EXPECT_EQ(outcome.exit_code, 0);
}

TEST_F(CountTestsTest, TellsFailuresAndTheReasonOfWhatWasSkipped) {
  CtestSays(kFailed);
  RunnerWrote("a_test", kOneOfEach);
  const Outcome outcome = Count();
  EXPECT_THAT(outcome.output, HasSubstr("failed: A.Bad\n"));
  EXPECT_THAT(outcome.output, HasSubstr("skipped: A.Away: the data set \"x\" is not here\n"));
  EXPECT_THAT(outcome.output, EndsWith("\n1 passed, 1 failed, 1 skipped\n"));
  EXPECT_NE(outcome.exit_code, 0);
}

TEST_F(CountTestsTest, ABinaryThatCrashedBeforeItCouldTellCountsAsOneFailure) {
  CtestSays(kFailed);
  RunnerWrote("web", kTwoPass);
  const Outcome outcome = Count();
  EXPECT_EQ(outcome.output, "failed: a_test\n2 passed, 1 failed, 0 skipped\n");
  EXPECT_NE(outcome.exit_code, 0);
}

TEST_F(CountTestsTest, ABinaryWhoseCasesPassedButThatEndedBadlyCountsAsOneFailure) {
  CtestSays(kFailed);
  RunnerWrote("a_test", kTwoPass);
  EXPECT_EQ(Count().output,
            "failed: a_test (ended with an error)\n2 passed, 1 failed, 0 skipped\n");
}

TEST_F(CountTestsTest, ARunnerThatBrokeWithoutAFailedCaseCountsAsOneFailure) {
  CtestSays(kRan);
  RunnerWrote("a_test", kTwoPass);
  const Outcome outcome = Count("browser");
  EXPECT_EQ(outcome.output,
            "failed: browser (ended with an error)\n2 passed, 1 failed, 0 skipped\n");
  EXPECT_NE(outcome.exit_code, 0);
}

TEST_F(CountTestsTest, ARunnerThatBrokeIsNamedAlthoughACaseOfAnotherRunnerFailed) {
  CtestSays(kFailed);
  RunnerWrote("a_test", kOneOfEach);
  const Outcome outcome = Count("browser");
  EXPECT_THAT(outcome.output, HasSubstr("failed: A.Bad\n"));
  EXPECT_THAT(outcome.output, HasSubstr("failed: browser (ended with an error)\n"));
  EXPECT_THAT(outcome.output, EndsWith("\n1 passed, 2 failed, 1 skipped\n"));
  EXPECT_NE(outcome.exit_code, 0);
}

TEST_F(CountTestsTest, RunningNothingIsNotSuccess) {
  const Outcome outcome = Count();
  EXPECT_EQ(outcome.output, "0 passed, 0 failed, 0 skipped\n");
  EXPECT_NE(outcome.exit_code, 0);
}

TEST_F(CountTestsTest, ReadsWhatVitestWrites) {
  CtestSays(kRan);
  RunnerWrote("a_test", kTwoPass);
  RunnerWrote(
      "web",
      "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<testsuites name=\"vitest tests\" "
      "tests=\"2\">\n"
      "  <testsuite name=\"format.test.ts\" tests=\"2\" failures=\"1\">\n"
      "    <testcase classname=\"format.test.ts\" name=\"rupiah &gt; short\" time=\"0.01\">\n"
      "    </testcase>\n"
      "    <testcase classname=\"format.test.ts\" name=\"rupiah &gt; long\" time=\"0.01\">\n"
      "      <failure message=\"expected\" type=\"AssertionError\">\nexpected\n      </failure>\n"
      "    </testcase>\n  </testsuite>\n</testsuites>\n");
  EXPECT_EQ(Count().output,
            "failed: format.test.ts.rupiah > long\n3 passed, 1 failed, 0 skipped\n");
}

}  // namespace
}  // namespace sepakat::support
