// A programme as reference data: what is given to whom, at what cost, from which budget line.
//
// CheckProgramme() refuses what would make a proposal meaningless and names every mistake at once;
// LintProgramme() finds what is probably wrong but may be meant.
// Errors: InvalidArgument PROGRAMME_INVALID.
// Thread: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace sepakat::budgeting {

struct RulePart {
  std::string variable;
  int32_t at_least = 0;
  int32_t at_most = 0;
  bool operator==(const RulePart&) const = default;
};

struct Programme {
  std::string id;
  std::string version;
  std::string name;
  std::string name_en;
  std::string subactivity_code;
  std::string subactivity_name;
  std::string nomenclature_version;
  std::string agency;
  std::string unit;
  int64_t unit_cost_rupiah = 0;
  int64_t ceiling_rupiah = 0;
  std::string fund_source;
  std::vector<std::string> needs;
  uint32_t decile_max = 0;
  bool poor_only = false;
  std::vector<RulePart> parts;
  std::string source;
  int32_t year = 0;
  int32_t deadline = 0;
  std::string population;
  bool operator==(const Programme&) const = default;
};

absl::Status CheckProgramme(const Programme& programme);

// Sentences, each with a stable reason in front: `UNIT_DIFFERS: …`.
std::vector<std::string> LintProgramme(const Programme& programme);

}  // namespace sepakat::budgeting
