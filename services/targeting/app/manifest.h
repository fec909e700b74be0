// What publication N was computed from, as the engine's task keeps it.
//
// Thread: values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "common/runtime/event_log.h"
#include "targeting/domain/publication.h"

namespace sepakat::targeting {

struct Manifest {
  int64_t publication = 0;
  // Next offset of every input partition.
  std::map<runtime::TopicPartition, int64_t> inputs;
  std::vector<ParameterInUse> parameters;
  std::string state_digest;
  // Number of messages of this publication per topic.
  std::map<std::string, int64_t> output_counts;
  // Sequence of the last message after this publication, by `topic/partition`.
  std::map<std::string, int64_t> last_sequences;
  int64_t cut_at_ms = 0;
  int64_t families = 0;
  int64_t conflicts = 0;
  bool bulk = false;
};

}  // namespace sepakat::targeting
