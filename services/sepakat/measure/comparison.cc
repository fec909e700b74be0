#include "sepakat/measure/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/base/status.h"

namespace sepakat::measure {
namespace {

using measures::SortedSample;

// Parameters that say which figure it is; the height of a line may differ between surveys.
std::string KeyOf(const Figure& figure) {
  std::string key = figure.subject.measure;
  for (const auto& [name, value] : figure.subject.parameters) {
    if (name == "lineValue" || name == "line") continue;
    key += '\x1f' + name + '=';
    if (const auto* text = std::get_if<std::string>(&value)) {
      key += *text;
    } else {
      key += std::to_string(std::get<double>(value));
    }
  }
  for (const DomainPart& part : figure.domain) key += '\x1e' + part.by + '=' + part.value;
  return key;
}

// Figures of one breakdown; the lines of two surveys belong together by their order.
void CompareFigures(const BreakdownFigures& before, const BreakdownFigures& after,
                    double confidence, Comparison* comparison) {
  std::map<std::string, std::vector<const Figure*>> partners;
  for (const Figure& figure : after.figures) partners[KeyOf(figure)].push_back(&figure);
  std::map<std::string, size_t> used;
  for (const Figure& figure : before.figures) {
    const std::string key = KeyOf(figure);
    const auto found = partners.find(key);
    const size_t number = used[key]++;
    const bool has = found != partners.end() && number < found->second.size() &&
                     figure.estimate.ok() && found->second[number]->estimate.ok();
    if (!has) {
      ++comparison->without_partner;
      continue;
    }
    const measures::Estimate& later = *found->second[number]->estimate;
    comparison->changes.push_back({figure.subject, figure.domain, *figure.estimate, later,
                                   measures::ChangeBetween(*figure.estimate, later, confidence)});
  }
}

GrowthParts DecomposeUnder(size_t line, const Plan& before, const Plan& after) {
  GrowthParts parts;
  parts.line = before.lines()[line].spec.text;
  if (after.lines()[line].spec.text != parts.line) {
    parts.line += " -> " + after.lines()[line].spec.text;
  }
  const WelfareSample first = WelfareIn(before, line);
  const WelfareSample second = WelfareIn(after, line);
  const measures::PovertyLines one(1.0);
  parts.parts = measures::DecomposeGrowth({first.view(), one}, {second.view(), one});
  return parts;
}

// The place of each of `rows` among `domains`; kUnknownGroup where it is none.
std::vector<uint32_t> PlacesOf(const Plan& plan, const Breakdown& by,
                               const std::vector<Domain>& domains, WelfareSample* sample) {
  const Split split = SplitBy(plan.frame(), by);
  std::vector<uint32_t> place_of_domain;
  for (const Domain& domain : split.domains) {
    const auto found = std::ranges::find_if(domains, [&domain](const Domain& one) {
      return std::ranges::equal(one, domain, {}, &DomainPart::value, &DomainPart::value);
    });
    place_of_domain.push_back(static_cast<uint32_t>(found - domains.begin()));
  }
  // Observations of no group take no part.
  WelfareSample kept;
  std::vector<uint32_t> places;
  for (size_t i = 0; i < sample->rows.size(); ++i) {
    const uint32_t label = split.labels[sample->rows[i]];
    if (label == kUnknownGroup) continue;
    kept.values.push_back(sample->values[i]);
    kept.weights.push_back(sample->weights[i]);
    kept.rows.push_back(sample->rows[i]);
    places.push_back(place_of_domain[label]);
  }
  *sample = std::move(kept);
  return places;
}

SectorPartsByDomain DecomposeSectors(size_t line, const Breakdown& by, const Plan& before,
                                     const Plan& after) {
  SectorPartsByDomain result;
  result.line = before.lines()[line].spec.text;
  result.by = by;
  result.domains = SplitBy(before.frame(), by).domains;
  // Groups of the later survey alone come last: the decomposition then says that one is missing.
  for (const Domain& domain : SplitBy(after.frame(), by).domains) {
    const bool known = std::ranges::any_of(result.domains, [&domain](const Domain& one) {
      return std::ranges::equal(one, domain, {}, &DomainPart::value, &DomainPart::value);
    });
    if (!known) result.domains.push_back(domain);
  }
  WelfareSample first = WelfareIn(before, line);
  WelfareSample second = WelfareIn(after, line);
  const std::vector<uint32_t> first_places = PlacesOf(before, by, result.domains, &first);
  const std::vector<uint32_t> second_places = PlacesOf(after, by, result.domains, &second);
  const measures::PovertyLines one(1.0);
  result.parts = measures::DecomposeBySector({{first.view(), one}, first_places},
                                             {{second.view(), one}, second_places},
                                             static_cast<uint32_t>(result.domains.size()));
  return result;
}

void CompareDistributions(const Plan& before, const Plan& after, double years,
                          Comparison* comparison) {
  const std::optional<size_t> line = PriceLine(before);
  if (line) comparison->welfare_in = before.lines()[*line].spec.text;
  const WelfareSample first = WelfareIn(before, line);
  const WelfareSample second = WelfareIn(after, line);
  if (!measures::CheckSample(first.view()).ok() || !measures::CheckSample(second.view()).ok()) {
    return;
  }
  const SortedSample sorted_first(first.view());
  const SortedSample sorted_second(second.view());
  for (const auto order : {measures::DominanceOrder::kFirst, measures::DominanceOrder::kSecond}) {
    comparison->dominance.push_back(
        {order, measures::CompareDistributions(sorted_first, sorted_second, order)});
  }
  measures::GrowthIncidenceQuestion question;
  question.years = years;
  question.definition = before.rules().quantiles;
  if (line) {
    const auto poverty = measures::MeasurePoverty(first.view(), measures::PovertyLines(1.0));
    if (poverty.ok()) question.headcount_before = poverty->headcount();
  }
  comparison->incidence = measures::MeasureGrowthIncidence(sorted_first, sorted_second, question);
}

// H, A and M0 at each cut-off, from the figures for everybody.
void CompareMpi(double years, Comparison* comparison) {
  struct Pair {
    measures::MpiFigures before;
    measures::MpiFigures after;
  };
  std::map<std::string, Pair> pairs;
  for (const FigureChange& change : comparison->changes) {
    if (!change.domain.empty() || !change.subject.measure.starts_with("mpi.")) continue;
    std::string k;
    for (const auto& [name, value] : change.subject.parameters) {
      if (name == "k") k = std::get<std::string>(value);
    }
    Pair& pair = pairs[k];
    if (change.subject.measure == "mpi.h") {
      pair.before.headcount = change.before.estimate;
      pair.after.headcount = change.after.estimate;
    } else if (change.subject.measure == "mpi.a") {
      pair.before.intensity = change.before.estimate;
      pair.after.intensity = change.after.estimate;
    } else if (change.subject.measure == "mpi.m0") {
      pair.before.adjusted = change.before.estimate;
      pair.after.adjusted = change.after.estimate;
    }
  }
  for (const auto& [k, pair] : pairs) {
    const auto change = measures::ChangeOfMpi(pair.before, pair.after, years);
    if (change.ok()) comparison->mpi.push_back({k, *change});
  }
}

}  // namespace

std::optional<size_t> PriceLine(const Plan& plan) {
  for (size_t line = 0; line < plan.lines().size(); ++line) {
    if (!plan.lines()[line].is_relative()) return line;
  }
  return std::nullopt;
}

WelfareSample WelfareIn(const Plan& plan, std::optional<size_t> line) {
  WelfareSample sample;
  if (plan.welfare() == nullptr) return sample;
  const std::vector<double>& welfare = *plan.welfare();
  for (uint32_t row = 0; row < welfare.size(); ++row) {
    double value = welfare[row];
    if (line) {
      const PlannedLine& planned = plan.lines()[*line];
      value /= planned.uniform ? *planned.uniform : (*planned.by_row)[row];
    }
    if (std::isnan(value) || !plan.rules().only[row]) continue;
    sample.values.push_back(value);
    sample.weights.push_back(plan.frame().weights()[row]);
    sample.rows.push_back(row);
  }
  return sample;
}

absl::StatusOr<Comparison> Compare(const SurveyRun& before,
                                   const std::vector<BreakdownFigures>& figures_before,
                                   const SurveyRun& after,
                                   const std::vector<BreakdownFigures>& figures_after,
                                   double confidence, double years) {
  Comparison comparison;
  comparison.later = after.Facts();
  comparison.years = years;
  for (size_t i = 0; i < figures_before.size() && i < figures_after.size(); ++i) {
    CompareFigures(figures_before[i], figures_after[i], confidence, &comparison);
  }
  const Plan& first = before.plan();
  const Plan& second = after.plan();
  CompareMpi(years, &comparison);
  if (first.welfare() == nullptr || second.welfare() == nullptr) return comparison;
  for (size_t line = 0; line < first.lines().size(); ++line) {
    if (first.lines()[line].is_relative()) continue;
    comparison.growth.push_back(DecomposeUnder(line, first, second));
    for (const Breakdown& by : before.breakdowns()) {
      if (!by.empty()) comparison.sectors.push_back(DecomposeSectors(line, by, first, second));
    }
  }
  CompareDistributions(first, second, years, &comparison);
  return comparison;
}

}  // namespace sepakat::measure
