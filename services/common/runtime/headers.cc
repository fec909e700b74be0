#include "common/runtime/headers.h"

#include <cstring>

namespace sepakat::runtime {
namespace {

constexpr size_t kLengthBytes = sizeof(uint32_t);

// Writes a text and gives the place behind it.
char* WriteText(std::string_view text, char* out) {
  const auto length = static_cast<uint32_t>(text.size());
  std::memcpy(out, &length, kLengthBytes);
  text.copy(out + kLengthBytes, text.size());
  return out + kLengthBytes + text.size();
}

// The text at the front of `bytes`; none when it is not all there.
std::optional<std::string_view> TextAt(std::string_view bytes) {
  uint32_t length = 0;
  if (bytes.size() < kLengthBytes) return std::nullopt;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (bytes.size() - kLengthBytes < length) return std::nullopt;
  return bytes.substr(kLengthBytes, length);
}

std::string_view Behind(std::string_view bytes, std::string_view text) {
  return bytes.substr(kLengthBytes + text.size());
}

}  // namespace

Headers::value_type Headers::Iterator::operator*() const {
  const std::string_view name = *TextAt(rest_);
  return {name, *TextAt(Behind(rest_, name))};
}

Headers::Iterator& Headers::Iterator::operator++() {
  const auto [name, text] = **this;
  rest_ = Behind(Behind(rest_, name), text);
  return *this;
}

Headers::Iterator Headers::Iterator::operator++(int) {
  const Iterator before = *this;
  ++*this;
  return before;
}

Headers::Headers(std::initializer_list<value_type> headers) {
  for (const auto& [name, text] : headers) Add(name, text);
}

void Headers::Add(std::string_view name, std::string_view text) {
  const size_t before = bytes_.size();
  bytes_.resize(before + 2 * kLengthBytes + name.size() + text.size());
  WriteText(text, WriteText(name, bytes_.data() + before));
  ++count_;
}

void Headers::Append(const Headers& more) {
  bytes_.append(more.bytes_);
  count_ += more.count_;
}

std::optional<std::string_view> Headers::Find(std::string_view name) const {
  for (const auto& [key, text] : *this) {
    if (key == name) return text;
  }
  return std::nullopt;
}

bool Headers::Take(uint32_t count, std::string_view* bytes, Headers* headers) {
  std::string_view rest = *bytes;
  for (uint64_t i = 0; i < uint64_t{2} * count; ++i) {
    const std::optional<std::string_view> text = TextAt(rest);
    if (!text) return false;
    rest = Behind(rest, *text);
  }
  headers->bytes_.assign(bytes->substr(0, bytes->size() - rest.size()));
  headers->count_ = count;
  *bytes = rest;
  return true;
}

}  // namespace sepakat::runtime
