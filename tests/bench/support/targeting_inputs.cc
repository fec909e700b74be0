#include "tests/bench/support/targeting_inputs.h"

#include <fmt/format.h>

#include <vector>

#include "common/measures/catalogue.h"
#include "common/runtime/envelope.h"
#include "common/runtime/topics.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "tests/bench/support/meter.h"

namespace sepakat::bench {

namespace topics = runtime::topics;
namespace events = reference::events::v1;

runtime::OutRecord BenchRecord(std::string_view topic, std::string key, int64_t sequence,
                               const google::protobuf::Message& message) {
  runtime::Envelope envelope;
  envelope.id = fmt::format("{}/{}", topic, sequence);
  envelope.source = "bench";
  envelope.type = message.GetDescriptor()->full_name();
  envelope.sequence = sequence;
  return {std::string(topic),  0, std::move(key), message.SerializeAsString(),
          ToHeaders(envelope), 0};
}

void AddParameters(runtime::EventLog* log) {
  constexpr int kProgrammes = 14;
  std::vector<runtime::OutRecord> records;
  events::PovertyLineRecorded line;
  line.set_population("register");
  line.set_region("33.26");
  line.set_value("538371");
  line.set_version("2025");
  records.push_back(BenchRecord(topics::kPovertyLine, "line", 1, line));
  for (int i = 0; i < kProgrammes; ++i) {
    events::ProgrammeRecorded programme;
    programme.set_id(fmt::format("p{:02}", i));
    programme.set_version("1");
    programme.mutable_rule()->add_needs(std::string(measures::kDeprivationNames[i]));
    programme.mutable_rule()->set_decile_max(4);
    records.push_back(BenchRecord(topics::kProgramme, programme.id(), i + 1, programme));
  }
  Must(log->Append(records));
}

}  // namespace sepakat::bench
