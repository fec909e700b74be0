// The multidimensional measure of the engine: by hand, against the formulas, against a survey.
#include "targeting/domain/mpi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "common/base/status.h"
#include "common/measures/alkire_foster.h"
#include "targeting/domain/engine.h"
#include "targeting/domain/publication.h"
#include "tests/support/paths.h"
#include "tests/support/targeting/random_register.h"
#include "tests/support/targeting/shipped_rules.h"

namespace sepakat::targeting {
namespace {

using measures::Ratio;

uint16_t Bit(std::string_view deprivation) {
  for (int i = 0; i < measures::kDeprivations; ++i) {
    if (measures::kDeprivationNames[i] == deprivation) return static_cast<uint16_t>(1 << i);
  }
  ADD_FAILURE() << deprivation;
  return 0;
}

FamilyRecord Answered(uint8_t size, int64_t weight, const std::vector<std::string>& deprived,
                      uint16_t unknown = 0) {
  FamilyRecord record;
  record.size = size;
  record.family_weight = weight;
  record.masks.known = static_cast<uint16_t>(0x3fff & ~unknown);
  for (const std::string& name : deprived) record.masks.deprived |= Bit(name);
  return record;
}

Ratio Read(const RegionSums& sums, const MpiCounter& counter, const std::string& measure) {
  for (const FigureValue& figure :
       ReadFigures(sums, {}, {}, counter, Population{"register", 0, 3})) {
    if (figure.measure->id == measure) return figure.ratio;
  }
  ADD_FAILURE() << measure;
  return {};
}

double Quotient(Ratio ratio) {
  return static_cast<double>(ratio.numerator) / static_cast<double>(ratio.denominator);
}

bool Equal(Ratio a, int64_t numerator, int64_t denominator) {
  return a.numerator * denominator == a.denominator * numerator && a.denominator != 0;
}

TEST(Mpi, FourFamiliesByHandWhereTheFirstStandsExactlyOnTheCutOff) {
  const MpiCounter counter(DefaultMpi("register"));
  RegionSums sums;
  for (const FamilyRecord& record :
       {Answered(4, 1000,
                 {"low_schooling", "inadequate_sanitation", "solid_cooking_fuel", "unfit_house"}),
        Answered(5, 1000, {"malnourished_child", "out_of_school", "inadequate_sanitation"}),
        Answered(3, 1000, {"solid_cooking_fuel"}),
        Answered(6, 1000,
                 {"inadequate_sanitation", "inadequate_water", "solid_cooking_fuel", "unfit_house",
                  "few_assets"})}) {
    sums.Add(record, {}, counter, 1);
  }
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.h"), 9, 18));
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.a"), 59, 162));
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.m0"), 59, 324));
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.censored.inadequate_sanitation"), 9, 18));
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.censored.solid_cooking_fuel"), 4, 18));
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.contribution.inadequate_sanitation"), 9, 59));
  EXPECT_TRUE(Equal(Read(sums, counter, "mpi.contribution.malnourished_child"), 15, 59));
  EXPECT_EQ(Read(sums, counter, "mpi.censored.disability"), Ratio{}) << "no indicator of it";
}

TEST(Mpi, AFamilyWithAnUnknownAnswerFollowsTheStatedRule) {
  MpiParameter parameter = DefaultMpi("register");
  const FamilyRecord known = Answered(2, 1000, {"malnourished_child", "uninsured"});
  const FamilyRecord unclear =
      Answered(2, 1000, {"malnourished_child", "uninsured"}, Bit("few_assets"));
  const struct {
    bool not_deprived;
    int64_t families;
    int64_t poor;
  } cases[] = {{false, 1, 2000}, {true, 2, 4000}};
  for (const auto& [not_deprived, families, poor] : cases) {
    parameter.unknown_is_not_deprived = not_deprived;
    const MpiCounter counter(parameter);
    RegionSums sums;
    sums.Add(known, {}, counter, 1);
    sums.Add(unclear, {}, counter, 1);
    EXPECT_EQ(sums.mpi_families, families);
    EXPECT_EQ(sums.mpi.poor_persons, poor);
  }
}

TEST(Mpi, AMeasureThatContradictsItselfIsRefused) {
  const auto changed = [](auto change) {
    MpiParameter mpi = DefaultMpi("register");
    change(mpi);
    return base::ReasonOf(Check(mpi));
  };
  EXPECT_TRUE(Check(DefaultMpi("register")).ok());
  EXPECT_EQ(changed([](MpiParameter& m) { m.indicators.clear(); }), "MPI_WITHOUT_INDICATORS");
  EXPECT_EQ(changed([](MpiParameter& m) { m.indicators[0].deprivation = "shoes"; }),
            "INDICATOR_UNKNOWN");
  EXPECT_EQ(changed([](MpiParameter& m) { m.indicators[1] = m.indicators[0]; }),
            "INDICATOR_REPEATED");
  EXPECT_EQ(changed([](MpiParameter& m) { m.indicators[0].weight = 0; }), "WEIGHT_NOT_POSITIVE");
  EXPECT_EQ(changed([](MpiParameter& m) { m.denominator = 17; }), "WEIGHTS_CONTRADICT");
  EXPECT_EQ(changed([](MpiParameter& m) { m.cutoff_numerator = 4; }), "CUTOFF_OUT_OF_RANGE");
  EXPECT_EQ(changed([](MpiParameter& m) { m.cutoff_denominator = 0; }), "CUTOFF_OUT_OF_RANGE");
  EXPECT_EQ(changed([](MpiParameter& m) { m.version.clear(); }), "VERSION_MISSING");
}

measures::MpiSpecification SpecificationOf(const MpiParameter& mpi) {
  measures::MpiSpecification specification;
  specification.id = mpi.id;
  std::map<std::string, bool> dimensions;
  for (const MpiIndicator& indicator : mpi.indicators) {
    if (!dimensions[indicator.dimension]) specification.dimensions.push_back({indicator.dimension});
    dimensions[indicator.dimension] = true;
    specification.indicators.push_back(
        {indicator.deprivation, indicator.dimension, indicator.weight, {}});
  }
  specification.cutoff = {mpi.cutoff_numerator, mpi.cutoff_denominator};
  if (mpi.unknown_is_not_deprived) specification.unknown = measures::UnknownRule::kNotDeprived;
  return specification;
}

TEST(Mpi, ItsFiguresAreThoseOfTheFormulasOverTheSameFamilies) {
  EXPECT_TRUE(rc::check("engine equals Alkire-Foster", [] {
    Engine engine(&support::ShippedRules());
    ParameterChange change;
    change.mpi = support::RandomMpi();
    engine.Stage(change);
    for (const FamilyUpdate& family : support::RandomFamilies(*rc::gen::inRange(1, 40))) {
      RC_ASSERT(engine.Apply(family).ok());
    }
    engine.Cut(true);
    const PopulationState& state = *engine.Find("register");
    const measures::MpiSpecification specification = SpecificationOf(*change.mpi);
    std::vector<measures::Deprivations> units;
    std::vector<double> weights;
    for (uint32_t slot = 0; slot < state.records().size(); ++slot) {
      const FamilyRecord& record = state.records().at(slot);
      measures::Deprivations& unit = units.emplace_back();
      for (size_t i = 0; i < specification.indicators.size(); ++i) {
        const uint16_t bit = Bit(specification.indicators[i].id);
        unit.Set(i, (record.masks.known & bit) == 0      ? measures::Answer::kUnknown
                    : (record.masks.deprived & bit) != 0 ? measures::Answer::kYes
                                                         : measures::Answer::kNo);
      }
      weights.push_back(static_cast<double>(record.person_weight()));
    }
    const auto expected = measures::Mpi(specification, {units, weights});
    const RegionSums& sums = state.tree().at(RegionTree::kNation).total;
    const auto close = [&](const std::string& measure, std::optional<double> value) {
      const Ratio ratio = Read(sums, state.mpi(), measure);
      if (!value) return ratio.denominator == 0;
      return ratio.denominator != 0 && std::abs(Quotient(ratio) - *value) < 1e-12;
    };
    if (!expected.ok()) {
      RC_ASSERT(sums.mpi_families == 0);
      return;
    }
    RC_ASSERT(static_cast<size_t>(sums.mpi_families) == expected->units);
    RC_ASSERT(close("mpi.h", expected->headcount));
    RC_ASSERT(close("mpi.a", expected->intensity));
    RC_ASSERT(close("mpi.m0", expected->adjusted));
    for (size_t i = 0; i < specification.indicators.size(); ++i) {
      const std::string& id = specification.indicators[i].id;
      RC_ASSERT(close("mpi.censored." + id, expected->indicators[i].censored));
      RC_ASSERT(close("mpi.contribution." + id, expected->indicators[i].contribution));
    }
  }));
}

// Cells of one line without quotes in it.
std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) {
    std::erase(cell, '"');
    std::erase(cell, '\r');
    cells.push_back(cell);
  }
  return cells;
}

