// Surveys that come with R, each with a code book written from the documentation alone: stratified
// with population sizes, two stages with population sizes, strata and clusters, employers. R
// `survey` and `laeken` measure them live.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/integration/measure/published_figures.h"
#include "tests/support/paths.h"
#include "tests/support/programs/run_program.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::support {
namespace {

struct Dataset {
  std::string name;
  std::vector<std::string> options;
};

const std::vector<Dataset>& Datasets() {
  static const std::vector<Dataset> datasets = {
      {"api_stratified",
       {"--measures", "mean", "--totals", "enroll", "--ratios", "api.stu/enroll", "--indicators",
        "schoolwide", "--by", "stype"}},
      {"api_clustered",
       {"--measures", "mean", "--totals", "enroll", "--ratios", "api.stu/enroll", "--indicators",
        "schoolwide", "--by", "stype"}},
      {"nhanes", {"--indicators", "chol", "--by", "race"}},
      {"ses",
       {"--measures", "mean,gini,qsr,p0,relative_median_gap", "--line", "60%median", "--by",
        "sex"}}};
  return datasets;
}

TEST(MeasureSurveysOfR, GivesTheFiguresAndErrorsThatRGives) {
  if (RunProgram({"Rscript", "-e", "library(survey); library(laeken)"}).exit_code != 0) {
    GTEST_SKIP() << "Rscript with the packages survey and laeken is not installed (Debian: "
                    "r-base-core, r-cran-survey, r-cran-laeken)";
  }
  const std::filesystem::path folder = FolderOfTest();
  const std::string script = SourceFolder() / "tests/integration/measure/r_datasets.R";
  const CommandResult r = RunProgram({"Rscript", "--vanilla", script, folder});
  ASSERT_EQ(r.exit_code, 0) << r.output;
  const CsvTable expected = CsvTable::Read(folder / "figures.csv");
  const std::vector<double> estimates = expected.Numbers("estimate");
  const std::vector<double> errors = expected.Numbers("error");
  size_t compared = 0;
  for (const Dataset& dataset : Datasets()) {
    std::vector<std::string> arguments = {folder / (dataset.name + ".csv"), "--codebook",
                                          TestBook(dataset.name)};
    arguments.insert(arguments.end(), dataset.options.begin(), dataset.options.end());
    const Figures figures = Measure(arguments);
    for (size_t i = 0; i < expected.rows(); ++i) {
      if (expected.Text("survey")[i] != dataset.name) continue;
      const std::string& measure = expected.Text("measure")[i];
      const auto pair = [&](const char* name, const char* value) {
        Figures::Words words;
        if (const std::string& key = expected.Text(name)[i]; !key.empty()) {
          words[key] = expected.Text(value)[i];
        }
        return words;
      };
      Figures::Words parameters = pair("parameter", "value");
      if (measure == "ratio") parameters["denominator"] = "enroll";
      const Figures::Words domain = pair("by", "group");
      ExpectPublished(figures.Of(measure, parameters, domain), estimates[i], errors[i],
                      dataset.name + ", " + measure);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 26);
}

}  // namespace
}  // namespace sepakat::support
