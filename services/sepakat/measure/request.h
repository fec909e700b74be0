// What the command line asked for, read but not yet tied to a file.
//
// Names of columns stay text until the file and its code book are known (survey_run.h). Files that
// options name (tables of lines, a multidimensional measure) are read by the caller. Errors:
// InvalidArgument with the option's reason, one sentence. Thread: plain value, pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/quantile.h"
#include "common/measures/survey/design.h"
#include "common/measures/survey/estimate.h"
#include "common/rules/rule_set.h"
#include "sepakat/measure/census.h"
#include "sepakat/measure/frame_request.h"
#include "sepakat/measure/line_spec.h"
#include "sepakat/measure/measure_names.h"
#include "sepakat/measure/mpi_file.h"

namespace sepakat::measure {

struct ReplicateRequest {
  enum Kind { kNone, kBootstrap, kJackknife, kJk1, kBook };
  Kind kind = kNone;
  int count = 500;
  uint64_t seed = 1;
};

// `name=value`: only observations of this group.
struct OnlyRequest {
  std::string name;
  std::string value;
};

// Of two sums.
struct RatioRequest {
  std::string numerator;
  std::string denominator;
};

struct Request {
  std::vector<MeasureSpec> measures;
  std::vector<LineSpec> lines;
  std::optional<int32_t> line_day;
  std::vector<double> class_multiples = {1, 1.5, 3.5, 17};
  // Each a list of names that are combined; everybody comes first, always.
  std::vector<std::vector<std::string>> breakdowns;
  std::vector<OnlyRequest> only;
  // Names, or all of the book.
  std::vector<std::string> indicators;
  bool all_indicators = false;
  // Names whose sum is wanted.
  std::vector<std::string> totals;
  std::vector<RatioRequest> ratios;
  std::vector<std::string> programmes;
  std::optional<MpiFile> mpi;
  // None: the one of the file.
  std::vector<measures::Fraction> mpi_cutoffs;
  CountBy count = CountBy::kPersons;
  bool positive_welfare = false;
  measures::QuantileDefinition quantiles = measures::QuantileDefinition::kObserved;
  // Absent: what the code book says, else fail.
  std::optional<measures::SinglePsu> single_psu;
  bool ultimate_cluster = false;
  ReplicateRequest replicates;
  double confidence = 0.95;
  bool symmetric_intervals = false;
  measures::DomainDf df = measures::DomainDf::kTouched;
  // None: not known. Read by the caller.
  std::vector<CensusEntry> census;
  // Without mistakes; read by the caller.
  std::vector<rules::RuleSet> rules;
  // Days since 1970-01-01, for ages where the book gives no day of observation.
  int32_t today = 0;
};

// As typed. Lists are separated by commas.
struct RequestTexts {
  std::vector<std::string> measures;
  std::vector<std::string> lines;
  std::string line_date;
  std::vector<std::string> classes;
  std::vector<std::string> by;
  std::vector<std::string> only;
  std::vector<std::string> indicators;
  std::vector<std::string> totals;
  std::vector<std::string> ratios;
  std::vector<std::string> programmes;
  std::vector<std::string> mpi_cutoffs;
  std::string count = "persons";
  bool positive_welfare = false;
  std::string quantiles = "observed";
  std::string single_psu;
  bool ultimate_cluster = false;
  std::string replicates;
  double confidence = 95;
  std::string interval = "logit";
  std::string df = "domain";
};

absl::StatusOr<Request> ReadRequest(const RequestTexts& texts);

absl::StatusOr<measures::SinglePsu> ParseSinglePsu(std::string_view text);

}  // namespace sepakat::measure