TEST(Mpi, TenIndicatorsOfASurveyGiveItsPublishedFigures) {
  const auto folder = support::SharedData("mpi_syn_cdta");
  if (!folder) GTEST_SKIP() << support::NoSharedData("mpi_syn_cdta");
  // The survey's columns, each in the place of a deprivation of the engine with its weight.
  const std::pair<const char*, const char*> columns[] = {
      {"d_nutr", "malnourished_child"}, {"d_cm", "uninsured"},
      {"d_satt", "out_of_school"},      {"d_educ", "low_schooling"},
      {"d_elct", "no_electricity"},     {"d_sani", "inadequate_sanitation"},
      {"d_wtr", "inadequate_water"},    {"d_hsg", "unfit_house"},
      {"d_ckfl", "solid_cooking_fuel"}, {"d_asst", "few_assets"}};
  const MpiCounter counter(DefaultMpi("survey"));
  std::map<std::string, RegionSums> by_year;
  std::ifstream in(*folder / "syn_cdta.csv");
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> names = Cells(line);
  const auto column = [&](const std::string& name) {
    return static_cast<size_t>(std::ranges::find(names, name) - names.begin());
  };
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = Cells(line);
    ASSERT_EQ(cells.size(), names.size());
    FamilyRecord record;
    record.size = 1;
    record.family_weight = std::llround(std::stod(cells[column("weight")]) * 1e6);
    record.masks.known = 0x3fff;
    for (const auto& [name, deprivation] : columns) {
      const std::string& answer = cells[column(name)];
      if (answer == "1") record.masks.deprived |= Bit(deprivation);
      if (answer != "0" && answer != "1") {
        record.masks.known = static_cast<uint16_t>(record.masks.known & ~Bit(deprivation));
      }
    }
    by_year[cells[column("t")]].Add(record, {}, counter, 1);
  }
  const struct {
    const char* year;
    int64_t families;
    double h;
    double a;
    double m0;
  } published[] = {{"1", 7434, 0.335217, 0.424848, 0.142416},
                   {"2", 7469, 0.230821, 0.407031, 0.093951}};
  for (const auto& [year, families, h, a, m0] : published) {
    const RegionSums& sums = by_year[year];
    EXPECT_EQ(sums.mpi_families, families);
    EXPECT_NEAR(Quotient(Read(sums, counter, "mpi.h")), h, 1e-6);
    EXPECT_NEAR(Quotient(Read(sums, counter, "mpi.a")), a, 1e-6);
    EXPECT_NEAR(Quotient(Read(sums, counter, "mpi.m0")), m0, 1e-6);
  }
}

}  // namespace
}  // namespace sepakat::targeting
