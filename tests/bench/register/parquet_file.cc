#include "tests/bench/register/parquet_file.h"

#include <numeric>
#include <string_view>

#include "common/base/status.h"

namespace sepakat::bench {
namespace {

constexpr std::string_view kMagic = "PAR1";

// Numbers of the format's enumerations.
constexpr int kTypeInt32 = 1;
constexpr int kRequired = 0;
constexpr int kPlain = 0;
constexpr int kRle = 3;
constexpr int kRleDictionary = 8;
constexpr int kUncompressed = 0;
constexpr int kDataPage = 0;
constexpr int kDictionaryPage = 2;

// Thrift's compact protocol, as much as the format's structures need.
class Compact {
 public:
  void Int32(int field, int64_t value) { Number(field, 5, value); }
  void Int64(int field, int64_t value) { Number(field, 6, value); }
  void Text(int field, std::string_view text) {
    Field(field, 8);
    Bytes(text);
  }
  void BeginStruct(int field) {
    Field(field, 12);
    Open();
  }
  void BeginList(int field, int type, size_t count) {
    Field(field, 9);
    if (count < 15) {
      bytes_.push_back(static_cast<char>(count << 4 | static_cast<unsigned>(type)));
    } else {
      bytes_.push_back(static_cast<char>(0xf0 | type));
      Varint(count);
    }
  }
  // A structure that is an item of a list.
  void Open() {
    outer_.push_back(last_);
    last_ = 0;
  }
  void Close() {
    bytes_.push_back(0);
    last_ = outer_.back();
    outer_.pop_back();
  }
  void Item(int64_t value) { Varint(ZigZag(value)); }
  void Bytes(std::string_view text) {
    Varint(text.size());
    bytes_.append(text);
  }
  // Ends the outermost structure.
  std::string Finish() && {
    bytes_.push_back(0);
    return std::move(bytes_);
  }

  static constexpr int kI32 = 5;
  static constexpr int kBinary = 8;
  static constexpr int kStruct = 12;

 private:
  static uint64_t ZigZag(int64_t value) {
    return static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63);
  }
  void Varint(uint64_t value) {
    for (; value >= 128; value >>= 7) bytes_.push_back(static_cast<char>(value | 128));
    bytes_.push_back(static_cast<char>(value));
  }
  void Field(int field, int type) {
    bytes_.push_back(static_cast<char>((field - last_) << 4 | type));
    last_ = field;
  }
  void Number(int field, int type, int64_t value) {
    Field(field, type);
    Varint(ZigZag(value));
  }

