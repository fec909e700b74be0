// Codes of a questionnaire and what they mean.
//
// Codes that are integers match by number (`1`, `01`, `1.0`), all others by text.
// Thread: reads from any thread. Complexity: constant for codes 0..255, else linear in the codes.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingestion/domain/text.h"

namespace sepakat::ingestion {

// A cell with its value as a small integer, worked out once.
struct Answer {
  std::string_view text;
  std::optional<int32_t> number;
  explicit Answer(std::string_view cell) : text(cell), number(SmallInteger(cell)) {}
};

class CodeSet {
 public:
  void Add(std::string_view code) {
    const std::optional<int32_t> number = SmallInteger(code);
    if (number && *number >= 0 && *number < 256) {
      small_.set(static_cast<size_t>(*number));
    } else {
      texts_.emplace_back(code);
    }
  }
  bool Contains(const Answer& answer) const {
    if (answer.number && *answer.number >= 0 && *answer.number < 256) {
      return small_.test(static_cast<size_t>(*answer.number));
    }
    for (const std::string& text : texts_) {
      if (text == answer.text) return true;
    }
    return false;
  }

 private:
  std::bitset<256> small_;
  std::vector<std::string> texts_;
};

class CodeTable {
 public:
  CodeTable() { small_.fill(kNone); }

  // False when the code was there already.
  bool Add(std::string_view code, int32_t value) {
    const std::optional<int32_t> number = SmallInteger(code);
    if (number && *number >= 0 && *number < 256) {
      int32_t& place = small_[static_cast<size_t>(*number)];
      if (place != kNone) return false;
      place = value;
      return true;
    }
    for (const auto& [text, known] : texts_) {
      if (text == code) return false;
    }
    texts_.emplace_back(code, value);
    return true;
  }
  // Value of every answer that is not listed.
  void SetOther(int32_t value) { other_ = value; }

  std::optional<int32_t> Find(const Answer& answer) const {
    if (answer.number && *answer.number >= 0 && *answer.number < 256) {
      const int32_t value = small_[static_cast<size_t>(*answer.number)];
      if (value != kNone) return value;
      return other_;
    }
    for (const auto& [text, value] : texts_) {
      if (text == answer.text) return value;
    }
    return other_;
  }

 private:
  static constexpr int32_t kNone = INT32_MIN;
  std::array<int32_t, 256> small_;
  std::vector<std::pair<std::string, int32_t>> texts_;
  std::optional<int32_t> other_;
};

}  // namespace sepakat::ingestion
