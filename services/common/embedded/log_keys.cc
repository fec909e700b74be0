#include "common/embedded/log_keys.h"

namespace sepakat::embedded {
namespace {

void AppendBigEndian(uint64_t value, int bytes, std::string* key) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    key->push_back(static_cast<char>((value >> shift) & 0xff));
  }
}

}  // namespace

std::string PartitionPrefix(std::string_view topic, int32_t partition) {
  std::string key = "d/";
  key.append(topic);
  key.push_back('\0');
  AppendBigEndian(static_cast<uint32_t>(partition), 4, &key);
  return key;
}

std::string BlockKey(std::string_view topic, int32_t partition, int64_t base) {
  std::string key = PartitionPrefix(topic, partition);
  AppendBigEndian(static_cast<uint64_t>(base), 8, &key);
  return key;
}

int64_t BaseOf(std::string_view key) {
  uint64_t value = 0;
  for (const char c : key.substr(key.size() - 8)) {
    value = (value << 8) | static_cast<unsigned char>(c);
  }
  return static_cast<int64_t>(value);
}

}  // namespace sepakat::embedded
