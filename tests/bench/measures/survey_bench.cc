// Survey statistics with design errors (J12): all regencies of a country at once.
//
// Beside R `survey`: mean and headcount by 514 regencies with svyby(), at 100,000 rows, since R
// needs minutes for more (SEPAKAT_BENCH_SURVEY_ROWS sets another number). R's time is that of
// svyby() alone, ours that of the same two tables from the prepared design, supports and degrees of
// freedom included; one thread each. Equal means points and variances to 1e-9. Then every kind of
// measure with its error at 1 M rows, nation and regencies, which R is not asked for.
#include <fmt/ostream.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "common/measures/survey/estimator.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_poverty.h"
#include "common/measures/survey/linearise_quantile.h"
#include "common/measures/survey/linearise_share.h"
#include "common/measures/survey/poverty_columns.h"
#include "tests/bench/measures/invented_survey.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::measures {
namespace {

using bench::kRegencies;
using bench::kSurveySeed;
using bench::MakeSurvey;
using bench::Survey;

constexpr double kLine = 600'000;
constexpr int kPairs = 5;

Design DesignOf(const Survey& survey) {
  return *Design::Create({survey.weights, {{survey.psus, survey.strata, {}}}}, {});
}

// Means and headcounts, the two tables that R makes.
struct Tables {
  DomainEstimates means;
  DomainEstimates shares;
};

Tables TablesOf(const Design& design, const Domains& regencies, const Survey& survey,
                const std::vector<double>& poor) {
  const DomainEstimator estimator(design, regencies);
  return {estimator.Mean(survey.welfare), estimator.Mean(poor)};
}

bool Equal(const support::CsvTable& r, const Tables& ours) {
  const auto close = [](double a, double b) { return std::abs(a / b - 1) < 1e-9; };
  const auto regency = r.Numbers("regency");
  const auto mean = r.Numbers("mean");
  const auto mean_variance = r.Numbers("mean_variance");
  const auto poor = r.Numbers("poor");
  const auto poor_variance = r.Numbers("poor_variance");
  bool equal = r.rows() == kRegencies;
  for (size_t i = 0; i < r.rows() && equal; ++i) {
    const Estimate& m = *ours.means[static_cast<size_t>(regency[i])];
    const Estimate& p = *ours.shares[static_cast<size_t>(regency[i])];
    equal = close(m.estimate, mean[i]) && close(p.estimate, poor[i]) &&
            close(*m.standard_error * *m.standard_error, mean_variance[i]) &&
            close(*p.standard_error * *p.standard_error, poor_variance[i]);
  }
  return equal;
}

void WriteRows(const std::filesystem::path& path, const Survey& survey,
               const std::vector<double>& poor) {
  std::ofstream file(path);
  fmt::print(file, "regency,stratum,psu,weight,welfare,poor\n");
  for (size_t i = 0; i < survey.weights.size(); ++i) {
    fmt::print(file, "{},{},{},{:.17g},{:.17g},{}\n", survey.regencies[i], survey.strata[i],
               survey.psus[i], survey.weights[i], survey.welfare[i], poor[i]);
  }
}

bool Succeeds(const std::string& command) { return std::system(command.c_str()) == 0; }

void BesideR(size_t rows, bench::Report& report) {
  if (!Succeeds("Rscript -e 'library(survey)' >/dev/null 2>&1")) {
    fmt::print("J12 beside R is left out: Rscript with the package survey is not installed\n");
    return;
  }
  const Survey survey = MakeSurvey(rows);
  const std::vector<double> poor = GapColumn(survey.welfare, PovertyLines(kLine), 0);
  const Design design = DesignOf(survey);
  const Domains regencies(survey.regencies, kRegencies);
  const support::TemporaryFolder folder("survey_bench");
  WriteRows(folder.path() / "rows.csv", survey, poor);
  const std::string run_r =
      fmt::format("Rscript --vanilla '{}' '{}'",
                  (support::SourceFolder() / "tests/bench/measures/survey_bench.R").string(),
                  folder.path().string());
  bool equal = true;
  std::string version;
  const auto ours = [&] {
    const bench::Meter meter;
    const Tables tables = TablesOf(design, regencies, survey, poor);
    const double seconds = meter.Seconds();
    const auto results = folder.path() / "results.csv";
    equal = equal && Equal(support::CsvTable::Read(results), tables);
    return static_cast<double>(rows) / seconds;
  };
  const auto theirs = [&] {
    if (!Succeeds(run_r)) bench::Must(absl::InternalError("R failed"));
    const support::CsvTable times = support::CsvTable::Read(folder.path() / "times.csv");
    version = times.Text("version")[0];
    return static_cast<double>(rows) / (times.Numbers("mean_s")[0] + times.Numbers("poor_s")[0]);
  };
  theirs();  // warms up, and leaves the results that ours are compared with
  const bench::Pairs pairs = bench::MeasureInTurns(kPairs, ours, theirs);
  report.Add(
      {.job = "J12 mean and headcount of all regencies, with errors",
       .input = fmt::format("{} rows, {} regencies, seed {}",
                            bench::Grouped(static_cast<int64_t>(rows)), kRegencies, kSurveySeed),
       .unit = "rows/s",
       .ours = pairs.ours,
       .peer_name = fmt::format("svyby of R survey {}", version),
       .peer = pairs.peer,
       .equal = equal,
       .ratio = pairs.ratio,
       .mark = ">= 500",
       .reached = pairs.median_ratio >= 500});
}

// How many figures were asked for, and how many came with an error.
struct Figures {
  size_t asked = 0;
  size_t answered = 0;
};

// Every kind of measure with its error.
void AllMeasures(const Design& design, const Domains& domains, const Survey& survey,
                 const EstimatedLine& line, Figures& figures) {
  const DomainEstimator estimator(design, domains);
  const DomainSamples samples = *DomainSamples::Create(design, domains, survey.welfare);
  const auto keep = [&](const DomainEstimates& estimates) {
    for (const auto& estimate : estimates) {
      ++figures.asked;
      if (estimate.ok() && estimate->standard_error) ++figures.answered;
    }
  };
  const PovertyLines fixed(kLine);
  keep(estimator.Total(survey.size));
  keep(estimator.Mean(survey.welfare));
  keep(estimator.Ratio(survey.welfare, survey.size));
  for (int order = 0; order < 3; ++order) {
    keep(estimator.Mean(GapColumn(survey.welfare, fixed, order)));
    keep(estimator.MeasureUnderLine(samples, line,
                                    [&](const SortedSample& s, double z, std::span<double> u) {
                                      return LinearisePoverty(s, z, order, u);
                                    }));
  }
  keep(estimator.Mean(*WattsColumn(survey.welfare, fixed)));
  keep(estimator.MeasureUnderLine(samples, line, LineariseRelativeMedianGap));
  for (const double p : {0.1, 0.25, 0.5, 0.75, 0.9}) keep(estimator.WoodruffQuantile(samples, p));
  keep(estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
    return LineariseRelativeLine(s, RelativeLine{}, u);
  }));
  keep(estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
    return LineariseGini(s, GiniForm::kMeanDifference, u);
  }));
  keep(estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
    return LineariseQuintileShareRatio(s, QuantileDefinition::kObserved, u);
  }));
  keep(estimator.Measure(samples, LinearisePalma));
  keep(estimator.Measure(samples, [](const SortedSample& s, std::span<double> u) {
    return LineariseLorenzShare(s, 0.4, u);
  }));
  for (const double a : {0.0, 1.0, 2.0}) {
    keep(estimator.Measure(samples, [a](const SortedSample& s, std::span<double> u) {
      return LineariseGeneralisedEntropy(s, a, u);
    }));
  }
  for (const double e : {0.5, 1.0}) {
    keep(estimator.Measure(samples, [e](const SortedSample& s, std::span<double> u) {
      return LineariseAtkinson(s, e, u);
    }));
  }
  keep(estimator.Measure(samples, LineariseHoover));
}

