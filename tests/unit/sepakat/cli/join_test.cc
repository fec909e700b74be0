// `sepakat join`: files of households and of members become one, and nobody is lost on the way.
#include <fstream>

#include "fake_server.h"
#include "gmock/gmock.h"
#include "sepakat/cli/files.h"

namespace sepakat::cli {
namespace {

using testing::HasSubstr;

std::string File(const std::string& name, const std::string& text) {
  const std::string path = TestFile(name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string Joined(const std::string& path) { return ReadFileUnpacked(path).value_or("nothing"); }

TEST(Join, PutsTheHouseholdBeforeEachOfItsMembersInTheOrderOfTheHouseholds) {
  FakeServer server;
  const std::string homes =
      File("ruta.csv", "R101;NURT;lantai;alamat\n16;07;2;\"Jl; A\"\n16;3;8;B\n");
  const std::string members = File("art.csv", "NURT,R101,nama\n3,16,Siti\n7,16,Budi\n3.0,16,Ani\n");
  const std::string out = TestFile("susenas.csv");
  EXPECT_EQ(server.Run({"join", homes, members, "--by", "R101,NURT", "--out", out}), kExitOk)
      << server.err();
  EXPECT_EQ(Joined(out),
            "R101,NURT,lantai,alamat,nama\n"
            "16,07,2,Jl; A,Budi\n"
            "16,3,8,B,Siti\n"
            "16,3,8,B,Ani\n");
  EXPECT_THAT(server.out(), HasSubstr("without partner"));
}

TEST(Join, FindsTheKeyUnderAnotherNameInTheOtherFile) {
  FakeServer server;
  const std::string homes = File("rumah.csv", "_index,desa\n1,A\n2,B\n");
  const std::string members = File("anggota.csv", "umur,_parent_index\n40,2\n41,1\n");
  const std::string out = TestFile("kobo.csv.gz");
  EXPECT_EQ(server.Run({"join", homes, members, "--by", "_index=_parent_index", "--out", out}),
            kExitOk)
      << server.err();
  EXPECT_EQ(Joined(out), "_index,desa,umur\n1,A,41\n2,B,40\n");
}

TEST(Join, OfOneFilePutsTheRowsOfAFamilyNextToEachOther) {
  FakeServer server;
  const std::string out = TestFile("urut.csv");
  EXPECT_EQ(
      server.Run({"join", File("art.csv", "hh,nama\n1,A\n2,B\n1,C\n"), "--by", "hh", "--out", out}),
      kExitOk);
  EXPECT_EQ(Joined(out), "hh,nama\n1,A\n1,C\n2,B\n");
}

TEST(Join, KeepsAndCountsRowsWithoutAPartnerAndTellsLinesThatCannotBeRead) {
  FakeServer server;
  const std::string homes = File("ruta.csv", "hh,lantai\n1,2\n2,8\n");
  const std::string members = File("art.csv", "hh,nama\n1,A\n9,B\n1,C,extra\n,D\n,E\n");
  const std::string out = TestFile("out.csv");
  EXPECT_EQ(server.Run({"join", homes, members, "--by", "hh", "--out", out, "--format", "csv"}),
            kExitSomeRejected);
  EXPECT_EQ(Joined(out), "hh,lantai,nama\n1,2,A\n2,8,\"\"\n9,\"\",B\n\"\",\"\",D\n\"\",\"\",E\n");
  EXPECT_THAT(server.err(), HasSubstr("art.csv:4: the line cannot be split into the 2 cells"));
  EXPECT_THAT(server.out(), HasSubstr("ruta.csv,2,2,1,0"));
  EXPECT_THAT(server.out(), HasSubstr("art.csv,4,4,3,1"));
}

TEST(Join, NamesASecondColumnOfTheSameNameAfterItsFile) {
  FakeServer server;
  const std::string out = TestFile("out.csv");
  EXPECT_EQ(server.Run({"join", File("ruta.csv", "hh,w\n1,2\n"), File("art.csv", "hh,w\n1,3\n"),
                        "--by", "hh", "--out", out}),
            kExitOk);
  EXPECT_THAT(Joined(out), testing::MatchesRegex("hh,w,.*art\\.w\n1,2,3\n"));
}

TEST(Join, RefusesTwoFilesWithSeveralRowsPerFamily) {
  FakeServer server;
  const std::string a = File("a.csv", "hh,x\n1,1\n1,2\n");
  const std::string b = File("b.csv", "hh,y\n1,1\n1,2\n");
  const std::string out = TestFile("out.csv");
  EXPECT_EQ(server.Run({"join", a, b, "--by", "hh", "--out", out}), kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("KEY_REPEATED"));
}

TEST(Join, SaysWhichFileLacksTheKeyAndHowToNameIt) {
  FakeServer server;
  const std::string out = TestFile("out.csv");
  EXPECT_EQ(server.Run({"join", File("a.csv", "hh,x\n1,1\n"), File("b.csv", "id,y\n1,1\n"), "--by",
                        "hh", "--out", out}),
            kExitFailure);
  EXPECT_THAT(server.err(), HasSubstr("b.csv has no column hh; where the files name it differently "
                                      "write --by hh=OTHER"));
}

}  // namespace
}  // namespace sepakat::cli
