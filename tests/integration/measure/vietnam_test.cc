// The Vietnam Living Standards Survey 1997/98 through the front door, with its built-in code book:
// persons with the errors of clusters, and households without weights.
#include <gtest/gtest.h>

#include "tests/integration/measure/published_figures.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::support {
namespace {

class MeasureVietnam : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = SharedData("vietnam_vlss_1997");
    if (!folder) GTEST_SKIP() << NoSharedData("vietnam_vlss_1997");
    folder_ = *folder;
  }

  Figures Persons(const std::string& measures, const std::vector<std::string>& options) const {
    std::vector<std::string> arguments = {folder_ / "vietnam_hh.csv",
                                          "--codebook",
                                          "vietnam_vlss_1997",
                                          "--line",
                                          "1789.871",
                                          "--line",
                                          "1286.833",
                                          "--measures",
                                          measures};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return Measure(arguments);
  }

  std::filesystem::path folder_;
};

// `fgt0_z1789.871` -> p0 under this line; other names as the map says.
struct Meaning {
  std::string measure;
  Figures::Words parameters;
};
Meaning MeaningOf(const std::string& name, const std::map<std::string, Meaning>& others) {
  const size_t line = name.find("_z");
  if (line == std::string::npos) return others.at(name);
  std::string measure = name.substr(0, line);
  if (measure.starts_with("fgt")) measure = "p" + measure.substr(3);
  return {measure, {{"line", name.substr(line + 2)}}};
}

TEST_F(MeasureVietnam, GivesTheFiguresOfPersonsWithTheErrorsOfClusters) {
  const Figures figures = Persons("p0,p1,p2,watts,gini:last_person,qsr,mean,theil,mld,line",
                                  {"--line", "60%median", "--by", "urban,farm,sex"});
  const std::map<std::string, Meaning> others = {{"gini", {"gini", {{"form", "last_person"}}}},
                                                 {"mean_pcexp", {"mean", {}}},
                                                 {"qsr", {"qsr", {}}},
                                                 {"theil", {"theil", {}}},
                                                 {"mld", {"mld", {}}},
                                                 {"arpr60", {"p0", {{"line", "60%median"}}}},
                                                 {"arpt60", {"line", {{"line", "60%median"}}}}};
  const CsvTable reference = CsvTable::Read(folder_ / "reference_poverty.csv");
  ASSERT_EQ(reference.rows(), 68U);
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::string& name = reference.Text("measure")[i];
    const std::string& place = reference.Text("domain")[i];
    Figures::Words domain;
    if (const size_t is = place.find('='); is != std::string::npos) {
      domain = {{place.substr(0, is), place.substr(is + 1)}};
    }
    const Meaning meaning = MeaningOf(name, others);
    ExpectPublished(figures.Of(meaning.measure, meaning.parameters, domain),
                    reference.Numbers("estimate")[i], reference.Numbers("se")[i],
                    name + " " + place);
  }
}

TEST_F(MeasureVietnam, GivesTheInequalityOfHouseholdsWithoutWeights) {
  const Figures figures = Persons(
      "gini,theil,mld,atkinson:0.5,atkinson:1,hoover,cv,kolm:0.0001,sen,sst,watts,p0,p1,p2,"
      "lorenz:0.1,lorenz:0.2,lorenz:0.4,lorenz:0.5,lorenz:0.8,lorenz:0.9",
      {"--count", "families", "--by", "urban"});
  std::map<std::string, Meaning> others = {{"gini", {"gini", {}}},
                                           {"gini_corrected_n/(n-1)", {"gini", {}}},
                                           {"theil_T", {"theil", {}}},
                                           {"mld_theil_L", {"mld", {}}},
                                           {"atkinson_0.5", {"atkinson", {{"aversion", "0.5"}}}},
                                           {"atkinson_1", {"atkinson", {{"aversion", "1.0"}}}},
                                           {"ricci_schutz", {"hoover", {}}},
                                           {"cv", {"cv", {}}},
                                           {"kolm_1e-4", {"kolm", {{"aversion", "0.0001"}}}}};
  for (const std::string level : {"0.1", "0.2", "0.4", "0.5", "0.8", "0.9"}) {
    others["lorenz_" + level] = {"lorenz", {{"level", level}}};
  }
  const CsvTable reference = CsvTable::Read(folder_ / "reference_unweighted_ineq.csv");
  ASSERT_EQ(reference.rows(), 81U);
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::string& name = reference.Text("measure")[i];
    const std::string& place = reference.Text("domain")[i];
    Figures::Words domain;
    if (place != "ALL") domain = {{"urban", place == "urban" ? "yes" : "no"}};
    const Meaning meaning = MeaningOf(name, others);
    const PublishedFigure figure = figures.Of(meaning.measure, meaning.parameters, domain);
    const auto n = static_cast<double>(figure.observations);
    const double factor = name.starts_with("gini_corrected") ? n / (n - 1) : 1;
    ExpectNear(figure.estimate * factor, reference.Numbers("estimate")[i], 1e-9,
               name + " " + place);
  }
}

}  // namespace
}  // namespace sepakat::support
