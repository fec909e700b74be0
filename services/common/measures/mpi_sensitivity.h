// How much a multidimensional measure depends on two choices: the cut-off k, and what is assumed
// about unknown deprivations.
//
// By cut-off: H, A and M0 are step functions of k that change only at scores which occur, so the
// list over those scores is the whole function, from union (k just above 0) to intersection (k =
// 1). A conclusion that holds at one k only is a conclusion about k. Bounds: the least and greatest
// value over every way the unknown deprivations could be. H, M0 and the headcounts rise with each
// deprivation, so theirs are taken with all unknowns at no and at yes. A does not: one more
// deprivation can bring in a person with a low score. Its bounds are found by admitting possibly
// poor units, best first, while they still move the mean; each at the greatest (or least poor)
// score that it can have. A has bounds only if some completion has a poor person, and then speaks
// of such completions. Errors: those of CheckMpiSample; FailedPrecondition NO_COMPLETE_UNIT.
// Thread: pure functions. Complexity: linear in units plus sorting the distinct scores.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/measures/alkire_foster.h"

namespace sepakat::measures {

struct CutoffFigures {
  int64_t score = 0;  // k = score / Denominator(specification)
  double headcount = 0;
  double intensity = 0;
  double adjusted = 0;
};

// Ascending over the scores above 0 that occur with weight; for any k, the entry of the smallest
// score with score/D >= k holds (none: nobody is poor at k). Unknowns by the specification's rule.
absl::StatusOr<std::vector<CutoffFigures>> MpiByCutoff(const MpiSpecification& specification,
                                                       MpiSample sample);

struct Interval {
  double lower = 0;
  double upper = 0;
};

struct MpiBounds {
  Interval headcount;
  Interval adjusted;
  std::optional<Interval> intensity;
  std::vector<Interval> raw;       // in the order of the indicators
  std::vector<Interval> censored;  // the same
  double weight = 0;               // of all units
  double unknown_weight = 0;       // of the units with an unknown deprivation
};

// Ignores the specification's rule for unknowns: every unit takes part.
absl::StatusOr<MpiBounds> BoundsOfMpi(const MpiSpecification& specification, MpiSample sample);

}  // namespace sepakat::measures
