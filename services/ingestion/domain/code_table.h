// Codes of a questionnaire and what they mean.
//
// Codes that are integers match by number (`1`, `01`, `1.0`, `-1`, `998`), all others by text.
// Thread: reads from any thread. Complexity: constant for codes 0..255, else linear in the codes.
#pragma once

#include <algorithm>
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
    } else if (number) {
      numbers_.push_back(*number);
    } else {
      texts_.emplace_back(code);
    }
  }
  bool Contains(const Answer& answer) const {
    if (answer.number && *answer.number >= 0 && *answer.number < 256) {
      return small_.test(static_cast<size_t>(*answer.number));
    }
    if (answer.number) return std::ranges::find(numbers_, *answer.number) != numbers_.end();
    return std::ranges::find(texts_, answer.text) != texts_.end();
  }

 private:
  std::bitset<256> small_;
  std::vector<int32_t> numbers_;
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
    if (number) return AddTo(&numbers_, *number, value);
    return AddTo(&texts_, std::string(code), value);
  }
  // Value of every answer that is not listed.
  void SetOther(int32_t value) { other_ = value; }

  std::optional<int32_t> Find(const Answer& answer) const {
    const std::optional<int32_t> listed = FindListed(answer);
    return listed ? listed : other_;
  }
  // The same without the value of every other answer.
  std::optional<int32_t> FindListed(const Answer& answer) const {
    if (answer.number && *answer.number >= 0 && *answer.number < 256) {
      const int32_t value = small_[static_cast<size_t>(*answer.number)];
      if (value != kNone) return value;
      return std::nullopt;
    }
    return answer.number ? FindIn(numbers_, *answer.number) : FindIn(texts_, answer.text);
  }

 private:
  static constexpr int32_t kNone = INT32_MIN;

  template <typename Code>
  static bool AddTo(std::vector<std::pair<Code, int32_t>>* codes, Code code, int32_t value) {
    for (const auto& [known, target] : *codes) {
      if (known == code) return false;
    }
    codes->emplace_back(std::move(code), value);
    return true;
  }
  template <typename Code, typename Key>
  static std::optional<int32_t> FindIn(const std::vector<std::pair<Code, int32_t>>& codes,
                                       const Key& key) {
    for (const auto& [code, value] : codes) {
      if (code == key) return value;
    }
    return std::nullopt;
  }

  std::array<int32_t, 256> small_;
  std::vector<std::pair<int32_t, int32_t>> numbers_;
  std::vector<std::pair<std::string, int32_t>> texts_;
  std::optional<int32_t> other_;
};

}  // namespace sepakat::ingestion
