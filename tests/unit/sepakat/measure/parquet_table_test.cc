// Parquet files as DuckDB writes them, read cell by cell.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "common/base/status.h"
#include "sepakat/measure/table_reader.h"
#include "tests/support/parquet/parquet_writer.h"

namespace sepakat::measure {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ParquetTable : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) / (std::string("parquet_") + test->name());
    std::filesystem::create_directories(folder_);
  }

  std::string Written(const std::string& select, const std::string& name = "survey.parquet") {
    const std::string path = folder_ / name;
    const absl::Status written = support::WriteParquet(select, path);
    EXPECT_TRUE(written.ok()) << written;
    return path;
  }

  std::string Bytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string WithBytes(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

Table Read(const std::string& path, const TableRequest& request) {
  auto table = ReadParquetTable(path, request);
  EXPECT_TRUE(table.ok()) << table.status();
  return table.ok() ? *std::move(table) : Table();
}

// As texts, row by row.
std::vector<std::string> TextsOf(const Table& table, const std::string& column) {
  std::vector<std::string> texts;
  const Categories* categories = table.FindCategories(column);
  for (size_t row = 0; row < static_cast<size_t>(table.rows); ++row) {
    texts.emplace_back(categories->text(row));
  }
  return texts;
}

TEST_F(ParquetTable, NumbersOfEveryTypeWithTheirDigitsAndGaps) {
  const std::string path = Written(
      "SELECT * FROM (VALUES (1::TINYINT, 70000::INTEGER, 9007199254740993::BIGINT, 0.1::DOUBLE, "
      "1234.567::DECIMAL(12,3), true), "
      "(NULL, NULL, NULL, NULL, NULL, NULL), "
      "(-2, -1, 5, 'nan'::DOUBLE, 0.001, false)) t(small, whole, large, real, exact, flag)");
  TableRequest request;
  request.numbers = {"small", "whole", "large", "real", "exact", "flag"};
  const Table table = Read(path, request);
  ASSERT_EQ(table.rows, 3);
  const std::vector<std::pair<std::string, std::vector<double>>> expected = {
      {"small", {1, -2}},   {"whole", {70000, -1}},       {"large", {9007199254740992.0, 5}},
      {"real", {0.1, NAN}}, {"exact", {1234.567, 0.001}}, {"flag", {1, 0}}};
  for (const auto& [name, values] : expected) {
    const std::vector<double>& read = table.FindNumbers(name)->values;
    EXPECT_EQ(read[0], values[0]) << name;
    EXPECT_TRUE(std::isnan(read[1])) << name;
    EXPECT_TRUE(read[2] == values[1] || (std::isnan(read[2]) && std::isnan(values[1]))) << name;
    EXPECT_EQ(table.FindNumbers(name)->malformed, 0) << name;
  }
}

// A category of numbers is written as a questionnaire writes it: 1 and not 1.0 or 1.000.
TEST_F(ParquetTable, CategoriesOfEveryTypeAsACsvWouldHoldThem) {
  const std::string path = Written(
      "SELECT * FROM (VALUES ('Kota Agung Utara', 3::INTEGER, 1::DOUBLE, 2.500::DECIMAL(9,3), "
      "3174012345678901::BIGINT, DATE '2025-03-05', true, 'a'::ENUM('a','b')), "
      "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), "
      "('', 4, 'nan'::DOUBLE, 3, 9007199254740993, DATE '1999-12-31', false, 'b')) "
      "t(text, whole, real, exact, card, day, flag, label)");
  TableRequest request;
  request.categories = {"text", "whole", "real", "exact", "card", "day", "flag", "label"};
  const Table table = Read(path, request);
  EXPECT_THAT(TextsOf(table, "text"), ElementsAre("Kota Agung Utara", "", ""));
  EXPECT_THAT(TextsOf(table, "whole"), ElementsAre("3", "", "4"));
  EXPECT_THAT(TextsOf(table, "real"), ElementsAre("1", "", ""));
  EXPECT_THAT(TextsOf(table, "exact"), ElementsAre("2.5", "", "3"));
  EXPECT_THAT(TextsOf(table, "card"), ElementsAre("3174012345678901", "", "9007199254740993"));
  EXPECT_THAT(TextsOf(table, "day"), ElementsAre("2025-03-05", "", "1999-12-31"));
  EXPECT_THAT(TextsOf(table, "flag"), ElementsAre("1", "", "0"));
  EXPECT_THAT(TextsOf(table, "label"), ElementsAre("a", "", "b"));
}

TEST_F(ParquetTable, RowsOfSeveralGroupsInTheirOrder) {
  constexpr int kRows = 3 * support::kSmallestRowGroup + 7;
  const std::string path =
      Written(fmt::format("SELECT i AS family, i * 0.5 AS welfare FROM range({}) t(i)", kRows));
  TableRequest request;
  request.numbers = {"welfare"};
  request.key = {"family"};
  const Table table = Read(path, request);
  ASSERT_EQ(table.rows, kRows);
  EXPECT_EQ(table.key.count, static_cast<uint32_t>(kRows));
  for (int row = 0; row < kRows; ++row) {
    ASSERT_EQ(table.FindNumbers("welfare")->values[static_cast<size_t>(row)], row * 0.5);
  }
}

// Text that is no number is told, as in a CSV, and never a silent gap.
TEST_F(ParquetTable, TextsInAColumnOfNumbersUnderTheMarksOfTheBook) {
  const std::string path =
      Written("SELECT * FROM (VALUES ('1.500,25'), ('tidak tahu'), ('98'), ('')) t(welfare)");
  TableRequest request;
  request.numbers = {"welfare"};
  request.missing_numbers["welfare"].Add("98");
  request.format.numbers = {.decimal_mark = ',', .thousands_mark = '.'};
  const Numbers welfare = *Read(path, request).FindNumbers("welfare");
  EXPECT_EQ(welfare.values[0], 1500.25);
  for (const size_t row : {1, 2, 3}) EXPECT_TRUE(std::isnan(welfare.values[row])) << row;
  EXPECT_EQ(welfare.malformed, 1);
  EXPECT_EQ(welfare.first_malformed, 1);
}

TEST_F(ParquetTable, InfinityAsACellThatIsNoNumber) {
  const std::string path = Written("SELECT 'infinity'::DOUBLE AS welfare");
  TableRequest request;
  request.numbers = {"welfare"};
  EXPECT_EQ(Read(path, request).FindNumbers("welfare")->malformed, 1);
}

// To DuckDB names are patterns, and folders like `year=2020` are columns.
TEST_F(ParquetTable, OneFileWhateverItsName) {
  Written("SELECT 1 AS a", "other1.parquet");
  std::filesystem::create_directories(folder_ / "year=2020");
  for (const char* name : {"year=2020/it's [1]*?.parquet", "plain.parquet"}) {
    const std::string path = folder_ / name;
    const std::string made = Written("SELECT 2 AS a", "made.parquet");
    std::filesystem::rename(made, path);
    const auto columns = ParquetColumns(path);
    ASSERT_TRUE(columns.ok()) << name << ": " << columns.status();
    EXPECT_THAT(*columns, ElementsAre("a")) << name;
    TableRequest request;
    request.numbers = {"a"};
    EXPECT_THAT(Read(path, request).FindNumbers("a")->values, ElementsAre(2)) << name;
  }
}

TEST_F(ParquetTable, AMissingColumnIsNamed) {
  const std::string path = Written("SELECT 1 AS belanja, 2 AS bobot");
  TableRequest request;
  request.numbers = {"belanj"};
  const auto table = ReadParquetTable(path, request);
  EXPECT_EQ(base::ReasonOf(table.status()), "COLUMNS_MISSING");
  EXPECT_THAT(std::string(table.status().message()), HasSubstr("belanj"));
}

TEST_F(ParquetTable, DamagedFilesAndFilesOfAnotherKindWithOneSentence) {
  const std::string whole = Bytes(Written("SELECT i, i % 7 AS j FROM range(5000) t(i)"));
  std::string scratched = whole;
  for (size_t i = 4; i < 64; ++i) scratched[i] = '\x5A';
  const std::vector<std::pair<std::string, std::string>> files = {
      {"cut.parquet", whole.substr(0, whole.size() / 2)},
      {"no_end.parquet", whole.substr(0, whole.size() - 4)},
      {"scratched.parquet", scratched},
      {"head_only.parquet", "PAR1 and nothing else"},
      {"text.parquet", "a,b\n1,2\n"},
      {"empty.parquet", ""}};
  for (const auto& [name, bytes] : files) {
    TableRequest request;
    request.numbers = {"i", "j"};
    const auto table = ReadParquetTable(WithBytes(name, bytes), request);
    EXPECT_EQ(base::ReasonOf(table.status()), "FILE_DAMAGED") << name << ": " << table.status();
    const std::string sentence(table.status().message());
    EXPECT_THAT(sentence, HasSubstr("damaged or cut off")) << name;
    EXPECT_THAT(sentence, Not(HasSubstr("\n"))) << name;
  }
}

}  // namespace
}  // namespace sepakat::measure
