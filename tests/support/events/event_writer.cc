#include "tests/support/events/event_writer.h"

#include "common/runtime/envelope.h"

namespace sepakat::support {

absl::Status EventWriter::Write(std::string_view topic, std::string key,
                                const google::protobuf::Message& event) {
  runtime::Envelope envelope;
  envelope.source = source_;
  envelope.type = event.GetDescriptor()->full_name();
  envelope.time_ms = clock_->NowMs();
  envelope.sequence = ++sequences_[std::string(topic)];
  envelope.id = source_ + "/" + std::string(topic) + "/" + std::to_string(envelope.sequence);
  runtime::OutRecord record;
  record.topic = std::string(topic);
  record.key = std::move(key);
  record.value = event.SerializeAsString();
  record.headers = runtime::ToHeaders(envelope);
  record.timestamp_ms = envelope.time_ms;
  return log_->Append(std::span(&record, 1));
}

}  // namespace sepakat::support
