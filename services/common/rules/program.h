// A rule set made flat: every wanted rule of a family in one pass, without recursion or allocation.
//
//   const Program program(set, {"unfit_house"});     // `set` has passed Check()
//   std::vector<int32_t> facts = ...;                // by program.variables(), kUnknownValue where
//   unknown std::vector<Truth> answers(program.size()); program.Evaluate(facts, answers);
//   answers[program.Find("unfit_house")]
//   program.Explain(program.Find("unfit_house"), answers, facts, &reasons);
//
// An unknown value decides only where every case would decide the same, so knowing more never
// contradicts what was decided. A value outside its variable's legal ones is unknown.
// Reasons: a combination with a reason of its own says that one. Any other says those of the parts
// that bear on its answer: for `any` the parts that are true or unknown (only the unknown ones
// where it is unknown itself), for `all` likewise those that are false or unknown. Thread:
// immutable after construction. Complexity: some nanoseconds per rule.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/rules/rule_set.h"
#include "common/rules/truth.h"

namespace sepakat::rules {

inline constexpr int32_t kUnknownValue = std::numeric_limits<int32_t>::min();

class Program {
 public:
  // The `wanted` rules and all that they ask; all rules when none is named.
  // Requires a set without mistakes (check.h) that has the wanted rules.
  explicit Program(const RuleSet& set, std::span<const std::string_view> wanted = {});

  // The variables whose values Evaluate() takes, in that order.
  const std::vector<std::string>& variables() const { return variables_; }
  // Number of answers.
  size_t size() const { return nodes_.size(); }
  // Place of a rule's answer; -1 when the program does not have it.
  int Find(std::string_view rule) const;
  // Id of the rule at that place.
  std::string_view id(int rule) const { return ids_[static_cast<size_t>(rule)]; }

  // `facts` by variables(), `answers` by rule.
  void Evaluate(std::span<const int32_t> facts, std::span<Truth> answers) const;

  // Why `rule` has the answer that Evaluate() gave.
  void Explain(int rule, std::span<const Truth> answers, std::span<const int32_t> facts,
               Reasons* reasons) const;

 private:
  friend class Possibilities;

  // A value is looked up (few legal values), found among whole numbers, or a quotient among places.
  enum class Kind : uint8_t { kTable, kSteps, kBands, kCount };
  // An answer, or kFirstRule plus the rule that gives it.
  using Outcome = uint16_t;
  static constexpr Outcome kFirstRule = 3;
  static constexpr int kNone = -1;

  struct FlatCase {
    Outcome outcome = 0;
    // Place in texts_.
    uint16_t reason = 0;
  };
  // Whole numbers to `last`, included, that no earlier step has.
  struct Step {
    int32_t last = 0;
    uint16_t which = 0;
  };
  // Half-open: values before `end` that no earlier band has.
  struct Band {
    Place end = 0;
    uint16_t which = 0;
  };
  struct Node {
    Kind kind = Kind::kCount;
    // kCount: the count is turned round.
    bool negated = false;
    Truth not_asked = Truth::kUnknown;
    // Slots of variables_.
    int16_t variable = kNone;
    int16_t per = kNone;
    // The rule that says whether the question was put.
    int16_t asked_if = kNone;
    // Legal values of the variable, and the largest of the divisor.
    int32_t low = 0;
    int32_t high = 0;
    int32_t per_high = 0;
    // kTable: into table_, by value - low; kSteps, kBands, kCount: into steps_, bands_, parts_.
    uint32_t first = 0;
    uint16_t length = 0;
    // kCount: how many parts must be true.
    uint16_t count = 0;
    // Into cases_.
    uint32_t first_case = 0;
    uint16_t cases = 0;
    // Places in texts_; kCount: said instead of the parts' reasons.
    uint16_t reason = 0;
    uint16_t unknown_reason = 0;
    // The cases' own answers disagree: an unknown value decides nothing, whatever other rules say.
    bool unknown_is_open = false;
  };

  class Builder;

  static Truth Answer(Outcome outcome, const Truth* answers) {
    return outcome < kFirstRule ? static_cast<Truth>(outcome) : answers[outcome - kFirstRule];
  }
  // The case of a known value, or nullptr when the value is unknown.
  const FlatCase* CaseOf(const Node& node, const int32_t* facts) const;
  const FlatCase* CaseOfQuotient(const Node& node, int32_t value, int32_t divisor) const;
  Truth OfUnknown(const Node& node, const Truth* answers) const;
  Truth OfCount(const Node& node, const Truth* answers) const;
  void ExplainQuestion(const Node& node, Truth answer, std::span<const Truth> answers,
                       std::span<const int32_t> facts, Reasons* reasons) const;
  void ExplainCount(const Node& node, Truth answer, std::span<const Truth> answers,
                    std::span<const int32_t> facts, Reasons* reasons) const;

  std::vector<std::string> variables_;
  std::vector<std::string> ids_;
  // What a node asks stands before it.
  std::vector<Node> nodes_;
  std::vector<FlatCase> cases_;
  std::vector<uint8_t> table_;
  std::vector<Step> steps_;
  std::vector<Band> bands_;
  std::vector<uint16_t> parts_;
  std::vector<std::string> texts_ = {""};
};

}  // namespace sepakat::rules
