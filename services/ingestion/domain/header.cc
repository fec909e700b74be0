#include "ingestion/domain/header.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

constexpr int kFarthest = 2;
constexpr size_t kShownColumns = 40;

// Letters and digits only, small.
std::string Plain(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    const bool capital = c >= 'A' && c <= 'Z';
    const bool kept =
        capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (kept) plain.push_back(capital ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return plain;
}

// Insertions, deletions and substitutions from `a` to `b` (Levenshtein).
int Distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (size_t i = 0; i < a.size(); ++i) {
    int before = row[0];
    row[0] = static_cast<int>(i) + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const int change = before + (a[i] == b[j] ? 0 : 1);
      before = row[j + 1];
      row[j + 1] = std::min({change, before + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string Listed(std::span<const std::string> names) {
  std::string text;
  for (const std::string& name : names) text += fmt::format("{}{}", text.empty() ? "" : ", ", name);
  return text;
}

}  // namespace

std::string NearestName(std::string_view wanted, std::span<const std::string> names) {
  const std::string plain = Plain(wanted);
  int best = std::min(kFarthest, static_cast<int>(plain.size()) / 3) + 1;
  std::string nearest;
  for (const std::string& name : names) {
    const int distance = Distance(plain, Plain(name));
    if (distance < best) {
      best = distance;
      nearest = name;
    }
  }
  return nearest;
}

std::string HeaderProblem::Text() const {
  if (first > 0) {
    return fmt::format(
        "column '{}' stands twice in the file's header, as cell {} and cell {}; give one of them "
        "another name",
        column, first, again);
  }
  return fmt::format("unknown column '{}': the file's header does not have it{}", column,
                     nearest.empty() ? "" : fmt::format("; perhaps '{}'", nearest));
}

std::string HeaderSentence(std::span<const HeaderProblem> problems,
                           std::span<const std::string> header) {
  std::vector<std::string> missing;
  std::string sentence;
  for (const HeaderProblem& problem : problems) {
    if (problem.first > 0) {
      sentence += fmt::format("{}; ", problem.Text());
    } else {
      missing.push_back(problem.nearest.empty()
                            ? fmt::format("'{}'", problem.column)
                            : fmt::format("'{}' (perhaps '{}')", problem.column, problem.nearest));
    }
  }
  if (!missing.empty()) {
    sentence += fmt::format("it lacks {} column(s): {}; ", missing.size(), Listed(missing));
  }
  sentence += fmt::format("its {} column(s) are: {}", header.size(),
                          Listed(header.first(std::min(header.size(), kShownColumns))));
  const bool one_piece =
      header.size() == 1 && header[0].find_first_of(",;\t|") != std::string::npos;
  if (one_piece) sentence += "; a header in one piece means another [format] separator";
  return sentence;
}

std::vector<std::string> HeaderNames(const CodeBook& book,
                                     std::span<const std::string_view> cells) {
  std::vector<std::string> names;
  for (const std::string_view cell : cells) {
    std::string& name = names.emplace_back();
    if (book.format.encoding == Encoding::kWindows1252) {
      AppendWindows1252(cell, &name);
    } else {
      name = cell;
    }
  }
  return names;
}

HeaderPlaces FindColumns(std::span<const std::string> wanted, std::span<const std::string> header) {
  HeaderPlaces found;
  for (const std::string& column : wanted) {
    if (column == kRowNumberColumn) {
      found.places.push_back(kRowNumberPlace);
      continue;
    }
    const auto at = std::ranges::find(header, column);
    found.places.push_back(static_cast<int>(at - header.begin()));
    if (at == header.end()) {
      found.problems.push_back({column, NearestName(column, header)});
    } else if (const auto again = std::find(at + 1, header.end(), column); again != header.end()) {
      found.problems.push_back({column, "", static_cast<int>(at - header.begin()) + 1,
                                static_cast<int>(again - header.begin()) + 1});
    }
  }
  return found;
}

}  // namespace sepakat::ingestion
