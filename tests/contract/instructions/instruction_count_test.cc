// The hot paths take no more instructions than recorded, within 3 %.
//
// Instructions do not depend on what else the machine does, so the gate can be narrow. They do
// depend on compiler and flags: counts are recorded per compiler for optimised builds without
// sanitizers (presets dev, release and ci, which differ in warnings only), and any other build
// skips and says so.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "tests/contract/instructions/callgrind.h"
#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {
namespace {

constexpr double kTolerance = 1.03;
constexpr char kRenew[] =
    "If the change is meant, renew the counts and commit them: "
    "SEPAKAT_RECORD_INSTRUCTIONS=1 build/release/tests/instruction_count_test";

std::filesystem::path Baseline() {
  return SourceFolder() / "tests/contract/instructions" / (SEPAKAT_BUILD_KIND ".txt");
}

// What is wrong with `now`, one line for each path.
std::string Complaints(const InstructionCounts& recorded, const InstructionCounts& now) {
  std::string complaints;
  for (const auto& [name, count] : now) {
    const auto it = recorded.find(name);
    if (it == recorded.end()) {
      complaints += fmt::format("{} has no recorded count\n", name);
    } else if (static_cast<double>(count) > kTolerance * static_cast<double>(it->second)) {
      complaints += fmt::format(
          "{} took {} instructions, {:.1f} % more than the recorded {}\n", name, count,
          100.0 * static_cast<double>(count) / static_cast<double>(it->second) - 100, it->second);
    }
  }
  for (const auto& [name, count] : recorded) {
    if (!now.contains(name)) complaints += fmt::format("{} was not run\n", name);
  }
  return complaints;
}

TEST(InstructionCountTest, HotPathsTakeNoMoreInstructionsThanRecorded) {
  if (SEPAKAT_INSTRUMENTED) {
    GTEST_SKIP() << "sanitizers and unoptimised builds have other instructions";
  }
  const auto now = CountInstructions(SEPAKAT_HOT_PATHS);
  if (now.status().code() == absl::StatusCode::kFailedPrecondition) GTEST_SKIP() << now.status();
  ASSERT_TRUE(now.ok()) << now.status();
  if (std::getenv("SEPAKAT_RECORD_INSTRUCTIONS") != nullptr) {
    WriteCounts(*now, Baseline());
    GTEST_SKIP() << "recorded in " << Baseline();
  }
  const auto recorded = ReadCounts(Baseline());
  if (recorded.status().code() == absl::StatusCode::kNotFound) {
    GTEST_SKIP() << recorded.status() << ". Record them: SEPAKAT_RECORD_INSTRUCTIONS=1";
  }
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  for (const auto& [name, count] : *now) {
    fmt::print("{:24}{:>14}\n", name, count);
  }
  EXPECT_EQ(Complaints(*recorded, *now), "") << kRenew;
}

TEST(InstructionCountTest, MoreInstructionsAreToldAndFewerAreWelcome) {
  const InstructionCounts recorded = {{"apply", 1000}, {"settle", 1000}};
  EXPECT_EQ(Complaints(recorded, {{"apply", 1030}, {"settle", 500}}), "");
  EXPECT_EQ(Complaints(recorded, {{"apply", 1031}, {"settle", 1000}}),
            "apply took 1031 instructions, 3.1 % more than the recorded 1000\n");
}

TEST(InstructionCountTest, APathThatIsNotRunOrNotRecordedIsTold) {
  EXPECT_EQ(Complaints({{"apply", 1}}, {{"settle", 1}}),
            "settle has no recorded count\napply was not run\n");
}

TEST(InstructionCountTest, WhatWasWrittenIsRead) {
  const TemporaryFolder folder("counts");
  const InstructionCounts counts = {{"apply", 12}, {"settle", 3'000'000'000}};
  WriteCounts(counts, folder.path() / "counts.txt");
  const auto read = ReadCounts(folder.path() / "counts.txt");
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, counts);
}

TEST(InstructionCountTest, ALineThatIsNoCountIsRefused) {
  const TemporaryFolder folder("counts");
  std::ofstream(folder.path() / "counts.txt") << "apply many\n";
  EXPECT_EQ(ReadCounts(folder.path() / "counts.txt").status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace sepakat::support
