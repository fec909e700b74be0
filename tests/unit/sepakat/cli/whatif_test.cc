#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;
using testing::SizeIs;
namespace v1 = targeting::v1;

class WhatIfCommand : public testing::Test {
 protected:
  WhatIfCommand() {
    server_.On<v1::CreateWhatIfRequest, v1::CreateWhatIfResponse>(
        "CreateWhatIf",
        [this](const v1::CreateWhatIfRequest& request) -> absl::StatusOr<v1::CreateWhatIfResponse> {
          asked_ = request;
          return v1::CreateWhatIfResponse();
        });
    server_.On<v1::GetWhatIfRequest, v1::GetWhatIfResponse>(
        "GetWhatIf",
        [](const v1::GetWhatIfRequest& request) -> absl::StatusOr<v1::GetWhatIfResponse> {
          v1::GetWhatIfResponse response;
          response.mutable_branch()->set_name(request.name());
          response.mutable_branch()->set_population("register");
          response.mutable_branch()->set_publication(17);
          response.set_region("33.26");
          v1::FigureComparison* figure = response.add_figures();
          figure->mutable_base()->set_measure("p0");
          figure->mutable_base()->set_value("0.080501");
          figure->mutable_branch()->set_value("0.104200");
          figure->set_difference("0.023699");
          response.mutable_moves()->mutable_entered_poverty()->set_families(6841);
          response.mutable_moves()->mutable_entered_poverty()->set_persons("24510");
          return response;
        });
    server_.On<budgeting::v1::ListProgrammesRequest, budgeting::v1::ListProgrammesResponse>(
        "ListProgrammes",
        [](const budgeting::v1::ListProgrammesRequest&)
            -> absl::StatusOr<budgeting::v1::ListProgrammesResponse> {
          budgeting::v1::ListProgrammesResponse response;
          auto* programme = response.add_programmes()->mutable_programme();
          programme->set_id("rtlh");
          programme->mutable_rule()->add_needs("unfit_house");
          programme->mutable_rule()->set_decile_max(4);
          return response;
        });
  }

  FakeServer server_;
  v1::CreateWhatIfRequest asked_;
};

TEST_F(WhatIfCommand, ReadsLinesWeightsAndPercentFromItsWords) {
  EXPECT_EQ(server_.Run({"whatif", "create", "town", "--region", "33.26", "--line-percent", "110",
                         "--line", "33.26/urban=580000", "--weight", "33.26=1.02", "--rule-set",
                         "sdg-2019", "--reason", "rencana"}),
            kExitOk);
  EXPECT_EQ(asked_.name(), "town");
  EXPECT_EQ(asked_.region(), "33.26");
  EXPECT_EQ(asked_.context().reason(), "rencana");
  EXPECT_EQ(asked_.changes().line_percent(), "110");
  ASSERT_THAT(asked_.changes().lines(), SizeIs(1));
  EXPECT_EQ(asked_.changes().lines(0).urban_rural(), 1u);
  EXPECT_EQ(asked_.changes().lines(0).value(), "580000");
  EXPECT_EQ(asked_.changes().weights(0).factor(), "1.02");
  EXPECT_EQ(asked_.changes().rule_set(), "sdg-2019");
  EXPECT_THAT(server_.out(), HasSubstr("p0       0.080501  0.104200    0.023699\n"));
  EXPECT_THAT(server_.out(), HasSubstr("enter poverty"));
}

TEST_F(WhatIfCommand, AnotherCeilingKeepsTheRestOfTheRule) {
  EXPECT_EQ(server_.Run({"whatif", "create", "wider", "--decile-max", "rtlh=6"}), kExitOk);
  ASSERT_THAT(asked_.changes().programmes(), SizeIs(1));
  EXPECT_EQ(asked_.changes().programmes(0).rule().decile_max(), 6u);
  EXPECT_EQ(asked_.changes().programmes(0).rule().needs(0), "unfit_house");
}

TEST_F(WhatIfCommand, AWordThatIsNoChangeIsOneSentence) {
  for (const auto& [option, word] : {std::pair{"--line", "33.26"},
                                     {"--line", "33.26/city=5"},
                                     {"--weight", "=2"},
                                     {"--decile-max", "rtlh=11"}}) {
    EXPECT_EQ(server_.Run({"whatif", "create", "x", option, word}), kExitFailure) << word;
    EXPECT_THAT(server_.err(), HasSubstr(word));
  }
}

TEST_F(WhatIfCommand, PrintsOnePartAsCsv) {
  EXPECT_EQ(server_.Run({"whatif", "show", "town", "--format", "csv"}), kExitOk);
  EXPECT_EQ(server_.out(), "measure,base,branch,difference\np0,0.080501,0.104200,0.023699\n");
}

}  // namespace
}  // namespace sepakat::cli
