#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/base/status.h"
#include "common/measures/fgt_sample.h"
#include "common/measures/survey/poverty_columns.h"
#include "sepakat/measure/plan.h"
#include "sepakat/measure/poverty_under_line.h"
#include "sepakat/measure/table_builder.h"

namespace sepakat::measure {
namespace {

using measures::SortedSample;
using measures::UnderLine;
using Influence = std::span<double>;

constexpr double kWorld[] = {1, 1.5, 3.5, 17};
struct ClassName {
  std::string_view id;
  std::string_view en;
};
// "Aspiring Indonesia", World Bank 2019.
constexpr ClassName kWorldNames[] = {{"Miskin", "Poor"},
                                     {"Rentan", "Vulnerable"},
                                     {"Menuju kelas menengah", "Aspiring"},
                                     {"Kelas menengah", "Middle"},
                                     {"Kelas atas", "Upper"}};

bool IsSensOwnForm(const MeasureSpec& spec) {
  return spec.info->kind == MeasureKind::kSen && spec.parameter == "original";
}

// A measure of the ordered poor under a line that stands still.
absl::StatusOr<double> OfTheOrderedPoor(const MeasureSpec& spec,
                                        measures::QuantileDefinition quantiles,
                                        const SortedSample& sample, double line,
                                        Influence influence) {
  switch (spec.info->kind) {
    case MeasureKind::kSen:
      return IsSensOwnForm(spec) ? measures::Sen(sample, line, measures::SenForm::kOriginal)
                                 : measures::LineariseSen(sample, line, influence);
    case MeasureKind::kSenShorrocksThon:
      return measures::LineariseSenShorrocksThon(sample, line, influence);
    case MeasureKind::kMedianOfThePoor:
      SEPAKAT_RETURN_IF_ERROR(measures::LineariseMedianOfThePoor(sample, line, influence).status());
      return measures::MedianOfThePoor(sample, line, quantiles);
    default:
      SEPAKAT_RETURN_IF_ERROR(
          measures::LineariseRelativeMedianGap(sample, line, influence).status());
      return measures::RelativeMedianGap(sample, line, quantiles);
  }
}

// The same under a moving line. How the two of Sen move with it is not known.
absl::StatusOr<UnderLine> OfTheOrderedPoorUnder(const MeasureSpec& spec,
                                                measures::QuantileDefinition quantiles,
                                                const SortedSample& sample, double line,
                                                Influence influence) {
  UnderLine result;
  if (spec.info->kind == MeasureKind::kMedianOfThePoor) {
    SEPAKAT_ASSIGN_OR_RETURN(result, measures::LineariseMedianOfThePoor(sample, line, influence));
  } else if (spec.info->kind == MeasureKind::kRelativeMedianGap) {
    SEPAKAT_ASSIGN_OR_RETURN(result, measures::LineariseRelativeMedianGap(sample, line, influence));
  }
  SEPAKAT_ASSIGN_OR_RETURN(result.estimate,
                           OfTheOrderedPoor(spec, quantiles, sample, line, influence));
  return result;
}

bool IsOfSen(MeasureKind kind) {
  return kind == MeasureKind::kSen || kind == MeasureKind::kSenShorrocksThon;
}

bool IsOrdered(MeasureKind kind) {
  return IsOfSen(kind) || kind == MeasureKind::kMedianOfThePoor ||
         kind == MeasureKind::kRelativeMedianGap;
}

}  // namespace

absl::Status Plan::AddLine(LineSpec spec) {
  if (welfare_ == nullptr) {
    return base::Error(absl::StatusCode::kInvalidArgument, "WELFARE_NOT_NAMED",
                       "a poverty line needs welfare, which the code book does not name; add "
                       "[roles] welfare");
  }
  PlannedLine line{.spec = std::move(spec)};
  switch (line.spec.kind) {
    case LineSpec::kValue:
      line.uniform = line.spec.value;
      break;
    case LineSpec::kRelative: {
      line.spec.relative.definition = rules_.quantiles;
      std::vector<double> values;
      std::vector<double> weights;
      const Universe& universe = universes_[WelfareUniverse()];
      for (size_t row = 0; row < frame_->size(); ++row) {
        if (!universe.keep[row]) continue;
        values.push_back((*welfare_)[row]);
        weights.push_back(frame_->weights()[row]);
      }
      SEPAKAT_RETURN_IF_ERROR(measures::CheckSample({values, weights}));
      SEPAKAT_ASSIGN_OR_RETURN(
          line.uniform, measures::LineOf(SortedSample({values, weights}), line.spec.relative));
      break;
    }
    case LineSpec::kColumn:
      line.by_row =
          std::make_shared<std::vector<double>>(frame_->FamilyNumbersOf(line.spec.source));
      break;
    case LineSpec::kTable:
      line.by_row = std::make_shared<std::vector<double>>(
          LinesByRegion(*frame_, line.spec.table, rules_.line_day));
      break;
  }
  if (line.by_row) {
    auto usable = std::make_shared<std::vector<double>>(*line.by_row);
    for (double& value : *usable) {
      if (std::isnan(value) || value > 0) continue;
      value = kUnknownNumber;
    }
    line.unknown = std::ranges::count_if(*usable, [](double value) { return std::isnan(value); });
    line.by_row = std::move(usable);
    if (line.unknown == static_cast<int64_t>(frame_->size())) {
      return base::Error(
          absl::StatusCode::kInvalidArgument, "LINE_UNKNOWN",
          fmt::format("line '{}' gives no observation a line; do the regions and the "
                      "day of the survey fit the table (--line-date)?",
                      line.spec.text));
    }
    if (line.unknown > 0) {
      remarks_.push_back(
          {"LINE_UNKNOWN", true,
           fmt::format(
               "garis {}: {} pengamatan tidak mempunyai garis kemiskinan dan tidak masuk angka "
               "kemiskinan",
               line.spec.text, line.unknown),
           fmt::format("line {}: {} observations have no poverty line and are in no figure about "
                       "poverty",
                       line.spec.text, line.unknown)});
    }
  }
  lines_.push_back(std::move(line));
  return absl::OkStatus();
}

measures::PovertyLines Plan::LinesOf(size_t line) const {
  return lines_[line].uniform
             ? measures::PovertyLines(*lines_[line].uniform)
             : measures::PovertyLines(std::span<const double>(*lines_[line].by_row));
}

SharedColumn Plan::GapColumnOf(size_t line, int order) {
  SharedColumn& column = gaps_[{line, order}];
  if (!column) {
    column =
        std::make_shared<std::vector<double>>(measures::GapColumn(*welfare_, LinesOf(line), order));
  }
  return column;
}

SharedColumn Plan::PoorColumn(size_t line, double multiple) {
  if (multiple == 1) return GapColumnOf(line, 0);
  const measures::PovertyLines lines = LinesOf(line);
  auto column = std::make_shared<std::vector<double>>(frame_->size());
  for (size_t row = 0; row < column->size(); ++row) {
    const double value = (*welfare_)[row];
    (*column)[row] = std::isnan(value) ? value : value < multiple * lines.at(row) ? 1.0 : 0.0;
  }
  return column;
}

size_t Plan::OrderedLineUniverse(size_t line) {
  if (lines_[line].uniform) return WelfareUniverse();
  const Universe& known = universes_[LineUniverse(line)];
  auto ratios = std::make_shared<std::vector<double>>(*welfare_);
  for (size_t row = 0; row < ratios->size(); ++row) (*ratios)[row] /= (*lines_[line].by_row)[row];
  return UniverseOf(known.keep, std::move(ratios));
}

void Plan::AddOrdered(const MeasureSpec& spec, size_t line) {
  const double height = lines_[line].uniform.value_or(1);
  const auto measure = [spec, height, quantiles = rules_.quantiles](const SortedSample& sample,
                                                                    Influence influence) {
    return OfTheOrderedPoor(spec, quantiles, sample, height, influence);
  };
  AddFigure(SubjectOf(spec, &lines_[line]), OrderedLineUniverse(line),
            IsSensOwnForm(spec) ? UnlinearisedStatistic(measure) : SortedStatistic(measure));
}

absl::Status Plan::AddUnderFixedLine(const MeasureSpec& spec, size_t line) {
  const MeasureKind kind = spec.info->kind;
  if (kind == MeasureKind::kClasses) {
    AddClasses(spec, line);
    return absl::OkStatus();
  }
  if (kind == MeasureKind::kMedianOfThePoor && !lines_[line].uniform) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "LINES_DIFFER",
        fmt::format("'median_of_poor' needs one line for all, and '{}' differs from row "
                    "to row; 'relative_median_gap' is measured in lines",
                    lines_[line].spec.text));
  }
  if (IsOrdered(kind)) {
    AddOrdered(spec, line);
    return absl::OkStatus();
  }
  Subject subject = SubjectOf(spec, &lines_[line]);
  const size_t universe = LineUniverse(line);
  const measures::PovertyLines lines = LinesOf(line);
  switch (kind) {
    case MeasureKind::kHeadcount:
      AddFigure(std::move(subject), universe,
                RatioStatistic(GapColumnOf(line, 0), nullptr, {.is_share = true}));
      break;
    case MeasureKind::kGap:
      AddFigure(std::move(subject), universe, RatioStatistic(GapColumnOf(line, 1), nullptr, {}));
      break;
    case MeasureKind::kSeverity:
      AddFigure(std::move(subject), universe, RatioStatistic(GapColumnOf(line, 2), nullptr, {}));
      break;
    case MeasureKind::kPoor:
      AddFigure(std::move(subject), universe, TotalStatistic(GapColumnOf(line, 0)));
      break;
    case MeasureKind::kGapOfThePoor:
      AddFigure(std::move(subject), universe,
                RatioStatistic(GapColumnOf(line, 1), GapColumnOf(line, 0), {}));
      break;
    case MeasureKind::kWatts: {
      auto column = std::make_shared<std::vector<double>>(frame_->size());
      auto undefined = std::make_shared<std::vector<bool>>(frame_->size());
      for (size_t row = 0; row < column->size(); ++row) {
        const double value = (*welfare_)[row];
        (*undefined)[row] = value <= 0;
        const bool poor = value > 0 && value < lines.at(row);
        (*column)[row] = poor ? std::log(lines.at(row) / value) : 0.0;
      }
      AddFigure(std::move(subject), universe,
                RatioStatistic(std::move(column), nullptr,
                               {.undefined = std::move(undefined),
                                .reason = base::Error(
                                    absl::StatusCode::kFailedPrecondition, "NON_POSITIVE_POOR",
                                    "somebody's welfare is zero or less, which has no logarithm; "
                                    "--positive-welfare leaves them out")}));
      break;
    }
    default: {
      auto column = std::make_shared<std::vector<double>>(frame_->size());
      const bool shortfall = kind == MeasureKind::kShortfall;
      for (size_t row = 0; row < column->size(); ++row) {
        const double below = lines.at(row) - (*welfare_)[row];
        (*column)[row] = shortfall ? std::max(0.0, below) : lines.at(row);
      }
      AddFigure(std::move(subject), universe,
                shortfall ? TotalStatistic(std::move(column))
                          : RatioStatistic(std::move(column), nullptr, {}));
    }
  }
  return absl::OkStatus();
}

