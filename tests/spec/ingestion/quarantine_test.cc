// What was refused waits, complete: it is listed, corrected, and decided again.
#include <gtest/gtest.h>

#include "common/base/status.h"
#include "tests/spec/ingestion/world.h"

namespace sepakat::ingestion {
namespace {

class Quarantine : public testing::Test {
 protected:
  void SetUp() override {
    world.LoadRegions();
    ASSERT_TRUE(world.Register(kVillageBook).ok());
    const auto answer =
        world.Ingest(std::string(kHeader) +
                         "3326150000000001;33.26.15.2014;A;;41;3;1;900000;1;;05/03/2025\n"
                         "3326150000000002;33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n"
                         "3326150000000003;99.01;A;;41;1;1;900000;1;;05/03/2025\n"
                         "3326150000000004;33.26.15.2013;A;;41;1;1;900000;1;;31/02/2025\n",
                     "desa");
    ASSERT_TRUE(answer.ok()) << answer.status();
    ASSERT_EQ(answer->progress().rejected(), 3);
  }

  v1::ListQuarantineResponse List(const std::string& region = "", const std::string& reason = "",
                                  int size = 0, const std::string& token = "") {
    v1::ListQuarantineRequest request;
    request.set_region(region);
    request.set_reason(reason);
    request.set_page_size(size);
    request.set_page_token(token);
    return world.Call<v1::ListQuarantineResponse>("ListQuarantine", request).value();
  }

  v1::CorrectQuarantinedRequest Correction(const std::string& column, const std::string& value) {
    v1::CorrectQuarantinedRequest request;
    *request.mutable_context() = world.NewRequest();
    auto* correction = request.add_corrections();
    correction->set_column(column);
    correction->set_value(value);
    return request;
  }

  World world;
};

TEST_F(Quarantine, IsListedByRegionAndReason) {
  EXPECT_EQ(List().total(), 3);
  EXPECT_EQ(List("", "NO_HEAD").total(), 1);
  EXPECT_EQ(List("33.26.15").total(), 2);
  EXPECT_EQ(List("33.26.15.2013").records(0).findings(0).reason(), "IMPOSSIBLE_DATE");
  EXPECT_EQ(List().total_by_reason().at("REGION_UNKNOWN"), 1);
}

TEST_F(Quarantine, IsReadInPages) {
  const auto first = List("", "", 2);
  EXPECT_EQ(first.records_size(), 2);
  ASSERT_FALSE(first.next_page_token().empty());
  const auto second = List("", "", 2, first.next_page_token());
  ASSERT_EQ(second.records_size(), 1);
  EXPECT_TRUE(second.next_page_token().empty());
  EXPECT_EQ(second.total(), 3);
}

TEST_F(Quarantine, ACorrectedRecordIsAcceptedAndLeaves) {
  const std::string id = List("", "NO_HEAD").records(0).submission_id();
  v1::CorrectQuarantinedRequest request = Correction("hub", "1");
  request.set_submission_id(id);
  const auto answer = world.Call<v1::CorrectQuarantinedResponse>("CorrectQuarantined", request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->receipt().outcome(), "accepted") << answer->DebugString();
  world.Settle();
  EXPECT_EQ(List().total(), 2);
  EXPECT_EQ(world.Newest().size(), 2U);
  const auto again = world.Call<v1::CorrectQuarantinedResponse>("CorrectQuarantined", request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), answer->SerializeAsString());
}

TEST_F(Quarantine, ACorrectionThatIsStillWrongStaysWithItsNewReason) {
  v1::CorrectQuarantinedRequest request = Correction("kode", "99.02");
  request.set_submission_id(List("", "REGION_UNKNOWN").records(0).submission_id());
  const auto answer = world.Call<v1::CorrectQuarantinedResponse>("CorrectQuarantined", request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->receipt().outcome(), "rejected");
  EXPECT_EQ(List().total(), 3);
}

TEST_F(Quarantine, AColumnThatTheBookDoesNotNameCannotBeCorrected) {
  v1::CorrectQuarantinedRequest request = Correction("kolom", "1");
  request.set_submission_id(List().records(0).submission_id());
  const auto answer = world.Call<v1::CorrectQuarantinedResponse>("CorrectQuarantined", request);
  EXPECT_EQ(base::ReasonOf(answer.status()), "COLUMN_UNKNOWN");
}

TEST_F(Quarantine, ReplayDecidesAgainUnderTheNewestCodeBook) {
  std::string newer(kVillageBook);
  newer.replace(newer.find("version = \"1\""), 13, "version = \"2\"");
  const size_t at = newer.find("format = \"DD/MM/YYYY\"");
  newer.replace(at, 21, "format = \"DD/MM/YYYY\", default = \"2025-02-28\"");
  ASSERT_TRUE(world.Register(newer).ok());
  v1::ReplayQuarantineRequest request;
  *request.mutable_context() = world.NewRequest();
  const auto answer = world.Call<v1::ReplayQuarantineResponse>("ReplayQuarantine", request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->replayed(), 3);
  EXPECT_EQ(answer->accepted(), 1);
  EXPECT_EQ(answer->still_rejected(), 2);
  world.Settle();
  EXPECT_EQ(List().total(), 2);
}

TEST_F(Quarantine, AnUnknownRecordIsNotFound) {
  v1::GetQuarantinedRequest request;
  request.set_submission_id("tidak-ada");
  const auto answer = world.Call<v1::GetQuarantinedResponse>("GetQuarantined", request);
  EXPECT_EQ(base::ReasonOf(answer.status()), "NOT_IN_QUARANTINE");
}

}  // namespace
}  // namespace sepakat::ingestion
