// Every design that the library claims, measured by it and by R `survey` 4.1 and `laeken`, live.
//
// Seeded random surveys are written as CSV, R measures all of them in one run (survey_in_r.R), and
// each number is compared: points to 1e-9 relative, variances, intervals and design effects to
// 1e-6.
#include <fmt/ostream.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>

#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "common/measures/quantile.h"
#include "common/measures/survey/estimator.h"
#include "common/measures/survey/linearise_inequality.h"
#include "common/measures/survey/linearise_poverty.h"
#include "common/measures/survey/linearise_quantile.h"
#include "common/measures/survey/linearise_share.h"
#include "common/measures/survey/replicate.h"
#include "tests/support/paths.h"
#include "tests/support/servers/server_process.h"
#include "tests/support/survey/csv_table.h"
#include "tests/support/survey/random_survey.h"

namespace sepakat::measures {
namespace {

using support::RandomSurvey;

constexpr int kBootstraps = 30;
constexpr double kPoint = 1e-9;
constexpr double kError = 1e-6;

std::string RNameOf(SinglePsu rule) {
  switch (rule) {
    case SinglePsu::kCertainty:
      return "certainty";
    case SinglePsu::kCentred:
      return "adjust";
    case SinglePsu::kAverage:
      return "average";
    case SinglePsu::kFail:
      break;
  }
  return "fail";
}

bool IsResampled(const RandomSurvey& survey) {
  return survey.shape.stages == 1 && survey.shape.single_psu_strata == 0;
}

ReplicateWeights BootstrapOf(const Design& design) {
  std::mt19937_64 random(7);
  return *ReplicateWeights::Bootstrap(design, kBootstraps, random);
}

void WriteRows(const std::filesystem::path& path, const RandomSurvey& survey) {
  std::ofstream file(path);
  for (size_t s = 0; s < survey.stages.size(); ++s) {
    fmt::print(file, "unit{0},stratum{0},population{0},", s + 1);
  }
  fmt::print(file, "weight,welfare,size,deprived,domain\n");
  const auto of = [](const auto& column, size_t row) {
    return column.empty() ? typename std::decay_t<decltype(column)>::value_type{1} : column[row];
  };
  for (size_t row = 0; row < survey.rows(); ++row) {
    for (const RandomSurvey::StageColumns& stage : survey.stages) {
      fmt::print(file, "{},{},{:.17g},", of(stage.units, row), of(stage.strata, row),
                 of(stage.population, row));
    }
    fmt::print(file, "{:.17g},{:.17g},{},{},{}\n", survey.weights[row], survey.welfare[row],
               survey.size[row], survey.deprived[row], survey.domain[row]);
  }
}

void WriteReplicates(const std::filesystem::path& path, const Design& design) {
  const ReplicateWeights bootstrap = BootstrapOf(design);
  std::vector<std::vector<double>> columns(bootstrap.count(), std::vector<double>(design.rows()));
  std::ofstream file(path);
  for (size_t r = 0; r < columns.size(); ++r) {
    bootstrap.Fill(r, columns[r]);
    fmt::print(file, "{}r{}", r == 0 ? "" : ",", r);
  }
  for (size_t row = 0; row < design.rows(); ++row) {
    fmt::print(file, "\n");
    for (size_t r = 0; r < columns.size(); ++r) {
      fmt::print(file, "{}{:.17g}", r == 0 ? "" : ",", columns[r][row]);
    }
  }
  fmt::print(file, "\n");
}

// Runs R once for all surveys and keeps what it said.
class SurveyAgainstR : public ::testing::Test {
 protected:
  using Key = std::tuple<size_t, std::string, std::string, std::string>;

