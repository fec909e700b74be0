// TOML text with every mistake of its form, not only the first one.
//
// A parser stops where it cannot go on. Here the line that it stopped at is set aside and the rest
// is read again, as long as that line is wrong by itself; so five forgotten quotes are five
// findings in one go. Errors: none; mistakes are findings. Thread: pure function. Complexity:
// linear in the text, times the mistakes (at most kMostMistakes).
#pragma once

#include <toml++/toml.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/wire/book_finding.h"

namespace sepakat::ingestion {

inline constexpr int kMostMistakes = 50;

struct TomlText {
  // Without the lines that could not be read. Only to be looked at when `readable`.
  toml::table table;
  std::vector<BookFinding> mistakes;
  // Keys of the lines that were set aside, each behind its section, `[roles] region`: they are not
  // missing, only unreadable.
  std::set<std::string, std::less<>> lost_keys;
  // False when what is left says nothing about the rest: a broken header of a section.
  bool readable = true;
};

TomlText ReadToml(std::string_view text, std::string_view file_name);

}  // namespace sepakat::ingestion