void AtFullSize(bench::Report& report) {
  constexpr size_t kRows = 1'000'000;
  const Survey survey = MakeSurvey(kRows);
  const double before = bench::PeakResidentMib(getpid());
  const bench::Meter meter;
  const Design design = DesignOf(survey);
  const Domains nation = Domains::Whole(kRows);
  const Domains regencies(survey.regencies, kRegencies);
  const DomainEstimator whole(design, nation);
  const EstimatedLine line =
      *EstimateLine(whole, *DomainSamples::Create(design, nation, survey.welfare),
                    [](const SortedSample& s, std::span<double> u) {
                      return LineariseRelativeLine(s, RelativeLine{}, u);
                    });
  Figures figures;
  AllMeasures(design, nation, survey, line, figures);
  AllMeasures(design, regencies, survey, line, figures);
  const double seconds = meter.Seconds();
  const double mib = bench::PeakResidentMib(getpid()) - before;
  const std::string input = fmt::format(
      "{} rows, {} regencies and the nation, {} figures with errors", bench::Grouped(kRows),
      kRegencies, bench::Grouped(static_cast<int64_t>(figures.answered)));
  report.Add({.job = "J12 every measure with its error, design included",
              .input = input,
              .unit = "s",
              .ours = seconds,
              .equal = figures.answered == figures.asked,
              .mark = "<= 5",
              .reached = seconds <= 5});
  report.Add({.job = "J12 memory beside the columns",
              .input = input,
              .unit = "bytes/row",
              .ours = mib * 1024 * 1024 / kRows,
              .equal = figures.answered == figures.asked,
              .mark = "<= 200",
              .reached = mib * 1024 * 1024 / kRows <= 200});
}

}  // namespace
}  // namespace sepakat::measures

int main() {
  sepakat::bench::Report report;
  sepakat::measures::AtFullSize(report);
  const char* rows = std::getenv("SEPAKAT_BENCH_SURVEY_ROWS");
  sepakat::measures::BesideR(rows == nullptr ? 100'000 : std::stoul(rows), report);
  return report.Close();
}
