#include "sepakat/measure/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "common/measures/benefit_incidence.h"
#include "common/measures/lorenz.h"
#include "sepakat/measure/figure_text.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

using measures::SortedSample;

constexpr uint32_t kSegments = 100;
// Curves of poverty end where nearly everybody is below the line.
constexpr measures::Fraction kHighest = {95, 100};
constexpr size_t kMostBars = 60;
constexpr size_t kMostStacks = 25;

Words Same(const std::string& text) { return {text, text}; }

std::optional<SortedSample> Sorted(const WelfareSample& sample) {
  if (!measures::CheckSample(sample.view()).ok()) return std::nullopt;
  return SortedSample(sample.view());
}

// Shares of something held by the poorest, beside the diagonal `even`.
Chart SharesHeld(std::string id, Words title, Words reading, Words held, Words even) {
  return {.kind = Chart::kCurves,
          .id = std::move(id),
          .title = std::move(title),
          .reading = std::move(reading),
          .x = {{"Bagian penduduk, dari yang termiskin", "Share of people, from the poorest"},
                Unit::kShare},
          .y = {std::move(held), Unit::kShare},
          .curves = {{.name = std::move(even), .points = {{0, 0}, {1, 1}}, .is_reference = true}}};
}

std::vector<Curve::Point> PointsOf(const std::vector<measures::CurvePoint>& curve) {
  std::vector<Curve::Point> points;
  points.reserve(curve.size());
  for (const measures::CurvePoint& point : curve) points.push_back({point.population, point.share});
  return points;
}

// Names of one survey or two that are compared.
Words SurveyName(const SurveyRun& survey) { return Same(survey.book().name); }

std::vector<const SurveyRun*> Surveys(const SurveyRun& survey, const SurveyRun* later) {
  std::vector<const SurveyRun*> surveys = {&survey};
  if (later != nullptr) surveys.push_back(later);
  return surveys;
}

std::vector<Words> NamesOf(const std::vector<const SurveyRun*>& surveys) {
  std::vector<Words> names;
  names.reserve(surveys.size());
  for (const SurveyRun* survey : surveys) names.push_back(SurveyName(*survey));
  // Two files of one code book are told apart by their names.
  if (names.size() == 2 && names[0].id == names[1].id) {
    for (size_t i = 0; i < 2; ++i) {
      const std::string& path = surveys[i]->path();
      names[i] = Same(path.substr(path.rfind('/') + 1));
    }
  }
  return names;
}

std::optional<Chart> LorenzChart(const std::vector<const SurveyRun*>& surveys) {
  Chart chart = SharesHeld(
      "lorenz", {"Kurva Lorenz", "Lorenz curve"},
      {"Makin jauh kurva di bawah garis merata, makin timpang kesejahteraan; rasio Gini adalah dua "
       "kali luas di antaranya.",
       "The further the curve hangs below the line of equality, the more unequal is welfare; the "
       "Gini index is twice the area between them."},
      {"Bagian kesejahteraan", "Share of welfare"}, {"Merata sempurna", "Perfect equality"});
  const std::vector<Words> names = NamesOf(surveys);
  for (size_t i = 0; i < surveys.size(); ++i) {
    const auto sample = Sorted(WelfareIn(surveys[i]->plan(), std::nullopt));
    if (!sample) return std::nullopt;
    const auto curve = measures::LorenzCurve(*sample, kSegments);
    if (!curve.ok()) return std::nullopt;
    chart.curves.push_back({.name = names[i], .points = PointsOf(*curve)});
  }
  return chart;
}

// Share below each line, from the smallest welfare to where nearly everybody is below.
Curve IncidenceCurve(const SortedSample& sample, Words name, double highest) {
  Curve curve{.name = std::move(name), .is_step = false};
  const auto values = sample.values();
  const auto cumulative = sample.cumulative_weights();
  for (uint32_t i = 0; i <= kSegments; ++i) {
    const double line = highest * i / kSegments;
    const auto below = static_cast<size_t>(std::ranges::lower_bound(values, line) - values.begin());
    curve.points.push_back({line, below == 0 ? 0 : cumulative[below - 1] / sample.total_weight()});
  }
  return curve;
}

