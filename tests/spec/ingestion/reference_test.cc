// Code books, regions, series and boundaries: told to everyone, kept over a restart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "sepakat/reference/events/v1/reference_events.pb.h"
#include "tests/spec/ingestion/world.h"
#include "tests/support/paths.h"

namespace sepakat::ingestion {
namespace {

using testing::HasSubstr;

TEST(Codebooks, AreKeptAndTheSameTextIsWelcomeAgain) {
  World world;
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  world.Restart();
  const auto list =
      world.Call<v1::ListCodebooksResponse>("ListCodebooks", v1::ListCodebooksRequest());
  ASSERT_EQ(list->codebooks_size(), 1);
  EXPECT_EQ(list->codebooks(0).population(), "register");
}

TEST(Codebooks, AVersionCannotChangeItsText) {
  World world;
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const auto other = world.Register(std::string(kVillageBook) + "\n# ubah\n");
  EXPECT_EQ(base::ReasonOf(other.status()), "CODEBOOK_VERSION_EXISTS");
}

TEST(Codebooks, OfOnePopulationMustAgreeOnItsScales) {
  World world;
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  std::string other(kVillageBook);
  other.replace(other.find("\"desa\""), 6, "\"lain\"");
  other.insert(other.find("[record]"), "[population]\nwelfare_decimals = 2\n");
  EXPECT_EQ(base::ReasonOf(world.Register(other).status()), "POPULATION_DIFFERS");
}

TEST(Codebooks, WithMistakesAreRefusedWithAllOfThem) {
  World world;
  std::string broken(kVillageBook);
  broken.replace(broken.find("\"floor\""), 7, "\"lantaai\"");
  broken.replace(broken.find("unit = \"family\""), 15, "unit = \"famili\"");
  const auto answer = world.Register(broken);
  EXPECT_EQ(base::ReasonOf(answer.status()), "CODEBOOK_INVALID");
  EXPECT_THAT(std::string(answer.status().message()), HasSubstr("unknown variable 'lantaai'"));
  EXPECT_THAT(std::string(answer.status().message()), HasSubstr("'unit' is 'famili'"));
}

TEST(Regions, AreSaidPerRegencyAndFoundByParentAndName) {
  World world;
  world.LoadRegions();
  world.Settle();
  std::map<std::string, int> said;
  for (const auto& record : world.Said(runtime::topics::kRegion)) {
    reference::events::v1::RegionsRecorded regions;
    ASSERT_TRUE(regions.ParseFromString(record.value.value_or("")));
    said[regions.parent()] = regions.regions_size();
  }
  EXPECT_EQ(said, (std::map<std::string, int>{{"0", 4}, {"33.26", 4}, {"33.75", 3}}));

  world.Restart();
  v1::ListRegionsRequest request;
  request.set_parent("33.26.15");
  auto list = world.Call<v1::ListRegionsResponse>("ListRegions", request);
  ASSERT_EQ(list->regions_size(), 3);
  EXPECT_EQ(list->regions(0).name(), "Buaran");
  EXPECT_EQ(list->regions(1).kind(), "desa");
  ASSERT_EQ(list->path_size(), 4);
  EXPECT_EQ(list->path(0).code(), "0");
  request.set_parent("");
  request.set_name_contains("medo");
  list = world.Call<v1::ListRegionsResponse>("ListRegions", request);
  ASSERT_EQ(list->regions_size(), 1);
  EXPECT_EQ(list->regions(0).kind(), "kelurahan");
}

TEST(Regions, OfTheWholeCountryLoad) {
  const auto data = support::SharedData("wilayah");
  if (!data) GTEST_SKIP() << support::NoSharedData("wilayah");
  std::ifstream file(*data / "wilayah_kemendagri_2025.csv");
  std::ostringstream csv;
  csv << file.rdbuf();
  World world;
  v1::LoadRegionsRequest request;
  *request.mutable_context() = world.NewRequest();
  request.mutable_edition()->set_edition("2025");
  request.set_csv(csv.str());
  const auto loaded = world.Call<v1::LoadRegionsResponse>("LoadRegions", request);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->regions(), 38 + 514 + 7285 + 83'762 + 1);
  EXPECT_EQ(loaded->problems_size(), 0);
  world.Settle();
  EXPECT_EQ(world.Said(runtime::topics::kRegion).size(), 515U);
}

TEST(Regions, DamagedCodesAreTold) {
  World world;
  v1::LoadRegionsRequest request;
  *request.mutable_context() = world.NewRequest();
  request.set_csv(
      "kode,nama\n11,Aceh\n11.1,Aceh Singkil\n31.0,Jakarta\n12.01.01,Kecamatan lepas\n");
  const auto loaded = world.Call<v1::LoadRegionsResponse>("LoadRegions", request);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  ASSERT_EQ(loaded->problems_size(), 3) << loaded->DebugString();
  EXPECT_THAT(loaded->problems(0), HasSubstr("line 3: '11.1'"));
  EXPECT_THAT(loaded->problems(2), HasSubstr("parent 12.01 is missing"));
}

v1::LoadSeriesRequest SeriesRequest(World& world, const std::string& coding) {
  v1::LoadSeriesRequest request;
  *request.mutable_context() = world.NewRequest();
  request.mutable_header()->set_id("p0_bps");
  request.mutable_header()->set_name("Persentase penduduk miskin");
  request.mutable_header()->set_steward("BPS");
  request.mutable_header()->set_fresh_days(400);
  request.set_region_column("kode");
  request.set_value_column("p0");
  request.set_period_column("tahun");
  request.set_region_coding(coding);
  return request;
}

TEST(Series, AreJoinedByBpsCodeOnlyWhereNameAndCodeAgree) {
  World world;
  world.LoadRegions();
  v1::LoadSeriesRequest request = SeriesRequest(world, "bps");
  request.set_csv(
      "kode,nama,tahun,p0\n3326,Pekalongan,2024,8.95\n3326,Pekalongan,2025,8.05\n"
      "3375,Kota Pekalongan,2025,6.5\n3327,Pemalang,2025,13\n3300,Jawa Tengah,2025,9.5\n"
      "3326,Pekalongan,2025,8.06\n3375,Simeulue,2024,1\n3375,Kota Pekalongan,2023,n/a\n");
  const auto loaded = world.Call<v1::LoadSeriesResponse>("LoadSeries", request);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->regions(), 3);
  EXPECT_EQ(loaded->points(), 4);
  EXPECT_EQ(loaded->problems_size(), 4) << loaded->DebugString();

