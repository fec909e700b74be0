#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using testing::HasSubstr;

// A quarantine of `total` records in pages of the size asked for.
void Fill(FakeServer& server, int total) {
  server.On<v1::ListQuarantineRequest, v1::ListQuarantineResponse>(
      "ListQuarantine",
      [total](
          const v1::ListQuarantineRequest& request) -> absl::StatusOr<v1::ListQuarantineResponse> {
        const int begin = request.page_token().empty() ? 0 : std::stoi(request.page_token());
        v1::ListQuarantineResponse response;
        response.set_total(total);
        for (int i = begin; i < std::min(begin + request.page_size(), total); ++i) {
          auto* record = response.add_records();
          record->set_submission_id("s" + std::to_string(i));
          record->set_line(10 * i);
          record->set_region("33.26.15");
          record->set_source("desa");
          auto* fatal = record->add_findings();
          fatal->set_reason("TWO_HEADS");
          fatal->set_fatal(true);
          record->add_findings()->set_reason("CODE_UNKNOWN");
        }
        if (begin + request.page_size() < total) {
          response.set_next_page_token(std::to_string(begin + request.page_size()));
        }
        return response;
      });
}

TEST(QuarantineList, PrintsFatalReasonsAndHowManyThereAre) {
  FakeServer server;
  Fill(server, 2);
  EXPECT_EQ(server.Run({"quarantine", "list"}), kExitOk);
  EXPECT_EQ(server.out(),
            "submission  line  region    source  reasons\n"
            "s0             0  33.26.15  desa    TWO_HEADS\n"
            "s1            10  33.26.15  desa    TWO_HEADS\n"
            "\n2 of 2 records\n");
}

TEST(QuarantineList, ReadsPageAfterPageUpToTheLimit) {
  FakeServer server;
  Fill(server, 1600);
  EXPECT_EQ(server.Run({"quarantine", "list", "--limit", "1200"}), kExitOk);
  EXPECT_EQ(server.calls.size(), 3U);
  EXPECT_THAT(server.out(), HasSubstr("1,200 of 1,600 records"));
  EXPECT_THAT(server.out(), testing::Not(HasSubstr("s1200 ")));
}

struct CellCase {
  std::string text;
  bool good;
};
class QuarantineCorrect : public testing::TestWithParam<CellCase> {};

TEST_P(QuarantineCorrect, TakesRowColumnAndValue) {
  FakeServer server;
  v1::CorrectQuarantinedRequest asked;
  server.On<v1::CorrectQuarantinedRequest, v1::CorrectQuarantinedResponse>(
      "CorrectQuarantined",
      [&asked](const v1::CorrectQuarantinedRequest& request)
          -> absl::StatusOr<v1::CorrectQuarantinedResponse> {
        asked = request;
        v1::CorrectQuarantinedResponse response;
        response.mutable_receipt()->set_outcome("accepted");
        return response;
      });
  const int code = server.Run(
      {"quarantine", "correct", "s1", "--set", GetParam().text, "--reason", "checked on the spot"});
  if (!GetParam().good) {
    EXPECT_EQ(code, kExitFailure);
    EXPECT_THAT(server.err(), HasSubstr("CELL_MALFORMED"));
    EXPECT_TRUE(server.calls.empty());
    return;
  }
  EXPECT_EQ(code, kExitOk);
  EXPECT_EQ(asked.submission_id(), "s1");
  EXPECT_EQ(asked.context().reason(), "checked on the spot");
  ASSERT_EQ(asked.corrections_size(), 1);
  const auto& cell = asked.corrections(0);
  EXPECT_EQ(std::to_string(cell.row()) + ":" + cell.column() + "=" + cell.value(), GetParam().text);
}
INSTANTIATE_TEST_SUITE_P(Cells, QuarantineCorrect,
                         testing::Values(CellCase{"1:r409=3", true}, CellCase{"0:a b=x=y", true},
                                         CellCase{"0:r409=", true}, CellCase{"r409=3", false},
                                         CellCase{"x:r409=3", false}, CellCase{"-1:r409=3", false},
                                         CellCase{"1:=3", false}, CellCase{"1:r409", false}));

TEST(QuarantineReplay, ExitsWithTwoWhileSomethingIsStillRejected) {
  FakeServer server;
  v1::ReplayQuarantineResponse answer;
  answer.set_replayed(5);
  answer.set_accepted(5);
  server.On<v1::ReplayQuarantineRequest, v1::ReplayQuarantineResponse>(
      "ReplayQuarantine",
      [&answer](const auto&) -> absl::StatusOr<v1::ReplayQuarantineResponse> { return answer; });
  EXPECT_EQ(server.Run({"quarantine", "replay"}), kExitOk);
  answer.set_still_rejected(1);
  EXPECT_EQ(server.Run({"quarantine", "replay", "s1", "s2"}), kExitSomeRejected);
}

TEST(QuarantineShow, PrintsCellsThatHoldSomething) {
  FakeServer server;
  server.On<v1::GetQuarantinedRequest, v1::GetQuarantinedResponse>(
      "GetQuarantined", [](const auto&) -> absl::StatusOr<v1::GetQuarantinedResponse> {
        v1::GetQuarantinedResponse response;
        response.mutable_record()->set_submission_id("s1");
        auto* row = response.add_rows();
        (*row->mutable_cells())["r409"] = "1";
        (*row->mutable_cells())["r402"] = "***";
        (*row->mutable_cells())["r410"] = "";
        return response;
      });
  EXPECT_EQ(server.Run({"quarantine", "show", "s1", "--format", "csv"}), kExitOk);
  EXPECT_EQ(server.out(), "row,column,value\n0,r402,***\n0,r409,1\n");
}

}  // namespace
}  // namespace sepakat::cli
