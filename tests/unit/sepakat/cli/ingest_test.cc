#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using testing::HasSubstr;

std::string Survey(const std::string& text) {
  const std::string path = TestFile("survei.csv");
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

struct Counts {
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  int64_t repeated = 0;
};

// A publication that has read the family log up to `offset` in its only partition.
monitoring::v1::ListPublicationsResponse Publication(int64_t number, int64_t offset) {
  monitoring::v1::ListPublicationsResponse response;
  auto* manifest = response.add_publications();
  manifest->set_publication(number);
  auto* input = manifest->add_inputs();
  input->set_topic("family");
  input->set_next_offset(offset);
  return response;
}

// Answers every file with these counts and keeps what was sent.
void Accept(FakeServer& server, const Counts& counts, std::vector<v1::IngestFileRequest>* sent) {
  server.OnStream<v1::IngestFileRequest, v1::IngestFileResponse>(
      "IngestFile",
      [counts, sent](const std::vector<v1::IngestFileRequest>& requests)
          -> absl::StatusOr<v1::IngestFileResponse> {
        *sent = requests;
        v1::IngestFileResponse response;
        auto* end = response.add_family_log();
        end->set_topic("family");
        end->set_next_offset(25);
        auto* progress = response.mutable_progress();
        progress->set_ingest_id("i-1");
        progress->set_codebook_id("survei");
        progress->set_codebook_version("1");
        progress->set_received(counts.accepted + counts.flagged + counts.rejected +
                               counts.repeated);
        progress->set_accepted(counts.accepted);
        progress->set_flagged(counts.flagged);
        progress->set_rejected(counts.rejected);
        progress->set_repeated(counts.repeated);
        progress->set_rows(1500);
        if (counts.rejected > 0) {
          auto* finding = response.add_findings();
          finding->set_line(7);
          finding->set_column("r409");
          finding->set_reason("TWO_HEADS");
          finding->set_message("two members are heads; keep one");
          finding->set_fatal(true);
          (*response.mutable_findings_by_reason())["TWO_HEADS"] = counts.rejected;
        }
        return response;
      });
}

TEST(Ingest, SendsTheFileInPartsBehindItsHeader) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, {.accepted = 3}, &sent);
  const std::string text(600'000, 'x');
  EXPECT_EQ(server.Run({"ingest", Survey(text), "--codebook", "survei", "--source", "desa"}),
            kExitOk);
  ASSERT_GT(sent.size(), 2U);
  EXPECT_EQ(sent[0].header().codebook_id(), "survei");
  EXPECT_EQ(sent[0].header().source(), "desa");
  EXPECT_EQ(sent[0].header().context().actor(), "ani");
  EXPECT_NE(sent[0].header().context().request_id(), "");
  std::string received;
  for (size_t i = 1; i < sent.size(); ++i) received += sent[i].chunk();
  EXPECT_EQ(received, text);
}

TEST(Ingest, TellsCountsThatAddUpAndFindings) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, {.accepted = 1200, .flagged = 3, .rejected = 2, .repeated = 1}, &sent);
  server.On<monitoring::v1::ListPublicationsRequest, monitoring::v1::ListPublicationsResponse>(
      "ListPublications",
      [](const auto&) -> absl::StatusOr<monitoring::v1::ListPublicationsResponse> {
        return Publication(7, 25);
      });
  const std::string file = Survey("a,b\n1,2\n");
  EXPECT_EQ(server.Run({"ingest", file, "--codebook", "survei"}), kExitSomeRejected);
  EXPECT_EQ(server.out(),
            file +
                ": received 1,206 = accepted 1,200 + flagged 3 + rejected 2 + repeated 1\n"
                "1,500 rows in 4.0 s, 301 records/s, code book survei version 1, ingest i-1\n"
                "figures: publication 7 contains this file\n"
                "\nFindings by reason\n"
                "reason     count\n"
                "TWO_HEADS      2\n"
                "\nFirst findings\n"
                "line  column  reason     what\n"
                "   7  r409    TWO_HEADS  two members are heads; keep one\n"
                "\nRejected records wait in the quarantine: sepakat quarantine list\n");
}

struct ExitCase {
  Counts counts;
  int code;
};
class IngestExitCode : public testing::TestWithParam<ExitCase> {};

TEST_P(IngestExitCode, IsTwoOnlyWhenSomethingWasRejected) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, GetParam().counts, &sent);
  EXPECT_EQ(server.Run({"ingest", Survey("a\n"), "--codebook", "survei", "--format", "json"}),
            GetParam().code);
}
INSTANTIATE_TEST_SUITE_P(
    Outcomes, IngestExitCode,
    testing::Values(ExitCase{{.accepted = 5}, kExitOk}, ExitCase{{.flagged = 5}, kExitOk},
                    ExitCase{{.repeated = 5}, kExitOk},
                    ExitCase{{.accepted = 9, .rejected = 1}, kExitSomeRejected}));

