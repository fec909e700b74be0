// The same survey in every format gives the same figures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <readstat.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdio>
#include <cstdlib>

#include "tests/integration/measure/published_figures.h"
#include "tests/integration/measure/village_survey.h"
#include "tests/support/parquet/parquet_writer.h"
#include "tests/support/programs/run_program.h"

namespace sepakat::support {
namespace {

using testing::HasSubstr;

nlohmann::json FiguresOf(const std::string& file, const std::string& book) {
  return Measure({file, "--codebook", book, "--line", "500", "--by", "region,roof"})
      .report()["figures"];
}

std::string Gzipped(const std::string& text) {
  const std::string path = FolderOfTest() / "survey.csv.gz";
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path;
}

std::string Zstded(const std::string& text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  return WriteText(FolderOfTest() / "survey.csv.zst", packed);
}

std::string BytesOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

ssize_t ToFile(const void* bytes, size_t length, void* file) {
  return static_cast<ssize_t>(std::fwrite(bytes, 1, length, static_cast<std::FILE*>(file)));
}

using Begin = readstat_error_t (*)(readstat_writer_t*, void*, long);

// The village survey as a statistics package would save it: numbers, and roofs with value labels.
std::string Saved(const std::string& name, Begin begin,
                  readstat_compress_t compression = READSTAT_COMPRESS_NONE) {
  const std::string path = FolderOfTest() / name;
  std::FILE* file = std::fopen(path.c_str(), "wb");
  readstat_writer_t* writer = readstat_writer_init();
  readstat_set_data_writer(writer, ToFile);
  readstat_writer_set_compression(writer, compression);
  readstat_label_set_t* roofs = readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, "roofs");
  readstat_label_double_value(roofs, 1, "Genteng tanah");
  readstat_label_double_value(roofs, 2, "Seng");
  std::vector<readstat_variable_t*> variables;
  for (size_t i = 0; i < kVillageHeader.size(); ++i) {
    variables.push_back(
        readstat_add_variable(writer, kVillageHeader[i].c_str(),
                              kVillageNumbers[i] ? READSTAT_TYPE_DOUBLE : READSTAT_TYPE_STRING,
                              kVillageNumbers[i] ? 0 : 16));
  }
  readstat_variable_set_label_set(variables.back(), roofs);
  const auto rows = VillageRows();
  EXPECT_EQ(begin(writer, file, static_cast<long>(rows.size())), READSTAT_OK);
  for (const auto& row : rows) {
    readstat_begin_row(writer);
    for (size_t i = 0; i < row.size(); ++i) {
      if (kVillageNumbers[i]) {
        readstat_insert_double_value(writer, variables[i], std::stod(row[i]));
      } else {
        readstat_insert_string_value(writer, variables[i], row[i].c_str());
      }
    }
    readstat_end_row(writer);
  }
  EXPECT_EQ(readstat_end_writing(writer), READSTAT_OK);
  readstat_writer_free(writer);
  std::fclose(file);
  return path;
}

class MeasureReads : public testing::Test {
 protected:
  void SetUp() override {
    book_ = TestBook("village");
    plain_ = FiguresOf(WriteText(FolderOfTest() / "survey.csv", VillageCsv()), book_);
    ASSERT_FALSE(plain_.empty());
  }
  std::string book_;
  nlohmann::json plain_;
};

TEST_F(MeasureReads, TextPackedByGzipAndByZstd) {
  EXPECT_EQ(FiguresOf(Gzipped(VillageCsv()), book_), plain_);
  EXPECT_EQ(FiguresOf(Zstded(VillageCsv()), book_), plain_);
}

TEST_F(MeasureReads, StataAndSpssFiles) {
  EXPECT_EQ(FiguresOf(Saved("survey.dta", readstat_begin_writing_dta), book_), plain_);
  EXPECT_EQ(FiguresOf(Saved("survey.sav", readstat_begin_writing_sav), book_), plain_);
}

TEST_F(MeasureReads, SpssFilesPackedByRowsAndByZlib) {
  const std::string rows = Saved("rows.sav", readstat_begin_writing_sav, READSTAT_COMPRESS_ROWS);
  EXPECT_EQ(FiguresOf(rows, book_), plain_);
  const std::string packed =
      Saved("survey.zsav", readstat_begin_writing_sav, READSTAT_COMPRESS_BINARY);
  EXPECT_THAT(BytesOf(packed), testing::StartsWith("$FL3"));
  EXPECT_EQ(FiguresOf(packed, book_), plain_);
}

// Columns that the book leaves as they are show the labels of the file.
TEST_F(MeasureReads, ValueLabelsOfStataAsNamesOfGroups) {
  const std::string file = Saved("survey.dta", readstat_begin_writing_dta);
  const Figures figures =
      Measure({file, "--codebook", book_, "--measures", "mean", "--by", "atap"});
  std::vector<std::string> labels;
  for (const auto& figure : figures.report()["figures"]) {
    if (figure.contains("label")) labels.push_back(figure["label"].get<std::string>());
  }
  EXPECT_THAT(labels, testing::ElementsAre("Genteng tanah", "Seng", "9"));
}

// Names in a column and in the header, written in windows-1252: the letter is one byte.
class MeasureReadsWindows1252 : public testing::Test {
 protected:
  void SetUp() override {
    auto rows = VillageRows();
    for (size_t row = 0; row < 6; ++row)
      rows[row][7] =
          "Pe\xF1"
          "a";
    std::string text = VillageCsv(rows);
    text.replace(text.find("atap"), 4, "\xE9tat");
    file_ = WriteText(FolderOfTest() / "windows.csv", text);
  }
  std::string BookWith(const std::string& format) {
    std::string book = BytesOf(TestBook("village"));
    const size_t group = book.find("[[group]]");
    return WriteText(FolderOfTest() / "book.toml", book.substr(0, group) + format);
  }
  std::string file_;
};

TEST_F(MeasureReadsWindows1252, WithTheEncodingOfTheBook) {
  const Figures figures =
      Measure({file_, "--codebook", BookWith("[format]\nencoding = \"windows-1252\"\n"),
               "--measures", "mean", "--by", "\u00E9tat"});
  EXPECT_EQ(figures.Of("mean", {}, {{"\u00E9tat", "Pe\u00F1a"}}).observations, 6);
}

TEST_F(MeasureReadsWindows1252, AndSaysSoWhereTheBookNamesNone) {
  auto rows = VillageRows();
  for (size_t row = 0; row < 6; ++row)
    rows[row][7] =
        "Pe\xF1"
        "a";
  const std::string file = WriteText(FolderOfTest() / "cells.csv", VillageCsv(rows));
  const CommandResult result = RunProgram({Program("sepakat"), "measure", file, "--codebook",
                                           BookWith(""), "--measures", "mean", "--by", "atap"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.output, HasSubstr("column atap: 6 cells are no UTF-8"));
  EXPECT_THAT(result.output, HasSubstr("encoding = \"windows-1252\""));
}

TEST_F(MeasureReads, IndonesianNumbersAndSeparators) {
  std::string text = VillageCsv();
  for (char& c : text) {
    if (c == ',') c = ';';
  }
  for (const auto& [from, to] :
       {std::pair{";1500;", ";1.500,00;"}, std::pair{";2500;", ";2.500;"}}) {
    text.replace(text.find(from), std::string(from).size(), to);
  }
  std::string book;
  std::ifstream file(book_);
  std::getline(file, book, '\0');
  const std::string local = WriteText(
      FolderOfTest() / "local.toml",
      book + "\n[format]\nseparator = \";\"\ndecimal_mark = \",\"\nthousands_mark = \".\"\n");
  EXPECT_EQ(FiguresOf(WriteText(FolderOfTest() / "local.csv", text), local), plain_);
}

TEST_F(MeasureReads, DamagedFilesWithASentence) {
  for (const std::string& packed : {Gzipped(VillageCsv()), Zstded(VillageCsv())}) {
    const std::string bytes = BytesOf(packed);
    for (const size_t kept : {size_t{4}, bytes.size() / 2, bytes.size() - 5}) {
      const std::string cut = WriteText(FolderOfTest() / "cut.csv", bytes.substr(0, kept));
      const CommandResult result =
          RunProgram({Program("sepakat"), "measure", cut, "--codebook", book_});
      EXPECT_EQ(result.exit_code, 1) << packed << ", " << kept;
      EXPECT_THAT(result.output, HasSubstr("damaged or cut off")) << packed << ", " << kept;
    }
  }
  for (const auto& [name, text] : {std::pair{"broken.sav", "$FL2@(#) and nothing else"},
                                   std::pair{"broken.zsav", "$FL3@(#) and nothing else"},
                                   std::pair{"broken.dta", "<stata_dta> and nothing else"},
                                   std::pair{"broken.parquet", "PAR1 and nothing else"}}) {
    const std::string broken = WriteText(FolderOfTest() / name, text);
    const CommandResult refused =
        RunProgram({Program("sepakat"), "measure", broken, "--codebook", book_});
    EXPECT_EQ(refused.exit_code, 1) << name;
    EXPECT_THAT(refused.output, HasSubstr("[FILE_DAMAGED]")) << name;
    EXPECT_EQ(std::ranges::count(refused.output, '\n'), 1) << refused.output;
  }
}

TEST_F(MeasureReads, ParquetFiles) {
  const std::string csv = WriteText(FolderOfTest() / "source.csv", VillageCsv());
  const std::string parquet = FolderOfTest() / "survey.parquet";
  const absl::Status written =
      WriteParquet("SELECT * FROM read_csv('" + csv + "', header = true)", parquet);
  ASSERT_TRUE(written.ok()) << written;
  EXPECT_EQ(FiguresOf(parquet, book_), plain_);
}

// Without the library there is a sentence, not a crash.
TEST_F(MeasureReads, NoParquetWithoutItsLibraryAndSaysWhatToDo) {
  const std::string file = WriteText(FolderOfTest() / "survey.parquet", "PAR1 and nothing else");
  const CommandResult result =
      RunProgram({"env", "SEPAKAT_DUCKDB=/nowhere/libduckdb.so", Program("sepakat"), "measure",
                  file, "--codebook", book_});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.output, HasSubstr("[PARQUET_LIBRARY_MISSING]"));
  EXPECT_THAT(result.output, HasSubstr("save the table as CSV"));
}

}  // namespace
}  // namespace sepakat::support
