// Bad input as a clerk meets it: whatever a file holds, the command says what is wrong in words
// that help, nothing is lost, and received = accepted + flagged + rejected + repeated.
#include <fmt/format.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "gmock/gmock.h"
#include "sepakat/cli/command.h"
#include "tests/spec/sepakat/clerk.h"

namespace sepakat {
namespace {

using testing::HasSubstr;

// One row per member.
constexpr char kBook[] = R"([codebook]
id = "desa"
version = "1"
name = "Survei desa"
steward = "Pemerintah Desa"
source = "Survei sendiri"

[population]
id = "desa"
name = "Survei desa"

[record]
unit = "person"
observed_on = { column = "tanggal", format = "DD/MM/YYYY" }

[roles]
family  = { column = "kk", kind = "kk" }
region  = { column = "kode" }
size    = { count = true }
welfare = { column = "konsumsi", unit = "family", period = "month" }
name    = { column = "nama" }

[[variable]]
column = "hubungan"
variable = "relation"

[[variable]]
column = "lantai"
variable = "floor"
missing = ["0"]

[[edit]]
kind = "one_head"
severity = "reject"
)";

constexpr char kHeader[] = "kk;kode;nama;hubungan;konsumsi;lantai;tanggal\n";

// A family of one, right in every cell unless a case says otherwise.
struct Person {
  int family = 1;
  std::string region = "33.26.15.2014";
  std::string name = "Siti";
  std::string relation = "1";
  std::string welfare = "400000";
  std::string floor = "2";
  std::string day = "05/03/2025";
};

std::string Row(const Person& person) {
  return fmt::format("33261500000000{:02};{};{};{};{};{};{}\n", person.family, person.region,
                     person.name, person.relation, person.welfare, person.floor, person.day);
}

std::string Gzip(const std::string& plain) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string packed(compressBound(plain.size()) + 100, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

struct Counts {
  int accepted = 0;
  int flagged = 0;
  int rejected = 0;
  int repeated = 0;
};

struct Case {
  const char* name;
  // The whole file; two families of it, 1 and 2, are right.
  std::string file;
  Counts counts;
  // Must stand in what the command prints; null: there is nothing to tell.
  const char* told = nullptr;
};

class BadInput : public Clerk, public testing::WithParamInterface<Case> {
 protected:
  void SetUp() override {
    Clerk::SetUp();
    LoadRegions();
    book_ = Write("desa.toml", kBook);
  }

  // Ingests and checks that the counts add up.
  Counts Ingest(const std::string& file) {
    const int code =
        Run({"ingest", Write("survei.csv", file), "--codebook", book_, "--format", "json"});
    if (code == cli::kExitFailure) {
      ADD_FAILURE() << err();
      return {};
    }
    const auto told = nlohmann::json::parse(out());
    const auto count = [&told](const char* key) { return told[key].get<int>(); };
    const Counts counts{count("accepted"), count("flagged"), count("rejected"), count("repeated")};
    EXPECT_EQ(told["received"],
              counts.accepted + counts.flagged + counts.rejected + counts.repeated);
    EXPECT_EQ(code, counts.rejected > 0 ? cli::kExitSomeRejected : cli::kExitOk);
    return counts;
  }

  int64_t FamiliesInTheFigures() {
    EXPECT_EQ(Run({"report", "--region", "0", "--population", "desa", "--format", "json"}),
              cli::kExitOk)
        << err();
    const auto report = nlohmann::json::parse(out());
    for (const auto& figure : report["figures"]) {
      if (figure["measure"] == "families") return std::stoll(figure["value"].get<std::string>());
    }
    return -1;
  }

  std::string book_;
};

TEST_P(BadInput, IsToldCountedAndKept) {
  const Case& one = GetParam();
  const Counts counts = Ingest(one.file);
  EXPECT_EQ(counts.accepted, one.counts.accepted) << out();
  EXPECT_EQ(counts.flagged, one.counts.flagged) << out();
  EXPECT_EQ(counts.rejected, one.counts.rejected) << out();
  EXPECT_EQ(counts.repeated, one.counts.repeated) << out();
  if (one.told != nullptr) {
    EXPECT_THAT(out(), HasSubstr(one.told));
  }
  EXPECT_EQ(FamiliesInTheFigures(), counts.accepted + counts.flagged);
  ASSERT_EQ(Run({"quarantine", "list"}), cli::kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr(fmt::format("{} of {} records", counts.rejected, counts.rejected)));
}

std::string File(const std::string& rows) {
  return kHeader + Row({.family = 1}) + rows + Row({.family = 2});
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, BadInput,
    testing::Values(Case{"AWrongCode",
                         File(Row({.family = 3, .floor = "77"})),
                         {2, 1, 0, 0},
                         "column lantai: '77' is no code of the code book; the value is unknown"},
                    Case{"TwoHeads",
                         File(Row({.family = 3}) + Row({.family = 3, .name = "Budi"})),
                         {2, 0, 1, 0},
                         "the family has 2 heads; keep one"},
                    Case{"AnImpossibleDate",
                         File(Row({.family = 3, .day = "31/02/2025"})),
                         {2, 0, 1, 0},
                         "column tanggal: this is no date of the calendar"},
                    Case{"AnIdentityNumberInANameField",
                         File(Row({.family = 3, .name = "3326154101900777"})),
                         {2, 1, 0, 0},
                         "a number of 16 digits stands in a name field"},
                    Case{"ALineOfTenMegabytes",
                         File(Row({.family = 3, .name = std::string(10'000'001, 'x')})),
                         {2, 0, 1, 0},
                         "the line is longer than 10 MB"},
                    Case{"InvalidUtf8",
                         File(Row({.family = 3, .name = "Rah\xFFmat"})),
                         {2, 1, 0, 0},
                         "is no UTF-8"},
                    Case{"AnUnknownVillage",
                         File(Row({.family = 3, .region = "33.26.15.2999"})),
                         {2, 1, 0, 0},
                         "the family counts in 33.26.15"},
                    Case{"AnUnknownRegency",
                         File(Row({.family = 3, .region = "99.26.15.2014"})),
                         {2, 0, 1, 0},
                         "'99.26.15.2014' is not in the region master"},
                    Case{"ALineWithTooFewCells",
                         File("3326150000000003;33.26.15.2014\n"),
                         {2, 0, 1, 0},
                         "the line has 2 cells"},
                    Case{"AQuoteThatIsNeverClosed",
                         kHeader + Row({.family = 1}) + Row({.family = 2}) +
                             "3326150000000003;\"33.26.15.2014;x\n",
                         {2, 0, 1, 0},
                         "a quote is opened and never closed"},
                    Case{"AByteOrderMark", "\xEF\xBB\xBF" + File(""), {2, 0, 0, 0}},
                    Case{"Gzip", Gzip(File("")), {2, 0, 0, 0}},
                    Case{"ARepeatedFamily", File("") + Row({.family = 1}), {2, 0, 0, 1}}),
    [](const testing::TestParamInfo<Case>& one) { return std::string(one.param.name); });

TEST_F(BadInput, OfAFileWithUnknownColumnsIsOneSentenceAndNothingIsKept) {
  const std::string file = Write("survei.csv", "kk;kode;nama;hubungan;Konsumsi;lantai\n");
  EXPECT_EQ(Run({"ingest", file, "--codebook", book_}), cli::kExitFailure);
  EXPECT_THAT(err(), HasSubstr("it lacks 2 column(s): 'tanggal', 'konsumsi' (perhaps 'Konsumsi')"));
  EXPECT_THAT(err(), HasSubstr("COLUMNS_MISSING"));
}

TEST_F(BadInput, OfAFileWithoutRowsIsNothingReceived) {
  const Counts counts = Ingest(kHeader);
  EXPECT_EQ(counts.accepted + counts.flagged + counts.rejected + counts.repeated, 0);
}

TEST_F(BadInput, OfAnEmptyFileOrAWorkbookIsOneSentence) {
  EXPECT_EQ(Run({"ingest", Write("a.csv", ""), "--codebook", book_}), cli::kExitFailure);
  EXPECT_THAT(err(), HasSubstr("the file is empty"));
  EXPECT_EQ(Run({"ingest", Write("a.xlsx", std::string("PK\x03\x04\x14\0\x06\0", 8)), "--codebook",
                 book_}),
            cli::kExitFailure);
  EXPECT_THAT(err(), HasSubstr("a workbook or zip archive"));
}

TEST_F(BadInput, OfAFileGivenTwiceOrWithOneChangedRowMovesOnlyWhatChanged) {
  const std::string file = kHeader + Row({.family = 1}) + Row({.family = 2}) + Row({.family = 3});
  EXPECT_EQ(Ingest(file).accepted, 3);
  EXPECT_EQ(Ingest(file).repeated, 3);
  const Counts changed =
      Ingest(kHeader + Row({.family = 1}) + Row({.family = 2, .floor = "8"}) + Row({.family = 3}));
  EXPECT_EQ(changed.accepted, 1);
  EXPECT_EQ(changed.repeated, 2);
  EXPECT_EQ(FamiliesInTheFigures(), 3);
}

// A region without a poverty line: its families are neither poor nor not poor.
TEST_F(BadInput, OfARegionWithoutAPovertyLineIsUnknownAndSaidSo) {
  Ingest(kHeader + Row({.family = 1}) + Row({.family = 2, .region = "33.75.01.1001"}));
  const std::string line =
      Write("garis.toml",
            "[reference]\ntitle = \"g\"\nversion = \"1\"\nsource = \"u\"\npopulation = \"desa\"\n"
            "[[poverty_line]]\nregion = \"33.26\"\nvalue = 538371\nvalid_from = 2025-01-01\n");
  ASSERT_EQ(Run({"reference", "apply", line}), cli::kExitOk) << err();
  const auto poor = [this](const std::string& region) {
    EXPECT_EQ(Run({"report", "--region", region, "--population", "desa", "--format", "json"}),
              cli::kExitOk)
        << err();
    const auto report = nlohmann::json::parse(out());
    for (const auto& figure : report["figures"]) {
      if (figure["measure"] == "p0") return nlohmann::json(figure);
    }
    return nlohmann::json();
  };
  EXPECT_EQ(poor("33.26")["value"], "1.000000");
  EXPECT_TRUE(poor("33.75")["value"].is_null());
  EXPECT_EQ(poor("33")["observedFamilies"], 1);
  EXPECT_EQ(poor("33")["unknownFamilies"], 1);
  ASSERT_EQ(Run({"report", "--region", "33.75", "--population", "desa"}), cli::kExitOk) << err();
  EXPECT_THAT(out(), HasSubstr("No poverty line holds here for population desa"));
}

TEST_F(BadInput, OfACodeBookIsToldAtOnceBeforeAnythingIsSent) {
  std::string broken = kBook;
  const auto replace = [&broken](std::string_view from, std::string_view to) {
    broken.replace(broken.find(from), from.size(), to);
  };
  replace("id = \"desa\"", "id = \"Desa Saya\"");
  replace("unit = \"person\"", "unit = \"orang\"");
  replace("period = \"month\"", "period = \"bulan\"");
  replace("variable = \"floor\"", "variable = \"flor\"");
  replace("severity = \"reject\"", "severity = reject");
  const std::string book = Write("rusak.toml", broken);
  const std::string file = Write("survei.csv", File(""));
  EXPECT_EQ(Run({"codebook", "check", book, file}), cli::kExitFailure);
  for (const char* told : {"rusak.toml:2: ", "rusak.toml:13: ", "rusak.toml:20: ",
                           "rusak.toml:29: ", "rusak.toml:34: "}) {
    EXPECT_THAT(out(), HasSubstr(told));
  }
  EXPECT_EQ(Run({"ingest", file, "--codebook", book}), cli::kExitFailure);
  EXPECT_THAT(err(), HasSubstr("CODEBOOK_INVALID"));
  EXPECT_THAT(err(), HasSubstr("perhaps 'floor'"));
}

}  // namespace
}  // namespace sepakat