std::optional<Chart> PovertyChart(const std::vector<const SurveyRun*>& surveys) {
  const Plan& plan = surveys[0]->plan();
  if (plan.lines().empty()) return std::nullopt;
  // With two surveys, or lines that differ, welfare is shown in lines.
  const std::optional<size_t> price = PriceLine(plan);
  const bool in_lines = price && (surveys.size() == 2 || !plan.lines()[*price].uniform);
  const std::optional<size_t> line = in_lines ? price : std::nullopt;
  Chart chart{
      .kind = Chart::kCurves,
      .id = "poverty",
      .title = {"Kemiskinan menurut garis", "Poverty by line"},
      .reading =
          {"Tinggi kurva pada suatu garis adalah persentase penduduk di bawahnya. Bila satu "
           "kurva selalu di bawah yang lain, kemiskinannya lebih rendah pada garis mana pun.",
           "The height of the curve at a line is the share of people below it. Where one "
           "curve lies below the other throughout, its poverty is lower for every line."},
      .x = {{in_lines ? "Kesejahteraan dalam garis kemiskinan"
                      : "Garis kemiskinan, " + surveys[0]->book().population.welfare_unit,
             in_lines ? "Welfare in poverty lines"
                      : "Poverty line, " + surveys[0]->book().population.welfare_unit},
            in_lines ? Unit::kIndex : Unit::kWelfare},
      .y = {{"Penduduk di bawah garis", "People below the line"}, Unit::kShare}};
  const std::vector<Words> names = NamesOf(surveys);
  std::vector<SortedSample> samples;
  double highest = 0;
  for (const SurveyRun* survey : surveys) {
    auto sample = Sorted(WelfareIn(survey->plan(), line));
    if (!sample) return std::nullopt;
    const auto end = measures::Quantile(*sample, kHighest, measures::QuantileDefinition::kObserved);
    if (end.ok()) highest = std::max(highest, *end);
    samples.push_back(*std::move(sample));
  }
  if (!(highest > 0)) return std::nullopt;
  for (size_t i = 0; i < samples.size(); ++i) {
    chart.curves.push_back(IncidenceCurve(samples[i], names[i], highest));
  }
  if (in_lines) {
    chart.marks.push_back({{"garis kemiskinan", "poverty line"}, 1.0, true});
  } else {
    for (const PlannedLine& one : plan.lines()) {
      if (one.uniform && *one.uniform <= highest) {
        const auto name = [&one](Language language) {
          const std::string value = ValueShown(*one.uniform, Unit::kWelfare, language);
          const std::string_view word = language == Language::kIndonesian ? "garis" : "line";
          return one.is_relative() ? fmt::format("{} {} = {}", word, one.spec.text, value)
                                   : fmt::format("{} {}", word, value);
        };
        chart.marks.push_back(
            {{name(Language::kIndonesian), name(Language::kEnglish)}, *one.uniform, true});
      }
    }
  }
  return chart;
}

std::optional<Chart> IncidenceChart(const Comparison* comparison) {
  if (comparison == nullptr || !comparison->incidence || !comparison->incidence->ok()) {
    return std::nullopt;
  }
  const measures::GrowthIncidence& incidence = **comparison->incidence;
  Chart chart{
      .kind = Chart::kCurves,
      .id = "growth-incidence",
      .title = {"Kurva pertumbuhan menurut persentil", "Growth incidence curve"},
      .reading = {"Pertumbuhan kesejahteraan per tahun pada tiap tempat distribusi. Kurva yang "
                  "menurun berarti yang termiskin tumbuh lebih cepat.",
                  "Growth of welfare per year at each place of the distribution. A falling curve "
                  "means that the poorest gained faster."},
      .x = {{"Persentil, dari yang termiskin", "Percentile, from the poorest"}, Unit::kShare},
      .y = {{"Pertumbuhan per tahun", "Growth per year"}, Unit::kShare}};
  Curve curve{.name = {"Pertumbuhan", "Growth"}};
  for (const measures::GrowthIncidencePoint& point : incidence.points) {
    if (point.growth) curve.points.push_back({point.level.value(), *point.growth});
  }
  if (curve.points.size() < 2) return std::nullopt;
  chart.curves.push_back(std::move(curve));
  chart.marks.push_back(
      {{"pertumbuhan rata-rata", "growth of the mean"}, incidence.growth_of_mean, false});
  return chart;
}

