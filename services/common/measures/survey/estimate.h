// What is published about one figure of a survey: the estimate and how far it may be trusted.
//
// An error that the design cannot give (one primary unit, no degrees of freedom) is absent, never
// 0.
//   interval       estimate +- t(df) * standard error; kLogit for shares: symmetric on the scale
//                  log(p / (1 - p)) and so inside (0, 1) (Korn and Graubard 1999, section 2.5;
//                  method "xlogit" of R's svyciprop, and what Stata prints for a proportion)
//   design effect  variance over that of a simple random sample of as many rows, drawn with
//                  replacement: S^2(u) W^2 / n with S^2 the weighted variance of the linearised
//                  values and W the weight sum (Kish 1965, section 8.2; deff = "replace" of R)
//   cv             standard error / |estimate|, the relative standard error (RSE) of BPS
//   quality        BPS, Indonesia's statistics office, prints figures up to RSE 25 % as they are,
//                  above 25 up to 50 % "to be used with caution", above 50 % as unreliable
//                  (footnote of its Susenas tables); other offices cut elsewhere, so the cuts are
//                  data.
// Thread: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "common/measures/survey/domains.h"

namespace sepakat::measures {

enum class Quality { kUnknown, kGood, kCaution, kUnreliable };

// Largest coefficient of variation of each grade, as a fraction.
struct QualityCuts {
  double good = 0.25;
  double caution = 0.50;
};

enum class IntervalForm { kSymmetric, kLogit };

// Degrees of freedom of a domain's interval.
enum class DomainDf {
  kTouched,  // primary units minus strata that have a row in the domain (degf() of R's `survey`)
  kWholeDesign,  // those of the whole sample (`mpitb`; Stata counts nearly so)
};

struct EstimateOptions {
  double confidence = 0.95;
  QualityCuts cuts = {};
  DomainDf df = DomainDf::kTouched;
};

struct Estimate {
  double estimate = 0;
  std::optional<double> standard_error;
  std::optional<double> lower;
  std::optional<double> upper;
  double design_df = 0;
  std::optional<double> design_effect;
  std::optional<double> cv;
  int64_t observations = 0;
  double weight_sum = 0;
  Quality quality = Quality::kUnknown;
};

Quality Grade(std::optional<double> cv, const QualityCuts& cuts);

// In the words a table shows, Indonesian and English.
std::string_view QualityTextId(Quality quality);
std::string_view QualityTextEn(Quality quality);

// Completes an estimate from its variance, the variance that a simple random sample would have, and
// the degrees of freedom of the former.
Estimate MakeEstimate(double estimate, std::optional<double> variance,
                      std::optional<double> simple_variance, const DomainSupport& support,
                      double df, IntervalForm form, const EstimateOptions& options);

}  // namespace sepakat::measures
