// The header line of a file against the columns that a code book names.
//
// Names match exactly; one that is missing is told with the nearest name that the file has, because
// most unknown columns are a matter of spelling. Thread: pure functions. Complexity: columns of the
// book times columns of the file.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/domain/codebook.h"

namespace sepakat::ingestion {

// Place of a column whose cells are the running number of the row (kRowNumberColumn).
inline constexpr int kRowNumberPlace = -2;

struct HeaderProblem {
  // As the code book names it.
  std::string column;
  // Missing: the name that was probably meant, empty when none is near.
  std::string nearest;
  // Not 0: the column stands twice, as these cells, counted from 1.
  int first = 0;
  int again = 0;

  // `unknown column 'lantaii': the file's header does not have it; perhaps 'lantai'`.
  std::string Text() const;
};

// Everything that is wrong with a header, in one sentence.
std::string HeaderSentence(std::span<const HeaderProblem> problems,
                           std::span<const std::string> header);

struct HeaderPlaces {
  // Of each wanted column, in their order; complete when there is no problem.
  std::vector<int> places;
  std::vector<HeaderProblem> problems;
};

HeaderPlaces FindColumns(std::span<const std::string> wanted, std::span<const std::string> header);

// Of `names` the one that was probably meant by `wanted`; empty when none is near.
std::string NearestName(std::string_view wanted, std::span<const std::string> names);

// Cells of a header line as text, in the file's encoding.
std::vector<std::string> HeaderNames(const CodeBook& book, std::span<const std::string_view> cells);

}  // namespace sepakat::ingestion
