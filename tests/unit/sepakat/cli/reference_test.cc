#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/budgeting/v1/budgeting_service.pb.h"
#include "sepakat/monitoring/v1/monitoring_service.pb.h"
#include "sepakat/targeting/v1/targeting_service.pb.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;

template <typename Request, typename Response>
void AcceptAll(FakeServer& server, const std::string& method, Request* asked) {
  server.On<Request, Response>(method, [asked](const Request& request) -> absl::StatusOr<Response> {
    *asked = request;
    return Response();
  });
}

TEST(Reference, HandsTheBuiltInFilesToTheirOwners) {
  FakeServer server;
  targeting::v1::SetPovertyLinesRequest lines;
  targeting::v1::SetModelRequest model;
  targeting::v1::SetRankingSettingsRequest ranking;
  budgeting::v1::SetProgrammesRequest programmes;
  monitoring::v1::SetTargetsRequest targets;
  monitoring::v1::SetAlertRulesRequest alerts;
  AcceptAll<targeting::v1::SetPovertyLinesRequest, targeting::v1::SetPovertyLinesResponse>(
      server, "SetPovertyLines", &lines);
  AcceptAll<targeting::v1::SetModelRequest, targeting::v1::SetModelResponse>(server, "SetModel",
                                                                             &model);
  AcceptAll<targeting::v1::SetRankingSettingsRequest, targeting::v1::SetRankingSettingsResponse>(
      server, "SetRankingSettings", &ranking);
  AcceptAll<budgeting::v1::SetProgrammesRequest, budgeting::v1::SetProgrammesResponse>(
      server, "SetProgrammes", &programmes);
  AcceptAll<monitoring::v1::SetTargetsRequest, monitoring::v1::SetTargetsResponse>(
      server, "SetTargets", &targets);
  AcceptAll<monitoring::v1::SetAlertRulesRequest, monitoring::v1::SetAlertRulesResponse>(
      server, "SetAlertRules", &alerts);
  EXPECT_EQ(server.Run({"reference", "apply", "--reason", "first set"}), kExitOk) << server.err();
  EXPECT_GE(lines.lines_size(), 10);
  EXPECT_EQ(lines.context().reason(), "first set");
  EXPECT_EQ(model.model().label(), "local_estimate");
  EXPECT_EQ(ranking.settings().model_id(), model.model().id());
  EXPECT_GE(programmes.programmes_size(), 7);
  EXPECT_GE(targets.targets_size(), 3);
  EXPECT_NE(alerts.toml(), "");
}

TEST(Reference, ChangesNothingWhenOneOfTheFilesHasAMistake) {
  FakeServer server;
  const std::string path = TestFile("lines.toml");
  std::ofstream(path) << "[[poverty_line]]\nregion = \"33.26\"\nvalue = 1.5\ncolour = \"red\"\n";
  EXPECT_EQ(server.Run({"reference", "apply", "poverty_lines_2025", path}), kExitFailure);
  EXPECT_TRUE(server.calls.empty());
  EXPECT_THAT(server.err(), HasSubstr(path + ":3: `value` must be a whole number"));
  EXPECT_THAT(server.err(), HasSubstr(path + ":4: `colour` is not a key"));
  EXPECT_THAT(server.err(), HasSubstr("`valid_from` is missing"));
}

TEST(Reference, PrintsABuiltInFileThatCanBeAppliedAgain) {
  FakeServer server;
  EXPECT_EQ(server.Run({"reference", "show", "programmes_2026"}), kExitOk);
  const std::string path = TestFile("copy.toml");
  std::ofstream(path) << server.out();
  EXPECT_EQ(server.Run({"reference", "check", path}), kExitOk);
  EXPECT_THAT(server.out(), HasSubstr("programmes"));
  EXPECT_EQ(server.Run({"reference", "show", "nothing"}), kExitFailure);
}

TEST(Reference, ListsEveryKindOfBuiltInFile) {
  FakeServer server;
  EXPECT_EQ(server.Run({"reference", "list"}), kExitOk);
  for (const char* name :
       {"poverty_lines_2025.toml", "model_demo.toml", "programmes_2026.toml", "targets_2026.toml",
        "alerts.toml", "demo_3326.toml", "regsosek_2022.toml", "series_idm_2024.toml"}) {
    EXPECT_THAT(server.out(), HasSubstr(name));
  }
}

}  // namespace
}  // namespace sepakat::cli
