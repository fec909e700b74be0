// Point estimates published with the Vietnam Living Standards Survey 1997/98: persons by `survey`
// and `convey`, households without weights by `ineq`, and the accuracy of a proxy means test.
//
// Ginis of `convey` are by the rank of a row's last person: larger by
// sum (w^2 - w) y / (W sum w y), which is added here.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/measures/fgt_sample.h"
#include "common/measures/inequality.h"
#include "common/measures/lorenz.h"
#include "common/measures/relative_line.h"
#include "common/measures/targeting_accuracy.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"
#include "tests/unit/common/measures/published/columns.h"
#include "tests/unit/common/measures/published/published.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

constexpr auto kObserved = QuantileDefinition::kObserved;
const std::pair<std::string, double> kLines[] = {{"1789.871", 1789.871}, {"1286.833", 1286.833}};

class VietnamPoints : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = support::SharedData("vietnam_vlss_1997");
    if (!folder_) GTEST_SKIP() << support::NoSharedData("vietnam_vlss_1997");
    table_ = CsvTable::Read(*folder_ / "vietnam_hh.csv");
    persons_.weights = table_.Numbers("hhsize");
    persons_.values = table_.Numbers("lntotal");
    for (size_t i = 0; i < persons_.values.size(); ++i) {
      persons_.values[i] = std::exp(persons_.values[i]) / persons_.weights[i];
    }
    households_ = {persons_.values, std::vector<double>(persons_.values.size(), 1.0)};
  }

  std::function<bool(size_t)> Is(const std::string& column, const std::string& value) const {
    return [this, column, value](size_t i) { return table_.Text(column)[i] == value; };
  }

  std::optional<std::filesystem::path> folder_;
  CsvTable table_;
  WeightedColumn persons_;
  WeightedColumn households_;
};

double LastPersonGini(const WeightedColumn& column) {
  const SortedSample sorted = column.sorted();
  double beyond = 0;
  for (size_t i = 0; i < column.values.size(); ++i) {
    beyond += (column.weights[i] * column.weights[i] - column.weights[i]) * column.values[i];
  }
  return *Gini(sorted) + beyond / (sorted.total_weight() * sorted.total());
}

TEST_F(VietnamPoints, OfPersons) {
  Published published(1e-9);
  const CsvTable reference = CsvTable::Read(*folder_ / "reference_poverty.csv");
  const auto estimates = reference.Numbers("estimate");
  for (size_t i = 0; i < reference.rows(); ++i) {
    published.Add(reference.Text("measure")[i], reference.Text("domain")[i], estimates[i]);
  }
  std::vector<std::pair<std::string, WeightedColumn>> domains = {{"all", persons_}};
  for (const auto& [column, value] : {std::pair<std::string, std::string>{"urban", "yes"},
                                      {"urban", "no"},
                                      {"farm", "yes"},
                                      {"farm", "no"},
                                      {"sex", "female"},
                                      {"sex", "male"}}) {
    domains.emplace_back(column + "=" + value, persons_.Where(Is(column, value)));
  }
  for (const auto& [domain, column] : domains) {
    const SortedSample sorted = column.sorted();
    for (const auto& [text, line] : kLines) {
      const Poverty poverty = *MeasurePoverty(column.sample(), PovertyLines(line));
      for (size_t order = 0; order < 3; ++order) {
        published.Compare("fgt" + std::to_string(order) + "_z" + text, domain, poverty.fgt[order]);
      }
    }
    published.Compare("gini", domain, LastPersonGini(column));
    published.Compare("mean_pcexp", domain, sorted.mean());
    published.Compare("qsr", domain, QuintileShareRatio(sorted, kObserved));
  }
  published.Compare("theil", "all", TheilT(persons_.sample()));
  published.Compare("mld", "all", MeanLogDeviation(persons_.sample()));
  published.Compare("watts_z1789.871", "all", Watts(persons_.sample(), PovertyLines(1789.871)));
  const double line = *LineOf(persons_.sorted(), {});
  published.Compare("arpt60", "all", line);
  published.Compare("arpr60", "all",
                    MeasurePoverty(persons_.sample(), PovertyLines(line))->headcount());
  published.ExpectEveryRowCompared(68);
}

