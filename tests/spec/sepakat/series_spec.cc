// Local data series through the command line: what is served is what the files say, with steward,
// source and freshness; what cannot be joined is told.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gmock/gmock.h"
#include "sepakat/cli/command.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "tests/spec/sepakat/clerk.h"
#include "tests/support/paths.h"

namespace sepakat {
namespace {

using testing::HasSubstr;

class LocalSeries : public Clerk {
 protected:
  // `2020=10.19 2021=10.57`: the points of one series in one region.
  std::string Points(const std::string& region, const std::string& series) {
    if (Run({"series", "list", "--region", region, "--only", series, "--format", "json"}) !=
        cli::kExitOk) {
      return err();
    }
    std::string text;
    for (const auto& point : nlohmann::json::parse(out())) {
      text += fmt::format("{}{}={}", text.empty() ? "" : " ", point["period"].get<std::string>(),
                          point["value"].get<std::string>());
    }
    return text;
  }
};

// Rows by village, from the services themselves.
std::vector<ingestion::v1::ListSeriesResponse> SeriesOfVillages(support::Chain& chain,
                                                                const std::string& regency) {
  const auto list = [&](const std::string& parent) {
    ingestion::v1::ListRegionsRequest request;
    request.set_parent(parent);
    return chain.Call<ingestion::v1::ListRegionsResponse>("ingestion", "ListRegions", request)
        .value();
  };
  std::vector<ingestion::v1::ListSeriesResponse> villages;
  const ingestion::v1::ListRegionsResponse districts = list(regency);
  for (const auto& district : districts.regions()) {
    if (district.code() == regency) continue;
    const ingestion::v1::ListRegionsResponse inside = list(district.code());
    for (const auto& village : inside.regions()) {
      if (village.code() == district.code()) continue;
      ingestion::v1::ListSeriesRequest request;
      request.set_region(village.code());
      request.set_series_id("idm");
      villages.push_back(
          chain.Call<ingestion::v1::ListSeriesResponse>("ingestion", "ListSeries", request)
              .value());
    }
  }
  return villages;
}

TEST_F(LocalSeries, ScoresOfTheVillagesLoadAndThoseWithoutARegionAreToldOneByOne) {
  const auto folder = support::SharedData("idm_2024");
  if (!folder) GTEST_SKIP() << support::NoSharedData("idm_2024");
  LoadRegions();
  EXPECT_EQ(Run({"series", "load", "series_idm_2024", "--data", folder->string(), "--only", "idm",
                 "--format", "json"}),
            cli::kExitSomeRejected);
  const auto told = nlohmann::json::parse(out())[0];
  // 795 of the 75,265 codes of 2024 are not in the edition of 2025.
  EXPECT_EQ(told["problems"], "795");
  EXPECT_EQ(told["points"], "74470");
  EXPECT_THAT(err(), HasSubstr("is not in the region master"));

  ASSERT_EQ(Run({"series", "list", "--region", "33.26.15.2014"}), cli::kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("Kementerian Desa"));
  EXPECT_THAT(out(), HasSubstr("730"));
  EXPECT_THAT(out(), HasSubstr("Kemendes PDTT"));

  // Kabupaten Pekalongan: 272 desa have a score (kelurahan have none), the mean is 0.7048.
  int64_t villages = 0;
  double sum = 0;
  for (const auto& village : SeriesOfVillages(chain(), "33.26")) {
    if (village.series_size() == 0) continue;
    ++villages;
    sum += std::stod(village.series(0).points(0).value());
  }
  EXPECT_EQ(villages, 272);
  EXPECT_NEAR(sum / static_cast<double>(villages), 0.7048, 0.00005);
}

TEST_F(LocalSeries, OfficialPovertyFiguresLoadForRegenciesAndProvinces) {
  const auto folder = support::SharedData("bps_kemiskinan");
  if (!folder) GTEST_SKIP() << support::NoSharedData("bps_kemiskinan");
  LoadRegions();
  const int code = Run(
      {"series", "load", "series_bps_kemiskinan", "--data", folder->string(), "--format", "json"});
  EXPECT_EQ(code, cli::kExitOk) << err();
  EXPECT_EQ(Points("33.26", "bps.p0"),
            "2020=10.19 2021=10.57 2022=9.67 2023=9.67 2024=8.95 2025=8.05");
  EXPECT_EQ(Points("33.26", "bps.uhh"),
            "2020=73.69 2021=73.74 2022=73.8 2023=73.87 2024=74.25 2025=74.59");
  EXPECT_EQ(Points("33.26", "bps.rls"),
            "2020=6.91 2021=7.17 2022=7.46 2023=7.47 2024=7.48 2025=7.5");
}

// Once 209 of the 552 lines found no region: BPS numbers regencies otherwise than Kemendagri.
TEST_F(LocalSeries, EveryPovertyLineOf2025FindsItsRegion) {
  const auto folder = support::SharedData("bps_kemiskinan");
  if (!folder) GTEST_SKIP() << support::NoSharedData("bps_kemiskinan");
  LoadRegions();
  ASSERT_EQ(Run({"series", "load", "series_bps_kemiskinan", "--data", folder->string(), "--only",
                 "bps.garis_kemiskinan", "--format", "json"}),
            cli::kExitOk)
      << err();
  const auto told = nlohmann::json::parse(out())[0];
  EXPECT_EQ(told["points"], "552");
  EXPECT_EQ(told["problems"], "0");
  struct Case {
    const char* region;
    const char* line;
    const char* bps;
  };
  const Case cases[] = {
      {"33.26", "2025=538371", "3326, the same number"},
      {"11.09", "2025=586505", "1101 Simeulue; 1109 is Pidie"},
      {"31.71", "2025=846307", "3173 Kota Jakarta Pusat"},
      {"34", "2025=626363", "3400 D I YOGYAKARTA"},
      {"61.02", "2025=494531", "6104 Pontianak, now Mempawah, beside Kota Pontianak"},
      {"61.71", "2025=729168", "6171 Kota Pontianak"},
      {"96.01", "2025=661253", "9202 Sorong, in a new province"},
      {"91", "2025=714365", "9400 PAPUA"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Points(c.region, "bps.garis_kemiskinan"), c.line) << c.bps;
  }
}

TEST_F(LocalSeries, ATableOfAnyShapeLoadsByItsDescription) {
  LoadRegions();
  Write("p1.csv",
        "id;kode_kabupaten_kota;nama_kab;tahun;jenis;p1\n"
        "1;3326;KAB. PEKALONGAN;2019;total;1,12\n"
        "2;3326;KAB. PEKALONGAN;2020;total;0\n"
        "3;3326;KAB. PEKALONGAN;2020;kota;9,99\n"
        "4;9901;NEGERI ANTAH;2020;total;1,5\n"
        "6;3399;NEGERI LAIN;2020;total;1,6\n"
        "5;3375;KOTA PEKALONGAN;2020;total;banyak\n");
  const std::string book =
      Write("s.toml",
            "[[series]]\nid = \"x.p1\"\nname = \"P1\"\nunit = \"persen\"\n"
            "direction = -1\nsteward = \"Dinas\"\nsource = \"Uji\"\nfresh_days = 10\n"
            "file = \"p1.csv\"\nregion_column = \"kode_kabupaten_kota\"\n"
            "coding = \"bps\"\nname_column = \"nama_kab\"\nperiod_column = \"tahun\"\n"
            "value_column = \"p1\"\ndecimal_mark = \",\"\nmissing = [\"0\"]\n"
            "where = { jenis = \"total\" }\nmap = { \"9901\" = \"33.25\" }\n");
  EXPECT_EQ(Run({"series", "load", book, "--data", folder()}), cli::kExitSomeRejected);
  EXPECT_THAT(err(),
              HasSubstr("x.p1: line 7: region 33.75: the value is no number with the decimal mark "
                        "','"));
  EXPECT_THAT(err(), HasSubstr("x.p1: line 6: BPS 3399 (NEGERI LAIN): no region of that kind has "
                               "this name; say in 'map' which one is meant"));
  EXPECT_EQ(Points("33.26", "x.p1"), "2019=1.12 2020=") << "0 means that it is not known";
  EXPECT_EQ(Points("33.25", "x.p1"), "2020=1.5") << "the map goes before the coding";
  EXPECT_THAT(Points("33.27", "x.p1"), HasSubstr("no series x.p1 is loaded for region 33.27"));
}

}  // namespace
}  // namespace sepakat
