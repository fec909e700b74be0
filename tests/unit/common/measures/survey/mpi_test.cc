// Multidimensional poverty of the synthetic survey of `mpitb`: H, A, M0 and headcounts of both
// rounds with the errors of R `survey`, and the logit intervals that `mpitbR` prints.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "common/base/status.h"
#include "common/measures/survey/change.h"
#include "common/measures/survey/mpi_estimates.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

const std::vector<std::string> kIndicators = {"d_nutr", "d_cm",  "d_satt", "d_educ", "d_elct",
                                              "d_sani", "d_wtr", "d_hsg",  "d_ckfl", "d_asst"};

MpiSpecification Specification(Fraction cutoff) {
  MpiSpecification specification;
  specification.id = "global";
  specification.version = "test";
  specification.dimensions = {{"health"}, {"education"}, {"living"}};
  for (size_t j = 0; j < kIndicators.size(); ++j) {
    MpiIndicator& indicator = specification.indicators.emplace_back();
    indicator.id = kIndicators[j];
    indicator.dimension = j < 2 ? "health" : j < 4 ? "education" : "living";
  }
  specification.cutoff = cutoff;
  EXPECT_TRUE(SetNestedWeights(specification).ok());
  return specification;
}

using Key = std::pair<std::string, std::string>;  // measure, domain

// One round of the survey. Incomplete rows leave the domains by the specification's own rule.
class Round {
 public:
  Round(const CsvTable& table, const std::string& t) {
    const auto weight = table.Numbers("weight");
    std::vector<std::vector<double>> answers;
    for (const std::string& name : kIndicators) answers.push_back(table.Numbers(name));
    for (size_t row = 0; row < table.rows(); ++row) {
      if (table.Text("t")[row] != t) continue;
      weights_.push_back(weight[row]);
      strata_.push_back(std::stoll(table.Text("stratum")[row]));
      units_.push_back(std::stoll(table.Text("psu")[row]));
      area_.push_back(static_cast<uint32_t>(std::stoul(table.Text("area")[row])));
      region_.push_back(static_cast<uint32_t>(std::stoul(table.Text("region")[row])) - 1);
      Deprivations& deprivations = deprivations_.emplace_back();
      for (size_t j = 0; j < answers.size(); ++j) {
        const double answer = answers[j][row];
        deprivations.Set(j, Judge(std::isnan(answer) ? std::nullopt : std::optional(answer), {}));
      }
    }
    design_.emplace(*Design::Create({weights_, {{units_, strata_, {}}}}, {}));
  }

  std::map<Key, Estimate> Measure(Fraction cutoff, IntervalForm form) const {
    std::map<Key, Estimate> all;
    MeasureBy(Domains::Whole(weights_.size()), {"national"}, cutoff, form, all);
    MeasureBy(Domains(area_, 2), {"area=0", "area=1"}, cutoff, form, all);
    std::vector<std::string> regions;
    for (int r = 1; r <= 20; ++r) regions.push_back("region=" + std::to_string(r));
    MeasureBy(Domains(region_, 20), regions, cutoff, form, all);
    return all;
  }

 private:
  void MeasureBy(const Domains& domains, const std::vector<std::string>& names, Fraction cutoff,
                 IntervalForm form, std::map<Key, Estimate>& all) const {
    const auto mpi = EstimateMpi(*design_, domains, Specification(cutoff), deprivations_,
                                 {.df = DomainDf::kWholeDesign}, form);
    ASSERT_TRUE(mpi.ok()) << mpi.status();
    const auto keep = [&](const std::string& measure, const DomainEstimates& estimates) {
      for (size_t d = 0; d < names.size(); ++d) {
        if (estimates[d].ok()) all[{measure, names[d]}] = *estimates[d];
      }
    };
    keep("H", mpi->headcount);
    keep("M0", mpi->adjusted);
    keep("A", mpi->intensity);
    for (size_t j = 0; j < kIndicators.size(); ++j) {
      keep("hd_" + kIndicators[j], mpi->indicators[j].raw);
      keep("hdk_" + kIndicators[j], mpi->indicators[j].censored);
      keep("contrib_" + kIndicators[j], mpi->indicators[j].contribution);
    }
    for (size_t k = 0; k < 3; ++k) {
      keep("dimension_" + std::to_string(k), mpi->dimension_contributions[k]);
    }
  }

