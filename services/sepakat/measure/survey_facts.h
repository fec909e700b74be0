// What was measured: the survey, its design, its lines, and what must be known about them.
//
// Thread: plain value.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sepakat/measure/remark.h"

namespace sepakat::measure {

struct SurveyFacts {
  std::string file;
  std::string codebook;
  std::string codebook_version;
  std::string name;
  std::string source;
  // Unit of welfare as people read it.
  std::string welfare_unit;
  // persons or families.
  std::string count;
  int64_t rows = 0;
  int64_t observations = 0;
  double weight_sum = 0;
  int64_t strata = 0;
  int64_t psus = 0;
  int stages = 0;
  double design_df = 0;
  // fail, certainty, centred, average.
  std::string single_psu;
  // linearisation, or how replicates were made.
  std::string errors;
  struct Line {
    std::string text;
    std::optional<double> value;
    int64_t unknown = 0;
  };
  std::vector<Line> lines;
  std::vector<Remark> remarks;
};

}  // namespace sepakat::measure
