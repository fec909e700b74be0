// Invented surveys of every design that the library claims, from a seed.
//
// Welfare is lognormal with a level per stratum and cluster, so that clusters matter; rows come in
// no order of their units; domains cut through strata and clusters. Lower-stage units and strata
// are numbered again in each unit above.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/measures/survey/design.h"

namespace sepakat::support {

struct SurveyShape {
  std::string name;
  int strata = 1;             // 1: unstratified
  int psus_per_stratum = 6;   // at least; some strata get up to 3 more
  int single_psu_strata = 0;  // further strata with one unit
  int stages = 1;             // 1 or 2 or 3
  bool second_stage_strata = false;
  bool single_second_units = false;  // some cells of the second stage have one unit
  bool clustered = true;             // false: every row is a primary unit
  measures::Population::Form population = measures::Population::Form::kUnknown;
  bool whole_strata = false;  // with population sizes: the first stratum is observed completely
  bool zero_weights = false;
  bool integer_weights = false;
  measures::SinglePsu single_psu = measures::SinglePsu::kFail;
  bool ultimate_cluster = false;
  uint64_t seed = 1;
};

struct RandomSurvey {
  struct StageColumns {
    std::vector<int64_t> units;
    std::vector<int64_t> strata;
    std::vector<double> population;
  };

  SurveyShape shape;
  std::vector<StageColumns> stages;
  std::vector<double> weights;
  std::vector<double> welfare;
  std::vector<double> size;       // household size, a denominator
  std::vector<int64_t> deprived;  // 0/1
  std::vector<uint32_t> domain;   // 0..domains-1
  uint32_t domains = 4;

  size_t rows() const { return weights.size(); }
  // Views of the columns above.
  measures::DesignColumns columns() const;
  measures::DesignRules rules() const;
};

RandomSurvey MakeSurvey(const SurveyShape& shape);

// One of each kind of design that the library claims.
std::vector<SurveyShape> AllShapes();

}  // namespace sepakat::support
