#include "sepakat/measure/figure_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/base/status.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

constexpr double kPercent = 100;

using IdText = std::pair<std::string_view, std::string_view>;

// By reason.
constexpr std::array<IdText, 12> kUndefined = {{
    {"EMPTY_SAMPLE", "tidak ada pengamatan dalam kelompok ini"},
    {"NO_WEIGHT", "tidak ada pengamatan berbobot dalam kelompok ini"},
    {"NOBODY_POOR", "tidak ada yang miskin, jadi tidak ada rata-rata di antara mereka"},
    {"NON_POSITIVE_VALUES",
     "ada kesejahteraan nol atau negatif, yang tidak punya logaritma (--positive-welfare)"},
    {"NON_POSITIVE_POOR",
     "ada kesejahteraan nol atau negatif di antara yang miskin, yang tidak punya logaritma"},
    {"NON_POSITIVE_MEAN", "rata-rata kesejahteraan tidak di atas nol"},
    {"NON_POSITIVE_SHARE", "bagian kelompok termiskin tidak di atas nol"},
    {"NO_SPREAD", "semua nilai sama, jadi tidak ada kepadatan di sekitar kuantil"},
    {"NO_DENSITY", "tidak ada nilai di sekitar kuantil, jadi galatnya tidak dapat dihitung"},
    {"NO_BENEFITS", "tidak ada yang menerima dalam kelompok ini"},
    {"ZERO_DENOMINATOR", "penyebutnya nol dalam kelompok ini"},
    {"NOTHING_KNOWN", "tidak ada jawaban yang diketahui dalam kelompok ini"},
}};
// By SurveyFacts::errors.
constexpr std::array<IdText, 3> kErrors = {{
    {"linearisation", "linearisasi"},
    {"jackknife", "jackknife"},
    {"replicates of the code book", "bobot replikat dari buku kode"},
}};

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

bool IsWithoutCases(const Figure& figure) {
  if (figure.subject.unit != Unit::kShare || !figure.estimate.ok()) return false;
  const measures::Estimate& estimate = *figure.estimate;
  return (estimate.estimate == 0 || estimate.estimate == 1) && !estimate.lower;
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

std::string ErrorsText(std::string_view errors, Language language) {
  const auto known = std::ranges::find(kErrors, errors, &IdText::first);
  return std::string(language == Language::kEnglish || known == kErrors.end() ? errors
                                                                              : known->second);
}

std::string UndefinedText(const absl::Status& status, Language language) {
  const auto known = std::ranges::find(kUndefined, base::ReasonOf(status), &IdText::first);
  if (language == Language::kEnglish || known == kUndefined.end()) {
    return std::string(status.message());
  }
  return std::string(known->second);
}

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
    text.note = UndefinedText(figure.estimate.status(), language);
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
  if (IsWithoutCases(figure)) {
    text.note = language == Language::kIndonesian
                    ? "semua jawaban dalam sampel sama; galat 0 bukan kepastian"
                    : "all answers in the sample are the same; an error of 0 is no certainty";
  }
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