  v1::ListSeriesRequest list;
  list.set_region("33.26");
  const auto series = world.Call<v1::ListSeriesResponse>("ListSeries", list);
  ASSERT_EQ(series->series_size(), 1);
  ASSERT_EQ(series->series(0).points_size(), 2);
  EXPECT_EQ(series->series(0).points(1).value(), "8.05");
  EXPECT_EQ(series->series(0).loaded_at_ms(), world.clock.NowMs());
}

TEST(Series, ByNameFindProvincesInOtherSpelling) {
  World world;
  world.LoadRegions();
  v1::LoadSeriesRequest request = SeriesRequest(world, "name");
  request.set_csv("kode,tahun,p0\nJAWA TENGAH,2024,10.47\nPEKALONGAN,2024,1\n");
  const auto loaded = world.Call<v1::LoadSeriesResponse>("LoadSeries", request);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->regions(), 1) << "Pekalongan is a kabupaten and a kota: no single one";
  EXPECT_EQ(loaded->problems_size(), 1);
}

TEST(Boundaries, AreKeptByParentAndWrongShapesAreTold) {
  World world;
  world.LoadRegions();
  v1::LoadBoundariesRequest request;
  *request.mutable_context() = world.NewRequest();
  request.set_source("uji");
  const std::string square = "[[[109,-7],[110,-7],[110,-6],[109,-7]]]";
  request.set_geojson(
      R"({"type":"FeatureCollection","features":[)"
      R"({"type":"Feature","properties":{"kode":"33.26.15.2014"},"geometry":{"type":"Polygon","coordinates":)" +
      square +
      R"(}},)"
      R"({"type":"Feature","properties":{"kode":"33.26.15.2013"},"geometry":{"type":"Polygon","coordinates":[[[999,0],[1,1],[2,2],[999,0]]]}},)"
      R"({"type":"Feature","properties":{"kode":"77"},"geometry":{"type":"Polygon","coordinates":)" +
      square + R"(}}]})");
  const auto loaded = world.Call<v1::LoadBoundariesResponse>("LoadBoundaries", request);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->features(), 1);
  EXPECT_EQ(loaded->problems_size(), 2);
  v1::GetBoundariesRequest get;
  get.set_parent("33.26.15");
  const auto kept = world.Call<v1::GetBoundariesResponse>("GetBoundaries", get);
  EXPECT_THAT(kept->geojson(), HasSubstr("33.26.15.2014"));
  EXPECT_EQ(kept->source(), "uji");
  get.set_parent("33");
  EXPECT_THAT(world.Call<v1::GetBoundariesResponse>("GetBoundaries", get)->geojson(),
              HasSubstr(R"("features":[])"));
}

TEST(Ingests, AreListedNewestFirst) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(world.Ingest(kHeader, "desa").ok());
    world.clock.AdvanceMs(1000);
  }
  v1::ListIngestsRequest request;
  request.set_page_size(2);
  auto page = world.Call<v1::ListIngestsResponse>("ListIngests", request);
  ASSERT_EQ(page->ingests_size(), 2);
  EXPECT_GT(page->ingests(0).started_at_ms(), page->ingests(1).started_at_ms());
  request.set_page_token(page->next_page_token());
  page = world.Call<v1::ListIngestsResponse>("ListIngests", request);
  EXPECT_EQ(page->ingests_size(), 1);
}

}  // namespace
}  // namespace sepakat::ingestion
