// Bad input of every kind: a clear reason, nothing lost, and the counts add up.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "common/base/status.h"
#include "common/runtime/topics.h"
#include "ingestion/domain/csv_reader.h"
#include "tests/spec/ingestion/world.h"

namespace sepakat::ingestion {
namespace {

using testing::HasSubstr;

// One family of one member, valid in every cell.
std::string Row(int family, std::string_view region = "33.26.15.2014",
                std::string_view name = "Suparti", std::string_view floor = "1",
                std::string_view date = "05/03/2025") {
  return fmt::format("33261500000000{:02};{};{};3326154101900{:03};41;1;1;1500000;{};;{}\n", family,
                     region, name, family, floor, date);
}

struct BadInput {
  const char* name;
  // What follows the header line, beside two good families.
  std::string rows;
  int accepted;
  int flagged;
  int rejected;
  const char* reason;
  // What the sentence must tell.
  const char* message;
};

class BadRows : public testing::TestWithParam<BadInput> {};

TEST_P(BadRows, AreToldAndNothingElseIsLost) {
  const BadInput& input = GetParam();
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const std::string file = std::string(kHeader) + Row(1) + input.rows + Row(2);
  const auto answer = world.Ingest(file, "desa", 50);
  ASSERT_TRUE(answer.ok()) << answer.status();
  const auto& progress = answer->progress();
  EXPECT_EQ(progress.accepted(), 2 + input.accepted) << answer->DebugString();
  EXPECT_EQ(progress.flagged(), input.flagged) << answer->DebugString();
  EXPECT_EQ(progress.rejected(), input.rejected) << answer->DebugString();
  EXPECT_EQ(progress.received(),
            progress.accepted() + progress.flagged() + progress.rejected() + progress.repeated());
  EXPECT_EQ(world.Newest().size(), static_cast<size_t>(2 + input.accepted + input.flagged));
  EXPECT_EQ(world.Said(runtime::topics::kRejection).size(), static_cast<size_t>(input.rejected));
  if (input.reason == nullptr) return;
  ASSERT_GT(answer->findings_by_reason().count(input.reason), 0U) << answer->DebugString();
  std::string messages;
  for (const auto& finding : answer->findings()) {
    if (finding.reason() == input.reason) messages += finding.message() + "\n";
  }
  EXPECT_THAT(messages, HasSubstr(input.message));
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, BadRows,
    testing::Values(
        BadInput{"WrongCode", Row(3, "33.26.15.2014", "Sri", "7"), 0, 1, 0, "CODE_UNKNOWN",
                 "column lantai: '7' is no code"},
        BadInput{"TwoHeads",
                 "3326150000000003;33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n"
                 "3326150000000003;33.26.15.2014;B;;40;1;1;900000;1;;05/03/2025\n",
                 0, 0, 1, "TWO_HEADS", "2 heads"},
        BadInput{"NoHead", "3326150000000003;33.26.15.2014;A;;41;3;1;900000;1;;05/03/2025\n", 0, 0,
                 1, "NO_HEAD", "no head"},
        BadInput{"TwoSpouses",
                 "3326150000000003;33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n"
                 "3326150000000003;33.26.15.2014;B;;40;2;1;900000;1;;05/03/2025\n"
                 "3326150000000003;33.26.15.2014;C;;39;2;1;900000;1;;05/03/2025\n",
                 0, 1, 0, "TWO_SPOUSES", "2 spouses"},
        BadInput{"ImpossibleDate", Row(3, "33.26.15.2014", "Sri", "1", "31/02/2025"), 0, 0, 1,
                 "IMPOSSIBLE_DATE", "no date of the calendar"},
        BadInput{"DateInTheFuture", Row(3, "33.26.15.2014", "Sri", "1", "01/01/2090"), 0, 0, 1,
                 "FUTURE_DATE", "future"},
        BadInput{"ImpossibleBirthDate",
                 "3326150000000003;33.26.15.2014;A;;;1;1;900000;1;2001-02-29;05/03/2025\n", 0, 1, 0,
                 "IMPOSSIBLE_DATE", "the age is unknown"},
        BadInput{"NumberInName", Row(3, "33.26.15.2014", "3326154101900777"), 0, 1, 0,
                 "NUMBER_IN_NAME", "16 digits stands in a name field"},
        BadInput{"VillageUnknown", Row(3, "33.26.15.2999"), 0, 1, 0, "REGION_PARTLY_KNOWN",
                 "'33.26.15.2999' is not in the region master; the family counts in 33.26.15"},
        BadInput{"RegencyUnknown", Row(3, "11.01.15.2999"), 0, 0, 1, "REGION_UNKNOWN",
                 "'11.01.15.2999'"},
        BadInput{"RegionMissing", Row(3, ""), 0, 0, 1, "REGION_MISSING", "column kode"},
        BadInput{"CodeWithoutDots", Row(3, "3326152013"), 1, 0, 0, nullptr, ""},
        BadInput{"ShortCardNumber", "332615;33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n", 0, 0,
                 1, "KK_INVALID", "16 digits"},
        BadInput{"NoCardNumber", ";33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n", 0, 0, 1,
                 "FAMILY_ID_MISSING", "column kk"},
        BadInput{"NoWeight", "3326150000000003;33.26.15.2014;A;;41;1;;900000;1;;05/03/2025\n", 0, 0,
                 1, "WEIGHT_MISSING", "column bobot"},
        BadInput{"WelfareUnreadable",
                 "3326150000000003;33.26.15.2014;A;;41;1;1;banyak;1;;05/03/2025\n", 0, 1, 0,
                 "WELFARE_INVALID", "welfare is unknown"},
        BadInput{"WelfareEmptyIsUnknownWithoutAFlag",
                 "3326150000000003;33.26.15.2014;A;;41;1;1;;1;;05/03/2025\n", 1, 0, 0, nullptr, ""},
        BadInput{"WeightsDifferInAFamily",
                 "3326150000000003;33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n"
                 "3326150000000003;33.26.15.2014;B;;40;2;2;900000;1;;05/03/2025\n",
                 0, 1, 0, "WEIGHTS_DIFFER", "column bobot"},
        BadInput{"SameFamilyTwiceApart", Row(3) + Row(4) + Row(3, "33.26.15.2013"), 2, 0, 1,
                 "FAMILY_TWICE", "next to each other"},
        BadInput{"TooFewCells", "3326150000000003;33.26.15.2014;A\n", 0, 0, 1,
                 "WRONG_NUMBER_OF_CELLS", "3 cells"},
        BadInput{"TooManyCells",
                 "3326150000000003;33.26.15.2014;A;B;C;1;1;1;9;1;1;1;1;05/03/2025\n", 0, 0, 1,
                 "WRONG_NUMBER_OF_CELLS", "14 cells"},
        BadInput{"NestedQuotes", "3326150000000003;\"33.26\"x\";A;;41;1;1;900000;1;;05/03/2025\n",
                 0, 0, 1, "STRAY_QUOTE", "quote inside a quoted cell"},
        BadInput{"InvalidUtf8InAName", Row(3, "33.26.15.2014", "Rah\xffmat"), 0, 1, 0,
                 "INVALID_UTF8", "byte 4"},
        BadInput{"LineOfTenMegabytes", Row(3, "33.26.15.2014", std::string(kLineLimit + 10, 'x')),
                 0, 0, 1, "LINE_TOO_LONG", "longer than 10 MB"}),
    [](const testing::TestParamInfo<BadInput>& one) { return std::string(one.param.name); });

TEST(FamiliesWithABrokenLine, AreRefusedAsAWholeSoThatNoMemberIsLost) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const auto answer =
      world.Ingest(std::string(kHeader) +
                       "3326150000000003;33.26.15.2014;A;;41;1;1;900000;1;;05/03/2025\n"
                       "3326150000000003;33.26.15.2014;\"B\"\";;40;2;1;900000;1;;05/03/2025\n"
                       "3326150000000003;33.26.15.2014;C;;12;3;1;900000;1;;05/03/2025\n" +
                       Row(1),
                   "desa");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->progress().rejected(), 1) << answer->DebugString();
  EXPECT_EQ(answer->progress().accepted(), 1);
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

std::string Zstd(const std::string& plain) {
  std::string packed(ZSTD_compressBound(plain.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 3));
  return packed;
}

std::string WithCommas(std::string text) {
  std::ranges::replace(text, ';', ',');
  return text;
}

std::string WithCrLf(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

TEST(TheSameFileInAnyDress, GivesTheSameSubmissions) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const std::string plain = std::string(kHeader) + Row(1) + Row(2, "33.75.01.1001");
  ASSERT_EQ(world.Ingest(plain, "desa")->progress().accepted(), 2);
  const struct {
    const char* name;
    std::string bytes;
  } dresses[] = {{"byte-order mark", "\xEF\xBB\xBF" + plain},
                 {"Windows line ends", WithCrLf(plain)},
                 {"commas", WithCommas(plain)},
                 {"gzip", Gzip(plain)},
                 {"two gzip members", Gzip(plain.substr(0, 100)) + Gzip(plain.substr(100))},
                 {"zstd", Zstd(plain)},
                 {"no line end at the end", plain.substr(0, plain.size() - 1)},
                 {"empty lines", plain + "\n\n"}};
  for (const auto& dress : dresses) {
    for (const size_t chunk : {1U, 7U, 100'000U}) {
      const auto answer = world.Ingest(dress.bytes, "desa", chunk);
      ASSERT_TRUE(answer.ok()) << dress.name << ": " << answer.status();
      EXPECT_EQ(answer->progress().repeated(), 2) << dress.name << " in pieces of " << chunk;
      EXPECT_EQ(answer->progress().received(), 2) << dress.name;
    }
  }
  EXPECT_EQ(world.FamilyEvents().size(), 2U);
}

struct RefusedFile {
  const char* name;
  std::string bytes;
  const char* reason;
  const char* message;
};

class FilesThatCannotBeRead : public testing::TestWithParam<RefusedFile> {};

TEST_P(FilesThatCannotBeRead, AreRefusedWithOneSentence) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const auto answer = world.Ingest(GetParam().bytes, "desa");
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(base::ReasonOf(answer.status()), GetParam().reason);
  EXPECT_THAT(std::string(answer.status().message()), HasSubstr(GetParam().message));
  EXPECT_TRUE(world.Newest().empty());
}

INSTANTIATE_TEST_SUITE_P(
    EveryKind, FilesThatCannotBeRead,
    testing::Values(RefusedFile{"Empty", "", "FILE_EMPTY", "empty"},
                    RefusedFile{"UnknownColumns", "kk;kode;nama\n1;2;3\n", "COLUMNS_MISSING",
                                "it lacks 8 column(s): '"},
                    RefusedFile{"CutOffGzip", Gzip(std::string(kHeader) + Row(1)).substr(0, 60),
                                "COMPRESSION_BROKEN", "damaged or cut off"},
                    RefusedFile{"Bomb", Gzip(std::string(kHeader) + std::string(80'000'000, ' ')),
                                "DECOMPRESSION_BOMB", "200 times"}),
    [](const testing::TestParamInfo<RefusedFile>& one) { return std::string(one.param.name); });

TEST(AFileWithoutRegions, IsRefusedBeforeAnythingIsDecided) {
  World world;
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const auto answer = world.Ingest(std::string(kHeader) + Row(1), "desa");
  EXPECT_EQ(base::ReasonOf(answer.status()), "REGIONS_NOT_LOADED");
}

TEST(AHeaderWithoutRows, IsACompleteFileOfNothing) {
  World world;
  world.LoadRegions();
  ASSERT_TRUE(world.Register(kVillageBook).ok());
  const auto answer = world.Ingest(kHeader, "desa");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->progress().received(), 0);
  EXPECT_TRUE(answer->progress().complete());
}

}  // namespace
}  // namespace sepakat::ingestion
