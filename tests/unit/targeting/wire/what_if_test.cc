// What-if branches through the service: named, listed, shown, discarded, adopted, refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::support {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
namespace v1 = targeting::v1;

// Ten families of one village, welfare 100,000 to 1,000,000, line 455,000: four are poor.
class WhatIfTest : public testing::Test {
 protected:
  WhatIfTest() {
    rig_.SetLine("33.26", "455000");
    for (int i = 1; i <= 10; ++i) {
      rig_.Record(Family{.id = i, .size = 2, .welfare = i * 100'000});
    }
    rig_.Settle();
  }

  v1::CreateWhatIfRequest Order(const std::string& name) {
    v1::CreateWhatIfRequest request;
    request.mutable_context()->set_request_id("create-" + name);
    request.mutable_context()->set_actor("Bappeda");
    request.mutable_context()->set_reason("rencana 2026");
    request.set_name(name);
    request.set_region("33.26");
    return request;
  }
  absl::Status Create(const v1::CreateWhatIfRequest& request) {
    return rig_.Call<v1::CreateWhatIfResponse>("CreateWhatIf", request).status();
  }
  absl::Status CreatePercent(const std::string& name, const std::string& percent) {
    v1::CreateWhatIfRequest request = Order(name);
    request.mutable_changes()->set_line_percent(percent);
    return Create(request);
  }
  v1::GetWhatIfResponse Get(const std::string& name, const std::string& region = "") {
    v1::GetWhatIfRequest request;
    request.set_name(name);
    request.set_region(region);
    const auto response = rig_.Call<v1::GetWhatIfResponse>("GetWhatIf", request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *response : v1::GetWhatIfResponse();
  }
  absl::StatusOr<v1::AdoptWhatIfResponse> Adopt(const std::string& name,
                                                const std::string& request_id,
                                                const std::string& version = "2026") {
    v1::AdoptWhatIfRequest request;
    request.mutable_context()->set_request_id(request_id);
    request.mutable_context()->set_actor("Bupati");
    request.mutable_context()->set_reason("SK 12/2026");
    request.set_name(name);
    request.set_version(version);
    return rig_.Call<v1::AdoptWhatIfResponse>("AdoptWhatIf", request);
  }

  TargetingRig rig_;
};

v1::FigureComparison Find(const v1::GetWhatIfResponse& response, const std::string& measure) {
  for (const v1::FigureComparison& figure : response.figures()) {
    if (figure.base().measure() == measure) return figure;
  }
  ADD_FAILURE() << measure << " is not told";
  return {};
}

TEST_F(WhatIfTest, ShowsFiguresBesideTheBaseAndWhoMoves) {
  ASSERT_TRUE(CreatePercent("line-120", "120").ok());
  const v1::GetWhatIfResponse branch = Get("line-120");
  const v1::FigureComparison p0 = Find(branch, "p0");
  EXPECT_EQ(p0.base().value(), "0.400000");
  EXPECT_EQ(p0.branch().value(), "0.500000");
  EXPECT_EQ(p0.difference(), "0.100000");
  EXPECT_EQ(branch.moves().families(), 10);
  EXPECT_EQ(branch.moves().entered_poverty().families(), 1);
  EXPECT_EQ(branch.moves().entered_poverty().persons(), "2");
  EXPECT_EQ(branch.moves().left_poverty().families(), 0);
  ASSERT_THAT(branch.inner(), SizeIs(1));
  EXPECT_EQ(branch.inner(0).region(), "33.26.15");
  EXPECT_EQ(branch.inner(0).moves().entered_poverty().families(), 1);
  EXPECT_EQ(branch.branch().state(), "open");
  EXPECT_TRUE(branch.branch().base_stands());
  EXPECT_EQ(branch.branch().actor(), "Bappeda");
  EXPECT_EQ(branch.branch().changes().line_percent(), "120");
}

TEST_F(WhatIfTest, ChangesNothingThatIsServed) {
  const std::string before = rig_.Value("33.26", "p0");
  const size_t messages = rig_.Records(runtime::topics::kIndicator).size();
  ASSERT_TRUE(CreatePercent("line-120", "120").ok());
  rig_.Settle();
  EXPECT_EQ(rig_.Value("33.26", "p0"), before);
  EXPECT_THAT(rig_.Records(runtime::topics::kIndicator), SizeIs(messages));
}

TEST_F(WhatIfTest, TheSameRequestGivesTheSameBranchAndAnotherOneIsRefused) {
  ASSERT_TRUE(CreatePercent("line-120", "120").ok());
  EXPECT_TRUE(CreatePercent("line-120", "120").ok());
  v1::CreateWhatIfRequest other = Order("line-120");
  other.mutable_context()->set_request_id("somebody else");
  other.mutable_changes()->set_line_percent("90");
  EXPECT_EQ(base::ReasonOf(Create(other)), "WHATIF_EXISTS");
}

TEST_F(WhatIfTest, AContradictionIsRefusedWithItsReason) {
  v1::CreateWhatIfRequest nothing = Order("nothing");
  EXPECT_EQ(base::ReasonOf(Create(nothing)), "NOTHING_CHANGED");
  EXPECT_EQ(base::ReasonOf(CreatePercent("Garis 120", "120")), "WHATIF_NAME_MALFORMED");
  EXPECT_EQ(base::ReasonOf(CreatePercent("words", "a tenth")), "NOT_A_NUMBER");
  v1::CreateWhatIfRequest rules = Order("rules");
  rules.mutable_changes()->set_rule_set("nobody");
  EXPECT_EQ(base::ReasonOf(Create(rules)), "RULE_SET_UNKNOWN");
  v1::CreateWhatIfRequest nowhere = Order("nowhere");
  nowhere.set_region("91");
  nowhere.mutable_changes()->set_line_percent("120");
  EXPECT_EQ(base::ReasonOf(Create(nowhere)), "REGION_WITHOUT_FAMILIES");
  v1::GetWhatIfRequest get;
  get.set_name("nowhere");
  EXPECT_EQ(base::ReasonOf(rig_.Call<v1::GetWhatIfResponse>("GetWhatIf", get).status()),
            "WHATIF_UNKNOWN");
}

TEST_F(WhatIfTest, IsListedUntilItIsDiscarded) {
  ASSERT_TRUE(CreatePercent("b", "120").ok());
  ASSERT_TRUE(CreatePercent("a", "110").ok());
  const auto names = [&] {
    std::vector<std::string> list;
    const auto response =
        rig_.Call<v1::ListWhatIfsResponse>("ListWhatIfs", v1::ListWhatIfsRequest());
    for (const v1::WhatIf& branch : response->branches()) list.push_back(branch.name());
    return list;
  };
  EXPECT_THAT(names(), ElementsAre("a", "b"));
  v1::DiscardWhatIfRequest discard;
  discard.mutable_context()->set_request_id("discard");
  discard.set_name("a");
  EXPECT_TRUE(rig_.Call<v1::DiscardWhatIfResponse>("DiscardWhatIf", discard).ok());
  EXPECT_TRUE(rig_.Call<v1::DiscardWhatIfResponse>("DiscardWhatIf", discard).ok());
  EXPECT_THAT(names(), ElementsAre("b"));
}

TEST_F(WhatIfTest, AdoptingRecordsItsParametersWithVersionAndReason) {
  ASSERT_TRUE(CreatePercent("line-120", "120").ok());
  const auto adopted = Adopt("line-120", "adopt");
  ASSERT_TRUE(adopted.ok()) << adopted.status();
  EXPECT_EQ(adopted->parameters(), 1);
  EXPECT_EQ(adopted->branch().state(), "adopted");
  EXPECT_TRUE(Adopt("line-120", "adopt").ok()) << "the same request has the same answer";
  EXPECT_EQ(base::ReasonOf(Adopt("line-120", "again", "2027").status()), "WHATIF_ADOPTED");
  rig_.Settle();
  EXPECT_EQ(rig_.Value("33.26", "p0"), Find(Get("line-120"), "p0").branch().value());
  const auto parameters =
      rig_.Call<v1::ListParametersResponse>("ListParameters", v1::ListParametersRequest());
  ASSERT_THAT(parameters->lines(), SizeIs(1));
  EXPECT_EQ(parameters->lines(0).value(), "546000");
  EXPECT_EQ(parameters->lines(0).version(), "2026");
  EXPECT_EQ(parameters->lines(0).source(), "what-if line-120: SK 12/2026 (Bupati)");
}

TEST_F(WhatIfTest, AModelAndTheSettingsThatNameItAreAdoptedTogether) {
  v1::CreateWhatIfRequest order = Order("model");
  auto* model = order.mutable_changes()->mutable_model();
  model->set_id("local");
  model->set_intercept_micro(13'000'000);
  auto* term = model->add_terms();
  term->set_variable("members");
  term->set_coefficient_micro(-100'000);
  order.mutable_changes()->mutable_settings()->set_model_id("local");
  order.mutable_changes()->mutable_settings()->set_decile_by("persons");
  ASSERT_TRUE(Create(order).ok());
  const auto adopted = Adopt("model", "adopt");
  ASSERT_TRUE(adopted.ok()) << adopted.status();
  EXPECT_EQ(adopted->parameters(), 2);
}

TEST_F(WhatIfTest, IsNotAdoptedOnceItsBaseHasChanged) {
  ASSERT_TRUE(CreatePercent("line-120", "120").ok());
  rig_.SetLine("33.26", "460000");
  const absl::Status refused = Adopt("line-120", "adopt").status();
  EXPECT_EQ(base::ReasonOf(refused), "BASE_CHANGED");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("create it again"));
  EXPECT_FALSE(Get("line-120").branch().base_stands());
}

TEST_F(WhatIfTest, WhatTargetingDoesNotOwnIsNotAdopted) {
  v1::CreateWhatIfRequest order = Order("weights");
  auto* factor = order.mutable_changes()->add_weights();
  factor->set_region("33.26");
  factor->set_factor("1.5");
  ASSERT_TRUE(Create(order).ok());
  EXPECT_EQ(Find(Get("weights"), "persons").branch().value(), "30");
  EXPECT_EQ(base::ReasonOf(Adopt("weights", "adopt").status()), "NOT_ADOPTABLE");
}

TEST_F(WhatIfTest, CorrectedAnswersOfAFamilyAreTriedWithoutAWrite) {
  v1::TryFamilyRequest request;
  request.set_family_id(TargetingRig::IdOf(6));
  request.set_welfare(150'000);
  const auto response = rig_.Call<v1::TryFamilyResponse>("TryFamily", request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->before().ranks(0).rank(), 6);
  EXPECT_EQ(response->after().ranks(0).rank(), 2);
  EXPECT_EQ(response->after().ranks(1).region(), "33.26.15.2014");
  EXPECT_EQ(response->after().decile(), 2u);
  EXPECT_TRUE(response->after().poor());
  ASSERT_THAT(response->changes(), SizeIs(2));
  EXPECT_EQ(response->changes(0).boundary(), "decile");
  EXPECT_EQ(response->changes(1).boundary(), "poverty_line");
  EXPECT_EQ(rig_.Value("33.26", "p0"), "0.400000");
}

TEST_F(WhatIfTest, AnAnswerThatNobodyCouldGiveIsRefused) {
  v1::TryFamilyRequest request;
  request.set_family_id(TargetingRig::IdOf(6));
  request.add_corrections()->set_variable("shoes");
  EXPECT_EQ(base::ReasonOf(rig_.Call<v1::TryFamilyResponse>("TryFamily", request).status()),
            "UNKNOWN_VARIABLE");
  request.mutable_corrections(0)->set_variable("floor");
  request.mutable_corrections(0)->set_value(77);
  EXPECT_EQ(base::ReasonOf(rig_.Call<v1::TryFamilyResponse>("TryFamily", request).status()),
            "ANSWER_OUT_OF_RANGE");
}

}  // namespace
}  // namespace sepakat::support
