// A set of rules as data: what a regulation or an office says about a family, over its variables.
//
// A rule is a question put to one variable (or to a quotient of two), whose cases decide true,
// false or unknown or hand on to another rule; or a combination of other rules. Rules that were
// written inside others have ids with a `#`. Read from TOML by text/rule_file.h, judged by check.h,
// run by program.h; docs/RULES.md teaches the language.
//
// What an unknown answer means is part of the language, not of each rule: the answer is decided
// only if every case would decide the same. Thread: values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/rules/ranges.h"
#include "common/rules/truth.h"

namespace sepakat::rules {

// Where something stands, for mistakes.
struct Position {
  std::string file;
  int line = 0;
};

// The number of persons of the family: known to every caller, but no canonical variable.
inline constexpr std::string_view kSizeVariable = "size";

// A variable that only some questionnaires ask; where nobody supplies it, it is unknown.
struct DeclaredVariable {
  std::string name;
  int32_t low = 0;
  int32_t high = 0;
  std::string about;
  Position at;
};

// One case of a question: these values -> an answer, or whatever another rule says.
struct Case {
  Ranges values;
  // Everything that no other case names.
  bool otherwise = false;
  // Written by nobody: what a condition comes to where it does not hold.
  bool implied = false;
  Truth answer = Truth::kUnknown;
  // Not empty: the rule that answers.
  std::string ask;
  std::string reason;
  Position at;
};

struct Question {
  std::string variable;
  // Not empty: the variable that `variable` is divided by.
  std::string per;
  std::vector<Case> cases;
  // The reason of an unknown value.
  std::string unknown_reason;
  // Not empty: where this rule is false the question was not put, and a missing value means
  // `not_asked`. A value that is there counts.
  std::string asked_if;
  Truth not_asked = Truth::kFalse;
};

enum class Combining { kAny, kAll, kNone, kAtLeast };

struct Part {
  std::string rule;
  Position at;
};

struct Combination {
  Combining how = Combining::kAny;
  // For kAtLeast.
  int count = 0;
  std::vector<Part> parts;
  // Not empty: said instead of the parts' reasons.
  std::string reason;
  std::string unknown_reason;
};

struct Rule {
  std::string id;
  std::string name;
  std::string name_en;
  std::string source;
  // How a point that the source leaves open is read.
  std::string note;
  std::variant<Question, Combination> body;
  Position at;
  // Not understood in full: others may name it, and nothing more is said about it.
  bool unread = false;

  // Written by a person under its own id.
  bool named() const { return id.find('#') == std::string::npos; }
};

struct RuleSet {
  // Names the set for ever; a changed set takes another.
  std::string version;
  std::string name;
  std::string name_en;
  std::string source;
  // First day it holds, days since 1970-01-01; absent where the source does not say.
  std::optional<int32_t> valid_from;
  // Version of the set it changes; its rules are already part of `rules`.
  std::string extends;
  std::vector<DeclaredVariable> variables;
  std::vector<Rule> rules;

  const Rule* Find(std::string_view id) const;
};

// Legal values of a variable that rules may name: canonical, declared, or `size`.
struct Domain {
  int32_t low = 0;
  int32_t high = 0;
};
std::optional<Domain> DomainOf(const RuleSet& set, std::string_view variable);

}  // namespace sepakat::rules
