// Few distinct values, named by small numbers: what many families have in common is kept once.
//
// Number 0 is the default value. Numbers are never given back; Clear() begins anew.
// Thread: one owner. Complexity: expected constant.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace sepakat::targeting {

// `Value` has an AbslHashValue and ==.
template <typename Value>
class Interner {
 public:
  Interner() { Clear(); }

  void Clear() {
    values_.assign(1, {});
    last_ = 0;
    numbers_.clear();
    numbers_.emplace(Value{}, 0);
  }

  uint32_t Number(const Value& value) {
    if (value == values_[last_]) return last_;
    const auto [it, inserted] = numbers_.try_emplace(value, size());
    if (inserted) values_.push_back(value);
    return last_ = it->second;
  }
  const Value& at(uint32_t number) const { return values_[number]; }
  uint32_t size() const { return static_cast<uint32_t>(values_.size()); }

  // Changes every value; numbers keep standing for what theirs became.
  template <typename Change>
  void Transform(const Change& change) {
    numbers_.clear();
    for (uint32_t number = 0; number < size(); ++number) {
      values_[number] = change(std::as_const(values_[number]));
      numbers_.try_emplace(values_[number], number);
    }
  }

  size_t MemoryBytes() const {
    return values_.capacity() * sizeof(Value) +
           numbers_.capacity() * (sizeof(std::pair<Value, uint32_t>) + 1);
  }

 private:
  std::vector<Value> values_;
  absl::flat_hash_map<Value, uint32_t> numbers_;
  uint32_t last_ = 0;
};

}  // namespace sepakat::targeting