  std::vector<double> weights_;
  std::vector<int64_t> strata_;
  std::vector<int64_t> units_;
  std::vector<uint32_t> area_;
  std::vector<uint32_t> region_;
  std::vector<Deprivations> deprivations_;
  std::optional<Design> design_;
};

const std::map<std::string, Fraction> kCuts = {
    {"0.2", {1, 5}}, {"0.333333333333333", {1, 3}}, {"0.5", {1, 2}}};

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
    EXPECT_EQ(round.Measure({1, 3}, IntervalForm::kSymmetric).at({"H", "national"}).observations,
              t == "1" ? 7434 : 7469);
    const CsvTable reference = CsvTable::Read(folder_ / ("reference_survey_t" + t + ".csv"));
    const auto estimates = reference.Numbers("estimate");
    const auto errors = reference.Numbers("se");
    std::map<std::string, std::map<Key, Estimate>> actual;
    for (const auto& [text, cutoff] : kCuts) {
      actual[text] = round.Measure(cutoff, IntervalForm::kSymmetric);
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
  actual["20"] = round.Measure({1, 5}, IntervalForm::kLogit);
  actual["33"] = round.Measure({1, 3}, IntervalForm::kLogit);
  actual["50"] = round.Measure({1, 2}, IntervalForm::kLogit);
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
  const auto before = Round(*table_, "1").Measure({1, 3}, IntervalForm::kSymmetric);
  const auto after = Round(*table_, "2").Measure({1, 3}, IntervalForm::kSymmetric);
  const Change change = ChangeBetween(before.at({"M0", "national"}), after.at({"M0", "national"}));
  EXPECT_NEAR(change.difference, 0.093951 - 0.142416, 1e-6);
  const double v1 = std::pow(*before.at({"M0", "national"}).standard_error, 2);
  const double v2 = std::pow(*after.at({"M0", "national"}).standard_error, 2);
  EXPECT_NEAR(*change.standard_error, std::sqrt(v1 + v2), 1e-15);
  EXPECT_LT(*change.p_value, 1e-30);
}

// In each direction: what the indicators of a dimension contribute adds up to the dimension's.
TEST_F(SyntheticMpi, ContributionsAddUpByDimension) {
  const auto figures = Round(*table_, "1").Measure({1, 3}, IntervalForm::kSymmetric);
  double all = 0;
  for (size_t k = 0; k < 3; ++k) {
    const Estimate& dimension = figures.at({"dimension_" + std::to_string(k), "national"});
    all += dimension.estimate;
    EXPECT_GT(*dimension.standard_error, 0);
  }
  EXPECT_NEAR(all, 1, 1e-12);
  EXPECT_NEAR(figures.at({"dimension_0", "national"}).estimate,
              figures.at({"contrib_d_nutr", "national"}).estimate +
                  figures.at({"contrib_d_cm", "national"}).estimate,
              1e-12);
}

TEST(MpiEstimates, ADomainWithoutPoorHasNoIntensity) {
  const std::vector<double> weights(4, 1);
  const Design design = *Design::Create({weights, {Stage{}}}, {});
  std::vector<Deprivations> units(4);
  for (size_t j = 0; j < kIndicators.size(); ++j) units[0].Set(j, Answer::kYes);
  units[1].Set(2, Answer::kUnknown);
  const auto mpi = EstimateMpi(design, Domains({0, 0, 1, 1}, 2), Specification({1, 3}), units);
  ASSERT_TRUE(mpi.ok()) << mpi.status();
  EXPECT_EQ(mpi->headcount[0]->estimate, 1);  // the row with an unknown answer is dropped
  EXPECT_EQ(mpi->headcount[0]->observations, 1);
  EXPECT_EQ(mpi->headcount[1]->estimate, 0);
  EXPECT_EQ(base::ReasonOf(mpi->intensity[1].status()), "ZERO_DENOMINATOR");
  EXPECT_EQ(base::ReasonOf(mpi->indicators[0].contribution[1].status()), "ZERO_DENOMINATOR");
}

}  // namespace
}  // namespace sepakat::measures
