#include "sepakat/measure/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "absl/strings/str_replace.h"
#include "common/base/status.h"
#include "common/measures/inequality.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_share.h"
#include "sepakat/measure/table_builder.h"

namespace sepakat::measure {
namespace {

using measures::SortedSample;

// A linearised measure of the sorted sample that needs no line.
Linearised WithoutLine(const MeasureSpec& spec, measures::QuantileDefinition quantiles) {
  using Influence = std::span<double>;
  switch (spec.info->kind) {
    case MeasureKind::kGini: {
      const auto form =
          spec.last_person ? measures::GiniForm::kLastPerson : measures::GiniForm::kMeanDifference;
      return [form](const SortedSample& sample, Influence influence) {
        return measures::LineariseGini(sample, form, influence);
      };
    }
    case MeasureKind::kGeneralisedEntropy:
      return [a = spec.number](const SortedSample& sample, Influence influence) {
        return measures::LineariseGeneralisedEntropy(sample, a, influence);
      };
    case MeasureKind::kAtkinson:
      return [aversion = spec.number](const SortedSample& sample, Influence influence) {
        return measures::LineariseAtkinson(sample, aversion, influence);
      };
    case MeasureKind::kKolm:
      return [aversion = spec.number](const SortedSample& sample, Influence influence) {
        return measures::LineariseKolm(sample, aversion, influence);
      };
    case MeasureKind::kHoover:
      return measures::LineariseHoover;
    case MeasureKind::kCoefficientOfVariation:
      return measures::LineariseCoefficientOfVariation;
    case MeasureKind::kLorenzShare:
      return [level = spec.level.value()](const SortedSample& sample, Influence influence) {
        return measures::LineariseLorenzShare(sample, level, influence);
      };
    case MeasureKind::kPalma:
      return measures::LinearisePalma;
    default:
      return [quantiles](const SortedSample& sample, Influence influence) {
        return measures::LineariseQuintileShareRatio(sample, quantiles, influence);
      };
  }
}

// Rows where every column has a value.
std::vector<bool> KnownIn(const std::vector<SharedColumn>& columns) {
  std::vector<bool> known(columns.front()->size(), true);
  for (const SharedColumn& column : columns) {
    for (size_t row = 0; row < known.size(); ++row) {
      if (std::isnan((*column)[row])) known[row] = false;
    }
  }
  return known;
}

}  // namespace

Plan::Plan(const Frame* frame, PlanRules rules) : frame_(frame), rules_(std::move(rules)) {
  if (!frame->welfare().empty()) {
    welfare_ =
        std::make_shared<std::vector<double>>(frame->welfare().begin(), frame->welfare().end());
  }
  if (rules_.only.empty()) rules_.only.assign(frame->size(), true);
}

size_t Plan::UniverseOf(std::vector<bool> known, SharedColumn values) {
  for (size_t row = 0; row < known.size(); ++row) {
    if (!rules_.only[row]) known[row] = false;
  }
  for (size_t i = 0; i < universes_.size(); ++i) {
    Universe& universe = universes_[i];
    const bool fits = universe.values == values || values == nullptr || universe.values == nullptr;
    if (!fits || universe.keep != known) continue;
    if (values != nullptr) universe.values = values;
    return i;
  }
  universes_.push_back({std::move(known), std::move(values)});
  return universes_.size() - 1;
}

size_t Plan::EverybodyUniverse() {
  return UniverseOf(std::vector<bool>(frame_->size(), true), nullptr);
}

size_t Plan::WelfareUniverse() {
  if (welfare_universe_) return *welfare_universe_;
  std::vector<bool> known(frame_->size());
  for (size_t row = 0; row < known.size(); ++row) known[row] = !std::isnan((*welfare_)[row]);
  welfare_universe_ = UniverseOf(std::move(known), welfare_);
  return *welfare_universe_;
}

size_t Plan::LineUniverse(size_t line) {
  const PlannedLine& planned = lines_[line];
  std::vector<bool> known(frame_->size());
  for (size_t row = 0; row < known.size(); ++row) {
    known[row] =
        !std::isnan((*welfare_)[row]) && (planned.uniform || !std::isnan((*planned.by_row)[row]));
  }
  return UniverseOf(std::move(known), nullptr);
}

void Plan::AddFigure(Subject subject, size_t universe, StatisticPtr statistic) {
  figures_.push_back({std::move(subject), universe, std::move(statistic)});
}

Subject Plan::SubjectOf(const MeasureSpec& spec, const PlannedLine* line) const {
  const MeasureInfo& info = *spec.info;
  Subject subject{.measure = std::string(info.id), .unit = info.unit};
  switch (info.kind) {
    case MeasureKind::kQuantile:
    case MeasureKind::kLorenzShare:
      if (info.id != "median") subject.parameters.emplace_back("level", spec.level.value());
      break;
    case MeasureKind::kGeneralisedEntropy:
      if (info.id == "ge") subject.parameters.emplace_back("a", spec.number);
      break;
    case MeasureKind::kAtkinson:
    case MeasureKind::kKolm:
      subject.parameters.emplace_back("aversion", spec.number);
      break;
    default:
      if (!spec.parameter.empty()) subject.parameters.emplace_back("form", spec.parameter);
      break;
  }
  subject.name_id = std::string(info.name_id);
  subject.name_en = std::string(info.name_en);
  if (!spec.parameter.empty()) {
    subject.name_id += " " + spec.parameter;
    subject.name_en += " " + spec.parameter;
  }
  if (frame_->count() == CountBy::kFamilies) {
    subject.name_id = absl::StrReplaceAll(subject.name_id, {{"penduduk", "keluarga"}});
    if (info.kind == MeasureKind::kPopulation) subject.name_en = "Families";
  }
  if (line != nullptr) {
    subject.parameters.emplace_back("line", line->spec.text);
    if (line->uniform) subject.parameters.emplace_back("lineValue", *line->uniform);
  }
  return subject;
}

absl::Status Plan::AddMeasure(const MeasureSpec& spec) {
  if (spec.info->need != Need::kNothing && welfare_ == nullptr) {
    return base::Error(absl::StatusCode::kInvalidArgument, "WELFARE_NOT_NAMED",
                       fmt::format("measure '{}' needs welfare, which the code book does not name; "
                                   "add [roles] welfare",
                                   spec.info->id));
  }
  if (spec.info->need != Need::kLine) {
    AddWithoutLine(spec);
    return absl::OkStatus();
  }
  if (lines_.empty()) {
    return base::Error(
        absl::StatusCode::kInvalidArgument, "LINE_MISSING",
        fmt::format("measure '{}' needs a poverty line; give --line", spec.info->id));
  }
  for (size_t line = 0; line < lines_.size(); ++line) {
    if (lines_[line].is_relative()) {
      AddUnderRelativeLine(spec, line);
    } else {
      SEPAKAT_RETURN_IF_ERROR(AddUnderFixedLine(spec, line));
    }
  }
  return absl::OkStatus();
}

void Plan::AddWithoutLine(const MeasureSpec& spec) {
  Subject subject = SubjectOf(spec, nullptr);
  switch (spec.info->kind) {
    case MeasureKind::kPopulation:
      AddFigure(std::move(subject), EverybodyUniverse(), TotalStatistic(nullptr));
      return;
    case MeasureKind::kMean:
      AddFigure(std::move(subject), WelfareUniverse(), RatioStatistic(welfare_, nullptr, {}));
      return;
    case MeasureKind::kTotal:
      AddFigure(std::move(subject), WelfareUniverse(), TotalStatistic(welfare_));
      return;
    case MeasureKind::kQuantile:
      AddFigure(std::move(subject), WelfareUniverse(),
                QuantileStatistic(spec.level, rules_.quantiles));
      return;
    default:
      break;
  }
  AddFigure(std::move(subject), WelfareUniverse(),
            SortedStatistic(WithoutLine(spec, rules_.quantiles)));
}

SharedColumn Plan::ValuesOf(const Name& name, const Frame::IndicatorValues& found) {
  int64_t unknown = 0;
  for (size_t row = 0; row < found.values.size(); ++row) {
    if (std::isnan(found.values[row]) && found.asked[row]) ++unknown;
  }
  if (unknown > 0) {
    const std::string label = LabelOf(frame_->book(), name);
    remarks_.push_back({"INDICATOR_UNKNOWN", false,
                        fmt::format("{}: jawaban {} pengamatan tidak diketahui dan tidak dihitung "
                                    "sebagai \"tidak\"",
                                    label, unknown),
                        fmt::format("{}: the answer of {} observations is not known, and does not "
                                    "count as a no",
                                    label, unknown)});
  }
  return std::make_shared<std::vector<double>>(found.values);
}

void Plan::AddIndicator(const Name& name) {
  const Frame::IndicatorValues found = frame_->IndicatorOf(name);
  SharedColumn column = ValuesOf(name, found);
  const std::string label = LabelOf(frame_->book(), name);
  const bool share = !found.is_number && std::ranges::all_of(found.values, [](double value) {
    return std::isnan(value) || value == 0 || value == 1;
  });
  Subject subject{.measure = share ? "share" : "mean_of",
                  .parameters = {{"indicator", name.text}},
                  .unit = share ? Unit::kShare : Unit::kIndex,
                  .name_id = label,
                  .name_en = label};
  const size_t universe = UniverseOf(KnownIn({column}), nullptr);
  AddFigure(std::move(subject), universe,
            RatioStatistic(std::move(column), nullptr, {.is_share = share}));
}

void Plan::AddTotal(const Name& name) {
  SharedColumn column = ValuesOf(name, frame_->IndicatorOf(name));
  const std::string label = LabelOf(frame_->book(), name);
  Subject subject{.measure = "total_of",
                  .parameters = {{"of", name.text}},
                  .unit = Unit::kCount,
                  .name_id = "Jumlah " + label,
                  .name_en = "Total of " + label};
  const size_t universe = UniverseOf(KnownIn({column}), nullptr);
  AddFigure(std::move(subject), universe, TotalStatistic(std::move(column)));
}

void Plan::AddRatio(const Name& numerator, const Name& denominator) {
  SharedColumn above = ValuesOf(numerator, frame_->IndicatorOf(numerator));
  SharedColumn below = ValuesOf(denominator, frame_->IndicatorOf(denominator));
  const ingestion::CodeBook& book = frame_->book();
  const std::string label =
      fmt::format("{} / {}", LabelOf(book, numerator), LabelOf(book, denominator));
  Subject subject{.measure = "ratio",
                  .parameters = {{"numerator", numerator.text}, {"denominator", denominator.text}},
                  .unit = Unit::kIndex,
                  .name_id = label,
                  .name_en = label};
  const size_t universe = UniverseOf(KnownIn({above, below}), nullptr);
  AddFigure(std::move(subject), universe, RatioStatistic(std::move(above), std::move(below), {}));
}

}  // namespace sepakat::measure
