#include "ingestion/domain/csv_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace sepakat::ingestion {
namespace {

struct ReadRow {
  std::vector<std::string> cells;
  int64_t line = 0;
  std::optional<RowProblemKind> problem;
  std::string raw;
  bool operator==(const ReadRow&) const = default;
};

std::vector<ReadRow> Read(std::string_view text, size_t piece, char separator = 0,
                          size_t limit = kLineLimit) {
  CsvReader reader(separator, limit);
  std::vector<ReadRow> rows;
  CsvRow row;
  const auto take = [&] {
    while (reader.Next(&row) == CsvReader::kRow) {
      ReadRow& read = rows.emplace_back();
      for (const std::string_view cell : row.cells) read.cells.emplace_back(cell);
      read.line = row.line;
      read.problem = row.problem;
      if (row.problem) read.raw = row.raw;
    }
  };
  for (size_t at = 0; at < text.size(); at += piece) {
    reader.Feed(text.substr(at, piece));
    take();
  }
  reader.Finish();
  take();
  EXPECT_EQ(reader.Next(&row), CsvReader::kEnd);
  return rows;
}

struct Case {
  const char* name;
  std::string text;
  std::vector<ReadRow> rows;
};

class CsvRows : public testing::TestWithParam<Case> {};

TEST_P(CsvRows, AreTheSameInPiecesOfAnySize) {
  for (size_t piece = 1; piece < 20; ++piece) {
    const std::vector<ReadRow> rows = Read(GetParam().text, piece);
    ASSERT_EQ(rows.size(), GetParam().rows.size()) << "pieces of " << piece;
    for (size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].cells, GetParam().rows[i].cells) << "row " << i;
      EXPECT_EQ(rows[i].line, GetParam().rows[i].line) << "row " << i;
      EXPECT_EQ(rows[i].problem, GetParam().rows[i].problem) << "row " << i;
      EXPECT_EQ(rows[i].raw, GetParam().rows[i].raw) << "row " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, CsvRows,
    testing::Values(
        Case{"Plain", "a,b\n1,2\n", {{{"a", "b"}, 1, {}, ""}, {{"1", "2"}, 2, {}, ""}}},
        Case{"NoLineEndAtTheEnd", "a,b\n1,2", {{{"a", "b"}, 1, {}, ""}, {{"1", "2"}, 2, {}, ""}}},
        Case{"EmptyCells", "a,b\n,\n", {{{"a", "b"}, 1, {}, ""}, {{"", ""}, 2, {}, ""}}},
        Case{
            "BlanksAround", "a, b \n 1 ,\t2\n", {{{"a", "b"}, 1, {}, ""}, {{"1", "2"}, 2, {}, ""}}},
        Case{"QuotesHoldEverything",
             "a,b\n\"1,\"\"x\"\"\n2\",3\n4,5\n",
             {{{"a", "b"}, 1, {}, ""}, {{"1,\"x\"\n2", "3"}, 2, {}, ""}, {{"4", "5"}, 4, {}, ""}}},
        Case{"EmptyLinesAreSkipped",
             "a,b\n\n\n1,2\n",
             {{{"a", "b"}, 1, {}, ""}, {{"1", "2"}, 4, {}, ""}}},
        Case{"AnEmptyQuotedCell",
             "a,b\n\"\",2\n",
             {{{"a", "b"}, 1, {}, ""}, {{"", "2"}, 2, {}, ""}}},
        Case{"SemicolonsAreSeen",
             "a;b;c,d\n1;2;3\n",
             {{{"a", "b", "c,d"}, 1, {}, ""}, {{"1", "2", "3"}, 2, {}, ""}}},
        Case{"TabsAreSeen", "a\tb\n1\t\n", {{{"a", "b"}, 1, {}, ""}, {{"1", ""}, 2, {}, ""}}},
        Case{"AStrayQuoteCostsItsLineOnly",
             "a,b\n\"1\"x,2\n3,4\n",
             {{{"a", "b"}, 1, {}, ""},
              {{}, 2, RowProblemKind::kStrayQuote, "\"1\"x,2"},
              {{"3", "4"}, 3, {}, ""}}},
        Case{"AQuoteThatIsNeverClosedCostsItsLineOnly",
             "a,b\n\"1,2\n3,4\n",
             {{{"a", "b"}, 1, {}, ""},
              {{}, 2, RowProblemKind::kUnterminatedQuote, "\"1,2"},
              {{"3", "4"}, 3, {}, ""}}},
        Case{"Nothing", "", {}}),
    [](const testing::TestParamInfo<Case>& one) { return std::string(one.param.name); });

TEST(CsvReader, SkipsALineThatIsTooLongAndGoesOn) {
  const std::string text = "a,b\n" + std::string(500, 'x') + ",1\n3,4\n";
  for (const size_t piece : {1U, 64U, 1000U}) {
    const auto rows = Read(text, piece, ',', 100);
    ASSERT_EQ(rows.size(), 3U) << piece;
    EXPECT_EQ(rows[1].problem, RowProblemKind::kLineTooLong);
    EXPECT_EQ(rows[2].cells, (std::vector<std::string>{"3", "4"}));
    EXPECT_EQ(rows[2].line, 3);
  }
}

}  // namespace
}  // namespace sepakat::ingestion
