// Questions about families: lists in pages, quotas, and the explanation of one family.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using support::TargetingRig;
using testing::ElementsAre;

constexpr auto kToilet = common::v1::VARIABLE_TOILET;

class Queries : public testing::Test {
 protected:
  void SetUp() override {
    rig.SetLine("33.26", "500000");
    reference::events::v1::ProgrammeRecorded programme;
    programme.set_id("jamban");
    programme.set_version("1");
    programme.mutable_rule()->add_needs("no_own_toilet");
    programme.mutable_rule()->set_decile_max(4);
    rig.SetProgramme(programme);
    // Families 1 to 20, worse off the smaller the number; even ones lack a toilet; two villages.
    for (int id = 1; id <= 20; ++id) {
      rig.Record({.id = id,
                  .region = id % 4 < 2 ? "33.26.15.2014" : "33.26.15.2015",
                  .welfare = 40'000 * id,
                  .answers = {{kToilet, id % 2 == 0 ? 6 : 1}}});
    }
    rig.Record({.id = 21, .region = "33.26.15.2014"});
    rig.Settle();
  }

  std::vector<int> List(const std::string& region, const std::string& programme, int page_size) {
    std::vector<int> ids;
    v1::ListFamiliesRequest request;
    request.set_region(region);
    request.set_programme_id(programme);
    request.set_page_size(page_size);
    do {
      const auto page = rig.Call<v1::ListFamiliesResponse>("ListFamilies", request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return ids;
      total = page->total();
      for (const auto& family : page->families()) {
        ids.push_back(std::stoi(family.family_id().substr(16), nullptr, 16));
        EXPECT_EQ(family.rank(), std::ssize(ids));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }

  TargetingRig rig;
  int64_t total = 0;
};

TEST_F(Queries, FamiliesOfAProgrammeMostUrgentFirst) {
  EXPECT_THAT(List("33.26", "jamban", 100), ElementsAre(2, 4, 6, 8));
  EXPECT_EQ(total, 4);
  EXPECT_THAT(List("33.26.15.2014", "jamban", 100), ElementsAre(4, 8));
}

TEST_F(Queries, PagesFitTogetherWhateverTheirSize) {
  const std::vector<int> whole = List("0", "", 100);
  ASSERT_EQ(whole.size(), 21U);
  EXPECT_EQ(whole.back(), 21);  // without rank, so last
  for (int size : {1, 2, 7, 20, 21}) EXPECT_EQ(List("0", "", size), whole) << size;
  EXPECT_EQ(total, 21);
}

TEST_F(Queries, AReaderMayJumpToAnyPosition) {
  const std::vector<int> whole = List("0", "", 100);
  for (int first : {2, 11, 20, 21}) {
    v1::ListFamiliesRequest request;
    request.set_page_size(3);
    request.set_first_rank(first);
    const auto page = rig.Call<v1::ListFamiliesResponse>("ListFamilies", request);
    ASSERT_TRUE(page.ok()) << page.status();
    ASSERT_EQ(page->families_size(), std::min(3, 22 - first)) << first;
    EXPECT_EQ(page->total(), 21);
    for (int i = 0; i < page->families_size(); ++i) {
      EXPECT_EQ(page->families(i).rank(), first + i);
      EXPECT_EQ(page->families(i).family_id(),
                TargetingRig::IdOf(whole[static_cast<size_t>(first + i - 1)]));
    }
  }
}

TEST_F(Queries, APageBehindTheLastFamilyIsEmpty) {
  v1::ListFamiliesRequest request;
  request.set_first_rank(22);
  const auto page = rig.Call<v1::ListFamiliesResponse>("ListFamilies", request);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->families_size(), 0);
  EXPECT_EQ(page->total(), 21);
  EXPECT_EQ(page->next_page_token(), "");
}

TEST_F(Queries, QuotasTakeTheFirstFamiliesOfEachRegion) {
  v1::SelectFamiliesRequest request;
  request.set_programme_id("jamban");
  for (const char* region : {"33.26.15.2014", "33.26.15.2015", "33.26.99"}) {
    auto& quota = *request.add_quotas();
    quota.set_region(region);
    quota.set_families(1);
  }
  const auto selected = rig.Call<v1::SelectFamiliesResponse>("SelectFamilies", request);
  ASSERT_TRUE(selected.ok());
  ASSERT_EQ(selected->families_size(), 2);
  EXPECT_EQ(selected->families(0).family_id(), TargetingRig::IdOf(4));
  EXPECT_EQ(selected->families(1).family_id(), TargetingRig::IdOf(2));
  EXPECT_GT(selected->publication(), 0);
}

TEST_F(Queries, AFamilyIsExplainedWithEveryVariableRuleAndProgramme) {
  v1::ExplainFamilyRequest request;
  request.set_family_id(TargetingRig::IdOf(10));
  const auto explained = rig.Call<v1::ExplainFamilyResponse>("ExplainFamily", request);
  ASSERT_TRUE(explained.ok()) << explained.status();
  EXPECT_EQ(explained->family().decile(), 5);
  EXPECT_TRUE(explained->family().poor());
  EXPECT_THAT(explained->family().deprivations(),
              ElementsAre("unfit_house", "inadequate_sanitation", "no_own_toilet"));
  EXPECT_EQ(explained->poverty_line(), 500'000);
  EXPECT_EQ(explained->national_rank(), 10);
  EXPECT_EQ(explained->ranked_families(), 20);
  EXPECT_EQ(explained->family().families_to_boundary(), 0);
  EXPECT_EQ(explained->rules_size(), 14);
  ASSERT_EQ(explained->programmes_size(), 1);
  EXPECT_EQ(explained->programmes(0).result(), "false");
  EXPECT_THAT(explained->programmes(0).reasons(), ElementsAre("DECILE_NOT_MET"));
  for (const auto& variable : explained->variables()) {
    EXPECT_EQ(variable.has_value(),
              variable.variable() == "toilet" || variable.variable() == "members")
        << variable.variable();
  }
  EXPECT_EQ(explained->snapshot().welfare(), 400'000);
  EXPECT_EQ(explained->model_id(), "welfare");
}

TEST_F(Queries, ContributionsAddUpToTheScore) {
  v1::SetModelRequest request;
  request.mutable_context()->set_request_id("m");
  auto& model = *request.mutable_model();
  model.set_id("pmt");
  model.set_version("1");
  model.set_intercept_micro(14'000'000);
  auto& toilet = *model.add_terms();
  toilet.set_variable("toilet");
  toilet.add_codes(6);
  toilet.set_coefficient_micro(-250'000);
  auto& members = *model.add_terms();
  members.set_variable("members");
  members.set_coefficient_micro(-100'000);
  ASSERT_TRUE(rig.Call<v1::SetModelResponse>("SetModel", request).ok());
  rig.Settle();
  v1::ExplainFamilyRequest which;
  which.set_family_id(TargetingRig::IdOf(2));
  const auto explained = rig.Call<v1::ExplainFamilyResponse>("ExplainFamily", which);
  ASSERT_TRUE(explained.ok());
  int64_t score = explained->intercept_micro();
  for (const auto& variable : explained->variables()) score += variable.contribution_micro();
  EXPECT_EQ(score, explained->family().score_micro());
  EXPECT_EQ(score, 14'000'000 - 250'000 - 400'000);
  EXPECT_EQ(rig.Figure("0", "score_mean").unknown_families(), 1);
}

TEST_F(Queries, WhatIsNotThereIsNotFound) {
  const auto reason = [&](const v1::ListFamiliesRequest& request) {
    return base::ReasonOf(rig.Call<v1::ListFamiliesResponse>("ListFamilies", request).status());
  };
  v1::ListFamiliesRequest request;
  request.set_population("mars");
  EXPECT_EQ(reason(request), "POPULATION_UNKNOWN");
  request.clear_population();
  request.set_region("99");
  EXPECT_EQ(reason(request), "REGION_WITHOUT_FAMILIES");
  request.set_region("33");
  request.set_programme_id("nothing");
  EXPECT_EQ(reason(request), "PROGRAMME_UNKNOWN");
  request.clear_programme_id();
  request.set_page_token("page-2");
  EXPECT_EQ(reason(request), "PAGE_TOKEN_MALFORMED");
  v1::ExplainFamilyRequest family;
  family.set_family_id(TargetingRig::IdOf(99));
  EXPECT_EQ(base::ReasonOf(rig.Call<v1::ExplainFamilyResponse>("ExplainFamily", family).status()),
            "FAMILY_UNKNOWN");
}

}  // namespace
}  // namespace sepakat::targeting
