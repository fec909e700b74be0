#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/cli/output.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;
using testing::HasSubstr;

constexpr const char* kBook = R"([codebook]
id = "survei_desa"
version = "1"
name = "Survei desa"
steward = "Pemerintah Desa"
source = "Survei sendiri"

[population]
id = "survei_desa"
name = "Survei desa"

[record]
unit = "family"
observed_on = { value = "2025-03-05" }

[roles]
family = { column = "no", kind = "text" }
region = { column = "desa", coding = "kemendagri" }
size   = { column = "anggota" }

[[variable]]
column = "lantai"
variable = "floor"
)";

std::string File(const std::string& name, const std::string& text) {
  const std::string path = TestFile(name);
  std::ofstream(path) << text;
  return path;
}

TEST(CodebookCheck, PassesAGoodBookAndTellsWhatItsSampleBecomes) {
  FakeServer server;
  const std::string book = File("b.toml", kBook);
  const std::string sample =
      File("s.csv", "no,desa,anggota,lantai\n1,33.26.15.2014,4,8\n2,33.26.15.2014,,8\n");
  EXPECT_EQ(server.Run({"codebook", "check", book}), kExitOk) << server.err();
  EXPECT_EQ(server.out(), book + ": no mistake\n");
  EXPECT_EQ(server.Run({"codebook", "check", book, sample}), kExitSomeRejected);
  EXPECT_THAT(server.out(), HasSubstr(sample + ":3: "));
  EXPECT_THAT(server.out(),
              HasSubstr("2 records in 2 rows: accepted 1, flagged 0, rejected 1, repeated 0"));
  EXPECT_TRUE(server.calls.empty());
}

TEST(CodebookCheck, TellsEveryMistakeOfABookAtOnceWithItsLine) {
  FakeServer server;
  std::string text(kBook);
  text.replace(text.find("version = \"1\""), 13, "verzion = \"1\"");
  text.replace(text.find("unit = \"family\""), 15, "unit = \"house\"");
  text.replace(text.find("variable = \"floor\""), 18, "variable = \"flor\"");
  const std::string book = File("b.toml", text);
  EXPECT_EQ(server.Run({"codebook", "check", book}), kExitFailure);
  for (const char* line : {":3: ", ":13: ", ":23: "}) {
    EXPECT_THAT(server.out(), HasSubstr(book + line));
  }
  EXPECT_THAT(server.err(), HasSubstr("CODEBOOK_INVALID"));
}

TEST(CodebookCheck, LooksUpRegionsWhereAMasterIsNamed) {
  FakeServer server;
  const std::string book = File("b.toml", kBook);
  const std::string sample = File("s.csv", "no,desa,anggota,lantai\n1,33.26.15.2014,4,8\n");
  const std::string here = File("r.csv", "kode,nama\n33,A\n33.26,B\n33.26.15,C\n33.26.15.2014,D\n");
  const std::string elsewhere = File("e.csv", "kode,nama\n11,A\n11.01,B\n");
  EXPECT_EQ(server.Run({"codebook", "check", book, sample, "--regions", here}), kExitOk);
  EXPECT_EQ(server.Run({"codebook", "check", book, sample, "--regions", elsewhere}),
            kExitSomeRejected);
}

TEST(CodebookCheck, FindsNoMistakeInTheBooksThatShip) {
  for (const char* book :
       {"regsosek_2022", "eusilc", "vietnam_vlss_1997", "susenas_konsumsi_1607"}) {
    FakeServer server;
    EXPECT_EQ(server.Run({"codebook", "check", book}), kExitOk) << server.out() << server.err();
  }
}

// Every kind of mistake that the generator makes on purpose becomes what it promises.
TEST(CodebookCheck, DecidesTheGeneratedRegisterAsItsReportPromises) {
  FakeServer server;
  const std::string master =
      File("r.csv",
           "kode,nama\n33,Jawa Tengah\n33.26,Pekalongan\n33.26.04,P\n33.26.04.2001,A\n33.26.15,T\n"
           "33.26.15.2014,B\n33.26.15.2015,C\n");
  const std::string survey = TestFile("register.csv");
  ASSERT_EQ(server.Run({"generate", "--out", survey, "--regions", master, "--families", "3000",
                        "--dirty", "1000"}),
            kExitOk)
      << server.err();
  std::string promised = server.out();
  const auto number = [&promised](const std::string& before) {
    const size_t at = promised.find(before) + before.size();
    std::string digits;
    for (size_t i = at; promised[i] == ',' || (promised[i] >= '0' && promised[i] <= '9'); ++i) {
      if (promised[i] != ',') digits += promised[i];
    }
    return std::stoll(digits);
  };
  server.now_ms = 1'790'000'000'000;
  EXPECT_EQ(server.Run({"codebook", "check", "regsosek_2022", survey, "--regions", master}),
            kExitSomeRejected)
      << server.err();
  EXPECT_THAT(server.out(),
              HasSubstr("accepted " + Grouped(number("accepted ")) + ", flagged " +
                        Grouped(number("flagged ")) + ", rejected " + Grouped(number("rejected ")) +
                        ", repeated " + Grouped(number("repeated "))));
}

TEST(CodebookList, PrintsWhatTheServerKnows) {
  FakeServer server;
  server.On<v1::ListCodebooksRequest, v1::ListCodebooksResponse>(
      "ListCodebooks", [](const auto&) -> absl::StatusOr<v1::ListCodebooksResponse> {
        v1::ListCodebooksResponse response;
        auto* book = response.add_codebooks();
        book->set_id("eusilc");
        book->set_version("1");
        book->set_population("eusilc");
        book->set_name("EU-SILC");
        return response;
      });
  EXPECT_EQ(server.Run({"codebook", "list"}), kExitOk);
  EXPECT_EQ(server.out(),
            "code book  version  population  name\n"
            "eusilc     1        eusilc      EU-SILC\n");
}

}  // namespace
}  // namespace sepakat::cli
