// Headers of a record: names and texts in the order in which they were added, in one piece of
// memory.
//
//   bytes = (name text)*    name, text = length:u32 bytes    numbers are little-endian
//
// The bytes are those that logs keep, so a record is stored and read back without looking at each
// header. A name may come twice; Find() gives the first.
// Thread: as a string.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sepakat::runtime {

class Headers {
 public:
  using value_type = std::pair<std::string_view, std::string_view>;

  // Views into the headers that it came from.
  class Iterator {
   public:
    using value_type = Headers::value_type;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    Iterator() = default;
    value_type operator*() const;
    Iterator& operator++();
    Iterator operator++(int);
    bool operator==(const Iterator& other) const { return rest_.size() == other.rest_.size(); }

   private:
    friend class Headers;
    explicit Iterator(std::string_view rest) : rest_(rest) {}
    std::string_view rest_;
  };

  Headers() = default;
  Headers(std::initializer_list<value_type> headers);

  void Add(std::string_view name, std::string_view text);
  // Room for so many bytes in all.
  void Reserve(size_t bytes) { bytes_.reserve(bytes); }
  void Append(const Headers& more);

  std::optional<std::string_view> Find(std::string_view name) const;
  uint32_t size() const { return count_; }
  bool empty() const { return count_ == 0; }
  Iterator begin() const { return Iterator(bytes_); }
  Iterator end() const { return {}; }
  bool operator==(const Headers&) const = default;

  std::string_view bytes() const { return bytes_; }
  // Takes `count` headers from the front of `bytes` and moves it behind them; false when they are
  // not all there.
  static bool Take(uint32_t count, std::string_view* bytes, Headers* headers);

 private:
  std::string bytes_;
  uint32_t count_ = 0;
};

}  // namespace sepakat::runtime
