// What the stores and the log on RocksDB do on a disk that fails, fills up, loses what was not
// synced, or belongs to somebody else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "common/base/status.h"
#include "common/embedded/durable_log.h"
#include "common/platform/rocksdb/rocks_store.h"
#include "tests/support/rocksdb/faulty_env.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::platform {
namespace {

using support::FaultyEnv;

absl::Status Put(RocksStore& store, const std::string& key) {
  runtime::StoreBatch batch;
  batch.Put(key, "value");
  return store.Commit(batch);
}

absl::Status Say(embedded::DurableLog& log, const std::string& value) {
  const runtime::OutRecord record{"topic", 0, "key", value, {}, 0};
  return log.Append({&record, 1});
}

// Bytes without any pattern: blocks of them stay as large as they are.
std::string Unpackable(size_t size, unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

class RocksFaultsTest : public testing::Test {
 protected:
  RocksFaultsTest() : folder_("sepakat-faults") {}

  std::filesystem::path path() const { return folder_.path() / "data"; }
  DatabaseTuning Faulty() {
    DatabaseTuning tuning;
    tuning.env = faulty_.env();
    return tuning;
  }

  support::TemporaryFolder folder_;
  FaultyEnv faulty_;
};

TEST_F(RocksFaultsTest, EveryAcknowledgedCommitSurvivesAPowerCut) {
  {
    auto store = RocksStore::Open(path(), Faulty());
    ASSERT_TRUE(store.ok()) << store.status();
    for (int i = 0; i < 50; ++i) ASSERT_EQ(Put(**store, std::to_string(i)), absl::OkStatus());
    faulty_.Crash();
    EXPECT_EQ(Put(**store, "after"), absl::OkStatus());
  }
  auto store = RocksStore::Open(path());
  ASSERT_TRUE(store.ok()) << store.status();
  for (int i = 0; i < 50; ++i) EXPECT_EQ(*(*store)->Get(std::to_string(i)), "value") << i;
  EXPECT_EQ(*(*store)->Get("after"), std::nullopt) << "the power cut must have cut something";
}

TEST_F(RocksFaultsTest, EveryAcknowledgedAppendSurvivesAPowerCut) {
  {
    auto log = embedded::DurableLog::Open(path(), faulty_.env());
    ASSERT_TRUE(log.ok()) << log.status();
    const runtime::TopicSpec spec{"topic", 1, false};
    ASSERT_EQ((*log)->EnsureTopics({&spec, 1}), absl::OkStatus());
    for (int i = 0; i < 50; ++i) ASSERT_EQ(Say(**log, std::to_string(i)), absl::OkStatus());
    faulty_.Crash();
    EXPECT_EQ(Say(**log, "after"), absl::OkStatus());
  }
  auto log = embedded::DurableLog::Open(path());
  ASSERT_TRUE(log.ok()) << log.status();
  EXPECT_EQ(*(*log)->EndOffset({"topic", 0}), 50);
}

TEST_F(RocksFaultsTest, AfterAFailedSyncNothingIsAcceptedAnyMore) {
  auto store = RocksStore::Open(path(), Faulty());
  ASSERT_TRUE(store.ok()) << store.status();
  ASSERT_EQ(Put(**store, "before"), absl::OkStatus());
  faulty_.Set(FaultyEnv::Fault::kSyncFails);
  const absl::Status failed = Put(**store, "lost");
  EXPECT_EQ(base::ReasonOf(failed), "STORE_FAILED");
  EXPECT_FALSE(base::IsRetriable(failed));
  faulty_.Set(FaultyEnv::Fault::kNone);
  EXPECT_EQ(base::ReasonOf(Put(**store, "later")), "STORE_FAILED")
      << "a disk that lost a sync is not trusted again";
  EXPECT_EQ(*(*store)->Get("before"), "value");
}

TEST_F(RocksFaultsTest, AFullDiskIsToldInOneSentence) {
  auto log = embedded::DurableLog::Open(path(), faulty_.env());
  ASSERT_TRUE(log.ok()) << log.status();
  const runtime::TopicSpec spec{"topic", 1, false};
  ASSERT_EQ((*log)->EnsureTopics({&spec, 1}), absl::OkStatus());
  ASSERT_EQ(Say(**log, "fits"), absl::OkStatus());
  faulty_.Set(FaultyEnv::Fault::kDiskFull);
  const absl::Status full = Say(**log, "does not");
  EXPECT_EQ(full.code(), absl::StatusCode::kResourceExhausted) << full;
  EXPECT_EQ(base::ReasonOf(full), "DISK_FULL");
  EXPECT_EQ(*(*log)->EndOffset({"topic", 0}), 1);
}

TEST_F(RocksFaultsTest, ASecondOwnerOfTheSameDirectoryIsRefused) {
  auto first = RocksStore::Open(path());
  ASSERT_TRUE(first.ok()) << first.status();
  const absl::Status second = RocksStore::Open(path()).status();
  EXPECT_EQ(second.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(base::ReasonOf(second), "DIRECTORY_IN_USE");
  EXPECT_NE(second.message().find(path().string()), absl::string_view::npos);
  first->reset();
  EXPECT_TRUE(RocksStore::Open(path()).ok());
}

TEST_F(RocksFaultsTest, APlaceThatCannotBeWrittenIsNamed) {
  std::ofstream(path()) << "a file, not a directory";
  const absl::Status refused = RocksStore::Open(path() / "store").status();
  EXPECT_EQ(base::ReasonOf(refused), "DIRECTORY_NOT_WRITABLE");
  EXPECT_NE(refused.message().find(path().string()), absl::string_view::npos);
}

TEST_F(RocksFaultsTest, AFlippedBitIsFoundAndNeverServed) {
  {
    auto log = embedded::DurableLog::Open(path());
    ASSERT_TRUE(log.ok()) << log.status();
    const runtime::TopicSpec spec{"topic", 1, false};
    ASSERT_EQ((*log)->EnsureTopics({&spec, 1}), absl::OkStatus());
    for (int i = 0; i < 10; ++i) {
      ASSERT_EQ(Say(**log, Unpackable(5000, static_cast<unsigned>(i))), absl::OkStatus());
    }
    ASSERT_EQ((*log)->Flush(), absl::OkStatus());
  }
  int flipped = 0;
  for (const auto& entry : std::filesystem::directory_iterator(path())) {
    if (entry.path().extension() != ".blob") continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(entry.file_size() / 2);
    file.seekg(middle);
    const int byte = file.get();
    file.seekp(middle);
    file.put(static_cast<char>(byte ^ 1));
    ++flipped;
  }
  ASSERT_GT(flipped, 0);
  auto log = embedded::DurableLog::Open(path());
  absl::Status status = log.status();
  if (log.ok()) {
    const runtime::StartOffset start{{"topic", 0}, 0};
    auto reader = (*log)->OpenReader({&start, 1});
    ASSERT_TRUE(reader.ok()) << reader.status();
    status = (*reader)->Poll(100, 0).status();
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
  EXPECT_EQ(base::ReasonOf(status), "LOG_DAMAGED");
  EXPECT_THAT(std::string(status.message()), testing::HasSubstr("topic topic partition 0"));
}

}  // namespace
}  // namespace sepakat::platform
