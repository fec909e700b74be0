#include "common/measures/mpi_specification.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "common/measures/errors.h"

namespace sepakat::measures {
namespace {

absl::Status Refuse(const MpiSpecification& specification, std::string_view mistake) {
  return Invalid("BAD_SPECIFICATION", fmt::format("measure '{}': {}", specification.id, mistake));
}

int64_t IndicatorsOf(const MpiSpecification& specification, const std::string& dimension) {
  return std::ranges::count(specification.indicators, dimension, &MpiIndicator::dimension);
}

template <typename Part>
const Part* FirstRepeated(const std::vector<Part>& parts) {
  for (auto part = parts.begin(); part != parts.end(); ++part) {
    if (std::find_if(parts.begin(), part, [&](const Part& p) { return p.id == part->id; }) !=
        part) {
      return &*part;
    }
  }
  return nullptr;
}

// Everything but the indicators' weights.
absl::Status CheckStructure(const MpiSpecification& specification) {
  if (specification.indicators.empty() || specification.indicators.size() > kMostIndicators) {
    return Refuse(specification, fmt::format("{} indicators; 1 to {} are possible",
                                             specification.indicators.size(), kMostIndicators));
  }
  if (const MpiDimension* repeated = FirstRepeated(specification.dimensions)) {
    return Refuse(specification, fmt::format("dimension '{}' is named twice", repeated->id));
  }
  if (const MpiIndicator* repeated = FirstRepeated(specification.indicators)) {
    return Refuse(specification, fmt::format("indicator '{}' is named twice", repeated->id));
  }
  for (const MpiDimension& dimension : specification.dimensions) {
    if (IndicatorsOf(specification, dimension.id) == 0) {
      return Refuse(specification, fmt::format("dimension '{}' has no indicator", dimension.id));
    }
  }
  for (const MpiIndicator& indicator : specification.indicators) {
    if (std::ranges::count(specification.dimensions, indicator.dimension, &MpiDimension::id) == 0) {
      return Refuse(specification, fmt::format("indicator '{}' stands in dimension '{}', which is "
                                               "not declared",
                                               indicator.id, indicator.dimension));
    }
  }
  return absl::OkStatus();
}

}  // namespace

Answer Judge(std::optional<double> achievement, DeprivationCutoff cutoff) {
  if (!achievement) return Answer::kUnknown;
  using Comparison = DeprivationCutoff::Comparison;
  bool deprived = false;
  switch (cutoff.comparison) {
    case Comparison::kLess:
      deprived = *achievement < cutoff.threshold;
      break;
    case Comparison::kAtMost:
      deprived = *achievement <= cutoff.threshold;
      break;
    case Comparison::kEqual:
      deprived = *achievement == cutoff.threshold;
      break;
    case Comparison::kAtLeast:
      deprived = *achievement >= cutoff.threshold;
      break;
    case Comparison::kGreater:
      deprived = *achievement > cutoff.threshold;
      break;
  }
  return deprived ? Answer::kYes : Answer::kNo;
}

absl::Status CheckSpecification(const MpiSpecification& specification) {
  SEPAKAT_RETURN_IF_ERROR(CheckStructure(specification));
  int64_t sum = 0;
  for (const MpiIndicator& indicator : specification.indicators) {
    if (indicator.weight < 1 || indicator.weight > kLargestDenominator) {
      return Refuse(specification,
                    fmt::format("indicator '{}' weighs {}; give whole numbers above 0",
                                indicator.id, indicator.weight));
    }
    sum += indicator.weight;
  }
  if (sum > kLargestDenominator) {
    return Refuse(specification,
                  fmt::format("weights sum to {}; divide them by a common factor to stay within {}",
                              sum, kLargestDenominator));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckFraction(specification.cutoff));
  if (specification.cutoff.numerator == 0) {
    return Refuse(specification, "a cut-off of 0 makes everybody poor; choose k above 0");
  }
  return absl::OkStatus();
}

absl::Status SetNestedWeights(MpiSpecification& specification) {
  SEPAKAT_RETURN_IF_ERROR(CheckStructure(specification));
  // The indicators are 64 at most, so their numbers per dimension have a common multiple below
  // 2^22.
  int64_t multiple = 1;
  for (const MpiDimension& dimension : specification.dimensions) {
    if (dimension.weight < 1 || dimension.weight > kLargestDenominator) {
      return Refuse(specification,
                    fmt::format("dimension '{}' weighs {}; give whole numbers above 0",
                                dimension.id, dimension.weight));
    }
    multiple = std::lcm(multiple, IndicatorsOf(specification, dimension.id));
  }
  int64_t divisor = 0;
  int64_t sum = 0;
  const auto weight_of = [&](const MpiDimension& dimension) {
    return multiple / IndicatorsOf(specification, dimension.id) * dimension.weight;
  };
  for (const MpiDimension& dimension : specification.dimensions) {
    divisor = std::gcd(divisor, weight_of(dimension));
    sum += multiple * dimension.weight;
  }
  if (sum / divisor > kLargestDenominator) {
    return Refuse(specification,
                  fmt::format("weights of equal share would need a denominator of {}; give the "
                              "weights of indicators themselves",
                              sum / divisor));
  }
  for (MpiIndicator& indicator : specification.indicators) {
    const auto dimension =
        std::ranges::find(specification.dimensions, indicator.dimension, &MpiDimension::id);
    indicator.weight = weight_of(*dimension) / divisor;
  }
  return absl::OkStatus();
}

int64_t Denominator(const MpiSpecification& specification) {
  int64_t sum = 0;
  for (const MpiIndicator& indicator : specification.indicators) sum += indicator.weight;
  return sum;
}

int64_t LeastPoorScore(const MpiSpecification& specification) {
  const int64_t whole = specification.cutoff.numerator * Denominator(specification);
  const int64_t q = specification.cutoff.denominator;
  return (whole + q - 1) / q;
}

}  // namespace sepakat::measures
