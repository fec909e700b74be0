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

 private:
  std::string_view rest_;
};

bool ReadRecord(Cursor& cursor, OutRecord* record) {
  uint8_t has_value = 0;
  uint32_t headers = 0;
  std::string value;
  if (!cursor.Text(&record->topic) || !cursor.Number(&record->partition) ||
      !cursor.Text(&record->key) || !cursor.Number(&has_value) || !cursor.Text(&value) ||
      !cursor.Number(&headers)) {
    return false;
  }
  if (has_value != 0) record->value = std::move(value);
  for (uint32_t i = 0; i < headers; ++i) {
    auto& [name, text] = record->headers.emplace_back();
    if (!cursor.Text(&name) || !cursor.Text(&text)) return false;
  }
  return cursor.Number(&record->timestamp_ms);
}

}  // namespace

void AppendEncoded(const OutRecord& record, std::string* bytes) {
  AppendText(record.topic, bytes);
  AppendNumber(record.partition, bytes);
  AppendText(record.key, bytes);
  AppendNumber(static_cast<uint8_t>(record.value ? 1 : 0), bytes);
  AppendText(record.value ? std::string_view(*record.value) : std::string_view{}, bytes);
  AppendNumber(static_cast<uint32_t>(record.headers.size()), bytes);
  for (const auto& [name, text] : record.headers) {
    AppendText(name, bytes);
    AppendText(text, bytes);
  }
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
