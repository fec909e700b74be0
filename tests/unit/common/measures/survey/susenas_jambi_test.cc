// Design errors of shares by regency of a real Susenas (March 2020): strata and renumbered primary
// units, R `survey` with nest = TRUE.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "common/measures/survey/estimator.h"
#include "tests/support/paths.h"
#include "tests/support/survey/csv_table.h"

namespace sepakat::measures {
namespace {

using support::CsvTable;

TEST(SusenasJambi, SharesAndTheirErrorsByRegencyAreReproduced) {
  const auto folder = support::SharedData("susenas_kor_2020_jambi");
  if (!folder) GTEST_SKIP() << support::NoSharedData("susenas_kor_2020_jambi");
  const CsvTable persons = CsvTable::Read(*folder / "individu.csv");
  const CsvTable reference = CsvTable::Read(*folder / "reference_estimates.csv");
  const auto weights = persons.Numbers("weight");
  const auto strata = persons.Codes("strata");
  const auto units = persons.Codes("psu_id");
  const auto design = Design::Create({weights, {{units, strata, {}}}}, {});
  ASSERT_TRUE(design.ok()) << design.status();

  const auto regency = persons.Numbers("R102");
  const auto age = persons.Numbers("R407");
  using Answer = std::function<double(size_t row)>;
  const auto is = [&](const std::string& column, std::set<std::string> answers) -> Answer {
    return [&persons, column, answers](size_t row) {
      return answers.contains(persons.Text(column)[row]) ? 1.0 : 0.0;
    };
  };
  struct Indicator {
    std::string name;
    double from_age, to_age;
    Answer value;
  };
  constexpr double kOldest = 200;
  const Indicator indicators[] = {
      {"has_nik_R502", 0, kOldest, is("R502", {"1"})},
      {"birth_cert_0_17_R606", 0, 17, is("R606", {"1", "2"})},
      {"in_school_7_12_R612", 7, 12, is("R612", {"2"})},
      {"in_school_13_15_R612", 13, 15, is("R612", {"2"})},
      {"in_school_16_18_R612", 16, 18, is("R612", {"2"})},
      {"literate_latin_15plus_R609", 15, kOldest, is("R609", {"1"})},
      {"mobile_phone_5plus_R802", 5, kOldest, is("R802", {"1"})},
      {"smoker_15plus_R1206", 15, kOldest, is("R1206", {"1"})},
      {"health_complaint_R1102", 0, kOldest, is("R1102", {"1"})},
      {"bpjs_pbi_R1101_A", 0, kOldest, is("R1101_A", {"A"})},
      {"uninsured_R1101_X", 0, kOldest, is("R1101_X", {"X"})},
      {"female_R405", 0, kOldest, is("R405", {"2"})},
      {"urban_R105", 0, kOldest, is("R105", {"1"})},
      {"mean_age", 0, kOldest, [&](size_t row) { return age[row]; }},
  };
  std::map<std::pair<std::string, std::string>, Estimate> actual;
  for (const Indicator& indicator : indicators) {
    std::vector<uint32_t> labels;
    std::vector<double> values;
    for (size_t row = 0; row < persons.rows(); ++row) {
      const bool asked = age[row] >= indicator.from_age && age[row] <= indicator.to_age;
      labels.push_back(asked ? static_cast<uint32_t>(regency[row]) - 1 : Domains::kOutside);
      values.push_back(indicator.value(row));
    }
    const Domains regencies(labels, 7);
    const auto estimates = DomainEstimator(*design, regencies).Mean(values);
    for (int code = 1; code <= 7; ++code) {
      ASSERT_TRUE(estimates[static_cast<size_t>(code) - 1].ok());
      actual[{indicator.name, std::to_string(code)}] = *estimates[static_cast<size_t>(code) - 1];
    }
  }

  const auto estimates = reference.Numbers("estimate");
  const auto errors = reference.Numbers("se");
  const auto counts = reference.Numbers("n");
  EXPECT_EQ(reference.rows(), actual.size());
  for (size_t i = 0; i < reference.rows(); ++i) {
    const std::pair key(reference.Text("indicator")[i], reference.Text("kab")[i]);
    const std::string where = key.first + " in regency " + key.second;
    ASSERT_TRUE(actual.contains(key)) << where;
    EXPECT_EQ(static_cast<double>(actual[key].observations), counts[i]) << where;
    EXPECT_NEAR(actual[key].estimate / estimates[i], 1, 1e-12) << where;
    if (errors[i] < 1e-12) {
      // A regency of one stratum kind (all urban): R is left with the rounding of its sums.
      EXPECT_LT(*actual[key].standard_error, 1e-12) << where;
    } else {
      EXPECT_NEAR(std::pow(*actual[key].standard_error / errors[i], 2), 1, 1e-9) << where;
    }
  }
}

}  // namespace
}  // namespace sepakat::measures
