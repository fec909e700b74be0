#include <filesystem>
#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using testing::HasSubstr;

// A folder of the running test with these files.
std::string Folder(const std::map<std::string, std::string>& files) {
  const std::string folder = TestFile("folder");
  std::filesystem::create_directories(folder);
  for (const auto& [name, text] : files) std::ofstream(folder + "/" + name) << text;
  return folder;
}

TEST(Regions, LoadsTheMasterWithItsAttribution) {
  FakeServer server;
  v1::LoadRegionsRequest asked;
  server.On<v1::LoadRegionsRequest, v1::LoadRegionsResponse>(
      "LoadRegions",
      [&asked](const v1::LoadRegionsRequest& request) -> absl::StatusOr<v1::LoadRegionsResponse> {
        asked = request;
        v1::LoadRegionsResponse response;
        response.set_regions(91'599);
        return response;
      });
  const std::string folder =
      Folder({{"regions.csv", "kode,nama\n33,Jawa Tengah\n"}, {"ATTRIBUTION", "ODbL 1.0, by X\n"}});
  EXPECT_EQ(server.Run({"regions", "load", folder + "/regions.csv"}), kExitOk);
  EXPECT_EQ(asked.csv(), "kode,nama\n33,Jawa Tengah\n");
  EXPECT_EQ(asked.edition().attribution(), "ODbL 1.0, by X");
  EXPECT_EQ(asked.edition().valid_from(), 20'089);
  EXPECT_THAT(server.out(), HasSubstr("91,599 regions"));
  EXPECT_THAT(server.out(), HasSubstr("ODbL 1.0, by X"));
}

TEST(Regions, SaysHowToGetAMasterWhenThereIsNone) {
  FakeServer server;
  EXPECT_EQ(server.Run({"regions", "load"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("REGIONS_MISSING"));
  EXPECT_THAT(server.err(), HasSubstr("build_regions.sh"));
}

constexpr const char* kSeries = R"([[series]]
id = "p0"
name = "Persentase penduduk miskin"
unit = "persen"
direction = -1
steward = "BPS"
source = "Susenas"
fresh_days = 500
file = "p0.csv"
region_column = "provinsi"
coding = "name"
period_column = "tahun"
value_column = "p0"
decimal_mark = ","
missing = ["0"]
map = { "ACEH" = "11" }
where = { daerah = "Jumlah" }
)";

void AcceptSeries(FakeServer& server, std::vector<v1::LoadSeriesRequest>* asked) {
  server.On<v1::LoadSeriesRequest, v1::LoadSeriesResponse>(
      "LoadSeries",
      [asked](const v1::LoadSeriesRequest& request) -> absl::StatusOr<v1::LoadSeriesResponse> {
        asked->push_back(request);
        v1::LoadSeriesResponse response;
        response.set_regions(1);
        response.set_points(2);
        return response;
      });
}

TEST(Series, SendsTheFileWithWhatIsMeantByItAndStewardSourceAndFreshness) {
  FakeServer server;
  std::vector<v1::LoadSeriesRequest> asked;
  AcceptSeries(server, &asked);
  const std::string folder = Folder(
      {{"s.toml", kSeries}, {"p0.csv", "provinsi;daerah;tahun;p0\nACEH;Jumlah;2012;19,46\n"}});
  EXPECT_EQ(server.Run({"series", "load", folder + "/s.toml", "--data", folder}), kExitOk)
      << server.err();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].csv(), "provinsi;daerah;tahun;p0\nACEH;Jumlah;2012;19,46\n");
  EXPECT_EQ(asked[0].where().at("daerah"), "Jumlah");
  EXPECT_EQ(asked[0].missing(0), "0");
  EXPECT_EQ(asked[0].decimal_mark(), ",");
  EXPECT_EQ(asked[0].region_map().at("ACEH"), "11");
  EXPECT_EQ(asked[0].header().steward(), "BPS");
  EXPECT_EQ(asked[0].header().source(), "Susenas");
  EXPECT_EQ(asked[0].header().fresh_days(), 500);
  EXPECT_EQ(asked[0].header().direction(), -1);
  EXPECT_EQ(asked[0].region_coding(), "name");
}

TEST(Series, RefusesADescriptionWithMistakesAllAtOnce) {
  FakeServer server;
  const std::string folder = Folder({{"s.toml", "[[series]]\nid = \"x\"\ndirection = 5\n"}});
  EXPECT_EQ(server.Run({"series", "load", folder + "/s.toml"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("s.toml:3: `direction` must be a whole number from -1 to 1"));
  EXPECT_THAT(server.err(), HasSubstr("`steward` is missing"));
  EXPECT_THAT(server.err(), HasSubstr("either `period` or `period_column`"));
}

TEST(Boundaries, SendsEveryFileWithItsSource) {
  FakeServer server;
  std::vector<v1::LoadBoundariesRequest> asked;
  server.On<v1::LoadBoundariesRequest, v1::LoadBoundariesResponse>(
      "LoadBoundaries",
      [&asked](
          const v1::LoadBoundariesRequest& request) -> absl::StatusOr<v1::LoadBoundariesResponse> {
        asked.push_back(request);
        v1::LoadBoundariesResponse response;
        response.set_features(19);
        return response;
      });
  const std::string folder = Folder({{"a.geojson", "{}"}, {"b.geojson", "{ }"}});
  EXPECT_EQ(server.Run({"boundaries", "load", folder + "/a.geojson", folder + "/b.geojson",
                        "--source", "BIG"}),
            kExitOk);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[1].geojson(), "{ }");
  EXPECT_EQ(asked[1].source(), "BIG");
}

}  // namespace
}  // namespace sepakat::cli
