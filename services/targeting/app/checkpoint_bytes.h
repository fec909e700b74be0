// Numbers and texts of a checkpoint as bytes: little-endian, small numbers in few bytes.
//
// A reader that meets the end of its bytes, or a number that is too long, gives zeros and empty
// texts from then on and says so once, by ok(): what it gave is to be thrown away.
// Thread: values. Complexity: linear in the bytes.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace sepakat::targeting {

class ByteWriter {
 public:
  explicit ByteWriter(std::string* bytes) : bytes_(bytes) {}

  void Fixed32(uint32_t value) { Raw(&value, sizeof value); }
  void Fixed64(uint64_t value) { Raw(&value, sizeof value); }
  void Unsigned(uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_->push_back(static_cast<char>(value | 0x80));
    bytes_->push_back(static_cast<char>(value));
  }
  void Signed(int64_t value) {
    Unsigned((static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63));
  }
  void Text(std::string_view text) {
    Unsigned(text.size());
    bytes_->append(text);
  }

 private:
  void Raw(const void* value, size_t size) {
    bytes_->append(static_cast<const char*>(value), size);
  }

  std::string* bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  uint32_t Fixed32() { return Fixed<uint32_t>(); }
  uint64_t Fixed64() { return Fixed<uint64_t>(); }
  uint64_t Unsigned() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80) return value;
    }
    return Fail();
  }
  int64_t Signed() {
    const uint64_t value = Unsigned();
    return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1);
  }
  std::string_view Text() {
    const uint64_t size = Unsigned();
    if (size > bytes_.size()) return {bytes_.data(), static_cast<size_t>(Fail())};
    const std::string_view text = bytes_.substr(0, static_cast<size_t>(size));
    bytes_.remove_prefix(text.size());
    return text;
  }

  bool ok() const { return ok_; }
  bool empty() const { return bytes_.empty(); }

 private:
  template <typename Number>
  Number Fixed() {
    Number value = 0;
    if (bytes_.size() < sizeof value) return static_cast<Number>(Fail());
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }
  uint64_t Fail() {
    ok_ = false;
    bytes_ = {};
    return 0;
  }

  std::string_view bytes_;
  bool ok_ = true;
};

}  // namespace sepakat::targeting
