// Survey statistics with design errors (J12): all regencies of a country at once.
//
// Beside R `survey`: mean and headcount by 514 regencies with svyby(), at 100,000 rows, since R
// needs minutes for more (SEPAKAT_BENCH_ROWS sets another number). R's time is that of svyby()
// alone, ours that of the same two tables from the prepared design, supports and degrees of freedom
// included. Equality first: a difference above 1e-9 ends the run. Then all measures with their
// errors at 1 M rows, which R is not asked for.
#include <fmt/ostream.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "common/measures/survey/estimator.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_poverty.h"
#include "common/measures/survey/linearise_quantile.h"
#include "common/measures/survey/linearise_share.h"
#include "common/measures/survey/poverty_columns.h"
#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::measures {
namespace {

constexpr uint32_t kRegencies = 514;
constexpr uint64_t kSeed = 20251125;
constexpr double kLine = 600'000;
constexpr int kPairs = 5;

struct Survey {
  std::vector<double> weights;
  std::vector<double> welfare;
  std::vector<double> size;
  std::vector<int64_t> psus;
  std::vector<int64_t> strata;
  std::vector<uint32_t> regencies;
};

// Ten households per census block, urban and rural strata in each regency.
Survey MakeSurvey(size_t rows) {
  std::mt19937_64 random(kSeed);
  const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  const auto normal = [&] {
    return std::sqrt(-2 * std::log(1 - uniform())) * std::cos(2 * M_PI * uniform());
  };
  Survey survey;
  const size_t blocks = rows / 10;
  for (size_t block = 0; block < blocks; ++block) {
    const auto regency = static_cast<uint32_t>(block * kRegencies / blocks);
    const double level = 13.6 + 0.3 * normal();
    for (int i = 0; i < 10; ++i) {
      survey.regencies.push_back(regency);
      survey.strata.push_back(2 * regency + block % 2);
      survey.psus.push_back(static_cast<int64_t>(block));
      survey.weights.push_back(40 + 120 * uniform());
      survey.welfare.push_back(std::exp(level + 0.5 * normal()));
      survey.size.push_back(1 + static_cast<double>(random() % 7));
    }
  }
  return survey;
}

double Seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Design DesignOf(const Survey& survey) {
  return *Design::Create({survey.weights, {{survey.psus, survey.strata, {}}}}, {});
}

double LoadAverage() {
  double load = 0;
  return getloadavg(&load, 1) == 1 ? load : std::nan("");
}

size_t PeakBytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<size_t>(usage.ru_maxrss) * 1024;
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

// False when the two sides disagree.
bool BesideR(size_t rows) {
  if (std::system("Rscript -e 'library(survey)' >/dev/null 2>&1") != 0) {
    fmt::print("J12 beside R: left out, Rscript with the package survey is not installed\n");
    return true;
  }
  const Survey survey = MakeSurvey(rows);
  const std::vector<double> poor = GapColumn(survey.welfare, PovertyLines(kLine), 0);
  const Design design = DesignOf(survey);
  const Domains regencies(survey.regencies, kRegencies);
  const support::TemporaryFolder folder("survey_bench");
  WriteRows(folder.path() / "rows.csv", survey, poor);
  const std::string command =
      fmt::format("Rscript --vanilla '{}' '{}'",
                  (support::SourceFolder() / "tests/bench/measures/survey_bench.R").string(),
                  folder.path().string());

  const double load_before = LoadAverage();
  std::vector<double> ratios;
  std::vector<double> r_seconds;
  std::vector<double> our_seconds;
  std::string version;
  for (int pair = 0; pair <= kPairs; ++pair) {  // the first warms up
    if (std::system(command.c_str()) != 0) {
      fmt::print("J12 beside R: R failed\n");
      return false;
    }
    Tables ours;
    const double seconds = Seconds([&] { ours = TablesOf(design, regencies, survey, poor); });
    if (!Equal(support::CsvTable::Read(folder.path() / "results.csv"), ours)) {
      fmt::print("J12 beside R: the results differ, timings are void\n");
      return false;
    }
    const support::CsvTable times = support::CsvTable::Read(folder.path() / "times.csv");
    version = times.Text("version")[0];
    if (pair == 0) continue;
    r_seconds.push_back(times.Numbers("mean_s")[0] + times.Numbers("poor_s")[0]);
    our_seconds.push_back(seconds);
    ratios.push_back(r_seconds.back() / seconds);
  }
  const auto median = [](std::vector<double> v) {
    std::ranges::nth_element(v, v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2));
    return v[v.size() / 2];
  };
  const auto [least, most] = std::ranges::minmax(ratios);
  fmt::print(
      "J12 {} rows x {} regencies, mean and headcount with errors, seed {}, one thread each:\n"
      "  R survey {} svyby {:.2f} s, here {:.4f} s, ratio {:.0f} (median of {} pairs, {:.0f} to "
      "{:.0f}); equal to 1e-9, variances too; load {:.2f} before, {:.2f} after\n",
      rows, kRegencies, kSeed, version, median(r_seconds), median(our_seconds), median(ratios),
      kPairs, least, most, load_before, LoadAverage());
  return true;
}

// Every kind of measure with its error, nation and regencies.
size_t AllMeasures(const Design& design, const Domains& domains, const Survey& survey,
                   const EstimatedLine& line) {
  const DomainEstimator estimator(design, domains);
  const DomainSamples samples = *DomainSamples::Create(design, domains, survey.welfare);
  size_t figures = 0;
  const auto keep = [&](const DomainEstimates& estimates) {
    for (const auto& estimate : estimates) {
      figures += estimate.ok() && estimate->standard_error ? 1 : 0;
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
  return figures;
}

void AtFullSize() {
  constexpr size_t kRows = 1'000'000;
  const Survey survey = MakeSurvey(kRows);
  const size_t before = PeakBytes();
  double design_s = 0;
  double measures_s = 0;
  size_t figures = 0;
  std::optional<Design> design;
  design_s = Seconds([&] { design.emplace(DesignOf(survey)); });
  measures_s = Seconds([&] {
    const Domains nation = Domains::Whole(kRows);
    const Domains regencies(survey.regencies, kRegencies);
    const DomainEstimator whole(*design, nation);
    const EstimatedLine line =
        *EstimateLine(whole, *DomainSamples::Create(*design, nation, survey.welfare),
                      [](const SortedSample& s, std::span<double> u) {
                        return LineariseRelativeLine(s, RelativeLine{}, u);
                      });
    figures =
        AllMeasures(*design, nation, survey, line) + AllMeasures(*design, regencies, survey, line);
  });
  const size_t peak = PeakBytes();
  const Domains regencies(survey.regencies, kRegencies);
  const std::vector<double> poor = GapColumn(survey.welfare, PovertyLines(kLine), 0);
  Tables tables;
  const double tables_s = Seconds([&] { tables = TablesOf(*design, regencies, survey, poor); });
  fmt::print(
      "J12 {} rows x {} regencies and the nation, {} figures with errors, one thread:\n"
      "  design {:.2f} s, all measures {:.2f} s, memory {:.0f} bytes a row beside the columns;\n"
      "  mean and headcount alone {:.3f} s\n",
      kRows, kRegencies, figures, design_s, measures_s, static_cast<double>(peak - before) / kRows,
      tables_s);
}

}  // namespace
}  // namespace sepakat::measures

int main() {
  sepakat::measures::AtFullSize();
  const char* rows = std::getenv("SEPAKAT_BENCH_ROWS");
  return sepakat::measures::BesideR(rows == nullptr ? 100'000 : std::stoul(rows)) ? 0 : 1;
}
