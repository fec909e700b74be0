// From what was asked for to statistics: which columns, on which observations, under which lines.
//
//   Plan plan(&frame, rules);
//   plan.AddLine(line); plan.AddMeasure(measure); plan.AddIndicator(name);     then Evaluate(),
//   evaluate.h
// A universe is a set of observations on which statistics are defined, with the values that
// order-based ones sort; statistics of one universe share its domains and samples. Thread: one at a
// time. Memory: one column of doubles per line and order of poverty measure.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/poverty_line.h"
#include "common/measures/quantile.h"
#include "sepakat/measure/figure.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/line_spec.h"
#include "sepakat/measure/measure_names.h"
#include "sepakat/measure/statistic.h"

namespace sepakat::measure {

struct PlanRules {
  measures::QuantileDefinition quantiles = measures::QuantileDefinition::kObserved;
  // Upper borders of welfare classes in lines.
  std::vector<double> class_multiples = {1, 1.5, 3.5, 17};
  // Observations that are looked at; empty: all.
  std::vector<bool> only;
  // The day whose lines of a region table hold; absent: the latest.
  std::optional<int32_t> line_day;
};

// A poverty line on the observations of the frame.
struct PlannedLine {
  LineSpec spec;
  // One for all: kValue and kRelative.
  std::optional<double> uniform = {};
  // One per observation, NaN where it has none: kColumn and kTable.
  SharedColumn by_row = {};
  int64_t unknown = 0;

  bool is_relative() const { return spec.kind == LineSpec::kRelative; }
};

struct Universe {
  std::vector<bool> keep;
  // Nullptr: no order is needed.
  SharedColumn values;
};

struct PlannedFigure {
  Subject subject;
  size_t universe = 0;
  StatisticPtr statistic;
};

class Plan {
 public:
  // `frame` outlives the plan.
  Plan(const Frame* frame, PlanRules rules);

  // A column or table line is read from the frame, a relative one worked out from its welfare.
  absl::Status AddLine(LineSpec spec);
  // One figure per line where the measure needs one.
  absl::Status AddMeasure(const MeasureSpec& spec);
  void AddIndicator(const Name& name);
  // The sum of an indicator or a column.
  void AddTotal(const Name& name);
  // Of two sums, over observations of which both are known.
  void AddRatio(const Name& numerator, const Name& denominator);
  // A figure of the caller's own.
  void AddFigure(Subject subject, size_t universe, StatisticPtr statistic);

  // The number of the universe of observations that `known` holds for (and that are looked at).
  size_t UniverseOf(std::vector<bool> known, SharedColumn values);
  size_t EverybodyUniverse();
  // Requires welfare.
  size_t WelfareUniverse();
  // The number that WelfareUniverse() gave; some line or measure asked for it.
  size_t WelfareUniverseNumber() const { return *welfare_universe_; }
  // Observations with known welfare and line number `line`.
  size_t LineUniverse(size_t line);
  // The same, sorted by welfare, or by welfare in lines where lines differ.
  size_t OrderedLineUniverse(size_t line);
  // 1 for observations below line number `line` times `multiple`, else 0.
  SharedColumn PoorColumn(size_t line, double multiple = 1);

  const Frame& frame() const { return *frame_; }
  // By observation; nullptr when the book names none.
  const SharedColumn& welfare() const { return welfare_; }
  const PlanRules& rules() const { return rules_; }
  const std::vector<PlannedLine>& lines() const { return lines_; }
  const std::vector<Universe>& universes() const { return universes_; }
  const std::vector<PlannedFigure>& figures() const { return figures_; }
  const std::vector<Remark>& remarks() const { return remarks_; }

 private:
  void AddWithoutLine(const MeasureSpec& spec);
  // The values of a name, NaN where not known; what is not known is told.
  SharedColumn ValuesOf(const Name& name, const Frame::IndicatorValues& found);
  absl::Status AddUnderFixedLine(const MeasureSpec& spec, size_t line);
  void AddUnderRelativeLine(const MeasureSpec& spec, size_t line);
  void AddClasses(const MeasureSpec& spec, size_t line);
  void AddOrdered(const MeasureSpec& spec, size_t line);
  // ((z - y)/z)^order below line number `line`, else 0.
  SharedColumn GapColumnOf(size_t line, int order);
  measures::PovertyLines LinesOf(size_t line) const;
  Subject SubjectOf(const MeasureSpec& spec, const PlannedLine* line) const;

  const Frame* frame_;
  PlanRules rules_;
  SharedColumn welfare_;
  std::optional<size_t> welfare_universe_;
  std::vector<PlannedLine> lines_;
  std::vector<Universe> universes_;
  std::vector<PlannedFigure> figures_;
  std::vector<Remark> remarks_;
  // By line and order.
  std::map<std::pair<size_t, int>, SharedColumn> gaps_;
};

}  // namespace sepakat::measure
