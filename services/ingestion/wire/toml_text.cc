#include "ingestion/wire/toml_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace sepakat::ingestion {
namespace {

struct Advice {
  std::string_view sign;
  std::string_view sentence;
};

// What the parser's words mean to somebody who does not know TOML.
constexpr Advice kAdvice[] = {
    {"expected value", "a value is missing behind '='"},
    {"control characters", "the quote that opens here is not closed on its line"},
    {"expected ']'", "the header of a section is closed by ']'"},
    {"cannot redefine", "it stands twice; keep one"},
    {"leading zeroes", "a code with zeros in front is text: put it in quotes"},
    {"escape sequence", "write \\\\ for a backslash, or use single quotes"},
    {"value type", "text stands in straight quotes, \"like this\""},
    {"inline table",
     "{ ... } stays on one line, with commas between its parts, and is closed by '}'"},
    {"expected '='",
     "write key = value; a key with other marks than letters, digits, _ and - stands in quotes"},
    {"expected a comment or whitespace", "only one value may stand behind '='"},
};

std::string Told(std::string_view description) {
  std::string text = fmt::format("this is no TOML: {}", description);
  for (const Advice& advice : kAdvice) {
    if (description.find(advice.sign) == std::string_view::npos) continue;
    return fmt::format("{} ({})", advice.sentence, description);
  }
  return text;
}

// Begin and length of a line, counted from 1.
std::pair<size_t, size_t> Line(std::string_view text, int number) {
  size_t begin = 0;
  for (int line = 1; line < number; ++line) {
    const size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return {text.size(), 0};
    begin = end + 1;
  }
  const size_t end = text.find('\n', begin);
  return {begin, (end == std::string_view::npos ? text.size() : end) - begin};
}

bool WrongByItself(std::string_view line) {
  try {
    (void)toml::parse(line);
    return false;
  } catch (const toml::parse_error&) {
    return true;
  }
}

bool IsHeader(std::string_view line) {
  const size_t first = line.find_first_not_of(" \t");
  return first != std::string_view::npos && line[first] == '[';
}

// The section that a byte of the text lies in, as TomlSection names it: `[roles] region` of
// `[roles.region]`, `[[edit]]` of any such block.
std::string SectionOf(std::string_view text, size_t at) {
  std::string_view header;
  for (size_t begin = 0; begin < at;) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (IsHeader(line)) header = line.substr(line.find('['));
    begin = end + 1;
  }
  std::string section(header.substr(0, header.rfind(']') + 1));
  const size_t dot = section.find('.');
  if (dot == std::string::npos) return section;
  const size_t close = section.find(']');
  const std::string inner = section.substr(dot + 1, close - dot - 1);
  section.erase(dot, close - dot);
  section += ' ' + inner;
  std::ranges::replace(section, '.', ' ');
  return section;
}

std::string KeyOf(std::string_view line) {
  std::string key(line.substr(0, line.find_first_of("=:")));
  std::erase_if(key, [](char c) { return c == ' ' || c == '\t' || c == '"'; });
  return key.substr(key.rfind('.') + 1);
}

}  // namespace

TomlText ReadToml(std::string_view text, std::string_view file_name) {
  TomlText result;
  std::string rest(text);
  while (static_cast<int>(result.mistakes.size()) < kMostMistakes) {
    try {
      result.table = toml::parse(rest, file_name);
      return result;
    } catch (const toml::parse_error& error) {
      const int number = static_cast<int>(error.source().begin.line);
      result.mistakes.push_back({std::string(file_name), number, Told(error.description())});
      const auto [begin, length] = Line(rest, number);
      const std::string line = rest.substr(begin, length);
      const bool twice = error.description().find("cannot redefine") != std::string_view::npos;
      if (IsHeader(line)) result.readable = false;
      if (length == 0 || (!twice && !WrongByItself(line))) break;
      result.lost_keys.insert(fmt::format("{} {}", SectionOf(rest, begin), KeyOf(line)));
      rest.replace(begin, length, length, ' ');
    }
  }
  result.readable = false;
  return result;
}

}  // namespace sepakat::ingestion
