// A clerk's first day at the command line, against all five services in one process: regions,
// reference data, a survey with mistakes, a report, the quarantine, local data series and
// boundaries.

#include <nlohmann/json.hpp>

#include "gmock/gmock.h"
#include "sepakat/cli/command.h"
#include "sepakat/cli/files.h"
#include "tests/spec/sepakat/clerk.h"
#include "tests/support/paths.h"

namespace sepakat {
namespace {

using testing::HasSubstr;

class FrontDoor : public Clerk {};

TEST_F(FrontDoor, ASurveyWithMistakesBecomesTheFiguresThatItsReportPromises) {
  LoadRegionsAndReference();
  const std::string survey = folder() + "register.csv";
  ASSERT_EQ(Run({"generate", "--out", survey, "--regions", SEPAKAT_REGIONS_CSV, "--families",
                 "2000", "--dirty", "300"}),
            cli::kExitOk)
      << err();
  const auto promised = nlohmann::json::parse(*cli::ReadFile(survey + ".report.json"))["expected"];

  EXPECT_EQ(Run({"ingest", survey, "--codebook", "regsosek_2022", "--format", "json"}),
            cli::kExitSomeRejected)
      << err();
  const auto told = nlohmann::json::parse(out());
  for (const char* count : {"received", "accepted", "flagged", "rejected", "repeated"}) {
    EXPECT_EQ(told[count], promised[count]) << count;
  }

  ASSERT_EQ(Run({"report", "--region", "33.26", "--format", "json"}), cli::kExitOk) << err();
  const auto report = nlohmann::json::parse(out());
  const auto figure = [&report](const std::string& measure) {
    for (const auto& one : report["figures"]) {
      if (one["measure"] == measure) return one;
    }
    return nlohmann::json();
  };
  // The exact quotient, whatever its terms are scaled by.
  const auto p0 = figure("p0");
  EXPECT_EQ(
      std::stoll(p0["numerator"].get<std::string>()) * promised["counted_persons"].get<int64_t>(),
      std::stoll(p0["denominator"].get<std::string>()) * promised["poor_persons"].get<int64_t>());

  EXPECT_EQ(Run({"quarantine", "list", "--limit", "5"}), cli::kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("of " + promised["rejected"].dump() + " records"));
}

TEST_F(FrontDoor, AFileGivenTwiceChangesNothing) {
  LoadRegionsAndReference();
  const std::string survey = folder() + "register.csv.gz";
  ASSERT_EQ(Run({"generate", "--out", survey, "--regions", SEPAKAT_REGIONS_CSV, "--families", "300",
                 "--dirty", "0", "--gzip"}),
            cli::kExitOk);
  EXPECT_EQ(Run({"ingest", survey, "--codebook", "regsosek_2022", "--format", "json"}),
            cli::kExitOk)
      << err();
  EXPECT_EQ(nlohmann::json::parse(out())["accepted"], 300);
  EXPECT_EQ(Run({"report", "--region", "33.26", "--format", "csv"}), cli::kExitOk);
  const std::string before = out();
  EXPECT_EQ(Run({"ingest", survey, "--codebook", "regsosek_2022", "--format", "json"}),
            cli::kExitOk);
  EXPECT_EQ(nlohmann::json::parse(out())["repeated"], 300);
  EXPECT_EQ(Run({"report", "--region", "33.26", "--format", "csv"}), cli::kExitOk);
  EXPECT_EQ(out(), before);
}

TEST_F(FrontDoor, BoundariesOfTheVillagesLoad) {
  const auto folder = support::SharedData("batas_wilayah");
  if (!folder) GTEST_SKIP() << support::NoSharedData("batas_wilayah");
  const std::string data = folder->string();
  LoadRegionsAndReference();
  EXPECT_EQ(Run({"boundaries", "load", data + "/desa_33.26.geojson",
                 data + "/kecamatan_33.26.geojson", "--source", "BIG"}),
            cli::kExitOk)
      << err();
  EXPECT_THAT(out(), HasSubstr("desa_33.26.geojson: 285 boundaries"));
  EXPECT_THAT(out(), HasSubstr("kecamatan_33.26.geojson: 19 boundaries"));
}

}  // namespace
}  // namespace sepakat