void Plan::AddUnderRelativeLine(const MeasureSpec& spec, size_t line) {
  if (spec.info->kind == MeasureKind::kClasses) {
    AddClasses(spec, line);
    return;
  }
  LinearisedUnderLine measure;
  switch (spec.info->kind) {
    case MeasureKind::kLine:
      AddFigure(SubjectOf(spec, &lines_[line]), WelfareUniverse(),
                LineStatistic(lines_[line].spec.relative));
      return;
    case MeasureKind::kHeadcount:
    case MeasureKind::kGap:
    case MeasureKind::kSeverity: {
      const int order = spec.info->kind == MeasureKind::kHeadcount ? 0
                        : spec.info->kind == MeasureKind::kGap     ? 1
                                                                   : 2;
      measure = [order](const SortedSample& sample, double z, Influence influence) {
        return measures::LinearisePoverty(sample, z, order, influence);
      };
      break;
    }
    case MeasureKind::kPoor:
      measure = NumberOfPoor;
      break;
    case MeasureKind::kGapOfThePoor:
      measure = GapOfThePoor;
      break;
    case MeasureKind::kShortfall:
      measure = Shortfall;
      break;
    case MeasureKind::kWatts:
      measure = measures::LineariseWatts;
      break;
    default:
      measure = [spec, quantiles = rules_.quantiles](const SortedSample& sample, double z,
                                                     Influence influence) {
        return OfTheOrderedPoorUnder(spec, quantiles, sample, z, influence);
      };
  }
  AddFigure(SubjectOf(spec, &lines_[line]), WelfareUniverse(),
            UnderLineStatistic(line, std::move(measure),
                               {.linearised = !IsOfSen(spec.info->kind),
                                .is_share = spec.info->kind == MeasureKind::kHeadcount}));
}

