// Multidimensional poverty of the synthetic survey of `mpitb`, two rounds: H, A, M0, raw and
// censored headcounts and contributions at three cut-offs, national, by area and by region, from R
// `survey`; and from `mpitbR`, which fits shares by iteration and stops about 4e-9 before the end.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/measures/alkire_foster.h"
#include "common/measures/mpi_change.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"
#include "tests/unit/common/measures/published/published.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

MpiSpecification Specification(Fraction cutoff) {
  MpiSpecification specification;
  specification.id = "mpitb";
  specification.version = "1";
  specification.dimensions = {{"health", 1}, {"education", 1}, {"living", 1}};
  specification.cutoff = cutoff;
  for (const auto& [id, dimension] : {std::pair{"d_nutr", "health"},
                                      {"d_cm", "health"},
                                      {"d_satt", "education"},
                                      {"d_educ", "education"},
                                      {"d_elct", "living"},
                                      {"d_sani", "living"},
                                      {"d_wtr", "living"},
                                      {"d_hsg", "living"},
                                      {"d_ckfl", "living"},
                                      {"d_asst", "living"}}) {
    specification.indicators.push_back({id, dimension, 0, {}});
  }
  EXPECT_TRUE(SetNestedWeights(specification).ok());
  return specification;
}

struct Units {
  std::vector<Deprivations> deprivations;
  std::vector<double> weights;
  MpiSample sample() const { return {deprivations, weights}; }
};

class MpiPoints : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = support::SharedData("mpi_syn_cdta");
    if (!folder_) GTEST_SKIP() << support::NoSharedData("mpi_syn_cdta");
    table_ = CsvTable::Read(*folder_ / "syn_cdta.csv");
    const MpiSpecification specification = Specification({1, 3});
    deprivations_.resize(table_.rows());
    for (size_t j = 0; j < specification.indicators.size(); ++j) {
      const auto& indicator = specification.indicators[j];
      const auto& text = table_.Text(indicator.id);
      for (size_t i = 0; i < text.size(); ++i) {
        const bool missing = text[i].empty() || text[i] == "NA";
        deprivations_[i].Set(
            j, Judge(missing ? std::nullopt : std::optional(std::stod(text[i])), indicator.cutoff));
      }
    }
  }

  Units Of(const std::string& round, const std::function<bool(size_t)>& keep) const {
    Units units;
    for (size_t i = 0; i < table_.rows(); ++i) {
      if (table_.Text("t")[i] != round || !keep(i)) continue;
      units.deprivations.push_back(deprivations_[i]);
      units.weights.push_back(std::stod(table_.Text("weight")[i]));
    }
    return units;
  }

  // The nation, two areas and twenty regions: column, value and units.
  struct Domain {
    std::string column;
    std::string value;
    Units units;
  };
  std::vector<Domain> Domains(const std::string& round) const {
    std::vector<Domain> domains = {{"nat", "nat", Of(round, [](size_t) { return true; })}};
    const auto add = [&](const std::string& column, const std::string& value) {
      domains.push_back(
          {column, value, Of(round, [&](size_t i) { return table_.Text(column)[i] == value; })});
    };
    for (int area = 0; area < 2; ++area) add("area", std::to_string(area));
    for (int region = 1; region <= 20; ++region) add("region", std::to_string(region));
    return domains;
  }

  std::optional<std::filesystem::path> folder_;
  CsvTable table_;
  std::vector<Deprivations> deprivations_;
};