  static void SetUpTestSuite() {
    for (const auto& shape : support::AllShapes()) surveys_.push_back(support::MakeSurvey(shape));
    if (std::system("Rscript -e 'library(survey); library(laeken)' >/dev/null 2>&1") != 0) return;
    r_is_here_ = true;
    const support::TemporaryFolder folder("survey_against_r");
    std::ofstream list(folder.path() / "surveys.csv");
    fmt::print(list,
               "number,stages,clustered,stratified,second_strata,population,single,ultimate,"
               "replicates\n");
    for (size_t i = 0; i < surveys_.size(); ++i) {
      const RandomSurvey& survey = surveys_[i];
      const bool known = survey.shape.population != Population::Form::kUnknown;
      fmt::print(list, "{},{},{:d},{:d},{:d},{},{},{:d},{:d}\n", i, survey.shape.stages,
                 survey.shape.clustered, !survey.stages[0].strata.empty(),
                 survey.shape.second_stage_strata, known ? "known" : "unknown",
                 RNameOf(survey.shape.single_psu), survey.shape.ultimate_cluster,
                 IsResampled(survey));
      WriteRows(folder.path() / fmt::format("survey_{}.csv", i), survey);
      if (IsResampled(survey)) {
        WriteReplicates(folder.path() / fmt::format("replicates_{}.csv", i),
                        *Design::Create(survey.columns(), survey.rules()));
      }
    }
    list.close();
    const std::string log = folder.path() / "r.log";
    const std::string command =
        fmt::format("Rscript --vanilla '{}' '{}' >'{}' 2>&1",
                    (support::SourceFolder() / "tests/conformance/measures/survey_in_r.R").string(),
                    folder.path().string(), log);
    if (std::system(command.c_str()) != 0) {
      std::stringstream said;
      said << std::ifstream(log).rdbuf();
      r_said_ = said.str();
      return;
    }
    const support::CsvTable results = support::CsvTable::Read(folder.path() / "results.csv");
    const auto values = results.Numbers("value");
    for (size_t i = 0; i < results.rows(); ++i) {
      results_[{std::stoul(results.Text("survey")[i]), results.Text("measure")[i],
                results.Text("domain")[i], results.Text("field")[i]}] = values[i];
    }
  }

  void SetUp() override {
    if (!r_is_here_) {
      GTEST_SKIP() << "Rscript with the packages survey and laeken is not installed (Debian: "
                      "r-cran-survey, r-cran-laeken)";
    }
    ASSERT_EQ(r_said_, "") << "R failed";
    ASSERT_FALSE(results_.empty());
  }

  // Compares one field; both may say that there is none.
  void Compare(const Key& key, std::optional<double> actual, double tolerance) {
    const auto& [survey, measure, domain, field] = key;
    const std::string where =
        fmt::format("{}: {} of {}, {}", surveys_[survey].shape.name, field, measure, domain);
    const auto known = results_.find(key);
    ASSERT_NE(known, results_.end()) << where << ": R did not say";
    ++compared_;
    const double expected = known->second;
    if (std::isnan(expected) || !actual) {
      EXPECT_EQ(std::isnan(expected), !actual)
          << where << ": R " << expected << ", here " << actual.value_or(std::nan(""));
      return;
    }
    // A census has no variance; R is left with the rounding of its sums.
    if (std::abs(expected) < 1e-18 && std::abs(*actual) < 1e-18) return;
    double& largest = tolerance == kPoint ? largest_point_ : largest_error_;
    largest = std::max(largest, std::abs(*actual / expected - 1));
    EXPECT_NEAR(*actual / expected, 1, tolerance)
        << where << ": R " << expected << ", here " << *actual;
  }

  void CompareEstimate(size_t survey, const std::string& measure, const std::string& domain,
                       const absl::StatusOr<Estimate>& actual) {
    ASSERT_TRUE(actual.ok()) << measure << ": " << actual.status();
    Compare({survey, measure, domain, "value"}, actual->estimate, kPoint);
    const auto variance = actual->standard_error
                              ? std::optional(*actual->standard_error * *actual->standard_error)
                              : std::nullopt;
    Compare({survey, measure, domain, "variance"}, variance, kError);
  }

  // Domains "all" and "0".."3".
  template <typename Use>
  void ForEachSplit(size_t i, Use use) {
    const RandomSurvey& survey = surveys_[i];
    const auto design = Design::Create(survey.columns(), survey.rules());
    ASSERT_TRUE(design.ok()) << survey.shape.name << ": " << design.status();
    use(*design, Domains::Whole(survey.rows()), std::vector<std::string>{"all"});
    use(*design, Domains(survey.domain, survey.domains),
        std::vector<std::string>{"0", "1", "2", "3"});
  }

