#include "sepakat/cli/languages.h"

#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/cli/reason_words.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

using base::Language;
using testing::HasSubstr;
using testing::Not;

struct Choice {
  std::vector<std::string> arguments;
  std::map<std::string, std::string> variables;
  Language expected;
};
class LanguageChoice : public testing::TestWithParam<Choice> {};

TEST_P(LanguageChoice, TakesTheFlagThenTheProgramsVariableThenTheMachines) {
  std::vector<std::string> arguments = GetParam().arguments;
  std::map<std::string, std::string> variables = GetParam().variables;
  const auto language =
      TakeLanguage(arguments, [&variables](const char* name) { return variables[name]; });
  ASSERT_TRUE(language.ok()) << language.status();
  EXPECT_EQ(*language, GetParam().expected);
  EXPECT_THAT(arguments, Not(testing::Contains(HasSubstr("lang"))));
}
INSTANTIATE_TEST_SUITE_P(
    Sources, LanguageChoice,
    testing::Values(
        Choice{{}, {}, Language::kIndonesian},
        Choice{{"report"}, {{"LANG", "C.UTF-8"}}, Language::kIndonesian},
        Choice{{"report"}, {{"LANG", "en_GB.UTF-8"}}, Language::kEnglish},
        Choice{{"report"}, {{"LANG", "de_DE.UTF-8"}}, Language::kIndonesian},
        Choice{
            {"report"}, {{"SEPAKAT_LANG", "id"}, {"LANG", "en_GB.UTF-8"}}, Language::kIndonesian},
        Choice{{"report", "--lang", "en"}, {{"SEPAKAT_LANG", "id"}}, Language::kEnglish},
        Choice{{"--lang=id", "report"}, {{"SEPAKAT_LANG", "en"}}, Language::kIndonesian}));

TEST(Languages, RefuseAnotherOneWithTheTwoThatThereAre) {
  FakeServer server;
  EXPECT_EQ(server.Run({"report", "--region", "0", "--lang", "fr"}), kExitUsage);
  EXPECT_THAT(server.err(), HasSubstr("--lang hanya id atau en, bukan 'fr'"));
}

TEST(Languages, SpeakIndonesianUnlessSomebodyAsksForEnglish) {
  FakeServer server;
  server.variables.erase("SEPAKAT_LANG");
  EXPECT_EQ(server.Run({"--help"}), kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("Kode keluar"));
  EXPECT_THAT(server.out(), HasSubstr("ingest                          kirim berkas survei\n"));
  EXPECT_EQ(server.Run({"--help", "--lang", "en"}), kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("Exit codes"));
}

TEST(Languages, TeachEveryCommandInTheLanguageChosen) {
  const std::vector<std::vector<std::string>> commands = {{"ingest"},
                                                          {"report"},
                                                          {"generate"},
                                                          {"join"},
                                                          {"verify"},
                                                          {"topics", "apply"},
                                                          {"codebook", "check"},
                                                          {"quarantine", "correct"},
                                                          {"reference", "apply"},
                                                          {"regions", "load"},
                                                          {"series", "list"},
                                                          {"boundaries", "load"}};
  for (std::vector<std::string> command : commands) {
    FakeServer server;
    command.push_back("--help");
    server.variables["SEPAKAT_LANG"] = "id";
    EXPECT_EQ(server.Run(command), kExitOk);
    const std::string indonesian = server.out();
    server.variables["SEPAKAT_LANG"] = "en";
    EXPECT_EQ(server.Run(command), kExitOk);
    const std::string english = server.out();
    EXPECT_THAT(indonesian, HasSubstr("Pemakaian: ")) << indonesian;
    EXPECT_THAT(english, HasSubstr("Usage: "));
    EXPECT_NE(indonesian.substr(0, indonesian.find('\n')), english.substr(0, english.find('\n')));
    for (const std::string& text : {indonesian, english}) {
      EXPECT_EQ(text.find('\x1e'), std::string::npos) << "one language at a time: " << text;
    }
  }
}

TEST(Languages, ExplainWrongUsageInIndonesian) {
  struct Case {
    std::vector<std::string> arguments;
    const char* sentence;
  };
  const Case cases[] = {
      {{"dance"}, "tidak ada perintah bernama 'dance'; yang ada: ingest, report"},
      {{}, "sebutkan satu perintah"},
      {{"ingest"}, "ada yang belum ditulis: "},
      {{"report", "--region", "0", "--format", "xml"}, "hanya table, json, atau csv, bukan xml"},
      {{"report", "--region", "0", "--wrong"}, "ada kata yang tidak dikenal: "},
  };
  for (const Case& one : cases) {
    FakeServer server;
    server.variables["SEPAKAT_LANG"] = "id";
    EXPECT_EQ(server.Run(one.arguments), kExitUsage);
    EXPECT_THAT(server.err(), HasSubstr(one.sentence));
    EXPECT_THAT(server.err(), HasSubstr("(`sepakat --help` menjelaskan)"));
    EXPECT_EQ(Lines(server.err()), 1);
  }
}

TEST(Languages, NameAMissingFileAndAServerThatIsAwayInIndonesian) {
  FakeServer server;
  server.variables["SEPAKAT_LANG"] = "id";
  EXPECT_EQ(server.Run({"ingest", "/nowhere/x.csv", "--codebook", "survei"}), kExitFailure);
  EXPECT_EQ(server.err(),
            "sepakat: /nowhere/x.csv tidak dapat dibaca: berkas atau folder itu tidak ada "
            "[FILE_NOT_FOUND]\n");
  EXPECT_EQ(server.Run({"report", "--region", "33.26"}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("layanan monitoring di 127.0.0.1:7400 tidak menjawab"));
  EXPECT_THAT(server.err(), HasSubstr("[SERVER_UNREACHABLE]"));
}

TEST(Languages, ExplainTheReasonWhereAServiceSpeaksEnglish) {
  FakeServer server;
  server.variables["SEPAKAT_LANG"] = "id";
  server.OnStream<ingestion::v1::IngestFileRequest, ingestion::v1::IngestFileResponse>(
      "IngestFile", [](const auto&) -> absl::StatusOr<ingestion::v1::IngestFileResponse> {
        return base::Error(absl::StatusCode::kNotFound, "CODEBOOK_UNKNOWN", "no code book x");
      });
  const std::string file = TestFile("survei.csv");
  std::ofstream(file) << "a\n";
  EXPECT_EQ(server.Run({"ingest", file, "--codebook", "x"}), kExitFailure);
  EXPECT_EQ(server.err(),
            "sepakat: buku kode itu tidak dikenal; `sepakat codebook list` menyebutkan yang ada "
            "(no code book x) [CODEBOOK_UNKNOWN]\n");
}

TEST(Languages, NeverChangeWhatProgramsRead) {
  std::string printed[2];
  for (const char* language : {"id", "en"}) {
    FakeServer server;
    server.variables["SEPAKAT_LANG"] = language;
    for (const char* format : {"json", "csv"}) {
      server.Run({"topics", "list", "--format", format});
      printed[language == std::string("id")] += server.out();
      server.Run({"reference", "list", "--format", format});
      printed[language == std::string("id")] += server.out();
      server.Run({"reference", "check", "--format", format});
      printed[language == std::string("id")] += server.out();
    }
  }
  EXPECT_EQ(printed[0], printed[1]);
  EXPECT_THAT(printed[0], HasSubstr("\"partitions\": \"4\""));
}

}  // namespace
}  // namespace sepakat::cli
