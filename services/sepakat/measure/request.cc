#include "sepakat/measure/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "absl/strings/str_split.h"
#include "common/base/date.h"
#include "common/base/status.h"

namespace sepakat::measure {
namespace {

absl::Status Wrong(std::string_view reason, std::string_view message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

std::vector<std::string> Split(std::string_view text, char mark) {
  return absl::StrSplit(absl::string_view(text.data(), text.size()), mark);
}

// The parts of comma-separated lists, blanks dropped.
std::vector<std::string> Flat(const std::vector<std::string>& lists) {
  std::vector<std::string> parts;
  for (const std::string& list : lists) {
    for (std::string& part : Split(list, ',')) {
      while (part.starts_with(' ')) part.erase(0, 1);
      while (part.ends_with(' ')) part.pop_back();
      if (!part.empty()) parts.push_back(std::move(part));
    }
  }
  return parts;
}

template <typename Number>
bool Parse(std::string_view text, Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

absl::StatusOr<std::vector<double>> ReadClasses(const std::vector<std::string>& texts) {
  std::vector<double> multiples;
  for (const std::string& text : Flat(texts)) {
    double number = 0;
    const bool good = Parse(text, &number) && number > (multiples.empty() ? 0 : multiples.back());
    if (!good) {
      return Wrong("CLASSES", fmt::format("--classes takes ascending multiples of the line such as "
                                          "1,1.5,3.5,17, not '{}'",
                                          text));
    }
    multiples.push_back(number);
  }
  return multiples;
}

absl::StatusOr<ReplicateRequest> ReadReplicates(std::string_view text) {
  ReplicateRequest request;
  if (text.empty()) return request;
  const std::vector<std::string> parts = Split(text, ':');
  const bool alone = parts.size() == 1;
  bool good = false;
  if (parts[0] == "bootstrap") {
    request.kind = ReplicateRequest::kBootstrap;
    good = (alone || (Parse(parts[1], &request.count) && request.count >= 2)) &&
           (parts.size() < 3 || Parse(parts[2], &request.seed)) && parts.size() <= 3;
  } else if (alone) {
    good = true;
    if (parts[0] == "jackknife") {
      request.kind = ReplicateRequest::kJackknife;
    } else if (parts[0] == "jk1") {
      request.kind = ReplicateRequest::kJk1;
    } else if (parts[0] == "book") {
      request.kind = ReplicateRequest::kBook;
    } else {
      good = false;
    }
  }
  if (good) return request;
  return Wrong("REPLICATES", fmt::format("--replicates is bootstrap, bootstrap:COUNT, "
                                         "bootstrap:COUNT:SEED, jackknife, jk1 or book, not '{}'",
                                         text));
}

absl::StatusOr<OnlyRequest> ReadOnly(std::string_view text) {
  const size_t at = text.find('=');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return Wrong("ONLY", fmt::format("--only is NAME=VALUE, not '{}'", text));
  }
  return OnlyRequest{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

absl::StatusOr<RatioRequest> ReadRatio(std::string_view text) {
  const size_t at = text.find('/');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return Wrong("RATIO", fmt::format("--ratios is NAME/NAME, not '{}'", text));
  }
  return RatioRequest{std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

}  // namespace

absl::StatusOr<measures::SinglePsu> ParseSinglePsu(std::string_view text) {
  if (text == "fail") return measures::SinglePsu::kFail;
  if (text == "certainty") return measures::SinglePsu::kCertainty;
  if (text == "centred") return measures::SinglePsu::kCentred;
  if (text == "average") return measures::SinglePsu::kAverage;
  return Wrong("SINGLE_PSU_RULE",
               fmt::format("--single-psu is fail, certainty, centred or average, not '{}'", text));
}

absl::StatusOr<Request> ReadRequest(const RequestTexts& texts) {
  Request request;
  for (const std::string& name : Flat(texts.measures)) {
    SEPAKAT_ASSIGN_OR_RETURN(MeasureSpec spec, ParseMeasure(name));
    request.measures.push_back(std::move(spec));
  }
  for (const std::string& text : texts.lines) {
    SEPAKAT_ASSIGN_OR_RETURN(LineSpec line, ParseLine(text));
    request.lines.push_back(std::move(line));
  }
  if (!texts.line_date.empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(request.line_day, base::ParseIsoDate(texts.line_date));
  }
  if (!texts.classes.empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(request.class_multiples, ReadClasses(texts.classes));
  }
  for (const std::string& combination : Flat(texts.by)) {
    request.breakdowns.push_back(Split(combination, '+'));
  }
  for (const std::string& text : texts.only) {
    SEPAKAT_ASSIGN_OR_RETURN(OnlyRequest only, ReadOnly(text));
    request.only.push_back(std::move(only));
  }
  request.indicators = Flat(texts.indicators);
  request.totals = Flat(texts.totals);
  for (const std::string& text : Flat(texts.ratios)) {
    SEPAKAT_ASSIGN_OR_RETURN(RatioRequest ratio, ReadRatio(text));
    request.ratios.push_back(std::move(ratio));
  }
  request.all_indicators = std::ranges::find(request.indicators, "all") != request.indicators.end();
  request.programmes = Flat(texts.programmes);
  for (const std::string& text : Flat(texts.mpi_cutoffs)) {
    SEPAKAT_ASSIGN_OR_RETURN(const measures::Fraction k, ParseCutoff(text));
    request.mpi_cutoffs.push_back(k);
  }
  if (texts.count != "persons" && texts.count != "families") {
    return Wrong("COUNT", fmt::format("--count is persons or families, not '{}'", texts.count));
  }
  request.count = texts.count == "families" ? CountBy::kFamilies : CountBy::kPersons;
  request.positive_welfare = texts.positive_welfare;
  if (texts.quantiles == "averaged") {
    request.quantiles = measures::QuantileDefinition::kAveragedAtTies;
  } else if (texts.quantiles == "next") {
    request.quantiles = measures::QuantileDefinition::kNextAtTies;
  } else if (texts.quantiles != "observed") {
    return Wrong("QUANTILES", fmt::format("--quantiles is observed, averaged or next, not '{}'",
                                          texts.quantiles));
  }
  if (texts.df != "domain" && texts.df != "design") {
    return Wrong("DF", fmt::format("--df is domain or design, not '{}'", texts.df));
  }
  request.df =
      texts.df == "design" ? measures::DomainDf::kWholeDesign : measures::DomainDf::kTouched;
  if (!texts.single_psu.empty()) {
    SEPAKAT_ASSIGN_OR_RETURN(request.single_psu, ParseSinglePsu(texts.single_psu));
  }
  request.ultimate_cluster = texts.ultimate_cluster;
  SEPAKAT_ASSIGN_OR_RETURN(request.replicates, ReadReplicates(texts.replicates));
  if (!(texts.confidence > 0 && texts.confidence < 100)) {
    return Wrong("CONFIDENCE",
                 fmt::format("--confidence is a percentage between 0 and 100, such as 95, "
                             "not {}",
                             texts.confidence));
  }
  request.confidence = texts.confidence / 100;
  if (texts.interval != "logit" && texts.interval != "symmetric") {
    return Wrong("INTERVAL",
                 fmt::format("--interval is logit or symmetric, not '{}'", texts.interval));
  }
  request.symmetric_intervals = texts.interval == "symmetric";
  return request;
}

}  // namespace sepakat::measure
