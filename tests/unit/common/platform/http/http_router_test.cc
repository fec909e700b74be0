#include "common/platform/http/http_router.h"

#include <gtest/gtest.h>

#include "nlohmann/json.hpp"

namespace sepakat::platform {
namespace {

HttpRequest Request(std::string method, std::string path) {
  HttpRequest request;
  request.method = std::move(method);
  request.path = std::move(path);
  return request;
}

HttpHandler Says(std::string text) {
  return [text](const HttpRequest&) {
    HttpResponse response;
    response.body = text;
    return response;
  };
}

class HttpRouterTest : public testing::Test {
 protected:
  HttpRouterTest() {
    router_.Add("GET", "/v1/plans", Says("list"));
    router_.Add("GET", "/v1/plans/{planId}", [](const HttpRequest& request) {
      HttpResponse response;
      response.body = "plan " + request.params.at("planId");
      return response;
    });
    router_.Add("POST", "/v1/plans/{planId}/approve", Says("approve"));
    router_.AddUpload("POST", "/v1/ingests", Says("upload"));
  }
  HttpRouter router_;
};

TEST_F(HttpRouterTest, TheFirstRouteThatFitsAnswers) {
  const struct {
    const char* method;
    const char* path;
    const char* body;
  } kCases[] = {{"GET", "/v1/plans", "list"},
                {"GET", "/v1/plans/P-1", "plan P-1"},
                {"GET", "/v1/plans/33.26 x", "plan 33.26 x"},
                {"POST", "/v1/plans/P-1/approve", "approve"}};
  for (const auto& c : kCases) {
    const HttpResponse response = router_.Route(Request(c.method, c.path));
    EXPECT_EQ(response.body, c.body) << c.path;
  }
}

TEST_F(HttpRouterTest, AnEmptyPartIsNoParameter) {
  EXPECT_EQ(router_.Route(Request("GET", "/v1/plans/")).status, 404);
}

TEST_F(HttpRouterTest, AWrongMethodIsToldTheRightOnes) {
  const HttpResponse response = router_.Route(Request("DELETE", "/v1/plans/P-1"));
  EXPECT_EQ(response.status, 405);
  ASSERT_EQ(response.headers.size(), 1u);
  EXPECT_EQ(response.headers[0], std::make_pair(std::string("Allow"), std::string("GET")));
}

TEST_F(HttpRouterTest, AnUnknownPathIsAProblemWithAStableCode) {
  const HttpResponse response = router_.Route(Request("GET", "/v2"));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.content_type, "application/problem+json");
  const auto body = nlohmann::json::parse(response.body);
  EXPECT_EQ(body["status"], 404);
  EXPECT_EQ(body["code"], "NO_SUCH_PATH");
  EXPECT_FALSE(body.contains("field"));
}

TEST_F(HttpRouterTest, APathOfBytesThatAreNoTextIsAProblemToo) {
  EXPECT_EQ(router_.Route(Request("GET", "/\xff\xfe")).status, 404);
}

TEST_F(HttpRouterTest, OnlyUploadRoutesTakeLargeBodies) {
  EXPECT_TRUE(router_.IsUpload("POST", "/v1/ingests"));
  EXPECT_FALSE(router_.IsUpload("GET", "/v1/ingests"));
  EXPECT_FALSE(router_.IsUpload("POST", "/v1/plans/P-1/approve"));
}

TEST_F(HttpRouterTest, AnObserverLearnsOfEveryAnswerByTheTemplateOfItsPath) {
  std::vector<std::string> seen;
  router_.Observe([&](const RoutedAnswer& answer) {
    EXPECT_GE(answer.took.count(), 0);
    seen.push_back(std::string(answer.method) + " " + std::string(answer.path) + " " +
                   std::to_string(answer.status));
  });
  router_.Route(Request("GET", "/v1/plans/rtlh-1"));
  router_.Route(Request("PUT", "/v1/plans"));
  router_.Route(Request("GET", "/v1/nothing"));
  EXPECT_EQ(seen,
            (std::vector<std::string>{"GET /v1/plans/{planId} 200", "PUT / 405", "GET / 404"}));
}

}  // namespace
}  // namespace sepakat::platform
