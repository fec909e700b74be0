#include "targeting/domain/mpi.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "common/base/status.h"

namespace sepakat::targeting {
namespace {

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

// Index of a deprivation, kDeprivations when there is none of that name.
int IndexOf(std::string_view deprivation) {
  const auto* const begin = std::begin(measures::kDeprivationNames);
  return static_cast<int>(std::find(begin, std::end(measures::kDeprivationNames), deprivation) -
                          begin);
}

measures::MpiSpecification SpecificationOf(const MpiParameter& mpi) {
  measures::MpiSpecification specification;
  specification.id = mpi.id;
  specification.version = mpi.version;
  for (const MpiIndicator& indicator : mpi.indicators) {
    const bool known =
        std::ranges::any_of(specification.dimensions, [&](const measures::MpiDimension& dimension) {
          return dimension.id == indicator.dimension;
        });
    if (!known) specification.dimensions.push_back({indicator.dimension, 1});
    specification.indicators.push_back(
        {indicator.deprivation, indicator.dimension, indicator.weight, {}});
  }
  specification.cutoff = {mpi.cutoff_numerator, mpi.cutoff_denominator};
  return specification;
}

}  // namespace

MpiParameter DefaultMpi(std::string population) {
  MpiParameter mpi;
  mpi.population = std::move(population);
  mpi.id = "sepakat-18";
  mpi.version = "default";
  mpi.name = "Kemiskinan multidimensi menurut register";
  mpi.source =
      "Bobot indeks global UNDP dan OPHI (2018); jaminan kesehatan menggantikan kematian anak";
  mpi.indicators = {{"malnourished_child", "health", 3}, {"uninsured", "health", 3},
                    {"low_schooling", "education", 3},   {"out_of_school", "education", 3},
                    {"solid_cooking_fuel", "living", 1}, {"inadequate_sanitation", "living", 1},
                    {"inadequate_water", "living", 1},   {"no_electricity", "living", 1},
                    {"unfit_house", "living", 1},        {"few_assets", "living", 1}};
  mpi.denominator = 18;
  return mpi;
}

absl::Status Check(const MpiParameter& mpi) {
  if (mpi.version.empty()) return Invalid("VERSION_MISSING", "the measure has no version");
  if (mpi.indicators.empty()) {
    return Invalid("MPI_WITHOUT_INDICATORS", "a multidimensional measure needs indicators");
  }
  std::set<std::string> seen;
  int64_t sum = 0;
  for (const MpiIndicator& indicator : mpi.indicators) {
    if (IndexOf(indicator.deprivation) == measures::kDeprivations) {
      return Invalid("INDICATOR_UNKNOWN",
                     fmt::format("no deprivation is called `{}`", indicator.deprivation));
    }
    if (!seen.insert(indicator.deprivation).second) {
      return Invalid("INDICATOR_REPEATED",
                     fmt::format("{} stands twice among the indicators", indicator.deprivation));
    }
    if (indicator.weight <= 0 || indicator.weight > measures::kLargestDenominator) {
      return Invalid(
          "WEIGHT_NOT_POSITIVE",
          fmt::format("the weight of {} must be a whole number above 0", indicator.deprivation));
    }
    if (indicator.dimension.empty()) {
      return Invalid("BAD_SPECIFICATION",
                     fmt::format("{} stands in no dimension", indicator.deprivation));
    }
    sum += indicator.weight;
  }
  if (sum != mpi.denominator) {
    return Invalid("WEIGHTS_CONTRADICT",
                   fmt::format("the weights add up to {}, not to {}", sum, mpi.denominator));
  }
  if (mpi.cutoff_numerator <= 0 || mpi.cutoff_denominator <= 0 ||
      mpi.cutoff_numerator > mpi.cutoff_denominator ||
      mpi.cutoff_denominator > measures::kLargestDenominator) {
    return Invalid("CUTOFF_OUT_OF_RANGE",
                   fmt::format("the cut-off {}/{} must lie above 0 and be at most 1",
                               mpi.cutoff_numerator, mpi.cutoff_denominator));
  }
  return measures::CheckSpecification(SpecificationOf(mpi));
}

MpiCounter::MpiCounter(const MpiParameter& mpi)
    : unknown_is_not_deprived_(mpi.unknown_is_not_deprived),
      masks_(*measures::MpiMasks::Create(SpecificationOf(mpi))) {
  for (const MpiIndicator& indicator : mpi.indicators) {
    const int index = IndexOf(indicator.deprivation);
    deprivations_.push_back(index);
    weights_.push_back(indicator.weight);
    asked_ = static_cast<uint16_t>(asked_ | 1 << index);
  }
}

}  // namespace sepakat::targeting
