// What monitoring reads, keeps and says, as plain values; wire/ translates them from and to
// messages.
//
// Thread: values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sepakat::monitoring {

struct Manifest {
  int64_t publication = 0;
  int64_t cut_at_ms = 0;
  // Messages that belong to the publication.
  int64_t indicators = 0;
  int64_t needs = 0;
  int64_t crossings = 0;
};

// The outside of an IndicatorPublished; its figures are read only where they are needed.
struct IndicatorHead {
  int64_t publication = 0;
  std::string population;
  std::string region;
  int64_t cut_at_ms = 0;
  int32_t newest_observation = 0;
  int64_t newest_accepted_at_ms = 0;
};

// One figure inside the bytes of an IndicatorPublished, valid as long as they are.
struct FigureView {
  std::string_view measure;
  // Decimal text, empty when unknown.
  std::string_view value;
  int64_t families = 0;
};

struct NeedHead {
  int64_t publication = 0;
  std::string programme_id;
};

struct Crossing {
  int64_t publication = 0;
  std::string population;
  std::string family_id;
  std::string region;
  std::string boundary;
  std::string from;
  std::string to;
  std::string cause;
  int64_t cut_at_ms = 0;
};

// A proposal or an approval.
struct PlanNews {
  bool approved = false;
  std::string plan_id;
  std::string programme_id;
  int64_t publication = 0;
  int64_t cost = 0;
  // Units proposed, or families on the frozen list.
  int64_t units = 0;
  std::string actor;
  int64_t at_ms = 0;
  // Of an approval.
  std::vector<std::string> family_ids;
};

struct DeliveryNews {
  std::string delivery_id;
  std::string plan_id;
  std::string programme_id;
  std::string family_id;
  std::string region;
  int64_t recorded_at_ms = 0;
};

struct IngestNews {
  std::string ingest_id;
  std::string source;
  std::string population;
  int64_t received = 0;
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  int64_t repeated = 0;
  bool complete = false;
  int64_t updated_at_ms = 0;
};

// Records of one source whose delivery began within one hour; also what one delivery adds to them.
struct Arrivals {
  std::string source;
  std::string population;
  int64_t hour_ms = 0;
  int64_t deliveries = 0;
  // Deliveries that are still arriving.
  int64_t running = 0;
  int64_t received = 0;
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  int64_t repeated = 0;
};

struct ProgrammeName {
  std::string id;
  std::string name;
  std::string name_en;
  std::string population;
};

struct RegionName {
  std::string population;
  std::string code;
  std::string name;
};

struct AlertRecord {
  std::string fingerprint;
  std::string rule;
  std::string state;
  std::string severity;
  std::string population;
  std::string region;
  std::string measure;
  std::string value;
  std::string threshold;
  std::map<std::string, std::string> labels;
  std::string summary_id;
  std::string summary_en;
  int64_t since_ms = 0;
  int64_t changed_at_ms = 0;
  int64_t publication = 0;
  int64_t families = 0;
};

struct ScoreRecord {
  std::string target_id;
  std::string realisation;
  std::string target;
  std::string achievement;
  std::string rating;
  std::string rating_table;
  int64_t publication = 0;
  int64_t scored_at_ms = 0;
};

struct Outcome {
  std::string delivery_id;
  std::string plan_id;
  std::string programme_id;
  std::string family_id;
  std::string region;
  // open or closed.
  std::string need_after;
  int64_t publication = 0;
};

struct Change {
  std::string kind;
  int64_t at_ms = 0;
  std::string region;
  int64_t publication = 0;
  std::string boundary;
  std::string from;
  std::string to;
  std::map<std::string, int64_t> families_by_cause;
  int64_t families = 0;
  std::string subject;
  std::string state;
  std::string summary_id;
  std::string summary_en;
};

struct RegionRef {
  std::string population;
  std::string region;
  auto operator<=>(const RegionRef&) const = default;
};

struct Notice {
  int64_t publication = 0;
  int64_t cut_at_ms = 0;
  std::vector<RegionRef> regions;
  std::vector<std::string> programmes;
  std::vector<std::string> lists;
  int64_t notified_at_ms = 0;
};

}  // namespace sepakat::monitoring
