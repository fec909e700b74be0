// Reference data of TOML files: poverty lines, models, ranking, programmes, targets, alert rules.
//
// A file may hold any of
//   [reference]        title, version, source: defaults of every entry below
//   [[poverty_line]]   region, value, valid_from, urban_rural (both|urban|rural)
//   [[model]]          id, name, intercept_micro, term = [{variable, codes | power,
//   coefficient_micro, ...}] [ranking]          decile_by (families|persons), model_id
//   [[programme]]      id, names, sub kegiatan, agency, unit, costs, deadline, rule
//   [[target]]         id, names, region, measure, type (maximum|minimum), target, year
//   [[alert]]          rules of monitoring, handed on as they stand
// Alert rules are judged by monitoring, which owns their form; a file of alert rules holds nothing
// else.
//
// Errors: InvalidArgument REFERENCE_INVALID whose message has one line `file:line: mistake` per
// mistake. Thread: values and pure functions. Complexity: linear in the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::reference {

struct AlertFile {
  std::string file_name;
  std::string toml;
};

struct ReferenceSet {
  std::vector<events::v1::PovertyLineRecorded> lines;
  std::vector<events::v1::ModelRecorded> models;
  std::vector<targeting::v1::RankingSettings> rankings;
  std::vector<events::v1::ProgrammeRecorded> programmes;
  std::vector<events::v1::TargetRecorded> targets;
  std::vector<AlertFile> alerts;
};

// Adds the entries of one file to `set`; adds nothing when there is a mistake.
absl::Status ReadReference(std::string_view file_name, std::string_view toml, ReferenceSet& set);

}  // namespace sepakat::reference
