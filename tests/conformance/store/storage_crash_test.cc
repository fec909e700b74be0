// kill -9 in the middle of appends and commits: what was acknowledged is there, in order, without
// gap.
//
// The writer is this same program, started as `storage_crash_test write FOLDER`; it tells each
// acknowledgement on its standard output.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <random>
#include <vector>

#include "common/embedded/durable_log.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "tests/support/servers/server_process.h"

namespace sepakat {
namespace {

constexpr char kTopic[] = "numbers";
constexpr int32_t kPartitions = 3;

std::string StoredKey(int64_t number) {
  char key[32];
  std::snprintf(key, sizeof key, "%012lld", static_cast<long long>(number));
  return key;
}

// Appends and commits numbers from what is there on, for ever.
int Write(const std::filesystem::path& folder) {
  auto log = embedded::DurableLog::Open(folder / "log");
  auto store = platform::RocksStore::Open(folder / "store");
  if (!log.ok() || !store.ok()) return 1;
  const runtime::TopicSpec spec{kTopic, kPartitions, false};
  if (!(*log)->EnsureTopics({&spec, 1}).ok()) return 1;
  int64_t number = *(*log)->EndOffset({kTopic, 0});
  while (true) {
    std::vector<runtime::OutRecord> records;
    records.reserve(kPartitions);
    for (int32_t p = 0; p < kPartitions; ++p) {
      records.push_back({kTopic, p, "key", std::to_string(number), {}, 0});
    }
    if (!(*log)->Append(records).ok()) return 1;
    runtime::StoreBatch batch;
    batch.Put(StoredKey(number), "kept");
    if (!(*store)->Commit(batch).ok()) return 1;
    std::printf("%lld\n", static_cast<long long>(number++));
    std::fflush(stdout);
  }
}

// Runs a writer, kills it after `acknowledgements`, and gives the numbers it told.
std::vector<int64_t> RunAndKill(const std::filesystem::path& folder, int acknowledgements) {
  int pipe_ends[2];
  EXPECT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(pipe_ends[1], STDOUT_FILENO);
    close(pipe_ends[0]);
    execl("/proc/self/exe", "storage_crash_test", "write", folder.c_str(), nullptr);
    _exit(127);
  }
  close(pipe_ends[1]);
  std::FILE* told = fdopen(pipe_ends[0], "r");
  std::vector<int64_t> numbers;
  long long number = 0;
  while (std::fscanf(told, "%lld", &number) == 1) {
    numbers.push_back(number);
    if (static_cast<int>(numbers.size()) == acknowledgements) kill(child, SIGKILL);
  }
  std::fclose(told);
  int state = 0;
  waitpid(child, &state, 0);
  EXPECT_TRUE(WIFSIGNALED(state)) << "the writer ended by itself";
  return numbers;
}

TEST(StorageCrashTest, WhatWasAcknowledgedSurvivesKillNine) {
  const support::TemporaryFolder folder("sepakat-crash");
  std::mt19937 random(20'251'125);
  std::vector<int64_t> acknowledged;
  for (int round = 0; round < 8; ++round) {
    SCOPED_TRACE(round);
    const int patience = std::uniform_int_distribution(1, 120)(random);
    const std::vector<int64_t> told = RunAndKill(folder.path(), patience);
    ASSERT_FALSE(told.empty());
    acknowledged.insert(acknowledged.end(), told.begin(), told.end());
    auto log = embedded::DurableLog::Open(folder.path() / "log");
    ASSERT_TRUE(log.ok()) << log.status();
    auto store = platform::RocksStore::Open(folder.path() / "store");
    ASSERT_TRUE(store.ok()) << store.status();
    const int64_t end = *(*log)->EndOffset({kTopic, 0});
    EXPECT_GT(end, told.back());
    for (int32_t p = 0; p < kPartitions; ++p) {
      EXPECT_EQ(*(*log)->EndOffset({kTopic, p}), end) << "an append is all or nothing";
      const runtime::StartOffset start{{kTopic, p}, 0};
      auto reader = *(*log)->OpenReader({&start, 1});
      const auto records = *reader->Poll(1'000'000, 0);
      ASSERT_EQ(static_cast<int64_t>(records.size()), end);
      for (int64_t i = 0; i < end; ++i) {
        ASSERT_EQ(records[static_cast<size_t>(i)].offset, i);
        ASSERT_EQ(records[static_cast<size_t>(i)].value, std::to_string(i));
      }
    }
    for (const int64_t number : acknowledged) {
      ASSERT_TRUE((*store)->Get(StoredKey(number))->has_value()) << number;
    }
  }
}

}  // namespace
}  // namespace sepakat

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "write") return sepakat::Write(argv[2]);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