void Plan::AddClasses(const MeasureSpec& spec, size_t line) {
  const std::vector<double>& borders = rules_.class_multiples;
  const bool world = std::ranges::equal(borders, kWorld);
  for (size_t i = 0; i <= borders.size(); ++i) {
    const double from = i == 0 ? 0 : borders[i - 1];
    const double to = i == borders.size() ? 0 : borders[i];
    Subject subject = SubjectOf(spec, &lines_[line]);
    const std::string range = i == 0                ? fmt::format("< {} z", to)
                              : i == borders.size() ? fmt::format(">= {} z", from)
                                                    : fmt::format("{}-{} z", from, to);
    subject.parameters.emplace_back("from", from);
    if (to > 0) subject.parameters.emplace_back("to", to);
    subject.name_id = world ? fmt::format("{} ({})", kWorldNames[i].id, range)
                            : fmt::format("{} {}", spec.info->name_id, range);
    subject.name_en = world ? fmt::format("{} ({})", kWorldNames[i].en, range)
                            : fmt::format("{} {}", spec.info->name_en, range);
    if (lines_[line].is_relative()) {
      AddFigure(std::move(subject), WelfareUniverse(),
                UnderLineStatistic(
                    line, [from, to](const SortedSample& sample, double z, Influence influence) {
                      return ShareBetween(sample, z, from, to, influence);
                    }));
      continue;
    }
    auto column = std::make_shared<std::vector<double>>(
        to > 0 ? *PoorColumn(line, to) : std::vector<double>(frame_->size(), 1.0));
    if (from > 0) {
      const SharedColumn below = PoorColumn(line, from);
      for (size_t row = 0; row < column->size(); ++row) (*column)[row] -= (*below)[row];
    }
    AddFigure(std::move(subject), LineUniverse(line),
              RatioStatistic(std::move(column), nullptr, {.is_share = true}));
  }
}

}  // namespace sepakat::measure
