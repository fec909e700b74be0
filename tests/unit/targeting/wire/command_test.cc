// Parameter commands: refused before they take effect, and once per request id.
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using support::FaultyLog;
using support::TargetingRig;
namespace topics = runtime::topics;

v1::SetPovertyLinesRequest Lines(const std::string& request_id,
                                 const std::vector<std::string>& values) {
  v1::SetPovertyLinesRequest request;
  request.mutable_context()->set_request_id(request_id);
  int32_t day = 20'000;
  for (const std::string& value : values) {
    auto& line = *request.add_lines();
    line.set_region("33.26");
    line.set_valid_from(day++);
    line.set_value(value);
    line.set_version("2025");
  }
  return request;
}

absl::StatusOr<v1::SetPovertyLinesResponse> Set(TargetingRig* rig,
                                                const v1::SetPovertyLinesRequest& request) {
  return rig->Call<v1::SetPovertyLinesResponse>("SetPovertyLines", request);
}

TEST(Commands, AContradictoryRequestChangesNothing) {
  TargetingRig rig;
  v1::SetPovertyLinesRequest twice = Lines("a", {"500000", "600000"});
  twice.mutable_lines(1)->set_valid_from(twice.lines(0).valid_from());
  v1::SetPovertyLinesRequest unversioned = Lines("b", {"500000"});
  unversioned.mutable_lines(0)->clear_version();
  const struct {
    v1::SetPovertyLinesRequest request;
    std::string_view reason;
  } cases[] = {{twice, "LINES_CONTRADICT"},
               {unversioned, "VERSION_MISSING"},
               {Lines("c", {"500000", "-1"}), "LINE_NOT_POSITIVE"},
               {Lines("d", {"banyak"}), "NOT_A_NUMBER"},
               {Lines("", {"500000"}), "REQUEST_ID_MISSING"}};
  for (const auto& c : cases) {
    EXPECT_EQ(base::ReasonOf(Set(&rig, c.request).status()), c.reason);
  }
  EXPECT_TRUE(rig.Records(topics::kPovertyLine).empty());
}

TEST(Commands, TheSameRequestActsOnce) {
  TargetingRig rig;
  const auto request = Lines("same", {"500000", "600000"});
  ASSERT_TRUE(Set(&rig, request).ok());
  const auto repeated = Set(&rig, request);
  ASSERT_TRUE(repeated.ok());
  EXPECT_EQ(repeated->lines(), 2);
  rig.Settle();
  rig.Restart();
  rig.Settle();
  ASSERT_TRUE(Set(&rig, request).ok());
  EXPECT_EQ(rig.Records(topics::kPovertyLine).size(), 2U);
}

