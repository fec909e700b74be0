#include "targeting/app/verification.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "common/base/fixed_point.h"
#include "common/base/status.h"
#include "common/runtime/envelope.h"
#include "common/runtime/topics.h"
#include "targeting/app/log_range.h"
#include "targeting/app/manifest_log.h"

namespace sepakat::targeting {
namespace {

using runtime::LogRecord;
using runtime::TopicPartition;

// More of one kind are counted, not listed.
constexpr int64_t kListed = 20;
// Publications that may pass while the latest one is being recomputed.
constexpr int kChases = 50;

std::string PlaceOf(const LogRecord& record) {
  return fmt::format("{}/{}@{}", record.topic, record.partition, record.offset);
}

// Every record of a topic that is there now.
absl::Status ReadTopic(runtime::EventLog* log, std::string_view topic,
                       const std::function<absl::Status(const LogRecord&)>& visit) {
  SEPAKAT_ASSIGN_OR_RETURN(const int32_t partitions, log->Partitions(topic));
  for (int32_t partition = 0; partition < partitions; ++partition) {
    const TopicPartition at{std::string(topic), partition};
    SEPAKAT_ASSIGN_OR_RETURN(const int64_t end, log->EndOffset(at));
    SEPAKAT_RETURN_IF_ERROR(ReadRange(log, at, 0, end, [&](const LogRecord& record) {
      return record.value ? visit(record) : absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

std::string Shown(const FigureValue& figure) {
  return fmt::format("{}/{} ({} observed, {} unknown)", base::ToText(figure.ratio.numerator),
                     base::ToText(figure.ratio.denominator), figure.observed_families,
                     figure.unknown_families);
}

// The places where something went wrong before the sums that it went into.
std::vector<uint32_t> DeepestFirst(const RegionTree& tree) {
  std::vector<uint32_t> regions = tree.Subtree(RegionTree::kNation);
  std::ranges::stable_sort(regions, std::greater<>{},
                           [&](uint32_t index) { return tree.at(index).level; });
  return regions;
}

void CompareRegion(const RegionFigures& recomputed, const SaidFigures& said,
                   VerificationReport* report) {
  std::string first;
  int differing = 0;
  for (const FigureValue& figure : recomputed.figures) {
    const auto other = std::ranges::find(said.figures, figure.measure, &FigureValue::measure);
    // A measure that an earlier version of the program did not publish.
    if (other == said.figures.end()) continue;
    ++report->figures;
    if (*other == figure || ++differing > 1) continue;
    first =
        fmt::format("{}: said {}, recomputed {}", figure.measure->id, Shown(*other), Shown(figure));
  }
  if (differing == 0) return;
  if (differing > 1) first += fmt::format("; {} more figures differ", differing - 1);
  report->Note(FindingKind::kFigureDiffers,
               fmt::format("{}/{}", recomputed.population, recomputed.region), std::move(first));
}

// What a family says itself; its decile depends on all others. Of one that is not recorded nothing
// else counts.
bool SameRecord(const FamilyRecord& a, const FamilyRecord& b) {
  if (a.state != b.state || a.version != b.version || a.content_digest != b.content_digest) {
    return false;
  }
  if (a.state != FamilyState::kRecorded) return true;
  return a.observed_on == b.observed_on && a.welfare == b.welfare && a.size == b.size &&
         a.family_weight == b.family_weight && a.masks == b.masks && a.packed() == b.packed();
}

}  // namespace

std::string_view NameOf(FindingKind kind) {
  switch (kind) {
    case FindingKind::kStateDiffers:
      return "STATE_DIFFERS";
    case FindingKind::kFigureDiffers:
      return "FIGURE_DIFFERS";
    case FindingKind::kFigureMissing:
      return "FIGURE_MISSING";
    case FindingKind::kFamilyDiffers:
      return "FAMILY_DIFFERS";
    case FindingKind::kEventAltered:
      return "EVENT_ALTERED";
    case FindingKind::kEventUnreadable:
      return "EVENT_UNREADABLE";
    case FindingKind::kEventGap:
      return "EVENT_GAP";
    case FindingKind::kEventRepeated:
      break;
  }
  return "EVENT_REPEATED";
}

bool IsFault(FindingKind kind) { return kind <= FindingKind::kEventAltered; }

bool VerificationReport::passed() const {
  return std::ranges::none_of(counts, [](const auto& entry) { return IsFault(entry.first); });
}

void VerificationReport::Note(FindingKind kind, std::string where, std::string detail) {
  if (++counts[kind] > kListed) return;
  findings.push_back({kind, std::move(where), std::move(detail)});
}

absl::StatusOr<VerificationReport> Verification::Run(int64_t publication,
                                                     const ReadServed& served) {
  VerificationReport report;
  SEPAKAT_RETURN_IF_ERROR(inputs_.Open());
  for (int chase = 0; chase < kChases; ++chase) {
    SEPAKAT_ASSIGN_OR_RETURN(const Manifest manifest, ManifestOf(publication));
    SEPAKAT_RETURN_IF_ERROR(Replay(manifest, &report));
    if (publication == 0) {
      SEPAKAT_ASSIGN_OR_RETURN(const bool compared, CompareServed(served, &report));
      if (!compared) continue;
    }
    if (report.digest_said != report.digest_recomputed) {
      report.Note(
          FindingKind::kStateDiffers, fmt::format("publication {}", report.publication),
          fmt::format("said {}, recomputed {}", report.digest_said, report.digest_recomputed));
    }
    SEPAKAT_RETURN_IF_ERROR(CompareFigures(manifest, &report));
    std::ranges::stable_sort(report.findings, {}, &Finding::kind);
    return report;
  }
  return base::Error(
      absl::StatusCode::kAborted, "STATE_MOVES_TOO_FAST",
      "new publications came faster than they were recomputed; verify again, or name "
      "a publication");
}

absl::StatusOr<Manifest> Verification::ManifestOf(int64_t publication) const {
  if (publication == 0) {
    SEPAKAT_ASSIGN_OR_RETURN(std::vector<Manifest> last, LastManifests(log_, *codec_));
    if (!last.empty()) return std::move(last.back());
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOTHING_PUBLISHED",
                       "nothing was published yet; load data first");
  }
  SEPAKAT_ASSIGN_OR_RETURN(std::optional<Manifest> found, FindManifest(log_, *codec_, publication));
  if (found) return *std::move(found);
  return base::Error(absl::StatusCode::kNotFound, "PUBLICATION_UNKNOWN",
                     fmt::format("the log has no publication {}", publication));
}

absl::Status Verification::Replay(const Manifest& manifest, VerificationReport* report) {
  SEPAKAT_RETURN_IF_ERROR(inputs_.Replay(
      manifest.inputs, [&](const LogRecord& record) { return Take(record, report); }));
  engine_.Cut(/*bulk=*/true);
  report->publication = manifest.publication;
  report->cut_at_ms = manifest.cut_at_ms;
  report->digest_said = manifest.state_digest;
  report->digest_recomputed = engine_.Digest();
  report->families = engine_.families();
  return absl::OkStatus();
}

absl::Status Verification::Take(const LogRecord& record, VerificationReport* report) {
  ++report->events;
  CheckSequence(record, report);
  if (!codec_->ContentHolds(record)) {
    report->Note(FindingKind::kEventAltered, PlaceOf(record),
                 fmt::format("the content of event {} does not match its digest",
                             record.headers.Find("ce_id").value_or("without id")));
  }
  absl::StatusOr<Input> input = codec_->Decode(record);
  absl::Status status = input.status();
  if (status.ok() && input->parameter) engine_.Stage(*input->parameter);
  if (status.ok() && input->family) {
    status = CheckIntake(*input->family);
    if (status.ok()) status = engine_.Apply(*input->family);
  }
  if (!status.ok()) {
    report->Note(FindingKind::kEventUnreadable, PlaceOf(record), base::ReasonOf(status));
  }
  return absl::OkStatus();
}

void Verification::CheckSequence(const LogRecord& record, VerificationReport* report) {
  const std::optional<runtime::Envelope> envelope = runtime::FromHeaders(record.headers);
  if (!envelope) return;
  const TopicPartition at{record.topic, record.partition};
  const auto [it, first] = sequences_.try_emplace({envelope->source, at}, envelope->sequence);
  if (first) return;
  const int64_t expected = it->second + 1;
  if (envelope->sequence < expected) {
    report->Note(FindingKind::kEventRepeated, PlaceOf(record),
                 fmt::format("number {} of {} once more", envelope->sequence, envelope->source));
    return;
  }
  if (envelope->sequence > expected) {
    report->Note(FindingKind::kEventGap, PlaceOf(record),
                 fmt::format("numbers {} to {} of {} are not there", expected,
                             envelope->sequence - 1, envelope->source));
  }
  it->second = envelope->sequence;
}

// Compares what the log says of each region with what the recomputed state says. Regions that were
// published again later are compared when their newer figures are.
absl::Status Verification::CompareFigures(const Manifest& manifest, VerificationReport* report) {
  std::map<std::pair<std::string, std::string>, SaidFigures> said;
  std::set<std::pair<std::string, std::string>> said_later;
  SEPAKAT_RETURN_IF_ERROR(
      ReadTopic(log_, runtime::topics::kIndicator, [&](const LogRecord& record) -> absl::Status {
        SEPAKAT_ASSIGN_OR_RETURN(SaidFigures figures, codec_->DecodeFigures(*record.value));
        const std::pair region{figures.population, figures.region};
        if (figures.publication > manifest.publication) {
          said_later.insert(region);
        } else {
          said[region] = std::move(figures);
        }
        return absl::OkStatus();
      }));
  for (const auto& [population, state] : engine_.populations()) {
    for (const uint32_t index : DeepestFirst(state->tree())) {
      const RegionNode& node = state->tree().at(index);
      const auto it = said.find({population, node.code});
      if (it != said.end()) {
        CompareRegion(FiguresOf(*state, index), it->second, report);
      } else if (!node.total.empty() && !said_later.contains({population, node.code})) {
        report->Note(FindingKind::kFigureMissing, fmt::format("{}/{}", population, node.code),
                     "the log has no figures of a region with families");
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Verification::CompareServed(const ReadServed& served,
                                                 VerificationReport* report) {
  bool compared = false;
  SEPAKAT_RETURN_IF_ERROR(served([&](const Engine& serving, int64_t publication) {
    if (publication != report->publication) return absl::OkStatus();
    compared = true;
    report->served_families = serving.families();
    for (const auto& [population, ours] : engine_.populations()) {
      const PopulationState* theirs = serving.Find(population);
      if (theirs == nullptr) continue;
      for (uint32_t slot = 0; slot < theirs->records().size(); ++slot) {
        const FamilyRecord& record = theirs->records().at(slot);
        const std::optional<uint32_t> own = ours->records().Find(record.key);
        if (own && SameRecord(ours->records().at(*own), record)) continue;
        report->Note(FindingKind::kFamilyDiffers,
                     fmt::format("{}/{}", population, record.key.Hex()),
                     own ? fmt::format("served version {}, recomputed version {}", record.version,
                                       ours->records().at(*own).version)
                         : "served, but not on the log");
      }
      for (uint32_t slot = 0; slot < ours->records().size(); ++slot) {
        const FamilyRecord& record = ours->records().at(slot);
        if (theirs->records().Find(record.key)) continue;
        report->Note(FindingKind::kFamilyDiffers,
                     fmt::format("{}/{}", population, record.key.Hex()),
                     "on the log, but not served");
      }
    }
    return absl::OkStatus();
  }));
  return compared;
}

}  // namespace sepakat::targeting
