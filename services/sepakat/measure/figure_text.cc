#include "sepakat/measure/figure_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

constexpr double kPercent = 100;

const ParameterValue* Find(const Parameters& parameters, std::string_view name) {
  const auto found = std::ranges::find(parameters, name, &Parameters::value_type::first);
  return found == parameters.end() ? nullptr : &found->second;
}

}  // namespace

std::string DomainText(const Domain& domain, Language language) {
  if (domain.empty()) return language == Language::kIndonesian ? "seluruhnya" : "all";
  std::string text;
  for (const DomainPart& part : domain) {
    if (!text.empty()) text += ", ";
    const bool bare = part.label.find_first_not_of("0123456789.") == std::string::npos;
    if (bare) text += part.by + ' ';
    text += part.label;
  }
  return text;
}

std::string LineText(const Subject& subject, Language language) {
  const ParameterValue* line = Find(subject.parameters, "line");
  if (line == nullptr) return {};
  std::string text = std::get<std::string>(*line);
  const ParameterValue* value = Find(subject.parameters, "lineValue");
  if (value == nullptr) return text;
  const std::string shown = ValueShown(std::get<double>(*value), Unit::kWelfare, language);
  return text.find('%') == std::string::npos ? shown : fmt::format("{} = {}", text, shown);
}

std::string_view QualityWord(measures::Quality quality) {
  switch (quality) {
    case measures::Quality::kGood:
      return "good";
    case measures::Quality::kCaution:
      return "caution";
    case measures::Quality::kUnreliable:
      return "unreliable";
    case measures::Quality::kUnknown:
      break;
  }
  return "unknown";
}

std::string_view UnitMark(Unit unit) { return unit == Unit::kShare ? "%" : ""; }

FigureText TextOf(const Figure& figure, Language language) {
  FigureText text;
  const Unit unit = figure.subject.unit;
  text.measure = figure.subject.name(language);
  if (unit == Unit::kShare) text.measure += ", %";
  if (const ParameterValue* k = Find(figure.subject.parameters, "k")) {
    text.line = "k = " + std::get<std::string>(*k);
  } else {
    text.line = LineText(figure.subject, language);
  }
  text.domain = DomainText(figure.domain, language);
  if (!figure.estimate.ok()) {
    text.estimate = ValueShown(std::nullopt, unit, language);
    text.note = std::string(figure.estimate.status().message());
    return text;
  }
  const measures::Estimate& estimate = *figure.estimate;
  text.estimate = ValueShown(estimate.estimate, unit, language);
  text.error = ValueShown(estimate.standard_error, unit, language);
  if (estimate.lower || estimate.upper) {
    text.interval = fmt::format("{} .. {}", ValueShown(estimate.lower, unit, language),
                                ValueShown(estimate.upper, unit, language));
  }
  if (estimate.cv) text.cv = NumberShown(*estimate.cv * kPercent, 1, language);
  text.observations = NumberShown(static_cast<double>(estimate.observations), 0, language);
  const bool doubtful = estimate.quality == measures::Quality::kCaution ||
                        estimate.quality == measures::Quality::kUnreliable;
  if (doubtful) {
    text.note =
        std::string(language == Language::kIndonesian ? measures::QualityTextId(estimate.quality)
                                                      : measures::QualityTextEn(estimate.quality));
  }
  return text;
}

}  // namespace sepakat::measure
