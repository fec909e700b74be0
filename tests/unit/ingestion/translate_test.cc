// Members make the derived variables, and what is unknown stays unknown.
#include "ingestion/domain/translate.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingestion/domain/record_assembler.h"
#include "ingestion/wire/codebook_toml.h"

namespace sepakat::ingestion {
namespace {

constexpr char kBook[] = R"(
[codebook]
id = "uji"
version = "1"
name = "Uji"
steward = "U"
source = "U"
[population]
id = "uji"
name = "Uji"
[record]
unit = "person"
observed_on = { value = "2025-01-01" }
[roles]
family = { column = "f" }
region = { value = "A" }
size = { count = true }
weight = { column = "w", per = "person" }
person_id = { column = "nik" }
[[variable]]
column = "rel"
variable = "relation"
[[variable]]
column = "lahir"
variable = "birth_date"
[[variable]]
column = "sekolah"
variable = "schooling"
from_age = 5
[[variable]]
column = "ijazah"
variable = "certificate_years"
from_age = 5
asked_if = { column = "sekolah", in = ["2", "3"] }
[[variable]]
column = "d1"
variable = "difficulty"
combine = "min"
[[variable]]
column = "d2"
variable = "difficulty"
combine = "min"
[[variable]]
column = "jamin"
variable = "insurance"
codes = { "0" = 0, "*" = 1 }
missing = ["99"]
[[region]]
code = "A"
name = "A"
)";
constexpr char kHeader[] = "f,w,nik,rel,lahir,sekolah,ijazah,d1,d2,jamin\n";

Decision Decide(const std::string& rows) {
  const CodebookReading reading = ReadCodebook(kBook, "uji.toml");
  EXPECT_TRUE(reading.book) << (reading.findings.empty() ? "" : reading.findings[0].Text());
  RegionEditions regions;
  std::vector<std::string> problems;
  regions.Set(0, RegionMaster::Build({{"A", "A", "0", 1, "survey"}}, &problems));
  Translator translator(&*reading.book, &regions);
  Decision decision;
  CsvReader reader;
  reader.Feed(kHeader + rows);
  reader.Finish();
  CsvRow row;
  reader.Next(&row);
  auto assembler =
      RecordAssembler::Create(&*reading.book, row.cells, [&](const AssembledRecord& one) {
        RawRecord record;
        EXPECT_TRUE(
            record.Decode(one.content, static_cast<int>(reading.book->columns.size())).ok());
        std::string identity;
        FamilyIdentity(*reading.book, record, &identity);
        translator.Decide(record, identity, 21'000, &decision);
      });
  while (reader.Next(&row) == CsvReader::kRow) assembler->Add(row);
  assembler->Finish();
  return decision;
}

int32_t Of(const Decision& decision, const char* name) {
  return decision.family.values[static_cast<size_t>(FindVariable(name)->number)];
}

// Head 45, spouse 40, son of 10 out of school, baby of 2.
constexpr char kFamily[] =
    "1,2,3326150101800001,1,1980-01-01,3,9,4,2,1\n"
    "1,2,3326150101800002,2,1984-06-30,1,,4,4,0\n"
    "1,2,,3,2014-12-31,3,6,4,4,8\n"
    "1,2,3326150101800004,3,2022-02-02,,,,,0\n";

TEST(DerivedVariables, FollowFromTheMembers) {
  const Decision decision = Decide(kFamily);
  EXPECT_FALSE(decision.rejected);
  EXPECT_EQ(decision.family.size, 4);
  EXPECT_EQ(decision.family.weight, 2000);
  EXPECT_EQ(Of(decision, "members"), 4);
  EXPECT_EQ(Of(decision, "children_under_5"), 1);
  EXPECT_EQ(Of(decision, "children_7_18"), 1);
  EXPECT_EQ(Of(decision, "children_out_of_school"), 1);
  EXPECT_EQ(Of(decision, "members_15_64"), 2);
  EXPECT_EQ(Of(decision, "head_age"), 45);
  EXPECT_EQ(Of(decision, "head_schooling_years"), 9);
  EXPECT_EQ(Of(decision, "max_schooling_years"), 9) << "who never went to school has 0 years";
  EXPECT_EQ(Of(decision, "members_uninsured"), 2);
  EXPECT_EQ(Of(decision, "members_without_nik"), 1);
  EXPECT_EQ(Of(decision, "members_disabled"), kUnknown) << "nothing was answered for the baby";
}

TEST(DerivedVariables, AreUnknownAsSoonAsOneAnswerThatCountsIs) {
  std::string rows = kFamily;
  rows.replace(rows.find("2014-12-31"), 10, "2014-02-30");
  const Decision decision = Decide(rows);
  EXPECT_TRUE(decision.flagged());
  EXPECT_EQ(Of(decision, "children_7_18"), kUnknown);
  EXPECT_EQ(Of(decision, "children_under_5"), kUnknown);
  EXPECT_EQ(Of(decision, "head_age"), 45);
  EXPECT_EQ(Of(decision, "members"), 4);
}

TEST(WeightsOfPersons, MakeTheFamilysWeight) {
  EXPECT_EQ(Decide("1,1.5,,1,1980-01-01,,,,,\n1,1.5,,2,1980-01-01,,,,,\n").family.weight, 1500);
  const Decision different = Decide("1,1,,1,1980-01-01,,,,,\n1,2,,2,1980-01-01,,,,,\n");
  EXPECT_EQ(different.family.weight, 1500);
  ASSERT_EQ(different.findings.size(), 1U);
  EXPECT_EQ(different.findings[0].reason, "WEIGHTS_DIFFER");
}

TEST(Limits, AreCheckedForEachRecord) {
  EXPECT_TRUE(Decide("1,99999999999,,1,1980-01-01,,,,,\n").rejected);
  EXPECT_TRUE(Decide("1,-1,,1,1980-01-01,,,,,\n").rejected);
  std::string many;
  for (int i = 0; i < 256; ++i) many += fmt::format("1,1,,{},1980-01-01,,,,,\n", i == 0 ? 1 : 3);
  const Decision decision = Decide(many);
  EXPECT_TRUE(decision.rejected);
  EXPECT_EQ(decision.findings[0].reason, "SIZE_INVALID");
}

}  // namespace
}  // namespace sepakat::ingestion
