#include "targeting/domain/parameters.h"

#include <fmt/format.h>

#include <cstdlib>
#include <set>

#include "common/base/fixed_point.h"
#include "common/base/region_code.h"
#include "common/base/status.h"
#include "common/measures/catalogue.h"
#include "common/measures/fgt.h"

namespace sepakat::targeting {
namespace {

constexpr int64_t kCoefficientEnd = 1'000'000'000;
constexpr size_t kMaxTerms = 1000;

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

bool SmallEnough(int64_t coefficient) {
  return coefficient > -kCoefficientEnd && coefficient < kCoefficientEnd;
}

std::string TextOf(const ModelTerm& term) {
  std::string text = fmt::format("{}={}", NameOf(term.variable), term.coefficient_micro);
  for (int32_t code : term.codes) text += fmt::format(",{}", code);
  if (term.power != 1) text += fmt::format("^{}", term.power);
  if (term.unknown_micro) text += fmt::format("?{}", *term.unknown_micro);
  return text;
}

}  // namespace

absl::Status Check(const PovertyLine& line, const Population& population) {
  const std::string where =
      fmt::format("poverty line of {} from day {}", line.region, line.valid_from);
  if (!base::IsRegionCode(line.region)) {
    return Invalid("REGION_CODE_MALFORMED", where + ": the region is not a code such as 33.26");
  }
  if (line.urban_rural < 0 || line.urban_rural > 2) {
    return Invalid("URBAN_RURAL_OUT_OF_RANGE", where + ": urban_rural is 0, 1 or 2");
  }
  absl::StatusOr<int64_t> value = base::ParseScaled(line.value, population.welfare_decimals);
  if (!value.ok()) return base::Annotate(value.status(), where);
  if (*value <= 0) return Invalid("LINE_NOT_POSITIVE", where + ": the value must be above zero");
  if (*value >= measures::kLineEnd) {
    return Invalid("LINE_TOO_LARGE",
                   where +
                       ": the value is beyond what can be summed exactly; keep fewer decimals of "
                       "welfare (welfare_decimals of the population)");
  }
  return absl::OkStatus();
}

absl::Status Check(const Model& model) {
  if (model.id.empty() || model.id == kWelfareRanking) {
    return Invalid("MODEL_ID_RESERVED",
                   "a model needs an id, and `welfare` is the ranking without a model");
  }
  if (model.version.empty()) return Invalid("VERSION_MISSING", "the model has no version");
  if (model.terms.size() > kMaxTerms) return Invalid("TOO_MANY_TERMS", "more than 1000 terms");
  std::set<std::tuple<Variable, std::vector<int32_t>, int>> seen;
  for (const ModelTerm& term : model.terms) {
    const std::string where = fmt::format("term {} of model {}", NameOf(term.variable), model.id);
    if (!SmallEnough(term.coefficient_micro) || !SmallEnough(term.unknown_micro.value_or(0))) {
      return Invalid("COEFFICIENT_TOO_LARGE", where + ": give it in millionths, below 10^9");
    }
    if (term.power != 1 && (term.power != 2 || !term.codes.empty())) {
      return Invalid("POWER_OUT_OF_RANGE", where + ": the power is 1 or 2, and 1 with codes");
    }
    if (term.power == 2 && std::abs(term.coefficient_micro) >= kSquaredCoefficientEnd) {
      return Invalid("COEFFICIENT_TOO_LARGE", where + ": of a square it must lie below 10^6");
    }
    if (!seen.insert({term.variable, term.codes, term.power}).second) {
      return Invalid("TERM_REPEATED", where + ": the same term stands twice");
    }
  }
  if (!SmallEnough(model.intercept_micro)) {
    return Invalid("COEFFICIENT_TOO_LARGE", "the intercept is given in millionths, below 10^9");
  }
  return absl::OkStatus();
}

absl::Status Check(const RankingSettings& settings) {
  if (settings.version.empty()) return Invalid("VERSION_MISSING", "the settings have no version");
  return absl::OkStatus();
}

absl::StatusOr<uint16_t> NeedsMask(const std::vector<std::string>& names) {
  uint16_t mask = 0;
  for (const std::string& name : names) {
    int index = 0;
    while (index < measures::kDeprivations && measures::kDeprivationNames[index] != name) ++index;
    if (index == measures::kDeprivations) {
      return Invalid("UNKNOWN_NEED", "no deprivation is called " + name);
    }
    mask = static_cast<uint16_t>(mask | (1 << index));
  }
  return mask;
}

const Model* ParameterSet::RankingModel() const {
  if (settings.model_id == kWelfareRanking || models.empty()) return nullptr;
  if (settings.model_id.empty()) return &models.begin()->second;
  const auto it = models.find(settings.model_id);
  return it == models.end() ? nullptr : &it->second;
}

std::vector<std::string> CanonicalTexts(const ParameterSet& set) {
  const std::string& id = set.population.id;
  std::vector<std::string> texts;
  texts.push_back(fmt::format("population|{}|{}|{}", id, set.population.welfare_decimals,
                              set.population.weight_decimals));
  texts.push_back(fmt::format("settings|{}|{}|{}|{}", id, set.settings.by_persons,
                              set.settings.model_id, set.settings.version));
  for (const auto& [key, line] : set.lines) {
    texts.push_back(fmt::format("line|{}|{}|{}|{}|{}|{}", id, line.region, line.urban_rural,
                                line.valid_from, line.value, line.version));
  }
  for (const auto& [key, model] : set.models) {
    std::string text =
        fmt::format("model|{}|{}|{}|{}", id, model.id, model.version, model.intercept_micro);
    for (const ModelTerm& term : model.terms) text += "|" + TextOf(term);
    texts.push_back(std::move(text));
  }
  for (const auto& [key, p] : set.programmes) {
    std::string text = fmt::format("programme|{}|{}|{}|{}|{}|{}", id, p.id, p.version, p.needs,
                                   p.decile_max, p.poor_only);
    for (const RulePart& part : p.parts) {
      text += fmt::format("|{}:{}:{}", NameOf(part.variable), part.at_least, part.at_most);
    }
    texts.push_back(std::move(text));
  }
  std::string mpi = fmt::format("mpi|{}|{}|{}|{}|{}/{}|{}", id, set.mpi.id, set.mpi.version,
                                set.mpi.denominator, set.mpi.cutoff_numerator,
                                set.mpi.cutoff_denominator, set.mpi.unknown_is_not_deprived);
  for (const MpiIndicator& indicator : set.mpi.indicators) {
    mpi += fmt::format("|{}:{}:{}", indicator.deprivation, indicator.dimension, indicator.weight);
  }
  texts.push_back(std::move(mpi));
  return texts;
}

}  // namespace sepakat::targeting
