// What the task needs from the wire: records to domain values, publications to messages.
//
// Thread: any; implementations hold no state.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"
#include "targeting/app/manifest.h"
#include "targeting/domain/engine.h"

namespace sepakat::targeting {

// What one input record says; neither for a record that does not concern targeting.
struct Input {
  std::optional<FamilyUpdate> family;
  std::unique_ptr<ParameterChange> parameter;
};

// An encoded message, before it has a partition and a sequence.
struct Message {
  std::string topic;
  std::string key;
  std::string type;  // full protobuf name
  std::string payload;
  // What it is about, for example `indicator` or `decile`: with publication and key it is the id.
  std::string part;
};

// A parameter as its topic holds it.
struct ParameterText {
  std::string topic;
  std::string payload;
  bool operator==(const ParameterText&) const = default;
};

// The figures of one region as a publication said them; measures unknown to this program are left
// out.
struct SaidFigures {
  int64_t publication = 0;
  std::string population;
  std::string region;
  std::vector<FigureValue> figures;
};

class Codec {
 public:
  virtual ~Codec() = default;
  // Errors: InvalidArgument or OutOfRange with reason; the record goes to quarantine.
  virtual absl::StatusOr<Input> Decode(const runtime::LogRecord& record) const = 0;
  virtual Message Encode(const Manifest& manifest) const = 0;
  virtual absl::StatusOr<Manifest> DecodeManifest(std::string_view payload) const = 0;
  // Everything recorded, so that decoding it on an empty engine gives equal parameters.
  virtual std::vector<ParameterText> EncodeParameters(const Parameters& parameters) const = 0;
  virtual absl::StatusOr<SaidFigures> DecodeFigures(std::string_view payload) const = 0;
  // False when an event carries a digest of its content that does not match.
  virtual bool ContentHolds(const runtime::LogRecord& record) const = 0;
  // All messages of a publication in a fixed order.
  virtual std::vector<Message> Encode(const Manifest& manifest,
                                      const Publication& publication) const = 0;
};

}  // namespace sepakat::targeting
