// Each route asks the right question of the right service, and answers in its words.

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "common/base/status.h"
#include "nlohmann/json.hpp"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"
#include "tests/support/gateway/gateway_rig.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::gateway {
namespace {

using nlohmann::json;
using platform::CallContext;
using platform::HttpResponse;
using support::GatewayRig;

// Keeps the request that came, and answers an empty message.
template <typename Request, typename Response>
void Watch(platform::RpcService& service, const char* method, Request* seen) {
  service.Unary<Request, Response>(
      method, [seen](const CallContext&, const Request& request) -> absl::StatusOr<Response> {
        *seen = request;
        return Response();
      });
}

targeting::events::v1::IndicatorPublished Indicators(int64_t publication,
                                                     const std::string& value) {
  targeting::events::v1::IndicatorPublished indicators;
  indicators.set_publication(publication);
  indicators.set_population("register");
  indicators.set_region("33.26");
  indicators.set_cut_at_ms(1000 + publication);
  auto* figure = indicators.add_figures();
  figure->set_measure("p0");
  figure->set_value(value);
  return indicators;
}

void PutView(GatewayRig& rig, const targeting::events::v1::IndicatorPublished& indicators) {
  const runtime::ViewDocument documents[] = {
      {"figures/register/33.26", indicators.publication(), indicators.SerializeAsString()}};
  ASSERT_TRUE(rig.views.PutIfNewer(documents).ok());
}

TEST(FigureRoutesTest, TheLatestFiguresComeFromTheReadModelsWithoutAskingAnybody) {
  GatewayRig rig;
  PutView(rig, Indicators(12, "0.0805"));
  monitoring::v1::GetRegionFiguresRequest seen;
  seen.set_region("not asked");
  Watch<monitoring::v1::GetRegionFiguresRequest, monitoring::v1::GetRegionFiguresResponse>(
      rig.monitoring, "GetRegionFigures", &seen);
  const HttpResponse response = rig.Get("/v1/figures/33.26");
  ASSERT_EQ(response.status, 200) << response.body;
  const json body = json::parse(response.body);
  EXPECT_EQ(body["asOfPublication"], "12");
  EXPECT_EQ(body["asOfMs"], "1012");
  EXPECT_EQ(body["indicators"]["figures"][0]["value"], "0.0805");
  EXPECT_EQ(seen.region(), "not asked");
}

TEST(FigureRoutesTest, EarlierFiguresAndMissingViewsAreAskedOfMonitoring) {
  const struct {
    bool with_view;
    const char* target;
    int64_t publication;
    const char* population;
  } kCases[] = {{true, "/v1/figures/33.26?publication=7", 7, "register"},
                {false, "/v1/figures/33.26", 0, "register"},
                {true, "/v1/figures/33.26?population=eusilc", 0, "eusilc"}};
  for (const auto& c : kCases) {
    GatewayRig rig;
    if (c.with_view) PutView(rig, Indicators(12, "0.0805"));
    monitoring::v1::GetRegionFiguresRequest seen;
    Watch<monitoring::v1::GetRegionFiguresRequest, monitoring::v1::GetRegionFiguresResponse>(
        rig.monitoring, "GetRegionFigures", &seen);
    EXPECT_EQ(rig.Get(c.target).status, 200);
    EXPECT_EQ(seen.region(), "33.26") << c.target;
    EXPECT_EQ(seen.publication(), c.publication) << c.target;
    EXPECT_EQ(seen.population(), c.population) << c.target;
  }
}

TEST(FigureRoutesTest, AnUnchangedFigureIsNotSentTwice) {
  GatewayRig rig;
  PutView(rig, Indicators(12, "0.0805"));
  const HttpResponse first = rig.Get("/v1/figures/33.26");
  std::string etag;
  for (const auto& [name, value] : first.headers) {
    if (name == "ETag") etag = value;
  }
  EXPECT_EQ(rig.Get("/v1/figures/33.26", {{"if-none-match", etag}}).status, 304);
  PutView(rig, Indicators(13, "0.0804"));
  EXPECT_EQ(rig.Get("/v1/figures/33.26", {{"if-none-match", etag}}).status, 200);
}

TEST(FigureRoutesTest, ChildrenTakeMeasuresSeparatedByCommas) {
  GatewayRig rig;
  monitoring::v1::ListChildFiguresRequest seen;
  Watch<monitoring::v1::ListChildFiguresRequest, monitoring::v1::ListChildFiguresResponse>(
      rig.monitoring, "ListChildFigures", &seen);
  EXPECT_EQ(rig.Get("/v1/figures/33/children?measures=p0,,deprived.unfit_house").status, 200);
  ASSERT_EQ(seen.measures_size(), 2);
  EXPECT_EQ(seen.measures(1), "deprived.unfit_house");
}

TEST(FigureRoutesTest, ATrendIsThinnedToAtMostTwoThousandPoints) {
  GatewayRig rig;
  monitoring::v1::GetTrendRequest seen;
  Watch<monitoring::v1::GetTrendRequest, monitoring::v1::GetTrendResponse>(rig.monitoring,
                                                                           "GetTrend", &seen);
  EXPECT_EQ(rig.Get("/v1/trends/33.26/p0?fromMs=5&toMs=9&maxPoints=1000000").status, 200);
  EXPECT_EQ(seen.measure(), "p0");
  EXPECT_EQ(seen.from_ms(), 5);
  EXPECT_EQ(seen.to_ms(), 9);
  EXPECT_EQ(seen.max_points(), 2000);
  EXPECT_EQ(rig.Get("/v1/trends/33.26/p0?maxPoints=many").status, 400);
}

TEST(PageRoutesTest, PageSizeIsBoundedAndTheTokenGoesThrough) {
  GatewayRig rig;
  targeting::v1::ListFamiliesRequest seen;
  Watch<targeting::v1::ListFamiliesRequest, targeting::v1::ListFamiliesResponse>(
      rig.targeting, "ListFamilies", &seen);
  EXPECT_EQ(
      rig.Get("/v1/families?region=33.26.15&programme=rtlh&pageSize=5000&pageToken=abc").status,
      200);
  EXPECT_EQ(seen.region(), "33.26.15");
  EXPECT_EQ(seen.programme_id(), "rtlh");
  EXPECT_EQ(seen.page_size(), 1000);
  EXPECT_EQ(seen.page_token(), "abc");
  EXPECT_EQ(rig.Get("/v1/families?firstRank=145000").status, 200);
  EXPECT_EQ(seen.first_rank(), 145000);
  EXPECT_EQ(rig.Get("/v1/families?firstRank=last").status, 400);
  EXPECT_EQ(rig.Get("/v1/families?pageSize=-1").status, 400);
}

TEST(ErrorRoutesTest, AServiceThatIsAwayIsAProblemOf503) {
  GatewayRig rig;
  rig.budgeting.Unary<budgeting::v1::ListProgrammesRequest, budgeting::v1::ListProgrammesResponse>(
      "ListProgrammes",
      [](const CallContext&, const budgeting::v1::ListProgrammesRequest&)
          -> absl::StatusOr<budgeting::v1::ListProgrammesResponse> {
        return base::Error(absl::StatusCode::kUnavailable, "RPC_UNAVAILABLE", "no connection");
      });
  const HttpResponse response = rig.Get("/v1/programmes");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(json::parse(response.body)["code"], "RPC_UNAVAILABLE");
}

TEST(DecisionRoutesTest, AnApprovalNamesPlanActorReasonAndKey) {
  GatewayRig rig;
  budgeting::v1::ApprovePlanRequest seen;
  Watch<budgeting::v1::ApprovePlanRequest, budgeting::v1::ApprovePlanResponse>(
      rig.budgeting, "ApprovePlan", &seen);
  EXPECT_EQ(rig.Send("POST", "/v1/plans/P-9/approve", {},
                     R"({"actor":"Kepala Bappeda","reason":"sesuai RKPD"})")
                .status,
            400);
  EXPECT_EQ(seen.plan_id(), "");
  EXPECT_EQ(
      rig.Post("/v1/plans/P-9/approve", R"({"actor":"Kepala Bappeda","reason":"sesuai RKPD"})")
          .status,
      200);
  EXPECT_EQ(seen.plan_id(), "P-9");
  EXPECT_EQ(seen.context().request_id(), "key-1");
  EXPECT_EQ(seen.context().actor(), "Kepala Bappeda");
  EXPECT_EQ(seen.context().reason(), "sesuai RKPD");
}

TEST(DecisionRoutesTest, APreviewNeedsNoKeyAndTellsAbsentFromZero) {
  GatewayRig rig;
  budgeting::v1::PreviewPlanRequest seen;
  Watch<budgeting::v1::PreviewPlanRequest, budgeting::v1::PreviewPlanResponse>(
      rig.budgeting, "PreviewPlan", &seen);
  EXPECT_EQ(rig.Send("POST", "/v1/programmes/rtlh/preview", {}, R"({"ceilingRupiah":"0"})").status,
            200);
  EXPECT_EQ(seen.programme_id(), "rtlh");
  EXPECT_TRUE(seen.has_ceiling_rupiah());
  EXPECT_FALSE(seen.has_unit_cost_rupiah());
}

TEST(DataRoutesTest, AnUploadReachesIngestionWholeAndInChunks) {
  GatewayRig rig;
  support::TemporaryFolder folder("routes-test");
  const std::string file = (folder.path() / "survey.csv").string();
  std::string content;
  while (content.size() < 2'500'000) content += "33.26.15.2014;4;1200000\n";
  std::ofstream(file, std::ios::binary) << content;

  ingestion::v1::IngestFileHeader header;
  std::string received;
  int chunks = 0;
  rig.ingestion.ClientStream<ingestion::v1::IngestFileRequest, ingestion::v1::IngestFileResponse>(
      "IngestFile",
      [&](const CallContext&,
          const auto& next) -> absl::StatusOr<ingestion::v1::IngestFileResponse> {
        ingestion::v1::IngestFileRequest part;
        while (true) {
          SEPAKAT_ASSIGN_OR_RETURN(const bool more, next(&part));
          if (!more) break;
          if (part.has_header()) header = part.header();
          received += part.chunk();
          chunks += part.has_chunk() ? 1 : 0;
        }
        ingestion::v1::IngestFileResponse response;
        response.mutable_progress()->set_received(7);
        return response;
      });
  platform::HttpRequest request;
  request.method = "POST";
  request.path = "/v1/ingests";
  request.query = {{"codebook", "regsosek"},
                   {"source", "desa 33.26.15.2014"},
                   {"fileName", "survey.csv"},
                   {"actor", "operator"}};
  request.headers = {{"idempotency-key", "upload-1"}};
  request.body_file = file;
  const HttpResponse response = rig.app().router().Route(request);
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(json::parse(response.body)["progress"]["received"], "7");
  EXPECT_EQ(received, content);
  EXPECT_EQ(chunks, 3);
  EXPECT_EQ(header.codebook_id(), "regsosek");
  EXPECT_EQ(header.context().request_id(), "upload-1");
  EXPECT_EQ(header.context().actor(), "operator");
  request.cancelled = [] { return true; };
  EXPECT_EQ(rig.app().router().Route(request).status, 503) << "a server that stops ends uploads";
  request.headers.clear();
  EXPECT_EQ(rig.app().router().Route(request).status, 400);
}

TEST(DataRoutesTest, ARecordIsCreatedRepeatedOrRefused) {
  const struct {
    const char* outcome;
    int status;
  } kCases[] = {{"accepted", 201}, {"flagged", 201}, {"repeated", 200}, {"rejected", 422}};
  for (const auto& c : kCases) {
    GatewayRig rig;
    ingestion::v1::IngestStreamRequest seen;
    rig.ingestion
        .ClientStream<ingestion::v1::IngestStreamRequest, ingestion::v1::IngestStreamResponse>(
            "IngestStream",
            [&](const CallContext&,
                const auto& next) -> absl::StatusOr<ingestion::v1::IngestStreamResponse> {
              ingestion::v1::IngestStreamRequest part;
              int messages = 0;
              while (true) {
                SEPAKAT_ASSIGN_OR_RETURN(const bool more, next(&part));
                if (!more) break;
                seen = part;
                ++messages;
              }
              EXPECT_EQ(messages, 1);
              ingestion::v1::IngestStreamResponse response;
              response.add_receipts()->set_outcome(c.outcome);
              return response;
            });
    const HttpResponse response = rig.Post(
        "/v1/records",
        R"({"actor":"kader","codebookId":"regsosek","rows":[{"cells":{"r301a":"1","r302":"36"}}]})");
    EXPECT_EQ(response.status, c.status) << c.outcome << response.body;
    EXPECT_EQ(seen.codebook_id(), "regsosek");
    ASSERT_EQ(seen.rows_size(), 1);
    EXPECT_EQ(seen.rows(0).cells().at("r302"), "36");
  }
}

TEST(DataRoutesTest, ReplayIsAWordOfItsOwnAndNoSubmission) {
  GatewayRig rig;
  ingestion::v1::ReplayQuarantineRequest seen;
  Watch<ingestion::v1::ReplayQuarantineRequest, ingestion::v1::ReplayQuarantineResponse>(
      rig.ingestion, "ReplayQuarantine", &seen);
  EXPECT_EQ(rig.Post("/v1/quarantine/replay",
                     R"({"actor":"a","reason":"b","quarantineReason":"REGION_UNKNOWN"})")
                .status,
            200);
  EXPECT_EQ(seen.reason(), "REGION_UNKNOWN");
  EXPECT_EQ(seen.context().reason(), "b");
}

TEST(DataRoutesTest, BoundariesThatAreNotLoadedAreAnEmptyCollection) {
  GatewayRig rig;
  const HttpResponse response = rig.Get("/v1/boundaries/33.26");
  EXPECT_EQ(response.content_type, "application/geo+json");
  EXPECT_EQ(json::parse(response.body),
            json::parse(R"({"type":"FeatureCollection","features":[]})"));
}

TEST(SystemRoutesTest, StatusNamesWhoIsAway) {
  GatewayRig rig;
  rig.targeting.Unary<targeting::v1::ListParametersRequest, targeting::v1::ListParametersResponse>(
      "ListParameters",
      [](const CallContext&, const targeting::v1::ListParametersRequest&)
          -> absl::StatusOr<targeting::v1::ListParametersResponse> {
        return base::Error(absl::StatusCode::kUnavailable, "RPC_UNAVAILABLE", "no connection");
      });
  rig.ingestion
      .Unary<ingestion::v1::ListPopulationsRequest, ingestion::v1::ListPopulationsResponse>(
          "ListPopulations",
          [](const CallContext&, const ingestion::v1::ListPopulationsRequest&)
              -> absl::StatusOr<ingestion::v1::ListPopulationsResponse> {
            ingestion::v1::ListPopulationsResponse response;
            response.add_populations()->set_id("register");
            return response;
          });
  const json body = json::parse(rig.Get("/v1/status").body);
  EXPECT_EQ(body["mode"], "embedded");
  EXPECT_EQ(body["publication"], "0");
  EXPECT_EQ(body["nowMs"], std::to_string(rig.clock.NowMs()));
  EXPECT_EQ(body["populations"], json::parse(R"(["register"])"));
  ASSERT_EQ(body["services"].size(), 4u);
  for (const json& service : body["services"]) {
    EXPECT_EQ(service["healthy"], service["name"] != "targeting") << service;
  }
  EXPECT_EQ(body["services"][1]["detail"], "no connection");
}

TEST(SystemRoutesTest, TheTraceOfARequestGoesToTheService) {
  GatewayRig rig;
  std::string seen;
  rig.budgeting.Unary<budgeting::v1::GetPlanRequest, budgeting::v1::GetPlanResponse>(
      "GetPlan",
      [&](const CallContext& call,
          const budgeting::v1::GetPlanRequest&) -> absl::StatusOr<budgeting::v1::GetPlanResponse> {
        seen = call.traceparent;
        return budgeting::v1::GetPlanResponse();
      });
  const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  rig.Get("/v1/plans/P-1", {{"traceparent", trace}});
  EXPECT_EQ(seen, trace);
}

}  // namespace
}  // namespace sepakat::gateway
