// One published figure: what was measured, of whom, and how far it may be trusted.
//
// Thread: plain values.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/survey/estimate.h"
#include "sepakat/measure/measure_names.h"
#include "sepakat/measure/remark.h"

namespace sepakat::measure {

using ParameterValue = std::variant<std::string, double>;
using Parameters = std::vector<std::pair<std::string, ParameterValue>>;

// What is measured, without the domain.
struct Subject {
  std::string measure;  // `p0`, `mpi.m0`, `programme.coverage`
  Parameters parameters = {};
  Unit unit = Unit::kIndex;
  // For people, parameters included.
  std::string name_id = {};
  std::string name_en = {};

  const std::string& name(Language language) const {
    return language == Language::kIndonesian ? name_id : name_en;
  }
};

// One part of a domain: `region` = `AT33`, shown as `Tyrol`.
struct DomainPart {
  std::string by;
  std::string value;
  std::string label;
  bool operator==(const DomainPart&) const = default;
};
// Empty: everybody.
using Domain = std::vector<DomainPart>;

struct Figure {
  Subject subject;
  Domain domain;
  // The status says why there is none.
  absl::StatusOr<measures::Estimate> estimate = absl::UnknownError("not measured");
};

}  // namespace sepakat::measure
