// The certificate of a proposal in one sentence, for people who decide.
//
//   Nilai 98,7 dari paling banyak 100,0 (12.340 dari 12.502 poin); 57 keluarga belum terlayani.
//
// The scale: 100 is the proven bound under the ceiling. A value equal to its bound is said to be
// the best. Thread: pure functions.
#pragma once

#include <string>

#include "budgeting/app/records.h"

namespace sepakat::budgeting {

struct CertificateSentence {
  std::string id;
  std::string en;
};

CertificateSentence Describe(const Proposal& proposal);

}  // namespace sepakat::budgeting
