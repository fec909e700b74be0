// Multidimensional poverty of the synthetic survey of `mpitb`: H, A, M0 and headcounts of both
// rounds with the errors of R `survey`, and the logit intervals that `mpitbR` prints.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "common/measures/survey/change.h"
#include "common/measures/survey/estimator.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

struct Indicator {
  std::string name;
  int weight;  // in 18ths
};
const std::vector<Indicator> kIndicators = {
    {"d_nutr", 3}, {"d_cm", 3},  {"d_satt", 3}, {"d_educ", 3}, {"d_elct", 1},
    {"d_sani", 1}, {"d_wtr", 1}, {"d_hsg", 1},  {"d_ckfl", 1}, {"d_asst", 1}};

using Key = std::pair<std::string, std::string>;  // measure, domain

// One round of the survey: complete rows only, as the reference says.
class Round {
 public:
  Round(const CsvTable& table, const std::string& t) {
    const auto weight = table.Numbers("weight");
    std::vector<std::vector<double>> answers;
    for (const Indicator& indicator : kIndicators) answers.push_back(table.Numbers(indicator.name));
    deprived_.resize(kIndicators.size());
    for (size_t row = 0; row < table.rows(); ++row) {
      bool complete = table.Text("t")[row] == t;
      for (const auto& answer : answers) complete = complete && !std::isnan(answer[row]);
      if (!complete) continue;
      weights_.push_back(weight[row]);
      strata_.push_back(std::stoll(table.Text("stratum")[row]));
      units_.push_back(std::stoll(table.Text("psu")[row]));
      area_.push_back(static_cast<uint32_t>(std::stoul(table.Text("area")[row])));
      region_.push_back(static_cast<uint32_t>(std::stoul(table.Text("region")[row])) - 1);
      for (size_t j = 0; j < answers.size(); ++j) deprived_[j].push_back(answers[j][row]);
    }
    design_.emplace(*Design::Create({weights_, {{units_, strata_, {}}}}, {}));
  }

  size_t rows() const { return weights_.size(); }

  // Poor from `cut` 18ths on.
  std::map<Key, Estimate> Measure(int cut, IntervalForm form) const {
    std::map<Key, Estimate> all;
    MeasureBy(Domains::Whole(rows()), {"national"}, cut, form, all);
    MeasureBy(Domains(area_, 2), {"area=0", "area=1"}, cut, form, all);
    std::vector<std::string> regions;
    for (int r = 1; r <= 20; ++r) regions.push_back("region=" + std::to_string(r));
    MeasureBy(Domains(region_, 20), regions, cut, form, all);
    return all;
  }

 private:
  void MeasureBy(const Domains& domains, const std::vector<std::string>& names, int cut,
                 IntervalForm form, std::map<Key, Estimate>& all) const {
    const DomainEstimator estimator(*design_, domains, {.df = DomainDf::kWholeDesign});
    std::vector<double> poor(rows());
    std::vector<double> score(rows());
    for (size_t row = 0; row < rows(); ++row) {
      int sum = 0;
      for (size_t j = 0; j < kIndicators.size(); ++j) {
        if (deprived_[j][row] == 1) sum += kIndicators[j].weight;
      }
      poor[row] = sum >= cut ? 1 : 0;
      score[row] = sum >= cut ? sum / 18.0 : 0;
    }
    const auto keep = [&](const std::string& measure, const DomainEstimates& estimates) {
      for (size_t d = 0; d < names.size(); ++d) {
        if (estimates[d].ok()) all[{measure, names[d]}] = *estimates[d];
      }
    };
    keep("H", estimator.Mean(poor, form));
    keep("M0", estimator.Mean(score, form));
    keep("A", estimator.Ratio(score, poor, form));
    for (size_t j = 0; j < kIndicators.size(); ++j) {
      std::vector<double> censored(rows());
      std::vector<double> part(rows());
      for (size_t row = 0; row < rows(); ++row) {
        censored[row] = deprived_[j][row] * poor[row];
        part[row] = censored[row] * kIndicators[j].weight / 18.0;
      }
      keep("hd_" + kIndicators[j].name, estimator.Mean(deprived_[j], form));
      keep("hdk_" + kIndicators[j].name, estimator.Mean(censored, form));
      keep("contrib_" + kIndicators[j].name, estimator.Ratio(part, score, form));
    }
  }

  std::vector<double> weights_;
  std::vector<int64_t> strata_;
  std::vector<int64_t> units_;
  std::vector<uint32_t> area_;
  std::vector<uint32_t> region_;
  std::vector<std::vector<double>> deprived_;
  std::optional<Design> design_;
};

