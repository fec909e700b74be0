// Blocks of the durable log give back what went in, packed or not, and damage is seen.
#include "common/embedded/block_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"

namespace sepakat::embedded {
namespace {

using runtime::LogRecord;
using runtime::OutRecord;

OutRecord AnyRecord() {
  OutRecord record;
  record.topic = "topic";
  record.key = *rc::gen::arbitrary<std::string>();
  if (*rc::gen::arbitrary<bool>()) {
    record.value = *rc::gen::arbitrary<std::string>();
    // Long enough to be packed, now and then.
    record.value->append(*rc::gen::element<size_t>(0, 0, 400, 100'000), 'x');
  }
  for (const auto& [name, text] :
       *rc::gen::arbitrary<std::vector<std::pair<std::string, std::string>>>()) {
    record.headers.Add(name, text);
  }
  record.timestamp_ms = *rc::gen::arbitrary<int64_t>();
  return record;
}

std::string BlockOf(const std::vector<OutRecord>& records) {
  BlockWriter writer;
  for (const OutRecord& record : records) writer.Add(record);
  return std::move(writer).Finish();
}

OutRecord RecordWith(std::string value) {
  return {"topic", 1, "key", std::move(value), {{"name", "text"}}, 7};
}

RC_GTEST_PROP(BlockCodecTest, ABlockGivesItsRecordsFromAnyOffsetOn, ()) {
  std::vector<OutRecord> records;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) records.push_back(AnyRecord());
  const std::string block = BlockOf(records);
  RC_ASSERT(*SpanOf(block) == records.size());
  const size_t skip = *rc::gen::inRange<size_t>(0, records.size());
  const int64_t base = 1000;
  const auto read = ReadBlock(block, "topic", 3, base, base + static_cast<int64_t>(skip));
  RC_ASSERT(read.ok());
  RC_ASSERT(read->size() == records.size() - skip);
  for (size_t i = 0; i < read->size(); ++i) {
    const LogRecord& record = (*read)[i];
    RC_ASSERT(record.topic == "topic");
    RC_ASSERT(record.partition == 3);
    RC_ASSERT(record.offset == base + static_cast<int64_t>(skip + i));
    RC_ASSERT(record.key == records[skip + i].key);
    RC_ASSERT(record.value == records[skip + i].value);
    RC_ASSERT(record.headers == records[skip + i].headers);
    RC_ASSERT(record.timestamp_ms == records[skip + i].timestamp_ms);
  }
}

TEST(BlockCodecTest, RecordsThatResembleEachOtherTakeLessRoom) {
  std::vector<OutRecord> records;
  size_t bytes = 0;
  for (int i = 0; i < 100; ++i) {
    records.push_back(RecordWith("the answers of family " + std::to_string(i)));
    bytes += records.back().value->size();
  }
  EXPECT_LT(BlockOf(records).size(), bytes);
}

// Stores written before blocks were packed.
TEST(BlockCodecTest, ABlockOfTheFirstFormIsStillRead) {
  using namespace std::string_literals;
  std::string block;
  block += "\x02\x00\x00\x00"s;                  // two offsets
  block += "\x01\x00\x00\x00"s;                  // the second of them
  block += "\x07\x00\x00\x00\x00\x00\x00\x00"s;  // timestamp
  block += "\x03\x00\x00\x00key"s;
  block += "\x01\xE8\x03\x00\x00"s + std::string(1000, 'v');
  block += "\x01\x00\x00\x00\x04\x00\x00\x00name\x04\x00\x00\x00text"s;
  EXPECT_EQ(*SpanOf(block), 2U);
  const auto read = ReadBlock(block, "topic", 3, 40, 40);
  ASSERT_TRUE(read.ok()) << read.status();
  ASSERT_EQ(read->size(), 1U);
  EXPECT_EQ(read->front().offset, 41);
  EXPECT_EQ(read->front().timestamp_ms, 7);
  EXPECT_EQ(read->front().key, "key");
  EXPECT_EQ(read->front().value, std::string(1000, 'v'));
  EXPECT_EQ(read->front().headers.Find("name"), "text");
}

TEST(BlockCodecTest, ADamagedBlockIsNamedByItsPlace) {
  const std::string block = BlockOf({RecordWith(std::string(2000, 'v'))});
  const absl::Status status =
      ReadBlock(block.substr(0, block.size() - 1), "family", 3, 40, 40).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()),
              testing::HasSubstr("topic family partition 3 at offset 40"));
}

TEST(BlockCodecTest, ABlockThatEndsTooEarlyIsDamaged) {
  for (const std::string& value : {std::string("value"), std::string(2000, 'v')}) {
    const std::string block = BlockOf({RecordWith(value)});
    for (size_t size = 0; size < block.size(); ++size) {
      // Compaction leaves such blocks: a span and no record.
      if (value.size() < 100 && size == sizeof(uint32_t)) continue;
      EXPECT_EQ(base::ReasonOf(ReadBlock(block.substr(0, size), "topic", 1, 0, 0).status()),
                "LOG_DAMAGED")
          << size;
    }
  }
}

TEST(BlockCodecTest, APackedBlockThatPromisesAnotherSizeIsDamaged) {
  std::string block = BlockOf({RecordWith(std::string(2000, 'v'))});
  for (const char byte : {'\x01', '\x7F', '\xFF'}) {
    std::string wrong = block;
    wrong[sizeof(uint32_t) + 2] = byte;
    ASSERT_NE(wrong, block);
    EXPECT_EQ(base::ReasonOf(ReadBlock(wrong, "topic", 1, 0, 0).status()), "LOG_DAMAGED");
  }
}

}  // namespace
}  // namespace sepakat::embedded
