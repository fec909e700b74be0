// A rule set put to every family of a survey.
//
// The caller says what each family answers to a variable: canonical variables come from the code
// book, `size` is the family's size, and a variable that the rule set declares itself is the column
// of that name where the file has one; everything else is unknown.
// Thread: values and pure functions. Complexity: linear in families and rules.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/rules/program.h"

namespace sepakat::judge {

// Columns of the file that the rules can use beside the code book's.
std::set<std::string> ColumnsOf(const rules::RuleSet& set,
                                const std::vector<std::string>& columns_of_file);

// By family; rules::kUnknownValue where the answer is not known.
using AnswersTo = std::function<std::vector<int32_t>(const std::string& variable)>;

// A whole number that rules can compare; rules::kUnknownValue for NaN.
int32_t WholeAnswer(double value);

class Judgement {
 public:
  Judgement(const rules::RuleSet& set, size_t families, const AnswersTo& answers_to);

  const rules::Program& program() const { return program_; }
  // Places of the rules that people wrote, in the order of the set.
  const std::vector<int>& rules() const { return rules_; }
  size_t families() const { return families_; }
  rules::Truth Of(int rule, size_t family) const {
    return answers_[family * program_.size() + static_cast<size_t>(rule)];
  }
  rules::Reasons Why(int rule, size_t family) const;

 private:
  rules::Program program_;
  std::vector<int> rules_;
  size_t families_;
  // By family, then by variable or rule of the program.
  std::vector<int32_t> facts_;
  std::vector<rules::Truth> answers_;
};

}  // namespace sepakat::judge