// Poor from 1/5, 1/3, 1/2 on; one fifth lies between 3/18 and 4/18.
const std::map<std::string, int> kCuts = {{"0.2", 4}, {"0.333333333333333", 6}, {"0.5", 9}};

class SyntheticMpi : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto folder = support::SharedData("mpi_syn_cdta");
    if (!folder) GTEST_SKIP() << support::NoSharedData("mpi_syn_cdta");
    folder_ = *folder;
    table_.emplace(CsvTable::Read(folder_ / "syn_cdta.csv"));
  }
  std::filesystem::path folder_;
  std::optional<CsvTable> table_;
};

TEST_F(SyntheticMpi, BothRoundsHaveThePublishedErrors) {
  for (const std::string t : {"1", "2"}) {
    const Round round(*table_, t);
    EXPECT_EQ(round.rows(), t == "1" ? 7434u : 7469u);
    const CsvTable reference = CsvTable::Read(folder_ / ("reference_survey_t" + t + ".csv"));
    const auto estimates = reference.Numbers("estimate");
    const auto errors = reference.Numbers("se");
    std::map<std::string, std::map<Key, Estimate>> actual;
    for (const auto& [text, cut] : kCuts) {
      actual[text] = round.Measure(cut, IntervalForm::kSymmetric);
    }
    for (size_t i = 0; i < reference.rows(); ++i) {
      const std::string& k = reference.Text("k")[i];
      const Key key(reference.Text("measure")[i], reference.Text("domain")[i]);
      ASSERT_TRUE(actual[k].contains(key)) << k << " " << key.first << " " << key.second;
      const Estimate& estimate = actual[k][key];
      EXPECT_NEAR(estimate.estimate, estimates[i], 1e-9 * std::abs(estimates[i]))
          << k << " " << key.first << " " << key.second;
      if (std::isnan(errors[i]) || errors[i] == 0) continue;  // contributions have no error there
      EXPECT_NEAR(std::pow(*estimate.standard_error / errors[i], 2), 1, 1e-9)
          << k << " " << key.first << " " << key.second;
    }
  }
}

// `mpitbR` estimates shares by an iterative fit that stops about 2e-9 away.
TEST_F(SyntheticMpi, LogitIntervalsAreThoseOfMpitbR) {
  const Round round(*table_, "1");
  const CsvTable reference = CsvTable::Read(folder_ / "reference_mpitbR_t1.csv");
  const auto lower = reference.Numbers("ll");
  const auto upper = reference.Numbers("ul");
  std::map<std::string, std::map<Key, Estimate>> actual;
  actual["20"] = round.Measure(4, IntervalForm::kLogit);
  actual["33"] = round.Measure(6, IntervalForm::kLogit);
  actual["50"] = round.Measure(9, IntervalForm::kLogit);
  actual[""] = actual["33"];
  int compared = 0;
  for (size_t i = 0; i < reference.rows(); ++i) {
    if (std::isnan(lower[i])) continue;
    const std::string& area = reference.Text("loa")[i];
    const std::string& part = reference.Text("subg")[i];
    const std::string& indicator = reference.Text("indicator")[i];
    const Key key(reference.Text("measure")[i] + (indicator.empty() ? "" : "_" + indicator),
                  area == "nat" ? "national" : area + "=" + part);
    const Estimate& estimate = actual[reference.Text("k")[i]][key];
    ASSERT_TRUE(estimate.lower.has_value()) << key.first << " " << key.second;
    EXPECT_NEAR(*estimate.lower, lower[i], 5e-9) << key.first << " " << key.second;
    EXPECT_NEAR(*estimate.upper, upper[i], 5e-9) << key.first << " " << key.second;
    ++compared;
  }
  EXPECT_GT(compared, 1000);
}

TEST_F(SyntheticMpi, TheFallBetweenTheRoundsIsNoChance) {
  const auto before = Round(*table_, "1").Measure(6, IntervalForm::kSymmetric);
  const auto after = Round(*table_, "2").Measure(6, IntervalForm::kSymmetric);
  const Change change = ChangeBetween(before.at({"M0", "national"}), after.at({"M0", "national"}));
  EXPECT_NEAR(change.difference, 0.093951 - 0.142416, 1e-6);
  const double v1 = std::pow(*before.at({"M0", "national"}).standard_error, 2);
  const double v2 = std::pow(*after.at({"M0", "national"}).standard_error, 2);
  EXPECT_NEAR(*change.standard_error, std::sqrt(v1 + v2), 1e-15);
  EXPECT_LT(*change.p_value, 1e-30);
}

}  // namespace
}  // namespace sepakat::measures
