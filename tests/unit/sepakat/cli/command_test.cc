#include "sepakat/cli/command.h"

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(CommandLine, TeachesAFirstRoundInItsHelp) {
  FakeServer server;
  EXPECT_EQ(server.Run({"--help"}), kExitOk);
  for (const char* word : {"sepakat serve", "ingest", "report", "quarantine", "reference",
                           "generate", "topics", "Exit codes", "SEPAKAT_SERVER"}) {
    EXPECT_THAT(server.out(), HasSubstr(word));
  }
}

TEST(CommandLine, ListsACommandWithOneLine) {
  FakeServer server;
  server.Run({"--help"});
  EXPECT_THAT(server.out(), HasSubstr("ingest                          send a survey file\n"));
  EXPECT_THAT(server.out(), testing::Not(HasSubstr("FILE is CSV")));
}

TEST(CommandLine, ShowsAnExampleInTheHelpOfEveryCommandThatTakesInput) {
  for (const char* command : {"ingest", "report", "generate"}) {
    FakeServer server;
    EXPECT_EQ(server.Run({command, "--help"}), kExitOk);
    EXPECT_THAT(server.out(), HasSubstr(std::string("  sepakat ") + command));
  }
}

TEST(CommandLine, TeachesEveryStepOfACommandWithAnExample) {
  const std::vector<std::vector<std::string>> steps = {
      {"codebook", "check"},    {"codebook", "list"},   {"codebook", "register"},
      {"quarantine", "list"},   {"quarantine", "show"}, {"quarantine", "correct"},
      {"quarantine", "replay"}, {"reference", "list"},  {"reference", "show"},
      {"reference", "check"},   {"reference", "apply"}, {"regions", "load"},
      {"series", "load"},       {"series", "list"},     {"boundaries", "load"},
      {"topics", "list"},       {"topics", "apply"}};
  for (const auto& step : steps) {
    FakeServer server;
    EXPECT_EQ(server.Run({step[0], step[1], "--help"}), kExitOk);
    EXPECT_THAT(server.out(), HasSubstr("  sepakat " + step[0] + " " + step[1])) << server.out();
  }
}

TEST(CommandLine, NamesTheCommandsWhenOneIsUnknown) {
  FakeServer server;
  EXPECT_EQ(server.Run({"ingset", "x.csv"}), kExitUsage);
  EXPECT_THAT(server.err(), HasSubstr("no command is called 'ingset'; known are: ingest, report"));
  EXPECT_EQ(server.Run({"quarantine", "lists"}), kExitUsage);
  EXPECT_THAT(server.err(), HasSubstr("no command is called 'lists'; known are: list, show"));
}

TEST(CommandLine, NamesTheFormatsWhenOneIsUnknown) {
  FakeServer server;
  EXPECT_EQ(server.Run({"report", "--region", "0", "--format", "xml"}), kExitUsage);
  EXPECT_THAT(server.err(), HasSubstr("must be table, json or csv, not xml"));
}

TEST(CommandLine, AnswersWrongUsageWithOneSentenceAndExitCode64) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"dance"},
      {"ingest"},
      {"report", "--region"},
      {"report", "--region", "0", "--format", "xml"},
      {"quarantine"},
      {"topics", "apply", "--replication", "99"}};
  for (const auto& arguments : wrong) {
    FakeServer server;
    EXPECT_EQ(server.Run(arguments), kExitUsage);
    EXPECT_THAT(server.err(), StartsWith("sepakat: "));
    EXPECT_EQ(Lines(server.err()), 1) << server.err();
    EXPECT_EQ(server.out(), "");
  }
}

TEST(CommandLine, SaysWhichServerDidNotAnswerAndWhatToDo) {
  FakeServer server;
  EXPECT_EQ(server.Run({"report", "--region", "33.26"}), kExitFailure);
  EXPECT_EQ(server.err(),
            "sepakat: no answer from the monitoring service at 127.0.0.1:7400: start it with "
            "`sepakat serve`, or name another address with --server [SERVER_UNREACHABLE]\n");
}

TEST(CommandLine, SaysWhichServerWasTooSlowAndWhatToDo) {
  FakeServer server;
  server.On<monitoring::v1::GetRegionFiguresRequest, monitoring::v1::GetRegionFiguresResponse>(
      "GetRegionFigures",
      [](const auto&) -> absl::StatusOr<monitoring::v1::GetRegionFiguresResponse> {
        return base::Error(absl::StatusCode::kDeadlineExceeded, "RPC_DEADLINE_EXCEEDED",
                           "Deadline Exceeded");
      });
  EXPECT_EQ(server.Run({"report", "--region", "33.26", "--timeout", "5"}), kExitFailure);
  EXPECT_EQ(server.err(),
            "sepakat: the monitoring service at 127.0.0.1:7400 did not answer within 5 s: look "
            "whether Kafka and the services that it asks are there, or wait longer with --timeout "
            "[SERVER_SLOW]\n");
}

TEST(CommandLine, FindsTheServerByOptionThenServiceThenEnvironment) {
  FakeServer server;
  server.variables["SEPAKAT_SERVER"] = "all:1";
  server.Run({"report", "--region", "0"});
  server.variables["SEPAKAT_SERVER_MONITORING"] = "monitoring:2";
  server.Run({"report", "--region", "0"});
  server.Run({"report", "--region", "0", "--server", "given:3"});
  EXPECT_THAT(server.addresses, testing::ElementsAre("all:1", "monitoring:2", "given:3"));
}

TEST(CommandLine, PrintsItsVersion) {
  FakeServer server;
  EXPECT_EQ(server.Run({"version"}), kExitOk);
  EXPECT_THAT(server.out(), testing::MatchesRegex("sepakat [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Topics, ListsEveryTopicAndHowItIsKept) {
  FakeServer server;
  EXPECT_EQ(server.Run({"topics", "list", "--partitions", "12", "--format", "csv"}), kExitOk);
  EXPECT_THAT(server.out(), StartsWith("topic,partitions,kept\n"));
  EXPECT_THAT(server.out(), HasSubstr("sepakat.ingestion.family.v1,12,"));
}

TEST(Topics, AreAppliedToTheNamedClusterOnly) {
  FakeServer server;
  EXPECT_EQ(server.Run({"topics", "apply"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("BROKERS_MISSING"));
  EXPECT_EQ(server.topics_applied, "");
  EXPECT_EQ(server.Run({"topics", "apply", "--brokers", "k:9092", "--replication", "3"}), kExitOk);
  EXPECT_THAT(server.topics_applied, StartsWith("k:9092/3/"));
}

}  // namespace
}  // namespace sepakat::cli
