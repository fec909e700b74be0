// Multidimensional poverty of the synthetic survey of `mpitb` through the front door, with the
// measure that ships: both rounds, three cut-offs, two areas, twenty regions.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/integration/measure/published_figures.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::support {
namespace {

const std::map<std::string, std::string> kIndicators = {
    {"d_nutr", "nutrition"},         {"d_cm", "child_mortality"},
    {"d_satt", "school_attendance"}, {"d_educ", "years_of_schooling"},
    {"d_elct", "electricity"},       {"d_sani", "sanitation"},
    {"d_wtr", "drinking_water"},     {"d_hsg", "housing"},
    {"d_ckfl", "cooking_fuel"},      {"d_asst", "assets"}};
const std::map<std::string, std::string> kCutoffs = {{"0.2", "1/5"}, {"0.333333333333333", "1/3"},
                                                     {"0.5", "1/2"}, {"20", "1/5"},
                                                     {"33", "1/3"},  {"50", "1/2"}};

class MeasureSyntheticMpi : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = SharedData("mpi_syn_cdta");
    if (!folder) GTEST_SKIP() << NoSharedData("mpi_syn_cdta");
    folder_ = *folder;
  }

  Figures Round(const std::string& t, const std::vector<std::string>& options) const {
    std::vector<std::string> arguments = {folder_ / "syn_cdta.csv",
                                          "--codebook",
                                          TestBook("syn_cdta"),
                                          "--mpi",
                                          "mpi_global",
                                          "--mpi-k",
                                          "1/5,1/3,1/2",
                                          "--only",
                                          "t=" + t,
                                          "--by",
                                          "area,region"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Measure(arguments);
  }

  static Figures::Words Parameters(const std::string& k, const std::string& indicator) {
    Figures::Words words = {{"mpi", "mpi_global"}, {"version", "2018"}, {"k", kCutoffs.at(k)}};
    if (!indicator.empty()) words["indicator"] = kIndicators.at(indicator);
    return words;
  }

  std::filesystem::path folder_;
};

TEST_F(MeasureSyntheticMpi, GivesBothRoundsWithTheirErrors) {
  for (const std::string t : {"1", "2"}) {
    const Figures figures = Round(t, {});
    const CsvTable reference = CsvTable::Read(folder_ / ("reference_survey_t" + t + ".csv"));
    const std::vector<double> estimates = reference.Numbers("estimate");
    const std::vector<double> errors = reference.Numbers("se");
    const std::vector<double> counts = reference.Numbers("n");
    ASSERT_EQ(reference.rows(), 2277U);
    for (size_t i = 0; i < reference.rows(); ++i) {
      const std::string& name = reference.Text("measure")[i];
      const std::string& place = reference.Text("domain")[i];
      const std::string& k = reference.Text("k")[i];
      Figures::Words domain;
      if (const size_t is = place.find('='); is != std::string::npos) {
        domain = {{place.substr(0, is), place.substr(is + 1)}};
      }
      std::string measure = "mpi.raw";
      std::string indicator;
      if (name == "H" || name == "A" || name == "M0") {
        measure = name == "H" ? "mpi.h" : name == "A" ? "mpi.a" : "mpi.m0";
      } else {
        indicator = name.substr(name.find("_d_") + 1);
        if (name.starts_with("hdk_")) measure = "mpi.censored";
        if (name.starts_with("contrib_")) measure = "mpi.contribution";
      }
      const std::string what = "t" + t + " k=" + k + " " + name + " " + place;
      const PublishedFigure figure = figures.Of(measure, Parameters(k, indicator), domain);
      EXPECT_EQ(static_cast<double>(figure.observations), counts[i]) << what;
      ExpectPublished(figure, estimates[i], errors[i], what);
    }
  }
}

// What mpitbR prints agrees with the exact result to 2e-9 only.
TEST_F(MeasureSyntheticMpi, GivesTheLogitIntervalsOfMpitbR) {
  const Figures figures = Round("1", {"--df", "design"});
  const CsvTable reference = CsvTable::Read(folder_ / "reference_mpitbR_t1.csv");
  int compared = 0;
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::string& name = reference.Text("measure")[i];
    if (name != "H" && name != "M0" && name != "A") continue;
    const std::string& place = reference.Text("loa")[i];
    Figures::Words domain;
    if (place != "nat") domain = {{place, reference.Text("subg")[i]}};
    const std::string measure = name == "H" ? "mpi.h" : name == "A" ? "mpi.a" : "mpi.m0";
    const PublishedFigure figure =
        figures.Of(measure, Parameters(reference.Text("k")[i], ""), domain);
    const std::string what = name + " " + place + " " + reference.Text("subg")[i];
    ASSERT_TRUE(figure.lower && figure.upper) << what;
    EXPECT_NEAR(figure.estimate, reference.Numbers("b")[i], 5e-9) << what;
    EXPECT_NEAR(*figure.lower, reference.Numbers("ll")[i], 5e-9) << what;
    EXPECT_NEAR(*figure.upper, reference.Numbers("ul")[i], 5e-9) << what;
    ++compared;
  }
  EXPECT_EQ(compared, 3 * 3 * 23);
}

TEST_F(MeasureSyntheticMpi, TellsHowMuchIsUnknownAndWhatItCouldChange) {
  const Figures figures = Round("1", {});
  bool told = false;
  for (const auto& remark : figures.report()["survey"]["remarks"]) {
    if (remark["reason"] != "DEPRIVATION_UNKNOWN") continue;
    told = true;
    EXPECT_NE(remark["en"].get<std::string>().find("66 observations"), std::string::npos)
        << remark["en"];
  }
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace sepakat::support
