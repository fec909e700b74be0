#include "common/rules/program.h"

#include <algorithm>

namespace sepakat::rules {

int Program::Find(std::string_view rule) const {
  const auto found = std::ranges::find(ids_, rule);
  return found == ids_.end() ? kNone : static_cast<int>(found - ids_.begin());
}

// The vectors are read through bare pointers: this is what runs for every family of a register.
const Program::FlatCase* Program::CaseOf(const Node& node, const int32_t* facts) const {
  const int32_t value = facts[node.variable];
  if (value < node.low || value > node.high) return nullptr;
  const FlatCase* const cases = cases_.data() + node.first_case;
  if (node.kind == Kind::kTable) return cases + table_.data()[node.first + (value - node.low)];
  if (node.kind == Kind::kBands) return CaseOfQuotient(node, value, facts[node.per]);
  const Step* step = steps_.data() + node.first;
  while (value > step->last) ++step;
  return cases + step->which;
}

const Program::FlatCase* Program::CaseOfQuotient(const Node& node, int32_t value,
                                                 int32_t divisor) const {
  if (divisor < 1 || divisor > node.per_high) return nullptr;
  // value / divisor lies before a place b, just before or just behind it.
  const int64_t micro = int64_t{value} * kMicro;
  const Band* band = bands_.data() + node.first;
  while (band->end != kEndPlace) {
    const int64_t bound = (band->end >> 1) * divisor;
    if (micro < bound || ((band->end & 1) != 0 && micro == bound)) break;
    ++band;
  }
  return cases_.data() + node.first_case + band->which;
}

Truth Program::OfUnknown(const Node& node, const Truth* answers) const {
  const Truth asked = node.asked_if == kNone ? Truth::kTrue : answers[node.asked_if];
  if (asked == Truth::kFalse) return node.not_asked;
  if (node.unknown_is_open) return Truth::kUnknown;
  const FlatCase* const cases = cases_.data() + node.first_case;
  Truth answer = Answer(cases[0].outcome, answers);
  for (uint16_t i = 1; i < node.cases; ++i) {
    answer = Either(answer, Answer(cases[i].outcome, answers));
  }
  return asked == Truth::kTrue ? answer : Either(answer, node.not_asked);
}

Truth Program::OfCount(const Node& node, const Truth* answers) const {
  static_assert(static_cast<int>(Truth::kTrue) == 1 && static_cast<int>(Truth::kUnknown) == 2);
  const uint16_t* const parts = parts_.data() + node.first;
  unsigned yes = 0;
  unsigned open = 0;
  for (uint16_t i = 0; i < node.length; ++i) {
    const auto answer = static_cast<unsigned>(answers[parts[i]]);
    yes += answer & 1;
    open += answer >> 1;
  }
  if (yes >= node.count) return TruthOf(!node.negated);
  if (yes + open < node.count) return TruthOf(node.negated);
  return Truth::kUnknown;
}

void Program::Evaluate(std::span<const int32_t> facts, std::span<Truth> answers) const {
  const Truth* const known = answers.data();
  Truth* answer = answers.data();
  for (const Node& node : nodes_) {
    if (node.kind == Kind::kCount) {
      *answer = OfCount(node, known);
    } else if (const FlatCase* found = CaseOf(node, facts.data())) {
      *answer = Answer(found->outcome, known);
    } else {
      *answer = OfUnknown(node, known);
    }
    ++answer;
  }
}

void Program::ExplainQuestion(const Node& node, Truth answer, std::span<const Truth> answers,
                              std::span<const int32_t> facts, Reasons* reasons) const {
  const auto follow = [&](Outcome outcome) {
    if (outcome >= kFirstRule) Explain(outcome - kFirstRule, answers, facts, reasons);
  };
  if (const FlatCase* found = CaseOf(node, facts.data())) {
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
  if (answer == Truth::kUnknown ? node.unknown_reason != 0 : node.reason != 0) {
    if (answer != Truth::kFalse) {
      Note(reasons, texts_[answer == Truth::kTrue ? node.reason : node.unknown_reason]);
    }
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
