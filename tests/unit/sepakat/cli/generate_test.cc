#include <fstream>
#include <nlohmann/json.hpp>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/cli/files.h"

namespace sepakat::cli {
namespace {

// A region master with two villages of the regency and things that are none.
std::string Master() {
  const std::string path = TestFile("regions.csv");
  std::ofstream(path) << "kode,nama\n33,Jawa Tengah\n33.26,Kabupaten Pekalongan\n"
                         "33.26.15,Tirto\n33.26.15.2014,Mulyorejo\n33.26.15.2015,Jeruksari\n"
                         "33.27.01.2001,Elsewhere\n";
  return path;
}

TEST(Generate, WritesTheRegisterAndWhatMustBecomeOfIt) {
  FakeServer server;
  const std::string out = TestFile("register.csv");
  EXPECT_EQ(server.Run({"generate", "--out", out, "--regions", Master(), "--families", "600",
                        "--dirty", "500"}),
            kExitOk)
      << server.err();
  EXPECT_THAT(server.out(), testing::HasSubstr("600 families, 2,140 persons"));
  EXPECT_THAT(server.out(), testing::HasSubstr("in 2 villages (synthetic, seed 1)"));
  const std::string text = *ReadFile(out);
  const auto report = nlohmann::json::parse(*ReadFile(out + ".report.json"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), report["rows"].get<int64_t>() + 1);
  const auto& expected = report["expected"];
  EXPECT_EQ(expected["received"].get<int64_t>(),
            expected["accepted"].get<int64_t>() + expected["flagged"].get<int64_t>() +
                expected["rejected"].get<int64_t>() + expected["repeated"].get<int64_t>());
  EXPECT_EQ(report["persons"].get<int64_t>(), 2140);
  int64_t dirty = 0;
  for (const auto& kind : report["dirt"]) dirty += kind["families"].get<int64_t>();
  EXPECT_EQ(report["dirty_families"].size(), static_cast<size_t>(dirty));
}

TEST(Generate, WritesTheSameBytesPackedOrNot) {
  FakeServer server;
  const std::string plain = TestFile("a.csv");
  const std::string packed = TestFile("a.csv.gz");
  server.Run({"generate", "--out", plain, "--regions", Master(), "--families", "50"});
  server.Run({"generate", "--out", packed, "--regions", Master(), "--families", "50", "--gzip"});
  EXPECT_LT(*FileSize(packed), *FileSize(plain));
  EXPECT_EQ(*ReadFileUnpacked(packed), *ReadFile(plain));
}

TEST(Generate, EndsTheSurveyTodayAtTheLatest) {
  // A visit in the future would be refused on a machine whose clock has not come so far.
  FakeServer early;
  FakeServer late;
  late.now_ms = 1'800'000'000'000;
  const std::string out = TestFile("a.csv");
  early.Run({"generate", "--out", out, "--regions", Master(), "--families", "300"});
  EXPECT_THAT(*ReadFile(out), testing::Not(testing::HasSubstr(",2026-")));
  late.Run({"generate", "--out", out, "--regions", Master(), "--families", "300"});
  EXPECT_THAT(*ReadFile(out), testing::HasSubstr(",2026-"));
}

struct Wrong {
  std::vector<std::string> arguments;
  std::string reason;
};
class GenerateRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(GenerateRefuses, WithOneSentence) {
  FakeServer server;
  std::vector<std::string> arguments = {"generate", "--regions", Master()};
  arguments.insert(arguments.end(), GetParam().arguments.begin(), GetParam().arguments.end());
  EXPECT_EQ(server.Run(arguments), kExitFailure);
  EXPECT_THAT(server.err(), testing::HasSubstr(GetParam().reason));
  EXPECT_EQ(Lines(server.err()), 1) << server.err();
}
INSTANTIATE_TEST_SUITE_P(
    Mistakes, GenerateRefuses,
    testing::Values(Wrong{{"--out", "/nowhere/deep/x.csv"}, "FILE_NOT_FOUND"},
                    Wrong{{"--out", "/tmp/x.csv", "--families", "9999999"}, "PROFILE_INVALID"},
                    Wrong{{"--out", "/tmp/x.csv", "--last-day", "2026-02-30"}, "IMPOSSIBLE_DATE"},
                    Wrong{{"--out", "/tmp/x.csv", "--profile", "/nowhere.toml"},
                          "FILE_NOT_FOUND"}));

}  // namespace
}  // namespace sepakat::cli
