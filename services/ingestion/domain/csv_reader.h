// Rows of a delimited text file (RFC 4180), read as the bytes arrive.
//
//   CsvReader reader({.separator = ';'});
//   reader.Feed(bytes);                      // any piece of the file
//   while (reader.Next(&row) == CsvReader::kRow) ...
//   reader.Finish();                         // then Next() gives what is left, then kEnd
//
// Quoted cells may hold separators, line ends and doubled quotes. A byte-order mark is dropped, CR
// LF and LF end a line, blanks around cells are dropped, empty lines are skipped. A line that
// cannot be split is given as a row with a problem and its raw bytes, and reading goes on behind
// it: a bad line never costs a file. Bytes are taken as they are; the caller checks or converts the
// encoding. Thread: one at a time. Complexity: linear; memory is one piece plus one line (at most
// 10 MB).
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingestion/domain/raw_record.h"

namespace sepakat::ingestion {

inline constexpr size_t kLineLimit = 10'000'000;
// What is kept of a line that cannot be split.
inline constexpr size_t kRawLimit = 64 * 1024;

struct CsvRow {
  // Valid until the next call of Feed() or Next().
  std::vector<std::string_view> cells;
  // Line of its first byte, counted from 1.
  int64_t line = 0;
  std::optional<RowProblemKind> problem;
  // Byte in the line of the problem, counted from 1.
  int64_t place = 0;
  // The line as it was, when there is a problem.
  std::string_view raw;
};

class CsvReader {
 public:
  enum Result { kRow, kNeedMore, kEnd };

  // `separator` 0: chosen from `, ; | tab` by the first line.
  explicit CsvReader(char separator = 0, size_t line_limit = kLineLimit)
      : separator_(separator), line_limit_(line_limit) {}

  void Feed(std::string_view bytes);
  void Finish() { finished_ = true; }
  Result Next(CsvRow* row);

  char separator() const { return separator_; }

 private:
  enum Split { kSplit, kIncomplete, kBad };

  void SkipByteOrderMark();
  bool ChooseSeparator();
  // Splits the line at at_. On kSplit `end` is behind its line end.
  Split SplitLine(CsvRow* row, size_t* end, int64_t* lines);
  // Splits one quoted cell at `*at`.
  Split QuotedCell(CsvRow* row, size_t* at, int64_t* lines, std::string_view* cell);
  Result BadLine(CsvRow* row, RowProblemKind kind, size_t place);
  // Drops the rest of a line that was too long; false while its end has not arrived.
  bool SkipRestOfLine();

  char separator_;
  size_t line_limit_;
  std::string buffer_;
  // Cells of this line whose doubled quotes were made single.
  std::deque<std::string> unquoted_;
  size_t at_ = 0;
  int64_t line_ = 1;
  // Bytes at at_ that are known to hold no whole line: they are not split again until a line end
  // comes, so that a long line in small pieces stays linear.
  size_t incomplete_ = 0;
  bool started_ = false;
  bool finished_ = false;
  bool skipping_ = false;
};

}  // namespace sepakat::ingestion