TEST(Ingest, FailsWhenTheCountsOfTheServerDoNotAddUp) {
  FakeServer server;
  server.OnStream<v1::IngestFileRequest, v1::IngestFileResponse>(
      "IngestFile", [](const auto&) -> absl::StatusOr<v1::IngestFileResponse> {
        v1::IngestFileResponse response;
        response.mutable_progress()->set_received(2);
        response.mutable_progress()->set_accepted(1);
        return response;
      });
  EXPECT_EQ(server.Run({"ingest", Survey("a\n"), "--codebook", "survei"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("COUNTS_DO_NOT_ADD_UP"));
}

TEST(Ingest, RegistersACodeBookGivenAsAFile) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, {.accepted = 1}, &sent);
  std::string registered;
  server.On<v1::RegisterCodebookRequest, v1::RegisterCodebookResponse>(
      "RegisterCodebook",
      [&registered](const v1::RegisterCodebookRequest& request)
          -> absl::StatusOr<v1::RegisterCodebookResponse> {
        registered = request.toml();
        v1::RegisterCodebookResponse response;
        response.set_codebook_id("my_survey");
        return response;
      });
  const std::string book = TestFile("book.toml");
  std::ofstream(book) << "# a book\n";
  EXPECT_EQ(server.Run({"ingest", Survey("a\n"), "--codebook", book}), kExitOk);
  EXPECT_EQ(registered, "# a book\n");
  EXPECT_EQ(sent.at(0).header().codebook_id(), "my_survey");
}

TEST(Ingest, RegistersABuiltInCodeBookOnceOnly) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, {.accepted = 1}, &sent);
  v1::ListCodebooksResponse known;
  server.On<v1::ListCodebooksRequest, v1::ListCodebooksResponse>(
      "ListCodebooks",
      [&known](const auto&) -> absl::StatusOr<v1::ListCodebooksResponse> { return known; });
  server.On<v1::RegisterCodebookRequest, v1::RegisterCodebookResponse>(
      "RegisterCodebook", [&known](const auto&) -> absl::StatusOr<v1::RegisterCodebookResponse> {
        auto* book = known.add_codebooks();
        book->set_id("regsosek_2022");
        book->set_version("2");
        v1::RegisterCodebookResponse response;
        response.set_codebook_id("regsosek_2022");
        return response;
      });
  const std::string file = Survey("a\n");
  EXPECT_EQ(server.Run({"ingest", file, "--codebook", "regsosek_2022"}), kExitOk);
  EXPECT_EQ(server.Run({"ingest", file, "--codebook", "regsosek_2022"}), kExitOk);
  EXPECT_THAT(server.calls, testing::ElementsAre("ListCodebooks", "RegisterCodebook", "IngestFile",
                                                 "ListPublications", "ListCodebooks", "IngestFile",
                                                 "ListPublications"));
}

TEST(Ingest, RegistersABuiltInCodeBookAgainWhenItHasBecomeNewer) {
  for (const auto& [known, registered] :
       std::map<std::string, bool>{{"1", true}, {"2", false}, {"3", false}, {"kabupaten", false}}) {
    FakeServer server;
    std::vector<v1::IngestFileRequest> sent;
    Accept(server, {.accepted = 1}, &sent);
    bool called = false;
    server.On<v1::ListCodebooksRequest, v1::ListCodebooksResponse>(
        "ListCodebooks",
        [&known = known](const auto&) -> absl::StatusOr<v1::ListCodebooksResponse> {
          v1::ListCodebooksResponse response;
          auto* book = response.add_codebooks();
          book->set_id("regsosek_2022");
          book->set_version(known);
          return response;
        });
    server.On<v1::RegisterCodebookRequest, v1::RegisterCodebookResponse>(
        "RegisterCodebook", [&called](const auto&) -> absl::StatusOr<v1::RegisterCodebookResponse> {
          called = true;
          return v1::RegisterCodebookResponse();
        });
    EXPECT_EQ(server.Run({"ingest", Survey("a\n"), "--codebook", "regsosek_2022"}), kExitOk);
    EXPECT_EQ(called, registered) << known;
  }
}

TEST(Ingest, EndsWhenAPublicationContainsTheFile) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, {.accepted = 3}, &sent);
  int64_t asked = 0;
  server.On<monitoring::v1::ListPublicationsRequest, monitoring::v1::ListPublicationsResponse>(
      "ListPublications",
      [&asked](const auto&) -> absl::StatusOr<monitoring::v1::ListPublicationsResponse> {
        ++asked;
        return Publication(asked, asked * 10);
      });
  EXPECT_EQ(server.Run({"ingest", Survey("x"), "--codebook", "survei", "--format", "json"}),
            kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("\"publication\": 3"));
  EXPECT_EQ(server.Run({"ingest", Survey("x"), "--codebook", "survei", "--wait", "0"}), kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("figures: not waited for"));
  EXPECT_EQ(asked, 3);
}

TEST(Ingest, SaysThatFiguresFollowWhenTheyAreLate) {
  FakeServer server;
  std::vector<v1::IngestFileRequest> sent;
  Accept(server, {.accepted = 3}, &sent);
  server.On<monitoring::v1::ListPublicationsRequest, monitoring::v1::ListPublicationsResponse>(
      "ListPublications",
      [](const auto&) -> absl::StatusOr<monitoring::v1::ListPublicationsResponse> {
        return Publication(1, 0);
      });
  EXPECT_EQ(server.Run({"ingest", Survey("x"), "--codebook", "survei", "--wait", "5"}), kExitOk);
  EXPECT_THAT(server.out(),
              HasSubstr("figures: no publication contains it after 5 s; it follows by "
                        "itself"));
}

TEST(Ingest, SaysThatAFileIsMissingBeforeItCallsAnybody) {
  FakeServer server;
  EXPECT_EQ(server.Run({"ingest", "/nowhere/x.csv", "--codebook", "survei"}), kExitFailure);
  EXPECT_EQ(server.err(),
            "sepakat: cannot read /nowhere/x.csv: No such file or directory [FILE_NOT_FOUND]\n");
  EXPECT_TRUE(server.calls.empty());
}

}  // namespace
}  // namespace sepakat::cli
