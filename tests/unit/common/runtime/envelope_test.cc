// Envelopes travel as headers and come back as they were; incomplete ones are recognised.
#include "common/runtime/envelope.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace sepakat::runtime {
namespace {

Envelope Full() {
  return {.id = "sepakat/ingestion/sepakat.ingestion.family.v1/3/17",
          .source = "sepakat/ingestion",
          .type = "sepakat.ingestion.events.v1.FamilyRecorded",
          .time_ms = 1'743'408'900'123,
          .sequence = 17,
          .cause = "sepakat/gateway/9",
          .schema_revision = 4,
          .traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"};
}

void ExpectSame(const Envelope& a, const Envelope& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.type, b.type);
  EXPECT_EQ(a.time_ms, b.time_ms);
  EXPECT_EQ(a.sequence, b.sequence);
  EXPECT_EQ(a.cause, b.cause);
  EXPECT_EQ(a.schema_revision, b.schema_revision);
  EXPECT_EQ(a.traceparent, b.traceparent);
}

TEST(EnvelopeTest, GoesThroughHeadersUnchanged) {
  Envelope envelope = Full();
  ExpectSame(*FromHeaders(ToHeaders(envelope)), envelope);
  envelope.cause.clear();
  envelope.traceparent.clear();
  ExpectSame(*FromHeaders(ToHeaders(envelope)), envelope);
}

TEST(EnvelopeTest, IsCloudEventsInBinaryMode) {
  const Headers headers = ToHeaders(Full());
  EXPECT_EQ(FindHeader(headers, "ce_specversion"), "1.0");
  EXPECT_EQ(FindHeader(headers, "ce_id"), Full().id);
  EXPECT_EQ(FindHeader(headers, "ce_source"), "sepakat/ingestion");
  EXPECT_EQ(FindHeader(headers, "ce_type"), "sepakat.ingestion.events.v1.FamilyRecorded");
  EXPECT_EQ(FindHeader(headers, "ce_time"), "2025-03-31T08:15:00.123Z");
  EXPECT_EQ(FindHeader(headers, "content-type"), "application/protobuf");
  EXPECT_EQ(FindHeader(headers, "sequence"), "17");
  EXPECT_EQ(FindHeader(headers, "schema_revision"), "4");
  EXPECT_EQ(FindHeader(headers, "no such header"), std::nullopt);
}

TEST(EnvelopeTest, IsAbsentWithoutAnyOfTheRequiredHeaders) {
  for (const char* name : {"ce_id", "ce_source", "ce_type", "ce_time", "sequence"}) {
    Headers headers = ToHeaders(Full());
    std::erase_if(headers, [&](const auto& header) { return header.first == name; });
    EXPECT_FALSE(FromHeaders(headers).has_value()) << name;
  }
}

TEST(EnvelopeTest, IsAbsentWhenANumberOrTheTimeIsNone) {
  const struct {
    const char* name;
    const char* value;
  } kCases[] = {{"sequence", "seven"},
                {"sequence", ""},
                {"sequence", "7x"},
                {"ce_time", "today"},
                {"ce_time", "2025-03-31"}};
  for (const auto& [name, value] : kCases) {
    Headers headers = ToHeaders(Full());
    const auto it = std::ranges::find(headers, std::string(name), &Headers::value_type::first);
    it->second = value;
    EXPECT_FALSE(FromHeaders(headers).has_value()) << name << "=" << value;
  }
}

}  // namespace
}  // namespace sepakat::runtime
