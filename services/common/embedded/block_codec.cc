#include "common/embedded/block_codec.h"

#include <fmt/format.h>
#include <lz4.h>

#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "common/base/status.h"

namespace sepakat::embedded {
namespace {

using runtime::LogRecord;

constexpr uint32_t kPacked = uint32_t{1} << 31;
constexpr size_t kWorthPacking = 256;

template <typename T>
void AppendNumber(T value, std::string* bytes) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes->append(raw, sizeof value);
}

void AppendText(std::string_view text, std::string* bytes) {
  AppendNumber(static_cast<uint32_t>(text.size()), bytes);
  bytes->append(text);
}

template <typename Record>
void AppendRecord(uint32_t delta, const Record& record, std::string* bytes) {
  AppendNumber(delta, bytes);
  AppendNumber(record.timestamp_ms, bytes);
  AppendText(record.key, bytes);
  AppendNumber(static_cast<uint8_t>(record.value ? 1 : 0), bytes);
  if (record.value) AppendText(*record.value, bytes);
  AppendNumber(record.headers.size(), bytes);
  bytes->append(record.headers.bytes());
}

// Reads forward; every method is false when the bytes end too early.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  template <typename T>
  bool Number(T* value) {
    if (rest_.size() < sizeof *value) return false;
    std::memcpy(value, rest_.data(), sizeof *value);
    rest_.remove_prefix(sizeof *value);
    return true;
  }

  bool Text(std::string_view* text) {
    uint32_t size = 0;
    if (!Number(&size) || rest_.size() < size) return false;
    *text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }

  bool Take(runtime::Headers* headers) {
    uint32_t count = 0;
    return Number(&count) && runtime::Headers::Take(count, &rest_, headers);
  }

 private:
  std::string_view rest_;
};

// The next record; its topic, partition and offset are for the caller to say.
bool ReadRecord(Cursor& cursor, uint32_t* delta, LogRecord* record) {
  std::string_view key;
  std::string_view value;
  uint8_t has_value = 0;
  if (!cursor.Number(delta) || !cursor.Number(&record->timestamp_ms) || !cursor.Text(&key) ||
      !cursor.Number(&has_value) || (has_value != 0 && !cursor.Text(&value)) ||
      !cursor.Take(&record->headers)) {
    return false;
  }
  record->key = key;
  if (has_value != 0) record->value.emplace(value);
  return true;
}

// A block of packed records; none where packing would not pay.
std::optional<std::string> Packed(uint32_t span, std::string_view records) {
  if (records.size() < kWorthPacking || records.size() > LZ4_MAX_INPUT_SIZE) return std::nullopt;
  const int size = static_cast<int>(records.size());
  const int most = LZ4_compressBound(size);
  const auto packed = std::make_unique_for_overwrite<char[]>(static_cast<size_t>(most));
  const int length = LZ4_compress_default(records.data(), packed.get(), size, most);
  if (length <= 0 || length >= size) return std::nullopt;
  std::string block;
  block.reserve(2 * sizeof(uint32_t) + static_cast<size_t>(length));
  AppendNumber(span | kPacked, &block);
  AppendNumber(static_cast<uint32_t>(size), &block);
  block.append(packed.get(), static_cast<size_t>(length));
  return block;
}

// False when the packed bytes are not what was written.
bool Unpack(Cursor cursor, std::string* records) {
  uint32_t size = 0;
  if (!cursor.Number(&size) || size > LZ4_MAX_INPUT_SIZE) return false;
  // LZ4 packs no better than 1 to 255: a size beyond that was never written.
  const std::string_view packed = cursor.rest();
  if (packed.size() < size / 255) return false;
  records->resize(size);
  return LZ4_decompress_safe(packed.data(), records->data(), static_cast<int>(packed.size()),
                             static_cast<int>(size)) == static_cast<int>(size);
}

absl::Status Damaged(std::string_view topic, int32_t partition, int64_t base) {
  return base::Error(absl::StatusCode::kDataLoss, "LOG_DAMAGED",
                     fmt::format("the block of topic {} partition {} at offset {} is damaged",
                                 topic, partition, base));
}

}  // namespace

void BlockWriter::Add(const runtime::OutRecord& record) {
  AppendRecord(span_++, record, &records_);
}

void BlockWriter::AddAt(uint32_t delta, const LogRecord& record) {
  AppendRecord(delta, record, &records_);
  span_ = delta + 1;
}

std::string BlockWriter::Finish() && {
  if (std::optional<std::string> packed = Packed(span_, records_)) return *std::move(packed);
  std::string block;
  block.reserve(sizeof span_ + records_.size());
  AppendNumber(span_, &block);
  return block + records_;
}

absl::StatusOr<uint32_t> SpanOf(std::string_view block) {
  uint32_t span = 0;
  if (!Cursor(block).Number(&span)) {
    return base::Error(absl::StatusCode::kDataLoss, "LOG_DAMAGED", "a block of the log is empty");
  }
  return span & ~kPacked;
}

absl::StatusOr<std::vector<LogRecord>> ReadBlock(std::string_view block, std::string_view topic,
                                                 int32_t partition, int64_t base, int64_t from) {
  std::vector<LogRecord> records;
  Cursor cursor(block);
  uint32_t span = 0;
  if (!cursor.Number(&span)) return Damaged(topic, partition, base);
  std::string unpacked;
  if ((span & kPacked) != 0) {
    if (!Unpack(cursor, &unpacked)) return Damaged(topic, partition, base);
    cursor = Cursor(unpacked);
    span &= ~kPacked;
  }
  if (from < base + span) records.reserve(static_cast<size_t>(base + span - from));
  while (!cursor.done()) {
    uint32_t delta = 0;
    LogRecord& record = records.emplace_back();
    if (!ReadRecord(cursor, &delta, &record) || delta >= span) {
      return Damaged(topic, partition, base);
    }
    record.topic = topic;
    record.partition = partition;
    record.offset = base + delta;
    if (record.offset < from) records.pop_back();
  }
  return records;
}

}  // namespace sepakat::embedded
