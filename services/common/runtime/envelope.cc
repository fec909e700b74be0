#include "common/runtime/envelope.h"

#include <fmt/format.h>

#include <charconv>

#include "common/base/date.h"

namespace sepakat::runtime {
namespace {

std::optional<int64_t> Number(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  int64_t value = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

Headers ToHeaders(const Envelope& envelope) {
  Headers headers;
  headers.reserve(10);
  headers.emplace_back("ce_specversion", "1.0");
  headers.emplace_back("ce_id", envelope.id);
  headers.emplace_back("ce_source", envelope.source);
  headers.emplace_back("ce_type", envelope.type);
  headers.emplace_back("ce_time", base::IsoInstant(envelope.time_ms));
  headers.emplace_back("content-type", "application/protobuf");
  headers.emplace_back("sequence", fmt::format_int(envelope.sequence).str());
  headers.emplace_back("schema_revision", fmt::format_int(envelope.schema_revision).str());
  if (!envelope.cause.empty()) headers.emplace_back("cause", envelope.cause);
  if (!envelope.traceparent.empty()) headers.emplace_back("traceparent", envelope.traceparent);
  return headers;
}

std::optional<Envelope> FromHeaders(const Headers& headers) {
  const auto id = FindHeader(headers, "ce_id");
  const auto source = FindHeader(headers, "ce_source");
  const auto type = FindHeader(headers, "ce_type");
  const auto sequence = Number(FindHeader(headers, "sequence"));
  const auto time = FindHeader(headers, "ce_time");
  if (!id || !source || !type || !sequence || !time) return std::nullopt;
  const auto time_ms = base::ParseIsoInstant(*time);
  if (!time_ms.ok()) return std::nullopt;
  Envelope envelope;
  envelope.id = *id;
  envelope.source = *source;
  envelope.type = *type;
  envelope.time_ms = *time_ms;
  envelope.sequence = *sequence;
  envelope.cause = FindHeader(headers, "cause").value_or("");
  envelope.traceparent = FindHeader(headers, "traceparent").value_or("");
  envelope.schema_revision =
      static_cast<int32_t>(Number(FindHeader(headers, "schema_revision")).value_or(1));
  return envelope;
}

std::optional<std::string_view> FindHeader(const Headers& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return std::nullopt;
}

}  // namespace sepakat::runtime