std::optional<Chart> ConcentrationChart(const SurveyRun& survey) {
  const Plan& plan = survey.plan();
  if (survey.programmes().empty() || plan.welfare() == nullptr) return std::nullopt;
  Chart chart = SharesHeld(
      "concentration", {"Kurva konsentrasi program", "Concentration curves of programmes"},
      {"Kurva di atas diagonal: yang miskin menerima lebih dari bagiannya sebagai penduduk.",
       "A curve above the diagonal: the poor receive more than their share of the population."},
      {"Bagian manfaat", "Share of benefits"}, {"Undian", "A lottery"});
  const WelfareSample sample = WelfareIn(plan, std::nullopt);
  for (const Name& programme : survey.programmes()) {
    const std::vector<measures::Answer> answers = plan.frame().ReceiptOf(programme);
    const std::vector<double> amounts = plan.frame().AmountOf(programme);
    std::vector<double> values;
    std::vector<double> weights;
    std::vector<double> benefits;
    for (size_t i = 0; i < sample.rows.size(); ++i) {
      const measures::Answer answer = answers[sample.rows[i]];
      const double amount = answer != measures::Answer::kYes ? 0.0
                            : amounts.empty()                ? 1.0
                                                             : amounts[sample.rows[i]];
      if (answer == measures::Answer::kUnknown || !(amount >= 0)) continue;
      values.push_back(sample.values[i]);
      weights.push_back(sample.weights[i]);
      benefits.push_back(amount);
    }
    if (!measures::CheckSample({values, weights}).ok()) continue;
    const auto curve = measures::ConcentrationCurve::Of(SortedSample({values, weights}), benefits);
    if (!curve.ok()) continue;
    const auto points = curve->Points(kSegments);
    if (!points.ok()) continue;
    chart.curves.push_back(
        {.name = Same(LabelOf(survey.book(), programme)), .points = PointsOf(*points)});
  }
  if (chart.curves.size() < 2) return std::nullopt;
  return chart;
}

// One picture per breakdown: its first share, or else its first figure, with intervals.
std::optional<Chart> GroupsChart(const BreakdownFigures& breakdown, const SurveyRun& survey,
                                 size_t number) {
  const size_t count = breakdown.domains.size();
  if (breakdown.by.empty() || count < 2 || count > kMostBars || breakdown.figures.empty()) {
    return std::nullopt;
  }
  const Figure& first = breakdown.figures.front();
  std::string by;
  for (const Name& name : breakdown.by) {
    by += (by.empty() ? "" : " + ") + LabelOf(survey.book(), name);
  }
  Chart chart{
      .kind = Chart::kIntervals,
      .id = fmt::format("groups-{}", number),
      .title = {fmt::format("{} menurut {}", first.subject.name_id, by),
                fmt::format("{} by {}", first.subject.name_en, by)},
      .reading = {"Titik adalah angkanya, garis selang kepercayaannya. Dua kelompok yang selangnya "
                  "banyak bertindihan belum tentu berbeda; titik kosong: angka yang lemah.",
                  "A dot is the estimate, the line its interval. Two groups whose intervals "
                  "overlap much may not differ at all; a hollow dot is a weak figure."},
      .x = {first.subject.unit == Unit::kShare
                ? Words{"Persen", "Percent"}
                : Same(first.subject.unit == Unit::kWelfare ? survey.book().population.welfare_unit
                                                            : ""),
            first.subject.unit}};
  for (size_t i = 0; i < count; ++i) {
    const Figure& figure = breakdown.figures[i];
    if (!figure.estimate.ok()) continue;
    chart.bars.push_back(
        {.name = {DomainText(figure.domain, Language::kIndonesian),
                  DomainText(figure.domain, Language::kEnglish)},
         .value = figure.estimate->estimate,
         .lower = figure.estimate->lower,
         .upper = figure.estimate->upper,
         .is_doubtful = figure.estimate->quality == measures::Quality::kUnreliable ||
                        figure.estimate->quality == measures::Quality::kCaution ||
                        IsWithoutCases(figure)});
  }
  std::ranges::stable_sort(chart.bars, std::ranges::greater(), &Bar::value);
  if (chart.bars.size() < 2) return std::nullopt;
  return chart;
}

