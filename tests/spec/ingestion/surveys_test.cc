// Real surveys through the front door: what is recorded adds up to their published references.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "tests/spec/ingestion/world.h"
#include "tests/support/paths.h"

namespace sepakat::ingestion {
namespace {

struct Survey {
  const char* folder;
  const char* file;
  const char* codebook;
  int64_t families;
  int64_t persons;
  // Sum of weights over persons, and mean of welfare over persons, in the survey's unit.
  double weighted_persons;
  double mean_welfare;
  // A poverty line and the share of persons below it.
  double line;
  double headcount;
  // The squared gap of the same line.
  double severity;
};

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

class SurveysThroughTheFrontDoor : public testing::TestWithParam<Survey> {};

TEST_P(SurveysThroughTheFrontDoor, AgreeWithTheirReferences) {
  const Survey& survey = GetParam();
  const auto data = support::SharedData(survey.folder);
  if (!data) GTEST_SKIP() << support::NoSharedData(survey.folder);
  World world;
  world.RegisterShipped(survey.codebook);
  const auto answer = world.Ingest(ReadAll(*data / survey.file), survey.codebook, 65'536);
  ASSERT_TRUE(answer.ok()) << answer.status();
  const auto& progress = answer->progress();
  EXPECT_EQ(progress.received(), survey.families);
  EXPECT_EQ(progress.rejected(), 0);
  EXPECT_EQ(progress.flagged(), 0) << answer->ShortDebugString().substr(0, 500);
  EXPECT_TRUE(progress.complete());

  v1::ListPopulationsResponse populations =
      world.Call<v1::ListPopulationsResponse>("ListPopulations", v1::ListPopulationsRequest())
          .value();
  ASSERT_EQ(populations.populations_size(), 1);
  const double welfare_unit = std::pow(10.0, populations.populations(0).welfare_decimals());
  const double weight_unit = std::pow(10.0, populations.populations(0).weight_decimals());
  int64_t families = 0;
  int64_t persons = 0;
  long double weights = 0;
  long double welfare = 0;
  long double poor = 0;
  long double squared_gaps = 0;
  for (const auto& [key, event] : world.Newest()) {
    const auto& snapshot = event.recorded().snapshot();
    ++families;
    persons += snapshot.size();
    ASSERT_TRUE(snapshot.has_welfare());
    const long double weight =
        static_cast<long double>(snapshot.family_weight()) * snapshot.size() / weight_unit;
    const long double y = static_cast<long double>(snapshot.welfare()) / welfare_unit;
    weights += weight;
    welfare += weight * y;
    if (y < survey.line) {
      poor += weight;
      squared_gaps += weight * (1 - y / survey.line) * (1 - y / survey.line);
    }
  }
  EXPECT_EQ(families, survey.families);
  EXPECT_EQ(persons, survey.persons);
  const auto near = [](long double ours, double reference) {
    return std::abs(static_cast<double>(ours) / reference - 1) < 1e-9;
  };
  EXPECT_TRUE(near(weights, survey.weighted_persons)) << static_cast<double>(weights);
  EXPECT_TRUE(near(welfare / weights, survey.mean_welfare))
      << static_cast<double>(welfare / weights);
  EXPECT_TRUE(near(poor / weights, survey.headcount)) << static_cast<double>(poor / weights);
  EXPECT_TRUE(near(squared_gaps / weights, survey.severity))
      << static_cast<double>(squared_gaps / weights);
}

INSTANTIATE_TEST_SUITE_P(
    Sets, SurveysThroughTheFrontDoor,
    testing::Values(Survey{"eusilc", "eusilc.csv", "eusilc", 6000, 14827, 8182222, 19890.8069313,
                           10000, 0.114440129199, 0.0161893529593},
                    Survey{"susenas_konsumsi_1607", "rumah_tangga.csv", "susenas_konsumsi_1607",
                           520, 1894, 1894, 1354554.31678986, 539283, 0.0475184794086589,
                           0.0015542350552173},
                    Survey{"vietnam_vlss_1997", "vietnam_hh.csv", "vietnam_vlss_1997", 5999, 28509,
                           28509, 3072.0394066294, 1789.871, 0.315759935458978,
                           0.0296836118688117}),
    [](const testing::TestParamInfo<Survey>& one) { return std::string(one.param.codebook); });

}  // namespace
}  // namespace sepakat::ingestion