  void TearDown() override {
    if (IsSkipped()) return;
    EXPECT_GT(compared_, 300);
    RecordProperty("compared", compared_);
    RecordProperty("largest_point_difference", fmt::format("{:.1e}", largest_point_));
    RecordProperty("largest_error_difference", fmt::format("{:.1e}", largest_error_));
  }

  static inline std::vector<RandomSurvey> surveys_;
  static inline bool r_is_here_ = false;
  static inline std::string r_said_;
  static inline std::map<Key, double> results_;
  int compared_ = 0;
  double largest_point_ = 0;
  double largest_error_ = 0;
};

std::vector<double> AsNumbers(const std::vector<int64_t>& column) {
  return {column.begin(), column.end()};
}

TEST_F(SurveyAgainstR, TotalsMeansSharesAndRatios) {
  for (size_t i = 0; i < surveys_.size(); ++i) {
    ForEachSplit(i, [&](const Design& design, const Domains& domains, const auto& names) {
      const DomainEstimator estimator(design, domains);
      const auto shares = AsNumbers(surveys_[i].deprived);
      const std::map<std::string, DomainEstimates> all = {
          {"total", estimator.Total(surveys_[i].welfare)},
          {"mean", estimator.Mean(surveys_[i].welfare)},
          {"share", estimator.Mean(shares)},
      };
      const auto ratios = estimator.Ratio(surveys_[i].welfare, surveys_[i].size);
      const auto logit = estimator.Mean(shares, IntervalForm::kLogit);
      for (size_t d = 0; d < names.size(); ++d) {
        Compare({i, "df", names[d], "value"}, estimator.support()[d].df(), kPoint);
        for (const auto& [measure, estimates] : all) {
          CompareEstimate(i, measure, names[d], estimates[d]);
          Compare({i, measure, names[d], "lower"}, estimates[d]->lower, kError);
          Compare({i, measure, names[d], "upper"}, estimates[d]->upper, kError);
          Compare({i, measure, names[d], "effect"}, estimates[d]->design_effect, kError);
          Compare({i, measure, names[d], "cv"}, estimates[d]->cv, kError);
        }
        CompareEstimate(i, "ratio", names[d], ratios[d]);
        Compare({i, "share_logit", names[d], "lower"}, logit[d]->lower, kError);
        Compare({i, "share_logit", names[d], "upper"}, logit[d]->upper, kError);
      }
    });
  }
}

TEST_F(SurveyAgainstR, QuantilesWithWoodruffIntervals) {
  for (size_t i = 0; i < surveys_.size(); ++i) {
    ForEachSplit(i, [&](const Design& design, const Domains& domains, const auto& names) {
      const DomainEstimator estimator(design, domains);
      const auto samples = DomainSamples::Create(design, domains, surveys_[i].welfare);
      for (const double p : {0.25, 0.5}) {
        const std::string measure = fmt::format("quantile{}", p);
        const auto quantiles = estimator.WoodruffQuantile(*samples, p);
        for (size_t d = 0; d < names.size(); ++d) {
          CompareEstimate(i, measure, names[d], quantiles[d]);
          Compare({i, measure, names[d], "lower"}, quantiles[d]->lower, kPoint);
          Compare({i, measure, names[d], "upper"}, quantiles[d]->upper, kPoint);
        }
      }
    });
  }
}

TEST_F(SurveyAgainstR, InequalityAndPovertyUnderAnEstimatedLine) {
  for (size_t i = 0; i < surveys_.size(); ++i) {
    const Domains nation = Domains::Whole(surveys_[i].rows());
    ForEachSplit(i, [&](const Design& design, const Domains& domains, const auto& names) {
      const auto everyone = DomainSamples::Create(design, nation, surveys_[i].welfare);
      const auto line = EstimateLine(DomainEstimator(design, nation), *everyone,
                                     [](const SortedSample& s, std::span<double> u) {
                                       return LineariseRelativeLine(s, RelativeLine{}, u);
                                     });
      ASSERT_TRUE(line.ok()) << line.status();
      const DomainEstimator estimator(design, domains);
      const auto samples = DomainSamples::Create(design, domains, surveys_[i].welfare);
      std::map<std::string, DomainEstimates> all;
      const auto add = [&](const std::string& measure, Lineariser lineariser) {
        all.emplace(measure, estimator.Measure(*samples, lineariser));
      };
      add("gini", [](const SortedSample& s, std::span<double> u) {
        return LineariseGini(s, GiniForm::kMeanDifference, u);
      });
      add("qsr", [](const SortedSample& s, std::span<double> u) {
        return LineariseQuintileShareRatio(s, QuantileDefinition::kObserved, u);
      });
      add("theil", [](const SortedSample& s, std::span<double> u) {
        return LineariseGeneralisedEntropy(s, 1, u);
      });
      add("atkinson1",
          [](const SortedSample& s, std::span<double> u) { return LineariseAtkinson(s, 1, u); });
      for (int order = 0; order < 3; ++order) {
        all.emplace(fmt::format("under_line{}", order),
                    estimator.MeasureUnderLine(
                        *samples, *line, [&](const SortedSample& s, double z, std::span<double> u) {
                          return LinearisePoverty(s, z, order, u);
                        }));
      }
      for (size_t d = 0; d < names.size(); ++d) {
        for (const auto& [measure, estimates] : all) {
          CompareEstimate(i, measure, names[d], estimates[d]);
        }
        const SortedSample& sample = *samples->of(static_cast<uint32_t>(d));
        Compare({i, "laeken_gini", names[d], "value"}, *Gini(sample), kPoint);
        // At a tie of cumulated weights laeken 0.5 documents the mean of two values and takes the
        // upper one; integer weights have such ties.
        if (surveys_[i].shape.integer_weights) continue;
        Compare({i, "laeken_qsr", names[d], "value"},
                *QuintileShareRatio(sample, QuantileDefinition::kAveragedAtTies), kPoint);
        Compare({i, "laeken_median", names[d], "value"},
                Median(sample, QuantileDefinition::kAveragedAtTies), kPoint);
      }
    });
  }
}

TEST_F(SurveyAgainstR, ReplicateWeights) {
  for (size_t i = 0; i < surveys_.size(); ++i) {
    const RandomSurvey& survey = surveys_[i];
    if (!IsResampled(survey)) continue;
    ForEachSplit(i, [&](const Design& design, const Domains& domains, const auto& names) {
      const auto measure = [&](std::span<const double> weights) {
        std::vector<double> means;
        std::vector<double> ratios;
        for (uint32_t d = 0; d < domains.count(); ++d) {
          double persons = 0;
          double welfare = 0;
          double size = 0;
          for (const uint32_t row : domains.rows(d)) {
            persons += weights[row];
            welfare += weights[row] * survey.welfare[row];
            size += weights[row] * survey.size[row];
          }
          means.push_back(welfare / persons);
          ratios.push_back(welfare / size);
        }
        means.insert(means.end(), ratios.begin(), ratios.end());
        return means;
      };
      const std::map<std::string, ReplicateWeights> ways = {
          {"jackknife", survey.stages[0].strata.empty() ? *ReplicateWeights::Jk1(design)
                                                        : *ReplicateWeights::Jkn(design)},
          {"bootstrap", BootstrapOf(design)},
      };
      for (const auto& [way, replicates] : ways) {
        for (const auto& [centre, suffix] : {std::pair(ReplicateCentre::kMeanOfReplicates, ""),
                                             {ReplicateCentre::kEstimate, "_mse"}}) {
          const auto variances = ReplicateVariances(replicates, measure, centre);
          for (size_t d = 0; d < names.size(); ++d) {
            Compare({i, way + suffix + "_mean", names[d], "variance"}, variances[d], kError);
            Compare({i, way + suffix + "_ratio", names[d], "variance"}, variances[names.size() + d],
                    kError);
          }
        }
      }
    });
  }
}

}  // namespace
}  // namespace sepakat::measures
