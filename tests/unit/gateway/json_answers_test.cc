#include "gateway/wire/json_answers.h"

#include <gtest/gtest.h>

#include "common/base/status.h"
#include "common/platform/rpc/error_detail.h"
#include "nlohmann/json.hpp"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::gateway {
namespace {

using platform::HttpRequest;
using platform::HttpResponse;

std::string HeaderOf(const HttpResponse& response, const std::string& name) {
  for (const auto& [header, value] : response.headers) {
    if (header == name) return value;
  }
  return "";
}

HttpRequest Change(const std::string& body) {
  HttpRequest request;
  request.method = "POST";
  request.headers["idempotency-key"] = "key-1";
  request.body = body;
  return request;
}

TEST(ToJsonTest, NumbersOf64BitsAreTextDefaultsArePrintedAndUnknownIsAbsent) {
  targeting::v1::RankedFamily family;
  family.set_rank(1'000'000'000'000);
  const auto json = nlohmann::json::parse(ToJson(family));
  EXPECT_EQ(json["rank"], "1000000000000");
  EXPECT_EQ(json["size"], 0);
  EXPECT_EQ(json["deprivations"], nlohmann::json::array());
  EXPECT_FALSE(json.contains("scoreMicro"));
  EXPECT_FALSE(json.contains("poor"));
  family.set_poor(false);
  EXPECT_EQ(nlohmann::json::parse(ToJson(family))["poor"], false);
}

TEST(AnswerTest, TheSameAnswerHasTheSameEtagAndIsNotSentTwice) {
  HttpRequest request;
  request.method = "GET";
  const HttpResponse first = AnswerJson(request, R"({"a":1})");
  request.headers["if-none-match"] = HeaderOf(first, "ETag");
  const HttpResponse again = AnswerJson(request, R"({"a":1})");
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(HeaderOf(again, "ETag"), HeaderOf(first, "ETag"));
  const HttpResponse other = AnswerJson(request, R"({"a":2})");
  EXPECT_EQ(other.status, 200);
  EXPECT_EQ(other.body, R"({"a":2})");
}

TEST(ProblemOfTest, EachCanonicalCodeHasItsHttpStatus) {
  const struct {
    absl::StatusCode code;
    int http;
  } kCases[] = {{absl::StatusCode::kInvalidArgument, 400},
                {absl::StatusCode::kOutOfRange, 400},
                {absl::StatusCode::kUnauthenticated, 401},
                {absl::StatusCode::kPermissionDenied, 403},
                {absl::StatusCode::kNotFound, 404},
                {absl::StatusCode::kAlreadyExists, 409},
                {absl::StatusCode::kFailedPrecondition, 409},
                {absl::StatusCode::kAborted, 409},
                {absl::StatusCode::kResourceExhausted, 429},
                {absl::StatusCode::kInternal, 500},
                {absl::StatusCode::kUnknown, 500},
                {absl::StatusCode::kDataLoss, 500},
                {absl::StatusCode::kUnimplemented, 501},
                {absl::StatusCode::kUnavailable, 503},
                {absl::StatusCode::kDeadlineExceeded, 504}};
  for (const auto& c : kCases) {
    const HttpResponse problem = ProblemOf(absl::Status(c.code, "x"));
    EXPECT_EQ(problem.status, c.http) << absl::StatusCodeToString(c.code);
    EXPECT_EQ(problem.content_type, "application/problem+json");
  }
}

TEST(ProblemOfTest, CarriesReasonFieldAndSentence) {
  const HttpResponse problem = ProblemOf(platform::WithField(
      base::Error(absl::StatusCode::kFailedPrecondition, "PLAN_FROZEN", "plan P-1 is approved"),
      "plan_id"));
  const auto body = nlohmann::json::parse(problem.body);
  EXPECT_EQ(body["code"], "PLAN_FROZEN");
  EXPECT_EQ(body["field"], "plan_id");
  EXPECT_EQ(body["detail"], "plan P-1 is approved");
  EXPECT_EQ(body["status"], 409);
}

TEST(ReadMutationTest, ActorReasonAndKeyGoToTheContext) {
  budgeting::v1::RecordDeliveryRequest request;
  const absl::Status status = ReadMutation(
      Change(R"({"actor":"Siti","reason":"serah terima","familyId":"f1","costRupiah":"20000000",
                 "deliveredOn":20417})"),
      &request);
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(request.context().request_id(), "key-1");
  EXPECT_EQ(request.context().actor(), "Siti");
  EXPECT_EQ(request.context().reason(), "serah terima");
  EXPECT_EQ(request.family_id(), "f1");
  EXPECT_EQ(request.cost_rupiah(), 20'000'000);
  EXPECT_EQ(request.delivered_on(), 20417);
}

TEST(ReadMutationTest, AMemberCanBeRenamedWhereItWouldCollide) {
  ingestion::v1::ReplayQuarantineRequest request;
  const absl::Status status = ReadMutation(
      Change(R"({"actor":"Siti","reason":"buku kode baru","quarantineReason":"CODE_UNKNOWN"})"),
      &request, {{"quarantineReason", "reason"}});
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_EQ(request.reason(), "CODE_UNKNOWN");
  EXPECT_EQ(request.context().reason(), "buku kode baru");
}

TEST(ReadMutationTest, BadBodiesAreRefusedWithAReason) {
  const std::string deep = R"({"x":)" + std::string(500'000, '[') + std::string(500'000, ']') + "}";
  const std::string hidden = R"({"x":")" + std::string(100, ']') + R"(","y":)" +
                             std::string(100, '[') + std::string(100, ']') + "}";
  for (const std::string& body :
       {std::string("{"), std::string("[]"), std::string("null"), std::string("\"text\""),
        std::string(R"({"noSuchMember":1})"), std::string(R"({"costRupiah":"many"})"),
        std::string(R"({"costRupiah":1.5})"),
        std::string(R"({"costRupiah":"9223372036854775808"})"),
        std::string("{\"familyId\":\"\xff\xfe\"}"), deep, hidden}) {
    budgeting::v1::RecordDeliveryRequest request;
    EXPECT_EQ(base::ReasonOf(ReadMutation(Change(body), &request)), "BODY_MALFORMED")
        << body.substr(0, 60);
  }
}

TEST(ReadMutationTest, AChangeWithoutAKeyIsRefused) {
  HttpRequest request = Change("{}");
  request.headers.clear();
  budgeting::v1::ApprovePlanRequest message;
  EXPECT_EQ(base::ReasonOf(ReadMutation(request, &message)), "IDEMPOTENCY_KEY_MISSING");
}

TEST(QueryNumberTest, TakesWholeNumbersAndNothingElse) {
  HttpRequest request;
  request.query = {
      {"a", "12"}, {"b", "-1"}, {"c", "1.5"}, {"d", "x"}, {"e", "99999999999999999999"}};
  EXPECT_EQ(QueryNumber(request, "a", 0).value_or(-1), 12);
  EXPECT_EQ(QueryNumber(request, "absent", 7).value_or(-1), 7);
  for (const char* name : {"b", "c", "d", "e"}) {
    EXPECT_EQ(base::ReasonOf(QueryNumber(request, name, 0).status()), "QUERY_INVALID") << name;
  }
}

}  // namespace
}  // namespace sepakat::gateway
