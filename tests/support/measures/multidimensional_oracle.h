// Multidimensional poverty a second time, exactly, answer by answer; bounds by trying every way the
// unknown answers could be. No code of the library.
#pragma once

#include <optional>
#include <vector>

#include "tests/support/measures/rational.h"

namespace sepakat::support {

struct AnsweredUnit {
  int64_t persons = 0;
  std::vector<int> answers;  // per indicator: 1 deprived, 0 not, -1 unknown
};

struct OracleMpi {
  Rational headcount;
  std::optional<Rational> intensity;
  Rational adjusted;
  std::vector<Rational> raw;
  std::vector<Rational> censored;
  std::vector<std::optional<Rational>> contribution;
};

// Of units without unknown answers; persons must sum to more than 0.
OracleMpi OracleAlkireFoster(const std::vector<AnsweredUnit>& units,
                             const std::vector<int64_t>& weights, const Rational& cutoff);

struct OracleRange {
  std::optional<Rational> lower;
  std::optional<Rational> upper;
  void Take(const Rational& value);
};

struct OracleMpiBounds {
  OracleRange headcount, intensity, adjusted;
  std::vector<OracleRange> censored;
};

// Tries all 2^unknown completions.
OracleMpiBounds OracleBounds(const std::vector<AnsweredUnit>& units,
                             const std::vector<int64_t>& weights, const Rational& cutoff);

}  // namespace sepakat::support
