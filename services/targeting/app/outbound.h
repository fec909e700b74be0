// One publication on its way: the manifest durably first, then its messages, then the next one.
//
// Ids and sequences follow from the manifest alone, so a publication that is sent again after a
// crash carries the same ones and readers drop what they had.
// Errors: those of EventLog::Append; Send() goes on where it stopped, or begins a block again.
// Thread: one.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/runtime/event_log.h"
#include "targeting/app/codec.h"

namespace sepakat::targeting {

inline constexpr std::string_view kSource = "sepakat/targeting";

// Counts messages per destination; part of every manifest.
using SequenceMap = std::map<std::string, int64_t>;

class Outbound {
 public:
  Outbound(runtime::EventLog* log, const Codec* codec) : log_(log), codec_(codec) {}

  // Asks once how many partitions the output topics have.
  absl::Status Open();
  // Takes over a publication; completes its manifest's counts and sequences, which go on from
  // `sequences`. `manifest_is_durable`: send the messages only. Requires idle().
  void Begin(Manifest manifest, const Publication& publication, SequenceMap sequences,
             bool manifest_is_durable);
  absl::Status Send();
  bool idle() const { return !busy_; }
  const Manifest& manifest() const { return manifest_; }

 private:
  runtime::OutRecord Address(const Message& message, int64_t sequence, int32_t partition) const;

  runtime::EventLog* log_;
  const Codec* codec_;
  std::map<std::string, int32_t> partitions_;
  Manifest manifest_;
  bool busy_ = false;
  bool manifest_sent_ = false;
  std::vector<runtime::OutRecord> messages_;
  size_t sent_ = 0;
};

// `topic/partition`, the key of a sequence.
std::string DestinationOf(std::string_view topic, int32_t partition);

}  // namespace sepakat::targeting
