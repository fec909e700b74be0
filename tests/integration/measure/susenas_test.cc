// Two extracts of Susenas through the front door: shares of persons with design errors, and
// poverty, welfare classes and the reach of three programmes over households and over persons.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/integration/measure/published_figures.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::support {
namespace {

TEST(MeasureSusenasCore, GivesTheSharesOfEveryRegencyWithTheirErrors) {
  const auto folder = SharedData("susenas_kor_2020_jambi");
  if (!folder) GTEST_SKIP() << NoSharedData("susenas_kor_2020_jambi");
  const Figures figures =
      Measure({*folder / "individu.csv", "--codebook", TestBook("susenas_kor_2020"), "--indicators",
               "all", "--by", "kab"});
  const CsvTable reference = CsvTable::Read(*folder / "reference_estimates.csv");
  const std::vector<double> estimates = reference.Numbers("estimate");
  const std::vector<double> errors = reference.Numbers("se");
  const std::vector<double> counts = reference.Numbers("n");
  ASSERT_EQ(reference.rows(), 98U);
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::string& indicator = reference.Text("indicator")[i];
    const std::string& kab = reference.Text("kab")[i];
    const std::string what = indicator + " in regency " + kab;
    const PublishedFigure figure = figures.Of(indicator == "mean_age" ? "mean_of" : "share",
                                              {{"indicator", indicator}}, {{"kab", kab}});
    EXPECT_EQ(static_cast<double>(figure.observations), counts[i]) << what;
    // A regency of one stratum kind (all urban): R is left with the rounding of its sums.
    const bool constant = errors[i] < 1e-12;
    ExpectPublished(figure, estimates[i], constant ? std::nan("") : errors[i], what);
    if (constant) {
      EXPECT_LT(*figure.standard_error, 1e-12) << what;
    }
  }
}

TEST(MeasureSusenasConsumption, GivesThePublishedFiguresOfHouseholdsAndOfPersons) {
  const auto folder = SharedData("susenas_konsumsi_1607");
  if (!folder) GTEST_SKIP() << NoSharedData("susenas_konsumsi_1607");
  const CsvTable reference = CsvTable::Read(*folder / "reference.csv");
  std::map<std::string, double> published;
  for (size_t i = 0; i < reference.rows(); ++i) {
    published[reference.Text("measure")[i]] = reference.Numbers("value")[i];
  }
  size_t compared = 0;
  const auto expect = [&](const std::string& name, double actual) {
    ASSERT_TRUE(published.contains(name)) << name;
    ExpectNear(actual, published[name], 1e-9, name);
    ++compared;
  };
  const Figures::Words line = {{"line", "539283"}};
  for (const auto& [count, unit] :
       {std::pair<std::string, std::string>{"families", "household"}, {"persons", "person"}}) {
    const Figures figures =
        Measure({*folder / "rumah_tangga.csv", "--codebook", TestBook("susenas_konsumsi"), "--line",
                 "539283", "--measures", "p0,p1,p2,watts,mean,median,gini,qsr,population,classes",
                 "--classes", "1,1.2,1.5,3.5,17", "--programme", "pkh,bpnt,kks", "--count", count,
                 "--quantiles", "next"});
    expect(unit == "person" ? "n_persons" : "n_households", figures.Of("population").estimate);
    for (const auto& [name, measure] : {std::pair<std::string, std::string>{"fgt0", "p0"},
                                        {"fgt1", "p1"},
                                        {"fgt2", "p2"},
                                        {"watts", "watts"}}) {
      expect(name + "_" + unit, figures.Of(measure, line).estimate);
    }
    for (const auto& [name, measure] : {std::pair<std::string, std::string>{"mean_pc", "mean"},
                                        {"median_pc", "median"},
                                        {"gini", "gini"},
                                        {"qsr", "qsr"}}) {
      expect(name + "_" + unit, figures.Of(measure).estimate);
    }
    double below = 0;
    std::string from = "0.0";
    for (const std::string to : {"1.0", "1.2", "1.5", "3.5", "17.0"}) {
      below += figures.Of("classes", {{"line", "539283"}, {"from", from}, {"to", to}}).estimate;
      expect("share_below_" + to + "xGK_" + unit, below);
      from = to;
    }
    for (const std::string programme : {"pkh", "bpnt", "kks"}) {
      const std::string of = programme + "_";
      const Figures::Words under = {{"programme", programme}, {"line", "539283"}};
      expect(of + "coverage_" + unit,
             figures.Of("programme.coverage", {{"programme", programme}}).estimate);
      expect(of + "exclusion_error_" + unit,
             figures.Of("programme.exclusion_error", under).estimate);
      expect(of + "inclusion_error_" + unit,
             figures.Of("programme.inclusion_error", under).estimate);
    }
  }
  EXPECT_EQ(compared, published.size());
}

}  // namespace
}  // namespace sepakat::support
