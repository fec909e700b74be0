// The cells of a figure as people read them, the same in tables, workbooks and pages.
//
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "sepakat/measure/figure.h"

namespace sepakat::measure {

struct FigureText {
  std::string measure;
  // The poverty line, where there is one.
  std::string line;
  std::string domain;
  // Shares in percent.
  std::string estimate;
  std::string error;
  std::string interval;
  // Relative standard error in percent.
  std::string cv;
  std::string observations;
  // Empty when good; else the sentence of the statistics office, or why there is no estimate.
  std::string note;
};

FigureText TextOf(const Figure& figure, Language language);

// `Tyrol, female`, `region 9`; everybody: `seluruhnya` or `all`.
std::string DomainText(const Domain& domain, Language language);

// The line of a subject as it was written, with its value where the survey gave it; empty when
// there is none.
std::string LineText(const Subject& subject, Language language);

// A share of nobody or of all in the sample: it has no interval, and its error of 0 says nothing.
bool IsWithoutCases(const Figure& figure);

// unknown, good, caution, unreliable.
std::string_view QualityWord(measures::Quality quality);

// How errors were worked out (SurveyFacts::errors), in words.
std::string ErrorsText(std::string_view errors, Language language);

// Why there is no figure.
std::string UndefinedText(const absl::Status& status, Language language);

// `%` for shares; else empty.
std::string_view UnitMark(Unit unit);

}  // namespace sepakat::measure
