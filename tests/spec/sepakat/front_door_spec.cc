// A clerk's first day at the command line, against all five services in one process: regions, reference
// data, a survey with mistakes, a report, the quarantine, local data series and boundaries.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "common/embedded/memory_log.h"
#include "common/embedded/in_process_views.h"
#include "common/runtime/topics.h"
#include "gmock/gmock.h"
#include "sepakat/cli/commands.h"
#include "sepakat/cli/files.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "tests/support/chain/chain.h"
#include "tests/support/paths.h"

namespace sepakat {
namespace {

using testing::HasSubstr;

// Calls the services and lets them work afterwards.
class WorkingChannel : public platform::RpcChannel {
 public:
  explicit WorkingChannel(support::Chain* chain) : chain_(chain) {}

  absl::Status Unary(std::string_view method, const google::protobuf::Message& request,
                     google::protobuf::Message* response,
                     const platform::CallOptions& options) override {
    const absl::Status status = chain_->channel()->Unary(method, request, response, options);
    Work();
    return status;
  }

  absl::Status ClientStream(std::string_view method, google::protobuf::Message* message,
                            const platform::RpcSend& send, google::protobuf::Message* response,
                            const platform::CallOptions& options) override {
    const absl::Status status =
        chain_->channel()->ClientStream(method, message, send, response, options);
    Work();
    return status;
  }

 private:
  void Work() {
    int rounds = 0;
    chain_->Until([&rounds] { return ++rounds > 20; });
  }
  support::Chain* chain_;
};

class FrontDoor : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(log_.EnsureTopics(runtime::topics::All(4)).ok());
    chain_ = std::make_unique<support::Chain>(&log_, &views_);
    ASSERT_TRUE(chain_->Start().ok());
    folder_ = testing::TempDir() + "sepakat_front_door_" +
              testing::UnitTest::GetInstance()->current_test_info()->name() + "/";
    std::filesystem::create_directories(folder_);
  }

  int Run(std::vector<std::string> arguments) {
    out_.str("");
    err_.str("");
    cli::Environment environment{
        .out = out_,
        .err = err_,
        .variable = [](const char*) { return std::string(); },
        .now_ms = [this] { return chain_->clock().NowMs(); },
        .connect = [this](const std::string&)
            -> absl::StatusOr<std::unique_ptr<platform::RpcChannel>> {
          return std::make_unique<WorkingChannel>(chain_.get());
        }};
    static constexpr cli::AddCommand kAll[] = {
        cli::AddIngest,  cli::AddReport, cli::AddCodebook,   cli::AddQuarantine,
        cli::AddReference, cli::AddRegions, cli::AddSeries,  cli::AddBoundaries,
        cli::AddGenerate};
    return cli::RunCommandLine(kAll, std::move(arguments), environment);
  }

  void LoadRegionsAndReference() {
    ASSERT_EQ(Run({"regions", "load", SEPAKAT_REGIONS_CSV}), cli::kExitOk) << err_.str();
    ASSERT_EQ(Run({"reference", "apply", "--reason", "first set"}), cli::kExitOk) << err_.str();
  }

  embedded::MemoryLog log_;
  embedded::InProcessViews views_;
  std::unique_ptr<support::Chain> chain_;
  std::string folder_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST_F(FrontDoor, ASurveyWithMistakesBecomesTheFiguresThatItsReportPromises) {
  LoadRegionsAndReference();
  const std::string survey = folder_ + "register.csv";
  ASSERT_EQ(Run({"generate", "--out", survey, "--regions", SEPAKAT_REGIONS_CSV, "--families",
                 "2000", "--dirty", "300"}),
            cli::kExitOk)
      << err_.str();
  const auto promised =
      nlohmann::json::parse(*cli::ReadFile(survey + ".report.json"))["expected"];

  EXPECT_EQ(Run({"ingest", survey, "--codebook", "regsosek_2022", "--format", "json"}),
            cli::kExitSomeRejected)
      << err_.str();
  const auto told = nlohmann::json::parse(out_.str());
  for (const char* count : {"received", "accepted", "flagged", "rejected", "repeated"}) {
    EXPECT_EQ(told[count], promised[count]) << count;
  }

  ASSERT_EQ(Run({"report", "--region", "33.26", "--format", "json"}), cli::kExitOk) << err_.str();
  const auto report = nlohmann::json::parse(out_.str());
  const auto figure = [&report](const std::string& measure) {
    for (const auto& one : report["figures"]) {
      if (one["measure"] == measure) return one;
    }
    return nlohmann::json();
  };
  // The exact quotient, whatever its terms are scaled by.
  const auto p0 = figure("p0");
  EXPECT_EQ(std::stoll(p0["numerator"].get<std::string>()) *
                promised["counted_persons"].get<int64_t>(),
            std::stoll(p0["denominator"].get<std::string>()) *
                promised["poor_persons"].get<int64_t>());

  EXPECT_EQ(Run({"quarantine", "list", "--limit", "5"}), cli::kExitOk) << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("of " + promised["rejected"].dump() + " records"));
}

