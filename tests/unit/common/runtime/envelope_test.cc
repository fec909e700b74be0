// Envelopes travel as headers and come back as they were; incomplete ones are recognised.
#include "common/runtime/envelope.h"

#include <gtest/gtest.h>

#include <optional>
#include <string_view>

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

// The headers of Full() with another text for `name`, or without it.
Headers FullWith(std::string_view name, std::optional<std::string_view> text) {
  Headers headers;
  for (const auto& [key, usual] : ToHeaders(Full())) {
    if (key != name) headers.Add(key, usual);
    if (key == name && text) headers.Add(key, *text);
  }
  return headers;
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
  EXPECT_EQ(headers.Find("ce_specversion"), "1.0");
  EXPECT_EQ(headers.Find("ce_id"), Full().id);
  EXPECT_EQ(headers.Find("ce_source"), "sepakat/ingestion");
  EXPECT_EQ(headers.Find("ce_type"), "sepakat.ingestion.events.v1.FamilyRecorded");
  EXPECT_EQ(headers.Find("ce_time"), "2025-03-31T08:15:00.123Z");
  EXPECT_EQ(headers.Find("content-type"), "application/protobuf");
  EXPECT_EQ(headers.Find("sequence"), "17");
  EXPECT_EQ(headers.Find("schema_revision"), "4");
  EXPECT_EQ(headers.Find("no such header"), std::nullopt);
}

TEST(EnvelopeTest, IsAbsentWithoutAnyOfTheRequiredHeaders) {
  for (const char* name : {"ce_id", "ce_source", "ce_type", "ce_time", "sequence"}) {
    EXPECT_FALSE(FromHeaders(FullWith(name, std::nullopt)).has_value()) << name;
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
    EXPECT_FALSE(FromHeaders(FullWith(name, value)).has_value()) << name << "=" << value;
  }
}

}  // namespace
}  // namespace sepakat::runtime
