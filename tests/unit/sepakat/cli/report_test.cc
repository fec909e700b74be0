#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = monitoring::v1;

// A region with a known and an unknown figure at publication 16, asked as of 17.
void Answer(FakeServer& server, v1::GetRegionFiguresRequest* asked) {
  server.On<v1::GetRegionFiguresRequest, v1::GetRegionFiguresResponse>(
      "GetRegionFigures",
      [asked](const v1::GetRegionFiguresRequest& request)
          -> absl::StatusOr<v1::GetRegionFiguresResponse> {
        *asked = request;
        v1::GetRegionFiguresResponse response;
        response.set_as_of_publication(17);
        response.set_as_of_ms(1'760'000'000'000);
        auto* indicators = response.mutable_indicators();
        indicators->set_publication(16);
        indicators->set_population("register");
        indicators->set_region("33.26");
        auto* p0 = indicators->add_figures();
        p0->set_measure("p0");
        p0->set_numerator("83256000");
        p0->set_denominator("1034241000");
        p0->set_value("0.080500");
        p0->set_observed_families(290'000);
        p0->set_unknown_families(12);
        auto* unknown = indicators->add_figures();
        unknown->set_measure("deprived.unfit_house");
        unknown->set_numerator("0");
        unknown->set_denominator("0");
        unknown->set_unknown_families(5);
        auto* line = indicators->add_parameters();
        line->set_kind("poverty_line");
        line->set_id("33.26");
        line->set_version("2025-12");
        return response;
      });
}

TEST(Report, PrintsEveryFigureWithWhatItIsMadeOf) {
  FakeServer server;
  v1::GetRegionFiguresRequest asked;
  Answer(server, &asked);
  EXPECT_EQ(server.Run({"report", "--region", "33.26"}), kExitOk);
  EXPECT_EQ(server.out(),
            "33.26 of population register, publication 17 of 2025-10-09T08:53:20.000Z (unchanged "
            "since publication 16)\n"
            "\n"
            "measure                  value  numerator  denominator  families  unknown\n"
            "p0                    0.080500   83256000   1034241000   290,000       12\n"
            "deprived.unfit_house   unknown          0            0         0        5\n"
            "\n"
            "Parameters\n"
            "kind          id     version\n"
            "poverty_line  33.26  2025-12\n");
}

TEST(Report, AsksForThePublicationAndPopulationGiven) {
  FakeServer server;
  v1::GetRegionFiguresRequest asked;
  Answer(server, &asked);
  server.Run({"report", "--region", "0", "--population", "eusilc", "--publication", "9"});
  EXPECT_EQ(asked.region(), "0");
  EXPECT_EQ(asked.population(), "eusilc");
  EXPECT_EQ(asked.publication(), 9);
}

TEST(Report, GivesProgramsExactNumbersAndNullForUnknown) {
  FakeServer server;
  v1::GetRegionFiguresRequest asked;
  Answer(server, &asked);
  EXPECT_EQ(server.Run({"report", "--region", "33.26", "--format", "json"}), kExitOk);
  for (const char* part :
       {"\"publication\": 16", "\"asOfPublication\": 17", "\"numerator\": \"83256000\"",
        "\"denominator\": \"1034241000\"", "\"value\": \"0.080500\"", "\"value\": null",
        "\"version\": \"2025-12\""}) {
    EXPECT_THAT(server.out(), testing::HasSubstr(part));
  }
}

TEST(Report, RefusesWhatIsNoRegionCode) {
  FakeServer server;
  EXPECT_EQ(server.Run({"report", "--region", "Desa Mulyorejo"}), kExitFailure);
  EXPECT_THAT(server.err(), testing::HasSubstr("REGION_CODE_MALFORMED"));
  EXPECT_TRUE(server.calls.empty());
}

TEST(Report, PassesOnWhyTheServerRefuses) {
  FakeServer server;
  server.On<v1::GetRegionFiguresRequest, v1::GetRegionFiguresResponse>(
      "GetRegionFigures", [](const auto&) -> absl::StatusOr<v1::GetRegionFiguresResponse> {
        return base::Error(absl::StatusCode::kNotFound, "PUBLICATION_UNKNOWN",
                           "there is no publication 99");
      });
  EXPECT_EQ(server.Run({"report", "--region", "0", "--publication", "99"}), kExitFailure);
  EXPECT_EQ(server.err(), "sepakat: there is no publication 99 [PUBLICATION_UNKNOWN]\n");
}

}  // namespace
}  // namespace sepakat::cli
