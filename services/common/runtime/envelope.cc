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
  constexpr size_t kUsualBytes = 512;
  Headers headers;
  headers.Reserve(kUsualBytes);
  headers.Add("ce_specversion", "1.0");
  headers.Add("ce_id", envelope.id);
  headers.Add("ce_source", envelope.source);
  headers.Add("ce_type", envelope.type);
  headers.Add("ce_time", base::IsoInstant(envelope.time_ms));
  headers.Add("content-type", "application/protobuf");
  headers.Add("sequence", fmt::format_int(envelope.sequence).c_str());
  headers.Add("schema_revision", fmt::format_int(envelope.schema_revision).c_str());
  if (!envelope.cause.empty()) headers.Add("cause", envelope.cause);
  if (!envelope.traceparent.empty()) headers.Add("traceparent", envelope.traceparent);
  return headers;
}

std::optional<Envelope> FromHeaders(const Headers& headers) {
  std::optional<std::string_view> id, source, type, time, sequence, cause, revision, traceparent;
  const struct {
    std::string_view name;
    std::optional<std::string_view>* text;
  } parts[] = {{"ce_id", &id},
               {"ce_source", &source},
               {"ce_type", &type},
               {"ce_time", &time},
               {"sequence", &sequence},
               {"cause", &cause},
               {"schema_revision", &revision},
               {"traceparent", &traceparent}};
  for (const auto& [name, text] : headers) {
    for (const auto& part : parts) {
      if (part.name == name && !*part.text) *part.text = text;
    }
  }
  const std::optional<int64_t> number = Number(sequence);
  if (!id || !source || !type || !number || !time) return std::nullopt;
  const auto time_ms = base::ParseIsoInstant(*time);
  if (!time_ms.ok()) return std::nullopt;
  Envelope envelope;
  envelope.id = *id;
  envelope.source = *source;
  envelope.type = *type;
  envelope.time_ms = *time_ms;
  envelope.sequence = *number;
  envelope.cause = cause.value_or("");
  envelope.traceparent = traceparent.value_or("");
  envelope.schema_revision = static_cast<int32_t>(Number(revision).value_or(1));
  return envelope;
}

}  // namespace sepakat::runtime
