#include "common/platform/rpc/rpc_service.h"

#include <gtest/gtest.h>

#include <string>

#include "common/base/status.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "tests/support/rpc/empty_services.h"

namespace sepakat::platform {
namespace {

namespace v1 = budgeting::v1;

TEST(RpcServiceTest, TheTablesOfAllFourServicesCanBeComplete) {
  const struct {
    const char* name;
    void (*fill)(RpcService*);
  } kCases[] = {{support::kIngestion, support::FillIngestion},
                {support::kTargeting, support::FillTargeting},
                {support::kBudgeting, support::FillBudgeting},
                {support::kMonitoring, support::FillMonitoring}};
  for (const auto& c : kCases) {
    RpcService service(c.name);
    c.fill(&service);
    EXPECT_TRUE(service.Check().ok()) << service.Check();
  }
}

TEST(RpcServiceTest, CheckNamesEveryMistakeAtOnce) {
  RpcService service(support::kBudgeting);
  support::FillBudgeting(&service);
  service.Unary<v1::GetPlanRequest, v1::GetPlanResponse>(
      "GetPlans", [](const CallContext&, const v1::GetPlanRequest&) {
        return absl::StatusOr<v1::GetPlanResponse>(v1::GetPlanResponse());
      });
  service.Unary<v1::GetPlanRequest, v1::ListPlansResponse>(
      "ListPlans", [](const CallContext&, const v1::GetPlanRequest&) {
        return absl::StatusOr<v1::ListPlansResponse>(v1::ListPlansResponse());
      });
  const absl::Status status = service.Check();
  EXPECT_EQ(base::ReasonOf(status), "RPC_TABLE_INCOMPLETE");
  const std::string text(status.message());
  EXPECT_NE(text.find("GetPlans: is in no .proto"), std::string::npos) << text;
  EXPECT_NE(text.find("ListPlans: takes another message than"), std::string::npos) << text;
}

TEST(RpcServiceTest, AServiceThatNoProtoDeclaresIsRefused) {
  EXPECT_EQ(base::ReasonOf(RpcService("sepakat.nobody.v1.Nobody").Check()), "RPC_SERVICE_UNKNOWN");
}

}  // namespace
}  // namespace sepakat::platform
