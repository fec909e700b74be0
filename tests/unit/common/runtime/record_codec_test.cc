// Stored runs of records give back what went in, and damage is seen.
#include "common/runtime/record_codec.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "common/base/status.h"

namespace sepakat::runtime {
namespace {

OutRecord AnyRecord() {
  OutRecord record;
  record.topic = *rc::gen::arbitrary<std::string>();
  record.partition = *rc::gen::inRange(0, 64);
  record.key = *rc::gen::arbitrary<std::string>();
  if (*rc::gen::arbitrary<bool>()) record.value = *rc::gen::arbitrary<std::string>();
  for (const auto& [name, text] :
       *rc::gen::arbitrary<std::vector<std::pair<std::string, std::string>>>()) {
    record.headers.Add(name, text);
  }
  record.timestamp_ms = *rc::gen::arbitrary<int64_t>();
  return record;
}

RC_GTEST_PROP(RecordCodecTest, ARunComesBackAsItWas, ()) {
  std::vector<OutRecord> records;
  std::string bytes;
  for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
    records.push_back(AnyRecord());
    const size_t before = bytes.size();
    AppendEncoded(records.back(), &bytes);
    RC_ASSERT(bytes.size() == before + EncodedSize(records.back()));
  }
  const auto read = DecodeRun(bytes);
  RC_ASSERT(read.ok());
  RC_ASSERT(read->size() == records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    RC_ASSERT((*read)[i].topic == records[i].topic);
    RC_ASSERT((*read)[i].partition == records[i].partition);
    RC_ASSERT((*read)[i].key == records[i].key);
    RC_ASSERT((*read)[i].value == records[i].value);
    RC_ASSERT((*read)[i].headers == records[i].headers);
    RC_ASSERT((*read)[i].timestamp_ms == records[i].timestamp_ms);
  }
}

TEST(RecordCodecTest, ARunThatEndsInsideARecordIsDamaged) {
  std::string bytes;
  AppendEncoded({"topic", 1, "key", "value", {{"name", "text"}}, 7}, &bytes);
  for (size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_EQ(base::ReasonOf(DecodeRun(bytes.substr(0, size)).status()), "RUN_DAMAGED") << size;
  }
}

}  // namespace
}  // namespace sepakat::runtime
