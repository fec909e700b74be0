#include "common/runtime/record_codec.h"

#include <cstring>

#include "common/base/status.h"

namespace sepakat::runtime {
namespace {

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

class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }

  template <typename T>
  bool Number(T* value) {
    if (rest_.size() < sizeof *value) return false;
    std::memcpy(value, rest_.data(), sizeof *value);
    rest_.remove_prefix(sizeof *value);
    return true;
  }

  bool Text(std::string* text) {
    uint32_t size = 0;
    if (!Number(&size) || rest_.size() < size) return false;
    text->assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return true;
  }

  bool Take(Headers* headers) {
    uint32_t count = 0;
    return Number(&count) && Headers::Take(count, &rest_, headers);
  }

 private:
  std::string_view rest_;
};

bool ReadRecord(Cursor& cursor, OutRecord* record) {
  uint8_t has_value = 0;
  std::string value;
  if (!cursor.Text(&record->topic) || !cursor.Number(&record->partition) ||
      !cursor.Text(&record->key) || !cursor.Number(&has_value) || !cursor.Text(&value) ||
      !cursor.Take(&record->headers)) {
    return false;
  }
  if (has_value != 0) record->value = std::move(value);
  return cursor.Number(&record->timestamp_ms);
}

}  // namespace

size_t EncodedSize(const OutRecord& record) {
  constexpr size_t kLengthsAndNumbers =
      4 * sizeof(uint32_t) + sizeof(int32_t) + 1 + sizeof(int64_t);
  return kLengthsAndNumbers + record.topic.size() + record.key.size() +
         (record.value ? record.value->size() : 0) + record.headers.bytes().size();
}

void AppendEncoded(const OutRecord& record, std::string* bytes) {
  AppendText(record.topic, bytes);
  AppendNumber(record.partition, bytes);
  AppendText(record.key, bytes);
  AppendNumber(static_cast<uint8_t>(record.value ? 1 : 0), bytes);
  AppendText(record.value ? std::string_view(*record.value) : std::string_view{}, bytes);
  AppendNumber(record.headers.size(), bytes);
  bytes->append(record.headers.bytes());
  AppendNumber(record.timestamp_ms, bytes);
}

absl::StatusOr<std::vector<OutRecord>> DecodeRun(std::string_view bytes) {
  std::vector<OutRecord> records;
  Cursor cursor(bytes);
  while (!cursor.done()) {
    if (!ReadRecord(cursor, &records.emplace_back())) {
      return base::Error(absl::StatusCode::kDataLoss, "RUN_DAMAGED",
                         "a stored run of records ends inside a record");
    }
  }
  return records;
}

}  // namespace sepakat::runtime
