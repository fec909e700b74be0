#include "common/pmt/model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "common/base/status.h"

namespace sepakat::pmt {
namespace {

constexpr std::string_view kColumn = "column:";

absl::Status Malformed(std::string_view text) {
  return base::Error(absl::StatusCode::kInvalidArgument, "TERM_MALFORMED",
                     fmt::format("`{}` is no term; write VARIABLE, VARIABLE^2, VARIABLE=7|8, "
                                 "column:NAME, column:NAME^2 or column:NAME=TEXT",
                                 text));
}

bool ReadCodes(std::string_view text, std::vector<int32_t>* codes) {
  while (true) {
    int32_t code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (error != std::errc()) return false;
    codes->push_back(code);
    text.remove_prefix(static_cast<size_t>(end - text.data()));
    if (text.empty()) return true;
    if (text.front() != '|') return false;
    text.remove_prefix(1);
  }
}

}  // namespace

absl::StatusOr<Term> ParseTerm(std::string_view text) {
  Term term;
  std::string_view rest = text;
  if (rest.starts_with(kColumn)) {
    term.of_file = true;
    rest.remove_prefix(kColumn.size());
  }
  if (const size_t equals = rest.find('='); equals != std::string_view::npos) {
    const std::string_view values = rest.substr(equals + 1);
    rest = rest.substr(0, equals);
    if (values.empty()) return Malformed(text);
    if (term.of_file) {
      term.text = values;
    } else if (!ReadCodes(values, &term.codes)) {
      return Malformed(text);
    }
  } else if (rest.ends_with("^2")) {
    term.power = 2;
    rest.remove_suffix(2);
  }
  if (rest.empty() || (!term.of_file && rest.find_first_of("^|: ") != std::string_view::npos)) {
    return Malformed(text);
  }
  term.name = rest;
  return term;
}

std::string TextOf(const Term& term) {
  std::string text = (term.of_file ? std::string(kColumn) : std::string()) + term.name;
  if (!term.text.empty()) return text + "=" + term.text;
  if (!term.codes.empty()) return text + fmt::format("={}", fmt::join(term.codes, "|"));
  return term.power == 2 ? text + "^2" : text;
}

std::optional<int64_t> Contribution(const ModelTerm& term, std::optional<double> value) {
  if (!value) return term.unknown_micro;
  return std::llround(static_cast<double>(term.coefficient_micro) * *value);
}

}  // namespace sepakat::pmt
