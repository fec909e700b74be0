#include "tests/support/programs/outcome.h"

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::support {
namespace {

constexpr char kRegency[] = "33.26";
constexpr std::chrono::seconds kPatience(90);

int64_t NumberOf(const nlohmann::json& object, const char* name) {
  return std::stoll(object.at(name).get<std::string>());
}

void AddLine(std::string* text, const std::string& about, const nlohmann::json& object,
             std::initializer_list<const char*> names) {
  absl::StrAppend(text, about);
  for (const char* name : names) absl::StrAppend(text, " ", name, "=", object.at(name).dump());
  absl::StrAppend(text, "\n");
}

// The list of that name in the answer; empty when there is no such answer.
nlohmann::json ListOf(const FrontDoor& door, const std::string& target, const char* name) {
  const nlohmann::json answer = door.Get(target);
  return answer.is_null() ? nlohmann::json::array() : answer.at(name);
}

void AddRecords(const FrontDoor& door, std::string* text) {
  int64_t accepted = 0;
  int64_t flagged = 0;
  int64_t rejected = 0;
  for (const nlohmann::json& ingest : ListOf(door, "/v1/ingests?pageSize=500", "ingests")) {
    accepted += NumberOf(ingest, "accepted");
    flagged += NumberOf(ingest, "flagged");
    rejected += NumberOf(ingest, "rejected");
    EXPECT_EQ(NumberOf(ingest, "received"),
              NumberOf(ingest, "accepted") + NumberOf(ingest, "flagged") +
                  NumberOf(ingest, "rejected") + NumberOf(ingest, "repeated"))
        << ingest;
  }
  absl::StrAppend(text, "accepted=", accepted, " flagged=", flagged, " rejected=", rejected, "\n");
  absl::StrAppend(text, "quarantine ", ListOf(door, "/v1/quarantine", "totalByReason").dump(),
                  "\n");
}

void AddFigures(const FrontDoor& door, const std::string& region, std::string* text) {
  const nlohmann::json answer = door.Get("/v1/figures/" + region);
  if (answer.is_null()) return;
  for (const nlohmann::json& figure : answer.at("indicators").at("figures")) {
    AddLine(text, absl::StrCat(region, " ", figure.at("measure").get<std::string>()), figure,
            {"numerator", "denominator", "value", "observedFamilies", "unknownFamilies"});
  }
}

void AddRegionsBelow(const FrontDoor& door, const std::string& parent, std::string* text) {
  constexpr int kVillage = 4;
  // The parent itself comes first.
  for (const nlohmann::json& region :
       ListOf(door, "/v1/regions?pageSize=500&parent=" + parent, "regions")) {
    const std::string code = region.at("code").get<std::string>();
    if (code == parent) continue;
    AddFigures(door, code, text);
    if (region.at("level") != kVillage) AddRegionsBelow(door, code, text);
  }
}

void AddProposal(const FrontDoor& door, const std::string& id, std::string* text) {
  const nlohmann::json answer = door.Get("/v1/programmes/" + id + "/proposal");
  if (answer.is_null()) return;
  const nlohmann::json& proposal = answer.at("proposal");
  EXPECT_LE(NumberOf(proposal, "costRupiah"), NumberOf(proposal, "ceilingRupiah")) << id;
  AddLine(text, "proposal " + id, proposal, {"ceilingRupiah", "bound"});
  for (const nlohmann::json& row : proposal.at("rows")) {
    AddLine(text, "proposal " + id, row, {"region", "eligibleFamilies"});
  }
}

void AddProgrammes(const FrontDoor& door, std::string* text) {
  for (const nlohmann::json& summary : ListOf(door, "/v1/programmes", "programmes")) {
    const std::string id = summary.at("programme").at("id").get<std::string>();
    AddLine(text, "programme " + id, summary, {"eligibleFamilies", "unknownFamilies"});
    AddProposal(door, id, text);
  }
}

void AddTargets(const FrontDoor& door, std::string* text) {
  for (const nlohmann::json& target : ListOf(door, "/v1/targets", "targets")) {
    AddLine(text, "target", target.at("score"), {"targetId", "realisation", "achievement"});
  }
}

}  // namespace

std::string OutcomeOf(const FrontDoor& door) {
  std::string text;
  AddRecords(door, &text);
  for (const char* region : {"0", "33", kRegency}) AddFigures(door, region, &text);
  AddRegionsBelow(door, kRegency, &text);
  AddProgrammes(door, &text);
  AddTargets(door, &text);
  return text;
}

void ExpectSameOutcome(const FrontDoor& undisturbed, const FrontDoor& disturbed) {
  std::string expected;
  std::string seen;
  (void)Eventually(kPatience, [&] {
    expected = OutcomeOf(undisturbed);
    seen = OutcomeOf(disturbed);
    return seen == expected;
  });
  EXPECT_EQ(seen, expected);
  EXPECT_NE(expected.find("33.26 p0 "), std::string::npos) << "nothing was published";
}

}  // namespace sepakat::support