TEST(Commands, AnUncertainAppendMayBeTriedAgain) {
  TargetingRig rig;
  rig.log.fault = [](int64_t append) {
    return append == 0 ? FaultyLog::Fault::kDurable : FaultyLog::Fault::kNone;
  };
  const auto request = Lines("uncertain", {"500000"});
  EXPECT_FALSE(Set(&rig, request).ok());
  ASSERT_TRUE(Set(&rig, request).ok());
  rig.Record({.id = 1, .welfare = 400'000});
  rig.Settle();
  EXPECT_EQ(rig.Value("33.26", "p0"), "1.000000");
}

TEST(Commands, ANewLineReachesEveryRecordedFamily) {
  TargetingRig rig;
  rig.SetLine("33.26", "300000");
  rig.Record({.id = 1, .size = 3, .welfare = 400'000});
  rig.Settle();
  EXPECT_EQ(rig.Value("0", "p0"), "0.000000");
  rig.SetLine("33.26", "800000");
  rig.Settle();
  EXPECT_EQ(rig.Value("0", "p0"), "1.000000");
  EXPECT_EQ(rig.Value("33.26", "p1"), "0.500000");
}

TEST(Commands, SettingsDecideWhetherDecilesHoldFamiliesOrPersons) {
  TargetingRig rig;
  const int sizes[] = {4, 1, 3, 1, 1};
  for (int id = 1; id <= 5; ++id) {
    rig.Record({.id = id, .size = sizes[id - 1], .welfare = 100'000 * id});
  }
  rig.Settle();
  EXPECT_EQ(rig.Value("0", "decile_families.3"), "1");
  v1::SetRankingSettingsRequest request;
  request.mutable_context()->set_request_id("settings");
  request.mutable_settings()->set_decile_by("people");
  request.mutable_settings()->set_version("2");
  const auto set = [&] {
    return rig.Call<v1::SetRankingSettingsResponse>("SetRankingSettings", request).status();
  };
  EXPECT_EQ(base::ReasonOf(set()), "DECILE_BY_UNKNOWN");
  request.mutable_settings()->set_decile_by("persons");
  ASSERT_TRUE(set().ok());
  rig.Settle();
  EXPECT_EQ(rig.Value("0", "decile_families.3"), "0");
  EXPECT_EQ(rig.Value("0", "decile_families.6"), "1");
}

TEST(Commands, AModelWithAnUnknownVariableIsRefused) {
  TargetingRig rig;
  v1::SetModelRequest request;
  request.mutable_context()->set_request_id("model");
  request.mutable_model()->set_id("pmt");
  request.mutable_model()->set_version("1");
  request.mutable_model()->add_terms()->set_variable("colour_of_house");
  EXPECT_EQ(base::ReasonOf(rig.Call<v1::SetModelResponse>("SetModel", request).status()),
            "UNKNOWN_VARIABLE");
}

TEST(Commands, AModelRanksOnlyAfterItWasRecorded) {
  TargetingRig rig;
  v1::SetRankingSettingsRequest settings;
  settings.mutable_context()->set_request_id("rank-1");
  settings.mutable_settings()->set_decile_by("families");
  settings.mutable_settings()->set_model_id("pmt");
  settings.mutable_settings()->set_version("1");
  const auto set = [&] {
    return rig.Call<v1::SetRankingSettingsResponse>("SetRankingSettings", settings).status();
  };
  EXPECT_EQ(base::ReasonOf(set()), "MODEL_UNKNOWN");
  v1::SetModelRequest model;
  model.mutable_context()->set_request_id("model-1");
  model.mutable_model()->set_id("pmt");
  model.mutable_model()->set_version("1");
  ASSERT_TRUE(rig.Call<v1::SetModelResponse>("SetModel", model).ok());
  EXPECT_TRUE(set().ok());  // at once, before any publication
}

TEST(Commands, ALineIsJudgedInTheUnitOfItsPopulation) {
  TargetingRig rig;
  reference::events::v1::PopulationRecorded population;
  population.set_id("eusilc");
  population.set_welfare_decimals(2);
  population.set_weight_decimals(6);
  v1::SetPovertyLinesRequest request = Lines("cents", {"0.40"});
  request.mutable_lines(0)->set_population("eusilc");
  EXPECT_EQ(base::ReasonOf(Set(&rig, request).status()), "LINE_NOT_POSITIVE");
  rig.Say(topics::kPopulation, 0, "eusilc", population);
  rig.Settle();
  EXPECT_TRUE(Set(&rig, request).ok());
}

TEST(Commands, ListParametersShowsWhatHolds) {
  TargetingRig rig;
  rig.SetLine("33.26", "538371");
  rig.Settle();
  const auto listed =
      rig.Call<v1::ListParametersResponse>("ListParameters", v1::ListParametersRequest());
  ASSERT_TRUE(listed.ok());
  ASSERT_EQ(listed->lines_size(), 1);
  EXPECT_EQ(listed->lines(0).value(), "538371");
  EXPECT_EQ(listed->settings().decile_by(), "families");
  EXPECT_EQ(listed->settings().model_id(), "welfare");
  EXPECT_EQ(listed->rule_sets(0).version(), "bps-2019");
}

v1::SetMpiRequest Measure(const std::string& request_id, uint32_t denominator) {
  v1::SetMpiRequest request;
  request.mutable_context()->set_request_id(request_id);
  auto& mpi = *request.mutable_mpi();
  mpi.set_id("rumah");
  mpi.set_version("2026");
  mpi.set_denominator(denominator);
  mpi.set_cutoff_numerator(1);
  mpi.set_cutoff_denominator(2);
  for (const char* name : {"solid_cooking_fuel", "no_electricity"}) {
    auto& indicator = *mpi.add_indicators();
    indicator.set_deprivation(name);
    indicator.set_dimension("house");
    indicator.set_weight(1);
  }
  return request;
}

TEST(Commands, AnotherMultidimensionalMeasureCountsEverybodyAnewAndSurvivesARestart) {
  TargetingRig rig;
  using common::v1::VARIABLE_COOKING_FUEL;
  using common::v1::VARIABLE_LIGHTING;
  rig.Record(
      {.id = 1, .size = 3, .answers = {{VARIABLE_COOKING_FUEL, 10}, {VARIABLE_LIGHTING, 1}}});
  rig.Record({.id = 2, .size = 1, .answers = {{VARIABLE_COOKING_FUEL, 4}, {VARIABLE_LIGHTING, 1}}});
  rig.Record({.id = 3, .size = 4, .answers = {{VARIABLE_COOKING_FUEL, 4}}});
  rig.Settle();
  EXPECT_EQ(rig.Value("33.26", "mpi.h"), "") << "nobody has answered all of the default measure";
  EXPECT_EQ(rig.Figure("33.26", "mpi.h").unknown_families(), 3);
  EXPECT_EQ(base::ReasonOf(rig.Call<v1::SetMpiResponse>("SetMpi", Measure("bad", 3)).status()),
            "WEIGHTS_CONTRADICT");
  ASSERT_TRUE(rig.Call<v1::SetMpiResponse>("SetMpi", Measure("good", 2)).ok());
  rig.Settle();
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(rig.Figure("33.26", "mpi.h").numerator(), "3");
    EXPECT_EQ(rig.Figure("33.26", "mpi.h").denominator(), "4");
    EXPECT_EQ(rig.Figure("33.26", "mpi.h").unknown_families(), 1);
    EXPECT_EQ(rig.Value("33.26", "mpi.m0"), "0.375000");
    const auto parameters =
        rig.Call<v1::ListParametersResponse>("ListParameters", v1::ListParametersRequest());
    EXPECT_EQ(parameters->mpi().id(), "rumah");
    rig.Restart();
  }
}

}  // namespace
}  // namespace sepakat::targeting
