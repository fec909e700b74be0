// The design of a survey as its code book tells it, and what must be known about it.
//
// Rows whose stratum is not known form a stratum of their own, rows whose sampling unit is not
// known count as drawn by themselves; both are told. Errors: those of measures::Design, with the
// option of the command line that helps. Thread: pure functions.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/survey/design.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/remark.h"

namespace sepakat::measure {

struct DesignOptions {
  measures::DesignRules rules;
};

struct SurveyDesign {
  measures::Design design;
  std::vector<Remark> remarks;
};

absl::StatusOr<SurveyDesign> MakeDesign(const Frame& frame, const DesignOptions& options);

}  // namespace sepakat::measure
