#include "sepakat/cli/output.h"

#include <sstream>

#include "gtest/gtest.h"
#include "sepakat/cli/progress.h"

namespace sepakat::cli {
namespace {

const OutputTable kTable{{{"name", "nameKey"}, {"count", "countKey", true}},
                         {{"Désa", "7"}, {"a,b \"c\"", "1234"}}};

std::string Printed(Format format) {
  std::ostringstream out;
  Print(kTable, format, out);
  return out.str();
}

TEST(Output, AlignsATableByCharactersNotBytes) {
  EXPECT_EQ(Printed(Format::kTable),
            "name     count\n"
            "Désa         7\n"
            "a,b \"c\"   1234\n");
}

TEST(Output, QuotesCsvAsRfc4180Asks) {
  EXPECT_EQ(Printed(Format::kCsv), "nameKey,countKey\nDésa,7\n\"a,b \"\"c\"\"\",1234\n");
}

TEST(Output, WritesJsonObjectsByKeyInColumnOrder) {
  EXPECT_EQ(Printed(Format::kJson),
            "[\n  {\n    \"nameKey\": \"Désa\",\n    \"countKey\": \"7\"\n  },\n"
            "  {\n    \"nameKey\": \"a,b \\\"c\\\"\",\n    \"countKey\": \"1234\"\n  }\n]\n");
}

TEST(Output, GroupsDigitsByThousands) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(-1034241), "-1,034,241");
}

TEST(ProgressText, TellsShareRateAndTimeLeft) {
  EXPECT_EQ(ProgressText(50'000'000, 200'000'000, 2000),
            " 25 %  50.0 MB of 200.0 MB  25.0 MB/s  6 s left");
  EXPECT_EQ(ProgressText(0, 200, 0), "  0 %  0.0 MB of 0.0 MB  0.0 MB/s");
  EXPECT_EQ(ProgressText(3'000'000, 0, 1000), "3.0 MB  3.0 MB/s");
}

}  // namespace
}  // namespace sepakat::cli
