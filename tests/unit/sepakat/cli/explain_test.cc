#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
namespace v1 = targeting::v1;

constexpr const char* kFamily = "00000000000000fa0000000000000001";

void FillStanding(uint32_t decile, v1::FamilyStanding* standing) {
  standing->set_decile(decile);
  standing->set_score_micro(12'345'678);
  v1::RegionRank* rank = standing->add_ranks();
  rank->set_region("33.26");
  rank->set_rank(1'234);
  rank->set_ranked_families(290'000);
}

TEST(Explain, SaysWhereAFamilyStandsAndHowFarFromEachBoundary) {
  FakeServer server;
  server.On<v1::ExplainFamilyRequest, v1::ExplainFamilyResponse>(
      "ExplainFamily",
      [](const v1::ExplainFamilyRequest& request) -> absl::StatusOr<v1::ExplainFamilyResponse> {
        v1::ExplainFamilyResponse response;
        response.mutable_family()->set_family_id(request.family_id());
        FillStanding(3, response.mutable_standing());
        v1::BoundaryDistance* boundary = response.mutable_standing()->add_boundaries();
        boundary->set_boundary("decile.3");
        boundary->set_distance(1'500);
        boundary->set_families(77);
        v1::RuleExplanation* rule = response.add_rules();
        rule->set_rule("unfit_house");
        rule->set_result("true");
        rule->add_reasons("FLOOR_EARTH");
        return response;
      });
  EXPECT_EQ(server.Run({"explain", kFamily}), kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("rank in 33.26"));
  EXPECT_THAT(server.out(), HasSubstr("1,234  290,000"));
  EXPECT_THAT(server.out(), HasSubstr("decile.3  0.001500        77"));
  EXPECT_THAT(server.out(), HasSubstr("unfit_house  true   FLOOR_EARTH"));
}

TEST(Explain, AsksWhatOtherAnswersWouldChange) {
  FakeServer server;
  v1::TryFamilyRequest asked;
  server.On<v1::TryFamilyRequest, v1::TryFamilyResponse>(
      "TryFamily",
      [&](const v1::TryFamilyRequest& request) -> absl::StatusOr<v1::TryFamilyResponse> {
        asked = request;
        v1::TryFamilyResponse response;
        FillStanding(3, response.mutable_before());
        FillStanding(5, response.mutable_after());
        v1::ClassChange* change = response.add_changes();
        change->set_boundary("decile");
        change->set_from("3");
        change->set_to("5");
        return response;
      });
  EXPECT_EQ(server.Run({"explain", kFamily, "--set", "toilet=1", "--set", "roof=unknown",
                        "--welfare", "410000", "--format", "csv"}),
            kExitOk);
  ASSERT_THAT(asked.corrections(), SizeIs(2));
  EXPECT_EQ(asked.corrections(0).value(), 1);
  EXPECT_FALSE(asked.corrections(1).has_value());
  EXPECT_EQ(asked.welfare(), 410'000);
  EXPECT_FALSE(asked.has_size());
  EXPECT_EQ(server.out(), "answer,boundary,from,to\nall corrections,decile,3,5\n");
}

TEST(Explain, ACorrectionWithoutANumberIsOneSentence) {
  FakeServer server;
  EXPECT_EQ(server.Run({"explain", kFamily, "--set", "toilet"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("`toilet` is not VARIABLE=NUMBER"));
}

}  // namespace
}  // namespace sepakat::cli
