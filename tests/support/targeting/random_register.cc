#include "tests/support/targeting/random_register.h"

#include <rapidcheck.h>

namespace sepakat::support {

using targeting::FamilyUpdate;
using targeting::Model;
using targeting::MpiParameter;
using targeting::ParameterChange;
using targeting::PovertyLine;
using targeting::Programme;
using targeting::RankingSettings;
using targeting::Variable;

namespace {

constexpr const char* kRegions[] = {"33.26.15.2014", "33.26.15.2015", "33.26.13.1019",
                                    "33.26.13",      "33.75.01.1001", "32.01.02.2003"};

struct Question {
  Variable variable;
  int32_t low;
  int32_t end;
};
constexpr Question kQuestions[] = {{Variable::kToilet, 1, 7},
                                   {Variable::kRoof, 1, 5},
                                   {Variable::kFloor, 1, 9},
                                   {Variable::kWall, 1, 5},
                                   {Variable::kWaterSource, 1, 12},
                                   {Variable::kCookingFuel, 1, 12},
                                   {Variable::kUrbanRural, 1, 3},
                                   {Variable::kHeadSex, 1, 3},
                                   {Variable::kMembersUninsured, 0, 4},
                                   {Variable::kFloorAreaM2, 1, 80}};

}  // namespace

std::vector<FamilyUpdate> RandomFamilies(int count) {
  std::vector<FamilyUpdate> families;
  for (int i = 0; i < count; ++i) {
    FamilyUpdate& update = families.emplace_back();
    update.population = "register";
    update.key = {7, static_cast<uint64_t>(i)};
    update.version = 1;
    update.region = kRegions[*rc::gen::inRange(0, 6)];
    update.observed_on = *rc::gen::inRange(19'900, 20'100);
    update.accepted_at_ms = *rc::gen::inRange(1, 1'000'000);
    update.size = *rc::gen::inRange(1, 9);
    update.family_weight = *rc::gen::element<int64_t>(1000, 1000, 777, 1);
    if (*rc::gen::inRange(0, 8) > 0) update.welfare = *rc::gen::inRange(0, 40) * 30'000;
    for (const Question& question : kQuestions) {
      if (*rc::gen::inRange(0, 5) == 0) continue;
      update.features.Set(question.variable, *rc::gen::inRange(question.low, question.end));
    }
    update.features.Set(Variable::kMembers, static_cast<int32_t>(update.size));
  }
  return families;
}

std::pair<Variable, int32_t> RandomAnswer() {
  const Question& question = kQuestions[*rc::gen::inRange<size_t>(0, std::size(kQuestions))];
  return {question.variable, *rc::gen::inRange(question.low, question.end)};
}

PovertyLine RandomLine() {
  return {"register",
          *rc::gen::element<std::string>("0", "33", "33.26", "33.26.15"),
          *rc::gen::inRange(0, 3),
          *rc::gen::element(19'000, 20'000),
          std::to_string(*rc::gen::inRange(1, 25) * 40'000 + 1),
          "test",
          std::to_string(*rc::gen::inRange(1, 4))};
}

Model RandomModel() {
  Model model;
  model.population = "register";
  model.id = *rc::gen::element<std::string>("a", "b");
  model.version = std::to_string(*rc::gen::inRange(1, 4));
  model.intercept_micro = 13'000'000;
  model.terms = {{Variable::kRoof, {1}, *rc::gen::inRange(-900'000, 900'000), "", {}},
                 {Variable::kFloor, {}, *rc::gen::inRange(-2, 3) * 120'000, "", 5},
                 {Variable::kFloorAreaM2, {}, *rc::gen::inRange(0, 3) * 1'000, "", {0}},
                 {Variable::kMembers, {}, -50'000, "", {}}};
  return model;
}

MpiParameter RandomMpi() {
  MpiParameter mpi;
  mpi.population = "register";
  mpi.id = "random";
  mpi.version = std::to_string(*rc::gen::inRange(1, 4));
  for (const char* name : {"unfit_house", "inadequate_water", "inadequate_sanitation",
                           "no_own_toilet", "solid_cooking_fuel", "uninsured"}) {
    if (*rc::gen::arbitrary<bool>()) continue;
    mpi.indicators.push_back(
        {name, *rc::gen::element<std::string>("house", "health"), *rc::gen::inRange(1, 5)});
    mpi.denominator += mpi.indicators.back().weight;
  }
  if (mpi.indicators.empty()) return targeting::DefaultMpi("register");
  mpi.cutoff_denominator = *rc::gen::inRange(1, 5);
  mpi.cutoff_numerator = *rc::gen::inRange<int64_t>(1, mpi.cutoff_denominator + 1);
  mpi.unknown_is_not_deprived = *rc::gen::arbitrary<bool>();
  return mpi;
}

RankingSettings RandomSettings() {
  return {"register", *rc::gen::arbitrary<bool>(),
          *rc::gen::element<std::string>("", "a", "welfare"),
          std::to_string(*rc::gen::inRange(1, 4)), ""};
}

Programme RandomProgramme() {
  Programme programme;
  programme.id = *rc::gen::element<std::string>("rtlh", "pbi", "air");
  programme.version = std::to_string(*rc::gen::inRange(1, 4));
  programme.population = "register";
  programme.needs = static_cast<uint16_t>(1 << *rc::gen::inRange(0, 9));
  programme.decile_max = *rc::gen::inRange(0, 8);
  programme.poor_only = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) programme.parts = {{Variable::kMembers, 2, 6}};
  return programme;
}

std::vector<ParameterChange> RandomParameters() {
  std::vector<ParameterChange> changes;
  const int lines = *rc::gen::inRange(0, 4);
  for (int i = 0; i < lines; ++i) changes.emplace_back().line = RandomLine();
  const int models = *rc::gen::inRange(0, 3);
  for (int i = 0; i < models; ++i) changes.emplace_back().model = RandomModel();
  if (*rc::gen::arbitrary<bool>()) changes.emplace_back().settings = RandomSettings();
  const int programmes = *rc::gen::inRange(0, 4);
  for (int i = 0; i < programmes; ++i) changes.emplace_back().programme = RandomProgramme();
  if (*rc::gen::arbitrary<bool>()) changes.emplace_back().mpi = RandomMpi();
  return changes;
}

}  // namespace sepakat::support
