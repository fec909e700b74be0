// How well a proxy-means score finds the poor, and how far its predictions can be trusted.
//
// A cut q takes two borders from the families that the model was fitted on: the welfare z below
// which the poorest share q of them lies, and the score s below which the lowest share q of the
// scores lies. Families that the model has not seen are then judged by the same borders:
//   poor      welfare < z          selected   score < s
//   exclusion error  poor and not selected / poor           (undercoverage)
//   inclusion error  selected and not poor / selected       (leakage)
// Both borders are strict, quantiles are the smallest observed value (measures/quantile.h).
//
// Scores are log welfare. exp(score) underestimates mean welfare by the smearing factor, the mean
// of exp(residual) (Duan 1983, JASA 78); ranks do not change. The calibration table says by tenths
// of the score how predicted and observed welfare agree. Errors: those of the measures used;
// InvalidArgument NO_WEIGHT where nobody is there to judge. Thread: pure functions. Complexity: O(n
// log n).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/fraction.h"
#include "common/measures/targeting_accuracy.h"

namespace sepakat::pmt {

// Families with known welfare and score; parallel columns, owns nothing.
struct Scored {
  std::span<const double> log_welfare;
  std::span<const double> score;
  std::span<const double> weights;
};

struct Cut {
  measures::Fraction share;
  double log_line = 0;  // log z
  double score = 0;     // s
};

absl::StatusOr<Cut> FindCut(const Scored& fitted, measures::Fraction share);

struct CutAccuracy {
  double poor = 0;      // share of the families' weight
  double selected = 0;  // share of the families' weight
  std::optional<double> exclusion_error;
  std::optional<double> inclusion_error;
};

absl::StatusOr<CutAccuracy> Judge(const Scored& families, const Cut& cut);

// 1 - sum w (log y - score)^2 / sum w (log y - mean)^2: below 0 where the mean would do better.
absl::StatusOr<double> ExplainedShare(const Scored& families);

// Weighted mean of exp(log y - score).
double SmearingFactor(const Scored& families);

// One tenth of the families by score, the lowest first.
struct CalibrationRow {
  double weight = 0;
  double mean_score = 0;
  double mean_log_welfare = 0;
  double predicted_welfare = 0;  // mean of exp(score) times the smearing factor
  double observed_welfare = 0;   // mean of welfare
};

absl::StatusOr<std::vector<CalibrationRow>> Calibrate(const Scored& families, double smearing);

}  // namespace sepakat::pmt
