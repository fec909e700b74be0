// A proxy-means model in millionths: what `sepakat pmt fit` writes and `sepakat pmt score` applies.
//
// score = intercept + sum of terms, in millionths of log welfare, higher is better off; the same
// integers that targeting adds up (targeting/domain/score.h). A term counts a canonical variable,
// its square, or whether it has one of some codes. A term over a column of one survey serves that
// survey alone and no register. It is a local estimate; the official decile is delivered and never
// computed. Thread: values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace sepakat::pmt {

struct Term {
  // A canonical variable, or a column of the file when `of_file`.
  std::string name;
  bool of_file = false;
  // Canonical variables: 1 where the value is one of these, else 0.
  std::vector<int32_t> codes = {};
  // Columns: 1 where the cell is this text, else 0; empty: the number in the cell.
  std::string text = {};
  // 1, or 2 for the square; 1 with codes or text.
  int power = 1;

  bool operator==(const Term&) const = default;
  bool is_flag() const { return !codes.empty() || !text.empty(); }
};

// `head_age`, `head_age^2`, `floor=7|8`, `column:farm=yes`, `column:land^2`.
// Errors: InvalidArgument TERM_MALFORMED.
absl::StatusOr<Term> ParseTerm(std::string_view text);
std::string TextOf(const Term& term);

struct ModelTerm {
  Term term;
  int64_t coefficient_micro = 0;
  // Added when the value is not known; absent: such a family gets no score.
  std::optional<int64_t> unknown_micro;
  std::string label;
};

struct Model {
  std::string id;
  std::string version;
  std::string name;
  std::string source;
  int64_t intercept_micro = 0;
  std::vector<ModelTerm> terms;
};

// What a term adds for a value; nothing for an unknown value that the term does not provide for.
std::optional<int64_t> Contribution(const ModelTerm& term, std::optional<double> value);

}  // namespace sepakat::pmt
