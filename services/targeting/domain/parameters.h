// Dated data that the engine applies: populations, poverty lines, models, ranking settings,
// programmes and the multidimensional measure, each with a version.
//
// They never change state by themselves: the engine derives everything again from the raw inputs.
// Errors: InvalidArgument with reasons such as LINE_NOT_POSITIVE, NOT_A_NUMBER, UNKNOWN_VARIABLE,
//   UNKNOWN_NEED, REGION_CODE_MALFORMED; a retry will not help.
// Thread: values and pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "targeting/domain/features.h"
#include "targeting/domain/mpi.h"

namespace sepakat::targeting {

struct Population {
  std::string id;
  int welfare_decimals = 0;
  int weight_decimals = 3;
  bool operator==(const Population&) const = default;
};

// The line of the region and everything below it.
struct PovertyLine {
  std::string population;
  std::string region;
  int urban_rural = 0;  // 0 both, 1 urban, 2 rural
  int32_t valid_from = 0;
  std::string value;  // decimal text per head and month, in the population's unit
  std::string source;
  std::string version;

  using Key = std::tuple<std::string, int, int32_t>;
  Key key() const { return {region, urban_rural, valid_from}; }
  bool operator==(const PovertyLine&) const = default;
};

// One term: coefficient times value or its square (no codes), or coefficient if the value is one of
// the codes.
struct ModelTerm {
  Variable variable = Variable::kMembers;
  std::vector<int32_t> codes;
  int64_t coefficient_micro = 0;
  std::string label;
  // Added when the variable is unknown; absent: such a family gets no score.
  std::optional<int64_t> unknown_micro;
  // 1 or 2. The square of a value beyond kLargestSquared is unknown.
  int power = 1;
  bool operator==(const ModelTerm&) const = default;
};

// Bounds of squared terms: any thousand of them stay within 64 bits.
inline constexpr int32_t kLargestSquared = 9'999;
inline constexpr int64_t kSquaredCoefficientEnd = 1'000'000;

struct Model {
  std::string population;
  std::string id;
  std::string version;
  std::string name;
  std::string source;
  std::string label;
  int64_t intercept_micro = 0;
  std::vector<ModelTerm> terms;
  bool operator==(const Model&) const = default;
};

// Ranks by a model's score, or by welfare itself where this id is set or no model is recorded.
inline constexpr std::string_view kWelfareRanking = "welfare";

struct RankingSettings {
  std::string population;
  bool by_persons = false;
  // Empty: the recorded model with the smallest id, else kWelfareRanking.
  std::string model_id;
  std::string version = "default";
  std::string source = {};
  bool operator==(const RankingSettings&) const = default;
};

// value >= at_least, and value <= at_most unless at_most lies below at_least.
struct RulePart {
  Variable variable = Variable::kMembers;
  int32_t at_least = 0;
  int32_t at_most = 0;
  bool operator==(const RulePart&) const = default;
};

// Who is eligible; every stated part must hold.
struct Programme {
  std::string id;
  std::string version;
  std::string population;
  uint16_t needs = 0;  // bit i is Deprivation i
  int decile_max = 0;  // 0: any
  bool poor_only = false;
  std::vector<RulePart> parts;
  bool operator==(const Programme&) const = default;
};

// At most this many programmes per population: eligibility is kept as bits of one word.
inline constexpr size_t kMaxProgrammes = 64;

absl::Status Check(const PovertyLine& line, const Population& population);
absl::Status Check(const Model& model);
absl::Status Check(const RankingSettings& settings);

// Bit mask of deprivation names.
absl::StatusOr<uint16_t> NeedsMask(const std::vector<std::string>& names);

// One changed (or removed) parameter, as it is read from the log.
struct ParameterChange {
  std::optional<Population> population;
  std::optional<PovertyLine> line;
  std::optional<Model> model;
  std::optional<RankingSettings> settings;
  std::optional<Programme> programme;
  std::optional<MpiParameter> mpi;
};

// Everything that holds for one population.
struct ParameterSet {
  Population population;
  std::map<PovertyLine::Key, PovertyLine> lines;
  std::map<std::string, Model> models;
  RankingSettings settings;
  std::map<std::string, Programme> programmes;
  MpiParameter mpi = DefaultMpi({});

  // The model that ranks; nullptr when welfare does.
  const Model* RankingModel() const;
};

// Text that is equal for equal parameters: what the state digest is made of.
std::vector<std::string> CanonicalTexts(const ParameterSet& parameters);

}  // namespace sepakat::targeting
