// A stored publication, computed once more from the log alone and compared with what was said.
//
//   replay the inputs to the offsets of its manifest      -> digest of the whole state
//   read every figure out of that state                   -> figures as the log holds them
//   for the latest publication also, family by family     -> the state that is being served
//
// Findings name events and figures. An event whose content does not match its own digest was
// altered; a number missing in a sender's sequence was lost or, on a compacted topic, superseded;
// a number that came twice was sent again, which is harmless because it is applied once. Only a
// difference in digest, figures or families makes a verification fail; gaps and repeats explain.
//
// Uses readers and an engine of its own: serving goes on meanwhile, and memory holds the register
// twice.
// Errors: NotFound PUBLICATION_UNKNOWN; FailedPrecondition NOTHING_PUBLISHED; DataLoss
//   LOG_SHORTER_THAN_MANIFEST; Aborted STATE_MOVES_TOO_FAST (ask again); those of the log.
// Thread: one per object. Complexity: one replay of the register.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "targeting/app/codec.h"
#include "targeting/app/inputs.h"
#include "targeting/domain/engine.h"

namespace sepakat::targeting {

enum class FindingKind {
  kStateDiffers,     // the digest of the recomputed state is not the manifest's
  kFigureDiffers,    // figures of a region on the log are not the recomputed ones
  kFigureMissing,    // a region has figures, the log has none
  kFamilyDiffers,    // the served record of a family is not the recomputed one
  kEventAltered,     // the content of an event does not match its digest
  kEventUnreadable,  // an event cannot be used; it went to quarantine
  kEventGap,         // numbers of a sender's sequence are not there
  kEventRepeated,    // a number of a sender's sequence came again
};

// Upper-case word for programs, such as `FIGURE_DIFFERS`.
std::string_view NameOf(FindingKind kind);
// True for what makes a verification fail.
bool IsFault(FindingKind kind);

struct Finding {
  FindingKind kind = FindingKind::kStateDiffers;
  // A place on the log (`topic/partition@offset`), or `population/region`, or `population/family`.
  std::string where;
  std::string detail;
};

struct VerificationReport {
  int64_t publication = 0;
  int64_t cut_at_ms = 0;
  std::string digest_said;
  std::string digest_recomputed;
  int64_t events = 0;
  int64_t families = 0;
  int64_t figures = 0;
  // Families of the serving state that were compared; absent for an earlier publication.
  std::optional<int64_t> served_families;
  // The first findings of each kind, the deepest regions first, and how many there are.
  std::vector<Finding> findings;
  std::map<FindingKind, int64_t> counts;

  bool passed() const;
  void Note(FindingKind kind, std::string where, std::string detail);
};

// The state being served: calls the function with engine and publication while it stands still.
using ReadServed = std::function<absl::Status(
    const std::function<absl::Status(const Engine& engine, int64_t publication)>&)>;

class Verification {
 public:
  // All outlive the object.
  Verification(runtime::EventLog* log, const Codec* codec, const RuleSet* rules)
      : log_(log), codec_(codec), inputs_(log), engine_(rules) {}

  // `publication` 0: the latest one, compared with the state being served as well.
  absl::StatusOr<VerificationReport> Run(int64_t publication, const ReadServed& served);

 private:
  absl::StatusOr<Manifest> ManifestOf(int64_t publication) const;
  absl::Status Replay(const Manifest& manifest, VerificationReport* report);
  absl::Status Take(const runtime::LogRecord& record, VerificationReport* report);
  void CheckSequence(const runtime::LogRecord& record, VerificationReport* report);
  absl::Status CompareFigures(const Manifest& manifest, VerificationReport* report);
  // True when the served state stood at the recomputed publication.
  absl::StatusOr<bool> CompareServed(const ReadServed& served, VerificationReport* report);

  runtime::EventLog* const log_;
  const Codec* const codec_;
  Inputs inputs_;
  Engine engine_;
  // Highest sequence by (source, place).
  std::map<std::pair<std::string, runtime::TopicPartition>, int64_t> sequences_;
};

}  // namespace sepakat::targeting
