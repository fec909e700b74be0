// Poverty of real surveys, measured by the engine, against the reference packages' results.
//
// The tables are read directly here; the front door of ingestion has its own test.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "targeting/domain/engine.h"
#include "tests/support/paths.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) {
    std::erase(cell, '"');
    cells.push_back(cell);
  }
  return cells;
}

std::vector<Row> ReadTable(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> names = Cells(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = Cells(line);
    Row& row = rows.emplace_back();
    for (size_t i = 0; i < std::min(names.size(), cells.size()); ++i) row[names[i]] = cells[i];
  }
  return rows;
}

// References by (measure, domain).
std::map<std::pair<std::string, std::string>, double> References(const std::filesystem::path& path,
                                                                 const std::string& value_column) {
  std::map<std::pair<std::string, std::string>, double> references;
  for (const Row& row : ReadTable(path)) {
    const auto domain = row.find("domain");
    references[{row.at("measure"), domain == row.end() ? "" : domain->second}] =
        std::stod(row.at(value_column));
  }
  return references;
}

// A survey in the engine, under one line.
class Survey {
 public:
  Survey(int welfare_decimals, int weight_decimals, const std::string& line)
      : welfare_unit_(std::pow(10, welfare_decimals)), weight_unit_(std::pow(10, weight_decimals)) {
    ParameterChange population;
    population.population = Population{"survey", welfare_decimals, weight_decimals};
    engine_.Stage(population);
    ParameterChange change;
    change.line = PovertyLine{"survey", "0", 0, 0, line, "reference", "1"};
    engine_.Stage(change);
  }

  void Add(const std::string& region, int size, double weight, double welfare) {
    FamilyUpdate update;
    update.population = "survey";
    update.key = {1, ++families_};
    update.version = 1;
    update.region = region;
    update.size = size;
    update.family_weight = std::llround(weight * weight_unit_);
    update.welfare = std::llround(welfare * welfare_unit_);
    const absl::Status status = engine_.Apply(update);
    EXPECT_TRUE(status.ok()) << status;
  }
  void Cut() { engine_.Cut(true); }

  double Fgt(const std::string& region, int order) const {
    const PopulationState& state = *engine_.Find("survey");
    const RegionNode& node = state.tree().at(state.tree().Find(region));
    const measures::Ratio ratio = ReadFgt(node.total, state.lines().classes(), order);
    return static_cast<double>(static_cast<long double>(ratio.numerator) /
                               static_cast<long double>(ratio.denominator));
  }
  int64_t families() const { return engine_.families(); }

 private:
  double welfare_unit_;
  double weight_unit_;
  Engine engine_{&support::ShippedRules()};
  uint64_t families_ = 0;
};

void ExpectReference(double ours, double reference, const std::string& what) {
  EXPECT_NEAR(ours / reference, 1, 1e-9) << what << ": " << fmt::format("{:.15g}", ours)
                                         << " against " << fmt::format("{:.15g}", reference);
}

TEST(Surveys, Susenas1607) {
  const auto folder = support::SharedData("susenas_konsumsi_1607");
  if (!folder) GTEST_SKIP() << support::NoSharedData("susenas_konsumsi_1607");
  const auto references = References(*folder / "reference.csv", "value");
  Survey survey(6, 0, "539283");
  for (const Row& row : ReadTable(*folder / "rumah_tangga.csv")) {
    const int size = std::stoi(row.at("hhsize"));
    survey.Add("16.07", size, 1, std::stod(row.at("exp_total")) / size);
  }
  survey.Cut();
  EXPECT_EQ(survey.families(), 520);
  for (int order = 0; order < 3; ++order) {
    const std::string measure = fmt::format("fgt{}_person", order);
    for (const char* region : {"16.07", "16", "0"}) {
      ExpectReference(survey.Fgt(region, order), references.at({measure, ""}), measure);
    }
  }
}

TEST(Surveys, Vietnam1997) {
  const auto folder = support::SharedData("vietnam_vlss_1997");
  if (!folder) GTEST_SKIP() << support::NoSharedData("vietnam_vlss_1997");
  const auto references = References(*folder / "reference_poverty.csv", "estimate");
  for (const char* line : {"1789.871", "1286.833"}) {
    Survey survey(8, 0, line);
    for (const Row& row : ReadTable(*folder / "vietnam_hh.csv")) {
      const int size = std::stoi(row.at("hhsize"));
      survey.Add(row.at("urban") == "yes" ? "urban" : "rural", size, 1,
                 std::exp(std::stod(row.at("lntotal"))) / size);
    }
    survey.Cut();
    EXPECT_EQ(survey.families(), 5999);
    const std::pair<std::string, std::string> domains[] = {
        {"0", "all"}, {"urban", "urban=yes"}, {"rural", "urban=no"}};
    for (const auto& [region, domain] : domains) {
      for (int order = 0; order < 3; ++order) {
        const std::string measure = fmt::format("fgt{}_z{}", order, line);
        ExpectReference(survey.Fgt(region, order), references.at({measure, domain}),
                        measure + " " + domain);
      }
    }
  }
}

TEST(Surveys, EuSilcWithSurveyWeights) {
  const auto folder = support::SharedData("eusilc");
  if (!folder) GTEST_SKIP() << support::NoSharedData("eusilc");
  std::map<std::string, std::string> codes;
  std::map<std::pair<std::string, std::string>, double> references;
  for (const Row& row : ReadTable(*folder / "reference.csv")) {
    if (row.at("source") != "convey/survey person_psu") continue;
    references[{row.at("measure"), row.at("domain")}] = std::stod(row.at("estimate"));
  }
  Survey survey(6, 6, "10000");
  std::string last;
  for (const Row& row : ReadTable(*folder / "eusilc.csv")) {
    if (row.at("db030") == last) continue;  // one row per person: the first of each household
    last = row.at("db030");
    std::string& code = codes[row.at("db040")];
    if (code.empty()) code = fmt::format("AT{}", codes.size());
    survey.Add(code, std::stoi(row.at("hsize")), std::stod(row.at("db090")),
               std::stod(row.at("eqIncome")));
  }
  survey.Cut();
  EXPECT_EQ(survey.families(), 6000);
  ASSERT_EQ(codes.size(), 9U);
  codes["Austria"] = "0";
  for (const auto& [domain, code] : codes) {
    for (int order = 0; order < 3; ++order) {
      const std::string measure = fmt::format("fgt{}_abs10000", order);
      ExpectReference(survey.Fgt(code, order), references.at({measure, domain}),
                      measure + " " + domain);
    }
  }
}

}  // namespace
}  // namespace sepakat::targeting