// Contributions of the indicators to M0, for everybody and for the groups of the first breakdown.
std::optional<Chart> ContributionsChart(const std::vector<BreakdownFigures>& figures) {
  Chart chart{
      .kind = Chart::kStacks,
      .id = "mpi",
      .title = {"Sumbangan indikator pada kemiskinan multidimensi",
                "Contributions of indicators to multidimensional poverty"},
      .reading = {"Setiap batang adalah seluruh M0 kelompoknya; bagian yang besar adalah deprivasi "
                  "yang paling banyak menyumbang.",
                  "Each bar is all of the M0 of its group; a large part is a deprivation that "
                  "contributes much."},
      .x = {{"Bagian dari M0", "Share of M0"}, Unit::kShare}};
  std::map<std::string, size_t> part_of_indicator;
  std::string first_k;
  for (size_t b = 0; b < figures.size() && b < 2; ++b) {
    const size_t count = figures[b].domains.size();
    if (count > kMostStacks) continue;
    const size_t before = chart.stacks.size();
    for (const Domain& domain : figures[b].domains) {
      chart.stacks.push_back(
          {{DomainText(domain, Language::kIndonesian), DomainText(domain, Language::kEnglish)},
           {}});
    }
    for (size_t i = 0; i < figures[b].figures.size(); ++i) {
      const Figure& figure = figures[b].figures[i];
      if (figure.subject.measure != "mpi.contribution") continue;
      std::string k;
      std::string indicator;
      for (const auto& [name, value] : figure.subject.parameters) {
        if (name == "k") k = std::get<std::string>(value);
        if (name == "indicator") indicator = std::get<std::string>(value);
      }
      if (first_k.empty()) first_k = k;
      if (k != first_k) continue;
      const auto [part, added] = part_of_indicator.try_emplace(indicator, part_of_indicator.size());
      if (added) {
        const auto after_colon = [](const std::string& name) {
          return name.substr(name.find(": ") + 2);
        };
        chart.parts.push_back(
            {after_colon(figure.subject.name_id), after_colon(figure.subject.name_en)});
      }
      Stack& stack = chart.stacks[before + i % count];
      stack.parts.resize(std::max(stack.parts.size(), part->second + 1), 0.0);
      stack.parts[part->second] = figure.estimate.ok() ? figure.estimate->estimate : 0;
    }
  }
  if (chart.parts.empty()) return std::nullopt;
  std::erase_if(chart.stacks, [](const Stack& stack) { return stack.parts.empty(); });
  chart.title.id += fmt::format(" (k = {})", first_k);
  chart.title.en += fmt::format(" (k = {})", first_k);
  return chart;
}

}  // namespace

std::vector<Chart> MakeCharts(const SurveyRun& survey, const std::vector<BreakdownFigures>& figures,
                              const SurveyRun* later, const Comparison* comparison) {
  std::vector<Chart> charts;
  const auto add = [&charts](std::optional<Chart> chart) {
    if (chart) charts.push_back(*std::move(chart));
  };
  const std::vector<const SurveyRun*> surveys = Surveys(survey, later);
  for (size_t i = 0; i < figures.size(); ++i) add(GroupsChart(figures[i], survey, i));
  if (survey.plan().welfare() != nullptr) {
    add(PovertyChart(surveys));
    add(LorenzChart(surveys));
  }
  add(IncidenceChart(comparison));
  add(ConcentrationChart(survey));
  add(ContributionsChart(figures));
  return charts;
}

}  // namespace sepakat::measure