TEST_F(VietnamPoints, OfHouseholdsWithoutWeights) {
  Published published(1e-9);
  const CsvTable reference = CsvTable::Read(*folder_ / "reference_unweighted_ineq.csv");
  const auto estimates = reference.Numbers("estimate");
  for (size_t i = 0; i < reference.rows(); ++i) {
    published.Add(reference.Text("measure")[i], reference.Text("domain")[i], estimates[i]);
  }
  const std::pair<std::string, WeightedColumn> domains[] = {
      {"ALL", households_},
      {"urban", households_.Where(Is("urban", "yes"))},
      {"rural", households_.Where(Is("urban", "no"))}};
  for (const auto& [domain, column] : domains) {
    const Sample sample = column.sample();
    const SortedSample sorted = column.sorted();
    const auto n = static_cast<double>(column.values.size());
    published.Compare("gini", domain, Gini(sorted));
    published.Compare("gini_corrected_n/(n-1)", domain, *Gini(sorted) * n / (n - 1));
    published.Compare("theil_T", domain, TheilT(sample));
    published.Compare("mld_theil_L", domain, MeanLogDeviation(sample));
    published.Compare("atkinson_0.5", domain, Atkinson(sample, 0.5));
    published.Compare("atkinson_1", domain, Atkinson(sample, 1));
    published.Compare("ricci_schutz", domain, Hoover(sample));
    published.Compare("cv", domain, CoefficientOfVariation(sample));
    published.Compare("kolm_1e-4", domain, Kolm(sample, 1e-4));
    for (const auto& [text, line] : kLines) {
      const Poverty poverty = *MeasurePoverty(sample, PovertyLines(line));
      published.Compare("sen_z" + text, domain, Sen(sorted, line, SenForm::kReplicationInvariant));
      published.Compare("sst_z" + text, domain, SenShorrocksThon(sorted, line));
      published.Compare("watts_z" + text, domain, Watts(sample, PovertyLines(line)));
      for (size_t order = 0; order < 3; ++order) {
        published.Compare("fgt" + std::to_string(order) + "_z" + text, domain, poverty.fgt[order]);
      }
    }
    for (const auto& [text, p] : {std::pair<const char*, double>{"0.1", 0.1},
                                  {"0.2", 0.2},
                                  {"0.4", 0.4},
                                  {"0.5", 0.5},
                                  {"0.8", 0.8},
                                  {"0.9", 0.9}}) {
      published.Compare(std::string("lorenz_") + text, domain, LorenzShare(sorted, p));
    }
  }
  published.ExpectEveryRowCompared(81);
}

// A third of the households is judged by a model that the others trained; the poor are those below
// the true quantile, the selected those below a cut that is itself one of the predictions: printed
// with 15 digits, its own household must not fall below it by rounding.
TEST_F(VietnamPoints, OfTheProxyMeansTest) {
  const CsvTable predictions = CsvTable::Read(*folder_ / "reference_pmt_test_predictions.csv");
  const CsvTable reference = CsvTable::Read(*folder_ / "reference_pmt_targeting.csv");
  const auto households = predictions.Numbers("hhid");
  const auto predicted = predictions.Numbers("pred_log_pcexp");
  ASSERT_EQ(reference.rows(), 3u);
  for (size_t row = 0; row < reference.rows(); ++row) {
    std::vector<double> weights;
    std::vector<Answer> poor;
    std::vector<Answer> selected;
    for (size_t i = 0; i < households.size(); ++i) {
      const auto at = static_cast<size_t>(households[i]) - 1;
      weights.push_back(persons_.weights[at]);
      poor.push_back(persons_.values[at] < reference.Numbers("line_true")[row] ? Answer::kYes
                                                                               : Answer::kNo);
      selected.push_back(std::exp(predicted[i]) <
                                 reference.Numbers("cutoff_pred")[row] * (1 - 1e-12)
                             ? Answer::kYes
                             : Answer::kNo);
    }
    const TargetingAccuracy accuracy = *MeasureTargeting({weights, poor, selected});
    const auto compare = [&](const char* column, double actual) {
      EXPECT_NEAR(actual / reference.Numbers(column)[row], 1, 1e-9) << column << " row " << row;
    };
    compare("poverty_rate", (accuracy.reached + accuracy.missed) / TotalWeight({weights, weights}));
    compare("coverage", accuracy.coverage);
    compare("undercoverage_exclusion", *accuracy.exclusion_error);
    compare("leakage_inclusion", *accuracy.inclusion_error);
  }
}

}  // namespace
}  // namespace sepakat::measures
