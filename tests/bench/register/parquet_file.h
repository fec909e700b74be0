// Writes a Parquet file of whole numbers, so that every peer reads its input as it likes best and
// none depends on another to have made it.
//
// Format version 1: required columns of 32-bit integers, uncompressed, PLAIN; columns of small
// numbers (Byte) with a dictionary of 0..255, one byte per value. Rows are written group by group
// and never held together. Source: the Parquet format specification and Thrift's compact protocol.
// Errors: Internal FILE_NOT_WRITTEN at Close(). Thread: one. Complexity: linear, one group in
// memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace sepakat::bench {

class ParquetFile {
 public:
  enum class Kind { kInt32, kByte };
  struct Column {
    std::string name;
    Kind kind = Kind::kInt32;
  };
  // Values of one column: `ints` or `bytes`, by its kind.
  struct Values {
    std::span<const int32_t> ints = {};
    std::span<const uint8_t> bytes = {};
  };

  ParquetFile(const std::filesystem::path& path, std::vector<Column> columns);
  // One group of rows; all columns have the same number of values, at most 2^28.
  void WriteGroup(std::span<const Values> columns);
  absl::Status Close();

 private:
  struct Chunk {
    int64_t dictionary_offset = 0;  // 0: none
    int64_t data_offset = 0;
    int64_t bytes = 0;
    int64_t values = 0;
  };

  void WritePage(const std::string& header, std::span<const char> body);
  Chunk WriteChunk(const Column& column, const Values& values);

  std::ofstream file_;
  std::vector<Column> columns_;
  std::vector<std::vector<Chunk>> groups_;
  int64_t offset_ = 0;
};

}  // namespace sepakat::bench
