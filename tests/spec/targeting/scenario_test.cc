// Plays the text scenarios of this folder: stories that a planner can read and check.
//
//   line REGION VALUE [urban|rural]           a poverty line is set
//   deciles families|persons                  what a decile holds
//   programme ID needs A,B [decile N] [poor]  a programme is recorded
//   family N REGION size S [welfare Y] [VARIABLE=CODE ...]
//   withdraw N REGION
//   publish                                   everything said so far is published
//   expect REGION MEASURE = VALUE             `unknown` for a figure without value
//   expect decile N = K
//   expect need PROGRAMME REGION = ELIGIBLE
//   expect list PROGRAMME REGION = N N N      most urgent first, `-` for none
//   expect crossing N BOUNDARY FROM > TO because CAUSE   (in the last publication that spoke)
//   # comment
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/targeting/targeting_rig.h"

namespace sepakat::targeting {
namespace {

using support::TargetingRig;
namespace topics = runtime::topics;
using Words = std::vector<std::string>;

Words Split(const std::string& text, char separator) {
  Words words;
  std::stringstream stream(text);
  for (std::string word; std::getline(stream, word, separator);) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

class Player {
 public:
  void Play(const Words& words) {
    const std::string& verb = words[0];
    if (verb == "line") {
      rig_.SetLine(words[1], words[2], words.size() < 4 ? 0 : (words[3] == "urban" ? 1 : 2));
    } else if (verb == "deciles") {
      SetDeciles(words[1]);
    } else if (verb == "programme") {
      SetProgramme(words);
    } else if (verb == "family") {
      Record(words);
    } else if (verb == "withdraw") {
      rig_.Withdraw(std::stoi(words[1]), words[2]);
    } else if (verb == "publish") {
      crossings_said_ = rig_.Records(topics::kCrossing).size();
      rig_.Settle();
    } else if (verb == "expect") {
      Expect(words);
    } else {
      FAIL() << "unknown step " << verb;
    }
  }

 private:
  void SetDeciles(const std::string& by) {
    v1::SetRankingSettingsRequest request;
    request.mutable_context()->set_request_id("deciles-" + by);
    request.mutable_settings()->set_decile_by(by);
    request.mutable_settings()->set_version(by);
    EXPECT_TRUE(rig_.Call<v1::SetRankingSettingsResponse>("SetRankingSettings", request).ok());
  }

  void SetProgramme(const Words& words) {
    reference::events::v1::ProgrammeRecorded programme;
    programme.set_id(words[1]);
    programme.set_version("1");
    for (size_t i = 2; i < words.size(); ++i) {
      if (words[i] == "needs") {
        for (const std::string& need : Split(words[i + 1], ',')) {
          programme.mutable_rule()->add_needs(need);
        }
      }
      if (words[i] == "decile") {
        programme.mutable_rule()->set_decile_max(static_cast<uint32_t>(std::stoi(words[i + 1])));
      }
      if (words[i] == "poor") programme.mutable_rule()->set_poor_only(true);
    }
    rig_.SetProgramme(programme);
  }

  void Record(const Words& words) {
    support::Family family{.id = std::stoi(words[1]), .region = words[2]};
    for (size_t i = 3; i < words.size(); ++i) {
      if (words[i] == "size")
        family.size = std::stoi(words[++i]);
      else if (words[i] == "welfare")
        family.welfare = std::stoll(words[++i]);
      else {
        const Words answer = Split(words[i], '=');
        std::string name = "VARIABLE_" + answer[0];
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
        common::v1::Variable variable;
        ASSERT_TRUE(common::v1::Variable_Parse(name, &variable)) << answer[0];
        family.answers[variable] = std::stoi(answer[1]);
      }
    }
    rig_.Record(family);
  }

  void Expect(const Words& words) {
    if (words[1] == "decile") {
      v1::ExplainFamilyRequest request;
      request.set_family_id(TargetingRig::IdOf(std::stoi(words[2])));
      const auto family = rig_.Call<v1::ExplainFamilyResponse>("ExplainFamily", request);
      ASSERT_TRUE(family.ok()) << family.status();
      EXPECT_EQ(std::to_string(family->family().decile()), words[4]);
    } else if (words[1] == "need") {
      ExpectNeed(words[2], words[3], words[5]);
    } else if (words[1] == "list") {
      ExpectList(words);
    } else if (words[1] == "crossing") {
      ExpectCrossing(words);
    } else {
      const std::string value = rig_.Value(words[1], words[2]);
      EXPECT_EQ(value.empty() ? "unknown" : value, words[4]);
    }
  }

  void ExpectNeed(const std::string& programme, const std::string& region,
                  const std::string& eligible) {
    int64_t count = 0;
    for (const auto& need : rig_.Read<events::v1::NeedPublished>(topics::kNeed)) {
      if (need.programme_id() == programme && need.region() == region) {
        count = need.eligible_families();
      }
    }
    EXPECT_EQ(std::to_string(count), eligible);
  }

  void ExpectList(const Words& words) {
    v1::ListFamiliesRequest request;
    request.set_programme_id(words[2]);
    request.set_region(words[3]);
    const auto list = rig_.Call<v1::ListFamiliesResponse>("ListFamilies", request);
    ASSERT_TRUE(list.ok()) << list.status();
    Words ids;
    for (const auto& family : list->families()) {
      ids.push_back(std::to_string(std::stoi(family.family_id().substr(16), nullptr, 16)));
    }
    if (ids.empty()) ids.push_back("-");
    EXPECT_EQ(ids, Words(words.begin() + 5, words.end()));
  }

  void ExpectCrossing(const Words& words) {
    const auto all = rig_.Read<events::v1::BoundaryCrossed>(topics::kCrossing);
    const std::string id = TargetingRig::IdOf(std::stoi(words[2]));
    const bool found = std::any_of(
        all.begin() + static_cast<std::ptrdiff_t>(crossings_said_), all.end(), [&](const auto& c) {
          return c.family_id() == id && c.boundary() == words[3] && c.from() == words[4] &&
                 c.to() == words[6] && c.cause() == words[8];
        });
    EXPECT_TRUE(found) << "no such crossing";
  }

  TargetingRig rig_;
  size_t crossings_said_ = 0;
};

class Scenario : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Scenario, ComesTrue) {
  std::ifstream file(GetParam());
  ASSERT_TRUE(file);
  Player player;
  std::string line;
  int expectations = 0;
  for (int number = 1; std::getline(file, line); ++number) {
    const Words words = Split(line.substr(0, line.find('#')), ' ');
    if (words.empty()) continue;
    SCOPED_TRACE(GetParam().filename().string() + ":" + std::to_string(number) + " " + line);
    player.Play(words);
    if (words[0] == "expect") ++expectations;
    if (testing::Test::HasFatalFailure()) return;
  }
  EXPECT_GT(expectations, 0) << "a scenario that expects nothing";
}

std::vector<std::filesystem::path> Scenarios() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(SEPAKAT_SCENARIOS)) {
    if (entry.path().extension() == ".scenario") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

INSTANTIATE_TEST_SUITE_P(Targeting, Scenario, testing::ValuesIn(Scenarios()),
                         [](const auto& scenario) { return scenario.param.stem().string(); });

}  // namespace
}  // namespace sepakat::targeting
