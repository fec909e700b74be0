// A multidimensional poverty measure as data: what is asked, when an answer deprives, what it
// weighs, and from which score on a person is poor.
//
// Alkire and Foster (2011). Indicators stand in dimensions; weights are integers over a common
// denominator D = sum of weights, so that a score is an integer out of D and "poor if c/D >= p/q"
// is the comparison q c >= p D. With weights shortened to 0.1666 and 0.0555, 87 combinations of the
// global measure's indicators land on the wrong side of one third.
// Specifications differ by country and year (the global MPI, the national variant of SDG 1.2.2,
// civil society's): each has an id and a version and comes from a file.
// Errors: InvalidArgument BAD_SPECIFICATION, BAD_FRACTION.
// Thread: values. Complexity: linear in the number of indicators.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/measures/answer.h"
#include "common/measures/fraction.h"

namespace sepakat::measures {

inline constexpr size_t kMostIndicators = 64;
inline constexpr int64_t kLargestDenominator = 1'000'000;

// An achievement deprives when `achievement <comparison> threshold` holds.
struct DeprivationCutoff {
  enum class Comparison { kLess, kAtMost, kEqual, kAtLeast, kGreater };

  Comparison comparison = Comparison::kEqual;
  double threshold = 1;  // a column that already says 0 or 1 needs no other
};

// kUnknown for a missing achievement.
Answer Judge(std::optional<double> achievement, DeprivationCutoff cutoff);

// What becomes of a unit with an unknown deprivation.
enum class UnknownRule {
  // It leaves the sample, and its weight is told. Right if answers are missing by chance; the
  // practice of the global MPI.
  kDropUnit,
  // It counts as not deprived: the lowest figure that the data admit.
  kNotDeprived,
};

struct MpiDimension {
  std::string id;
  int64_t weight = 1;  // relative to the other dimensions; read by SetNestedWeights only
};

struct MpiIndicator {
  std::string id;
  std::string dimension;
  int64_t weight = 0;  // out of the sum over all indicators
  DeprivationCutoff cutoff;
};

struct MpiSpecification {
  std::string id;
  std::string version;
  std::vector<MpiDimension> dimensions;
  std::vector<MpiIndicator> indicators;  // at most 64
  Fraction cutoff = {1, 3};              // k
  UnknownRule unknown = UnknownRule::kDropUnit;
};

// OK if ids are unique, every dimension has an indicator and every indicator a dimension, weights
// are above 0 with a sum of at most 10^6, and 0 < k <= 1.
absl::Status CheckSpecification(const MpiSpecification& specification);

// Gives every indicator the weight of its dimension divided by the dimension's indicators, in the
// smallest whole numbers: dimensions 1:1:1 with 2, 2 and 6 indicators make 3, 3 and 1 out of 18.
absl::Status SetNestedWeights(MpiSpecification& specification);

// D, the sum of the weights.
int64_t Denominator(const MpiSpecification& specification);

// The smallest integer score that is poor: the least c with q c >= p D.
int64_t LeastPoorScore(const MpiSpecification& specification);

}  // namespace sepakat::measures
