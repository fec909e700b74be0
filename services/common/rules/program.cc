#include "common/rules/program.h"

#include <algorithm>

namespace sepakat::rules {

int Program::Find(std::string_view rule) const {
  const auto found = std::ranges::find(ids_, rule);
  return found == ids_.end() ? kNone : static_cast<int>(found - ids_.begin());
}

const Program::FlatCase* Program::CaseOf(const Node& node, std::span<const int32_t> facts) const {
  const int32_t value = facts[static_cast<size_t>(node.variable)];
  if (value < node.low || value > node.high) return nullptr;
  if (node.kind == Kind::kTable) {
    return &cases_[node.first_case + table_[node.first + static_cast<uint32_t>(value - node.low)]];
  }
  int64_t divisor = 1;
  if (node.per != kNone) {
    divisor = facts[static_cast<size_t>(node.per)];
    if (divisor < 1 || divisor > node.per_high) return nullptr;
  }
  // value / divisor lies before a place b, just before or just behind it.
  const int64_t micro = int64_t{value} * kMicro;
  const Band* band = &bands_[node.first];
  while (band->end != kEndPlace) {
    const int64_t bound = (band->end >> 1) * divisor;
    if (micro < bound || ((band->end & 1) != 0 && micro == bound)) break;
    ++band;
  }
  return &cases_[node.first_case + band->which];
}

Truth Program::OfUnknown(const Node& node, std::span<const Truth> answers) const {
  if (node.asked_if != kNone && answers[static_cast<size_t>(node.asked_if)] == Truth::kFalse) {
    return node.not_asked;
  }
  if (node.unknown_is_open) return Truth::kUnknown;
  const FlatCase* const cases = &cases_[node.first_case];
  Truth answer = Answer(cases[0].outcome, answers);
  for (uint16_t i = 1; i < node.cases; ++i) {
    answer = Either(answer, Answer(cases[i].outcome, answers));
  }
  if (node.asked_if != kNone) {
    const Truth asked = answers[static_cast<size_t>(node.asked_if)];
    if (asked == Truth::kUnknown) answer = Either(answer, node.not_asked);
  }
  return answer;
}

Truth Program::OfCount(const Node& node, std::span<const Truth> answers) const {
  int yes = 0;
  int open = 0;
  for (uint16_t i = 0; i < node.length; ++i) {
    const Truth answer = answers[parts_[node.first + i]];
    yes += answer == Truth::kTrue ? 1 : 0;
    open += answer == Truth::kUnknown ? 1 : 0;
  }
  if (yes >= node.count) return TruthOf(!node.negated);
  if (yes + open < node.count) return TruthOf(node.negated);
  return Truth::kUnknown;
}

void Program::Evaluate(std::span<const int32_t> facts, std::span<Truth> answers) const {
  Truth* answer = answers.data();
  for (const Node& node : nodes_) {
    if (node.kind == Kind::kCount) {
      *answer = OfCount(node, answers);
    } else if (const FlatCase* found = CaseOf(node, facts)) {
      *answer = Answer(found->outcome, answers);
    } else {
      *answer = OfUnknown(node, answers);
    }
    ++answer;
  }
}

void Program::ExplainQuestion(const Node& node, Truth answer, std::span<const Truth> answers,
                              std::span<const int32_t> facts, Reasons* reasons) const {
  const auto follow = [&](Outcome outcome) {
    if (outcome >= kFirstRule) Explain(outcome - kFirstRule, answers, facts, reasons);
  };
  if (const FlatCase* found = CaseOf(node, facts)) {
    Note(reasons, texts_[found->reason]);
    follow(found->outcome);
    return;
  }
  if (node.asked_if != kNone && answers[static_cast<size_t>(node.asked_if)] == Truth::kFalse) {
    return;
  }
  Note(reasons, texts_[node.unknown_reason]);
  if (answer == Truth::kUnknown) return;
  for (uint16_t i = 0; i < node.cases; ++i) follow(cases_[node.first_case + i].outcome);
}

void Program::ExplainCount(const Node& node, Truth answer, std::span<const Truth> answers,
                           std::span<const int32_t> facts, Reasons* reasons) const {
  const uint16_t own = answer == Truth::kTrue      ? node.reason
                       : answer == Truth::kUnknown ? node.unknown_reason
                                                   : 0;
  if (own != 0) {
    Note(reasons, texts_[own]);
    return;
  }
  const Truth counted = node.negated ? Not(answer) : answer;
  for (uint16_t i = 0; i < node.length; ++i) {
    const uint16_t part = parts_[node.first + i];
    const bool bears = answers[part] == Truth::kUnknown || answers[part] == counted;
    if (bears) Explain(part, answers, facts, reasons);
  }
}

void Program::Explain(int rule, std::span<const Truth> answers, std::span<const int32_t> facts,
                      Reasons* reasons) const {
  const Node& node = nodes_[static_cast<size_t>(rule)];
  const Truth answer = answers[static_cast<size_t>(rule)];
  if (node.kind == Kind::kCount) {
    ExplainCount(node, answer, answers, facts, reasons);
  } else {
    ExplainQuestion(node, answer, answers, facts, reasons);
  }
}

}  // namespace sepakat::rules