TEST_F(FrontDoor, AFileGivenTwiceChangesNothing) {
  LoadRegionsAndReference();
  const std::string survey = folder_ + "register.csv.gz";
  ASSERT_EQ(Run({"generate", "--out", survey, "--regions", SEPAKAT_REGIONS_CSV, "--families",
                 "300", "--dirty", "0", "--gzip"}),
            cli::kExitOk);
  EXPECT_EQ(Run({"ingest", survey, "--codebook", "regsosek_2022", "--format", "json"}),
            cli::kExitOk)
      << err_.str();
  EXPECT_EQ(nlohmann::json::parse(out_.str())["accepted"], 300);
  EXPECT_EQ(Run({"report", "--region", "33.26", "--format", "csv"}), cli::kExitOk);
  const std::string before = out_.str();
  EXPECT_EQ(Run({"ingest", survey, "--codebook", "regsosek_2022", "--format", "json"}),
            cli::kExitOk);
  EXPECT_EQ(nlohmann::json::parse(out_.str())["repeated"], 300);
  EXPECT_EQ(Run({"report", "--region", "33.26", "--format", "csv"}), cli::kExitOk);
  EXPECT_EQ(out_.str(), before);
}

TEST_F(FrontDoor, VillageScoresLoadWithStewardSourceAndFreshness) {
  const auto folder = support::SharedData("idm_2024");
  if (!folder) GTEST_SKIP() << support::NoSharedData("idm_2024");
  const std::string data = folder->string();
  LoadRegionsAndReference();
  // 795 codes of 2024 are not in the edition of 2025: told one by one, the others load.
  EXPECT_EQ(Run({"series", "load", "series_idm_2024", "--data", data, "--only", "idm"}),
            cli::kExitSomeRejected);
  ingestion::v1::ListSeriesRequest request;
  request.set_region("33.26.15.2014");
  request.set_series_id("idm");
  const auto answer =
      chain_->Call<ingestion::v1::ListSeriesResponse>("ingestion", "ListSeries", request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->series_size(), 1);
  const auto& series = answer->series(0);
  EXPECT_THAT(series.steward(), HasSubstr("Kementerian Desa"));
  EXPECT_NE(series.source(), "");
  EXPECT_EQ(series.fresh_days(), 730);
  ASSERT_EQ(series.points_size(), 1);
  EXPECT_EQ(series.points(0).period(), "2024");
  EXPECT_EQ(series.points(0).value().substr(0, 2), "0.");
}

TEST_F(FrontDoor, PovertySeriesOfTheStatisticsOfficeLoadForRegenciesAndProvinces) {
  const auto folder = support::SharedData("bps_kemiskinan");
  if (!folder) GTEST_SKIP() << support::NoSharedData("bps_kemiskinan");
  const std::string data = folder->string();
  LoadRegionsAndReference();
  const int code = Run({"series", "load", "series_bps_kemiskinan", "--data", data, "--only",
                        "bps.p0"});
  EXPECT_EQ(code, cli::kExitOk) << err_.str();
  ingestion::v1::ListSeriesRequest request;
  request.set_region("33.26");
  request.set_series_id("bps.p0");
  const auto answer =
      chain_->Call<ingestion::v1::ListSeriesResponse>("ingestion", "ListSeries", request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->series_size(), 1);
  std::string values;
  for (const auto& point : answer->series(0).points()) {
    values += point.period() + "=" + point.value() + " ";
  }
  EXPECT_EQ(values, "2020=10.19 2021=10.57 2022=9.67 2023=9.67 2024=8.95 2025=8.05 ");
}

TEST_F(FrontDoor, BoundariesOfTheVillagesLoad) {
  const auto folder = support::SharedData("batas_wilayah");
  if (!folder) GTEST_SKIP() << support::NoSharedData("batas_wilayah");
  const std::string data = folder->string();
  LoadRegionsAndReference();
  EXPECT_EQ(Run({"boundaries", "load", data + "/desa_33.26.geojson", data + "/kecamatan_33.26.geojson",
                 "--source", "BIG"}),
            cli::kExitOk)
      << err_.str();
  EXPECT_THAT(out_.str(), HasSubstr("desa_33.26.geojson: 285 boundaries"));
  EXPECT_THAT(out_.str(), HasSubstr("kecamatan_33.26.geojson: 19 boundaries"));
}

}  // namespace
}  // namespace sepakat