  std::string bytes_;
  std::vector<int> outer_;
  int last_ = 0;
};

void BeginPage(int type, size_t body, Compact* header) {
  header->Int32(1, type);
  header->Int32(2, static_cast<int64_t>(body));
  header->Int32(3, static_cast<int64_t>(body));
}

std::string DataPage(size_t values, int encoding, size_t body) {
  Compact header;
  BeginPage(kDataPage, body, &header);
  header.BeginStruct(5);
  header.Int32(1, static_cast<int64_t>(values));
  header.Int32(2, encoding);
  header.Int32(3, kRle);
  header.Int32(4, kRle);
  header.Close();
  return std::move(header).Finish();
}

std::string DictionaryPage(size_t values, size_t body) {
  Compact header;
  BeginPage(kDictionaryPage, body, &header);
  header.BeginStruct(7);
  header.Int32(1, static_cast<int64_t>(values));
  header.Int32(2, kPlain);
  header.Close();
  return std::move(header).Finish();
}

template <typename T>
std::span<const char> AsChars(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

// Indices of one byte each, in one bit-packed run of groups of eight.
std::vector<char> PackedBytes(std::span<const uint8_t> values) {
  std::vector<char> body = {8};
  uint64_t head = (values.size() + 7) / 8 << 1 | 1;
  for (; head >= 128; head >>= 7) body.push_back(static_cast<char>(head | 128));
  body.push_back(static_cast<char>(head));
  const size_t begin = body.size();
  body.insert(body.end(), values.begin(), values.end());
  body.resize(begin + (values.size() + 7) / 8 * 8);
  return body;
}

}  // namespace

ParquetFile::ParquetFile(const std::filesystem::path& path, std::vector<Column> columns)
    : file_(path, std::ios::binary), columns_(std::move(columns)) {
  file_ << kMagic;
  offset_ = kMagic.size();
}

void ParquetFile::WritePage(const std::string& header, std::span<const char> body) {
  file_ << header;
  file_.write(body.data(), static_cast<std::streamsize>(body.size()));
  offset_ += static_cast<int64_t>(header.size() + body.size());
}

ParquetFile::Chunk ParquetFile::WriteChunk(const Column& column, const Values& values) {
  Chunk chunk;
  const int64_t begin = offset_;
  if (column.kind == Kind::kInt32) {
    chunk.data_offset = offset_;
    chunk.values = static_cast<int64_t>(values.ints.size());
    WritePage(DataPage(values.ints.size(), kPlain, values.ints.size_bytes()), AsChars(values.ints));
  } else {
    std::vector<int32_t> dictionary(256);
    std::iota(dictionary.begin(), dictionary.end(), 0);
    const std::span<const int32_t> entries = dictionary;
    chunk.dictionary_offset = offset_;
    WritePage(DictionaryPage(entries.size(), entries.size_bytes()), AsChars(entries));
    chunk.data_offset = offset_;
    chunk.values = static_cast<int64_t>(values.bytes.size());
    const std::vector<char> body = PackedBytes(values.bytes);
    WritePage(DataPage(values.bytes.size(), kRleDictionary, body.size()), body);
  }
  chunk.bytes = offset_ - begin;
  return chunk;
}

void ParquetFile::WriteGroup(std::span<const Values> columns) {
  std::vector<Chunk>& group = groups_.emplace_back();
  for (size_t i = 0; i < columns_.size(); ++i) group.push_back(WriteChunk(columns_[i], columns[i]));
}

absl::Status ParquetFile::Close() {
  Compact footer;
  footer.Int32(1, 1);
  footer.BeginList(2, Compact::kStruct, columns_.size() + 1);
  footer.Open();
  footer.Text(4, "schema");
  footer.Int32(5, static_cast<int64_t>(columns_.size()));
  footer.Close();
  for (const Column& column : columns_) {
    footer.Open();
    footer.Int32(1, kTypeInt32);
    footer.Int32(3, kRequired);
    footer.Text(4, column.name);
    footer.Close();
  }
  int64_t rows = 0;
  for (const auto& group : groups_) rows += group.front().values;
  footer.Int64(3, rows);
  footer.BeginList(4, Compact::kStruct, groups_.size());
  for (const std::vector<Chunk>& group : groups_) {
    footer.Open();
    footer.BeginList(1, Compact::kStruct, group.size());
    int64_t bytes = 0;
    for (size_t i = 0; i < group.size(); ++i) {
      const Chunk& chunk = group[i];
      const bool dictionary = chunk.dictionary_offset != 0;
      bytes += chunk.bytes;
      footer.Open();
      footer.Int64(2, dictionary ? chunk.dictionary_offset : chunk.data_offset);
      footer.BeginStruct(3);
      footer.Int32(1, kTypeInt32);
      footer.BeginList(2, Compact::kI32, dictionary ? 2 : 1);
      footer.Item(kPlain);
      if (dictionary) footer.Item(kRleDictionary);
      footer.BeginList(3, Compact::kBinary, 1);
      footer.Bytes(columns_[i].name);
      footer.Int32(4, kUncompressed);
      footer.Int64(5, chunk.values);
      footer.Int64(6, chunk.bytes);
      footer.Int64(7, chunk.bytes);
      footer.Int64(9, chunk.data_offset);
      if (dictionary) footer.Int64(11, chunk.dictionary_offset);
      footer.Close();
      footer.Close();
    }
    footer.Int64(2, bytes);
    footer.Int64(3, group.front().values);
    footer.Close();
  }
  const std::string text = std::move(footer).Finish();
  const auto size = static_cast<uint32_t>(text.size());
  file_ << text;
  file_.write(reinterpret_cast<const char*>(&size), sizeof size);
  file_ << kMagic;
  file_.close();
  if (file_.good()) return absl::OkStatus();
  return base::Error(absl::StatusCode::kInternal, "FILE_NOT_WRITTEN",
                     "a Parquet file could not be written; is the disk full?");
}

}  // namespace sepakat::bench
