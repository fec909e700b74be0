// Terms that a survey offers to a model when nobody names any.
//
// Of every canonical variable that nearly all families answer: a flag for each code that is not
// rare, except the most frequent one; counts, years and areas as they are; the squares of `members`
// and `head_age` beside them. Programmes received (`aid_*`) are left out: who is helped must not be
// what decides who is helped. Thread: pure function. Complexity: linear in the families and
// variables.
#pragma once

#include <string>
#include <vector>

#include "common/pmt/model.h"
#include "sepakat/pmt/families.h"

namespace sepakat::pmt {

struct CandidateRules {
  // A variable is offered if at least this share of the families answers it.
  double least_known = 0.9;
  // A code is offered if at least this share of the answering families has it, and this share not.
  double least_share = 0.01;
};

struct Candidates {
  std::vector<Term> terms;
  // Variables that too few families answer.
  std::vector<std::string> too_unknown;
};

// Of the families where `used` is true.
Candidates FindCandidates(const Families& families, const std::vector<bool>& used,
                          const CandidateRules& rules);

}  // namespace sepakat::pmt
