// The measures of `--measures`: names, what they need, and how their figures are printed.
//
//   p0   quantile:0.9   atkinson:0.5   gini:last_person
// A name may carry a parameter behind a colon; formulas and readings stand in docs/MEASURES.md.
// Errors: InvalidArgument MEASURE_UNKNOWN, MEASURE_PARAMETER.
// Thread: constant data, pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/fraction.h"

namespace sepakat::measure {

enum class Unit {
  kShare,    // 0..1, printed as percent
  kIndex,    // a pure number
  kWelfare,  // in the unit of welfare
  kCount     // persons or families
};

enum class Need {
  kNothing,  // weights alone
  kWelfare,
  kLine  // welfare and a poverty line
};

enum class MeasureKind {
  kHeadcount,
  kGap,
  kSeverity,
  kPoor,
  kGapOfThePoor,
  kShortfall,
  kWatts,
  kSen,
  kSenShorrocksThon,
  kMedianOfThePoor,
  kRelativeMedianGap,
  kLine,
  kClasses,
  kPopulation,
  kMean,
  kTotal,
  kQuantile,
  kGini,
  kGeneralisedEntropy,
  kAtkinson,
  kKolm,
  kHoover,
  kCoefficientOfVariation,
  kLorenzShare,
  kPalma,
  kQuintileShareRatio
};

struct MeasureInfo {
  std::string_view id;
  MeasureKind kind;
  Need need;
  Unit unit;
  std::string_view name_id;
  std::string_view name_en;
  // Other names that are understood, separated by blanks.
  std::string_view aliases;
  // What may stand behind the colon, for people; empty: nothing.
  std::string_view parameter;
};

std::span<const MeasureInfo> AllMeasures();

struct MeasureSpec {
  const MeasureInfo* info = nullptr;
  // GE(a), Atkinson(e).
  double number = 0;
  // Quantiles and Lorenz shares.
  measures::Fraction level;
  // Gini: the rank of a row is that of its last person.
  bool last_person = false;
  // As the parameter is shown; empty when the measure has none.
  std::string parameter;
};

// `p0`, `atkinson:0.5`; `all` is the reading of every name without a needed parameter.
absl::StatusOr<MeasureSpec> ParseMeasure(std::string_view text);

// What is measured when nobody says: with and without a poverty line.
std::vector<MeasureSpec> DefaultMeasures(bool has_line, bool has_welfare);

// The list for `--help`.
std::string MeasureHelp();

}  // namespace sepakat::measure
