#include "sepakat/generate/register_writer.h"

#include <algorithm>

#include "common/base/hash.h"
#include "gtest/gtest.h"
#include "sepakat/generate/columns.h"
#include "small_register.h"

namespace sepakat::generate {
namespace {

std::string WriteAll(RegisterWriter& writer) {
  std::string text;
  while (writer.Next(text)) {
  }
  return text;
}

std::string Register(uint64_t seed) {
  const Plan plan = SmallPlan(800, seed, 300);
  RegisterWriter writer(plan);
  return WriteAll(writer);
}

TEST(RegisterWriter, GivesTheSameBytesForTheSameSeed) {
  EXPECT_EQ(base::Hash64(Register(5)), base::Hash64(Register(5)));
  EXPECT_NE(base::Hash64(Register(5)), base::Hash64(Register(6)));
}

TEST(RegisterWriter, StartsWithTheItemsOfTheQuestionnaire) {
  const std::string text = Register(1);
  const std::string header = text.substr(0, text.find('\n'));
  EXPECT_TRUE(header.starts_with("r114,r401,r101,r102,r103,r104,"));
  EXPECT_EQ(std::count(header.begin(), header.end(), ','), kColumns - 1);
}

TEST(RegisterWriter, CountsWhatItWrote) {
  const Plan plan = SmallPlan(3000, 2, 1000);
  RegisterWriter writer(plan);
  const std::string text = WriteAll(writer);
  const Expected& expected = writer.expected();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), expected.rows + 1);
  EXPECT_EQ(expected.received,
            expected.accepted + expected.flagged + expected.rejected + expected.repeated);
  EXPECT_EQ(expected.received, 3000 + expected.repeated);
  EXPECT_EQ(expected.repeated, expected.by_dirt[static_cast<size_t>(Dirt::kRepeated)]);
  EXPECT_GT(expected.repeated, 0);
}

TEST(RegisterWriter, MakesEveryKindOfMistakeAndListsItsLine) {
  const Plan plan = SmallPlan(3000, 2, 1000);
  RegisterWriter writer(plan);
  WriteAll(writer);
  for (int kind = 1; kind < kDirtKinds; ++kind) {
    EXPECT_GT(writer.expected().by_dirt[static_cast<size_t>(kind)], 0)
        << RuleOf(static_cast<Dirt>(kind)).name;
  }
  EXPECT_NEAR(static_cast<double>(writer.dirty().size()), 300, 60);
}

TEST(RegisterWriter, ListsTheLineWhereTheDirtyFamilyBegins) {
  const Plan plan = SmallPlan(500, 2, 1000);
  RegisterWriter writer(plan);
  const std::string text = WriteAll(writer);
  std::vector<std::string> lines = {""};
  for (char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  for (const DirtyFamily& family : writer.dirty()) {
    if (family.dirt != Dirt::kConsumptionUnreadable) continue;
    EXPECT_NE(lines[static_cast<size_t>(family.line - 1)].find("tidak tahu"), std::string::npos);
  }
}

TEST(AppendCsvLine, QuotesOnlyWhereItMust) {
  std::string text;
  AppendCsvLine({"a", "b,c", "d\"e", ""}, text);
  EXPECT_EQ(text, "a,\"b,c\",\"d\"\"e\",\n");
}

}  // namespace
}  // namespace sepakat::generate