TEST_F(MpiPoints, OfBothRoundsByDomainAndCutoff) {
  for (const std::string round : {"1", "2"}) {
    const CsvTable reference = CsvTable::Read(*folder_ / ("reference_survey_t" + round + ".csv"));
    Published published(1e-9);
    for (size_t i = 0; i < reference.rows(); ++i) {
      published.Add(reference.Text("k")[i] + " " + reference.Text("measure")[i],
                    reference.Text("domain")[i], reference.Numbers("estimate")[i]);
    }
    for (const auto& [text, cutoff] : {std::pair<std::string, Fraction>{"0.2", {1, 5}},
                                       {"0.333333333333333", {1, 3}},
                                       {"0.5", {1, 2}}}) {
      const MpiSpecification specification = Specification(cutoff);
      for (const Domain& domain : Domains(round)) {
        const std::string name =
            domain.column == "nat" ? "national" : domain.column + "=" + domain.value;
        const auto figures = Mpi(specification, domain.units.sample());
        ASSERT_TRUE(figures.ok()) << figures.status();
        const auto compare = [&](const std::string& measure, double actual) {
          published.Compare(text + " " + measure, name, actual);
        };
        compare("H", figures->headcount);
        compare("A", *figures->intensity);
        compare("M0", figures->adjusted);
        for (size_t j = 0; j < specification.indicators.size(); ++j) {
          const std::string& id = specification.indicators[j].id;
          compare("hd_" + id, figures->indicators[j].raw);
          compare("hdk_" + id, figures->indicators[j].censored);
          compare("contrib_" + id, *figures->indicators[j].contribution);
        }
        if (domain.column == "nat") {
          EXPECT_EQ(figures->units, round == "1" ? 7434u : 7469u);
        }
      }
    }
    published.ExpectEveryRowCompared(3 * 23 * 33);
  }
}

TEST_F(MpiPoints, OfMpitbR) {
  const CsvTable reference = CsvTable::Read(*folder_ / "reference_mpitbR_t1.csv");
  Published published(1e-9, 5e-9);
  for (size_t i = 0; i < reference.rows(); ++i) {
    published.Add(reference.Text("measure")[i] + " " + reference.Text("k")[i] + " " +
                      reference.Text("indicator")[i],
                  reference.Text("loa")[i] + "=" + reference.Text("subg")[i],
                  reference.Numbers("b")[i]);
  }
  for (const auto& [k, cutoff] :
       {std::pair<std::string, Fraction>{"20", {1, 5}}, {"33", {1, 3}}, {"50", {1, 2}}}) {
    const MpiSpecification specification = Specification(cutoff);
    for (const Domain& domain : Domains("1")) {
      const std::string name = domain.column + "=" + domain.value;
      const MpiFigures figures = *Mpi(specification, domain.units.sample());
      published.Compare("H " + k + " ", name, figures.headcount);
      published.Compare("A " + k + " ", name, *figures.intensity);
      published.Compare("M0 " + k + " ", name, figures.adjusted);
      for (size_t j = 0; j < specification.indicators.size(); ++j) {
        const std::string& id = specification.indicators[j].id;
        const IndicatorFigures& indicator = figures.indicators[j];
        published.Compare("hd  " + id, name, indicator.raw);
        published.Compare("hdk " + k + " " + id, name, indicator.censored);
        // Absolute contribution: share of M0 times M0.
        published.Compare("actb " + k + " " + id, name, *indicator.contribution * figures.adjusted);
        published.Compare("pctb " + k + " " + id, name, *indicator.contribution);
      }
    }
  }
  published.ExpectEveryRowCompared(reference.rows());
}

TEST_F(MpiPoints, BetweenTheRoundsMoreThanHalfOfTheChangeIsIncidence) {
  const MpiSpecification specification = Specification({1, 3});
  const auto all = [](size_t) { return true; };
  const MpiFigures before = *Mpi(specification, Of("1", all).sample());
  const MpiFigures after = *Mpi(specification, Of("2", all).sample());
  const MpiChange change = *ChangeOfMpi(before, after, 8.5);
  EXPECT_NEAR(change.adjusted.absolute, 0.093951 - 0.142416, 1e-6);
  EXPECT_NEAR(change.headcount.annual_absolute, (0.230821 - 0.335217) / 8.5, 1e-6);
  EXPECT_LT(*change.by_incidence, *change.by_intensity);
  EXPECT_NEAR(*change.by_incidence + *change.by_intensity, change.adjusted.absolute, 1e-15);
}

}  // namespace
}  // namespace sepakat::measures
