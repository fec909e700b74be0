// Answers of rules: true, false or unknown, with the reasons that decided.
//
// Unknown is an answer of its own (Kleene's strong three-valued logic): it never counts as false.
// Thread: values.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sepakat::rules {

enum class Truth : uint8_t { kFalse = 0, kTrue = 1, kUnknown = 2 };

constexpr Truth TruthOf(bool value) { return value ? Truth::kTrue : Truth::kFalse; }

constexpr Truth Not(Truth a) { return a == Truth::kUnknown ? a : TruthOf(a == Truth::kFalse); }

constexpr Truth Or(Truth a, Truth b) {
  if (a == Truth::kTrue || b == Truth::kTrue) return Truth::kTrue;
  return a == Truth::kUnknown || b == Truth::kUnknown ? Truth::kUnknown : Truth::kFalse;
}

constexpr Truth And(Truth a, Truth b) {
  if (a == Truth::kFalse || b == Truth::kFalse) return Truth::kFalse;
  return a == Truth::kUnknown || b == Truth::kUnknown ? Truth::kUnknown : Truth::kTrue;
}

// What is known when either of two answers may hold.
constexpr Truth Either(Truth a, Truth b) { return a == b ? a : Truth::kUnknown; }

constexpr std::string_view NameOf(Truth truth) {
  return truth == Truth::kTrue ? "true" : truth == Truth::kFalse ? "false" : "unknown";
}

// UPPER_SNAKE codes of the answers that decided a rule, in the order of the rule's parts.
using Reasons = std::vector<std::string>;

// Notes a reason once, where one is wanted: the engine counts without reasons, an explanation
// collects.
inline void Note(Reasons* reasons, std::string_view reason) {
  if (reasons == nullptr || reason.empty()) return;
  if (std::ranges::find(*reasons, reason) == reasons->end()) reasons->emplace_back(reason);
}

}  // namespace sepakat::rules
