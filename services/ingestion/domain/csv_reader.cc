#include "ingestion/domain/csv_reader.h"

#include <algorithm>
#include <cstring>

#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Writes over the cells of the row before: rows have as many as their neighbours, as a rule.
class CellWriter {
 public:
  explicit CellWriter(std::vector<std::string_view>* cells) : cells_(*cells) {}
  void Add(std::string_view cell) {
    if (count_ < cells_.size()) {
      cells_[count_] = cell;
    } else {
      cells_.push_back(cell);
    }
    ++count_;
  }
  void Finish() { cells_.resize(count_); }

 private:
  std::vector<std::string_view>& cells_;
  size_t count_ = 0;
};

bool IsBlankByte(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

void CsvReader::Feed(std::string_view bytes) {
  buffer_.erase(0, at_);
  at_ = 0;
  buffer_.append(bytes);
}

void CsvReader::SkipByteOrderMark() {
  const std::string_view head = std::string_view(buffer_).substr(at_);
  if (head.starts_with(kByteOrderMark)) at_ += kByteOrderMark.size();
}

bool CsvReader::ChooseSeparator() {
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  const size_t end = rest.find('\n');
  if (end == std::string_view::npos && !finished_ && rest.size() < line_limit_) return false;
  if (separator_ != 0) return true;
  const std::string_view header = rest.substr(0, end);
  separator_ = ',';
  auto most = std::ranges::count(header, ',');
  for (const char mark : {';', '\t', '|'}) {
    const auto found = std::ranges::count(header, mark);
    if (found > most) {
      most = found;
      separator_ = mark;
    }
  }
  return true;
}

bool CsvReader::SkipRestOfLine() {
  const size_t end = buffer_.find('\n', at_);
  at_ = end == std::string::npos ? buffer_.size() : end + 1;
  if (end == std::string::npos && !finished_) return false;
  ++line_;
  skipping_ = false;
  return true;
}

CsvReader::Result CsvReader::BadLine(CsvRow* row, RowProblemKind kind, size_t place) {
  const std::string_view rest = std::string_view(buffer_).substr(at_);
  const size_t end = rest.find('\n');
  row->cells.clear();
  row->line = line_;
  row->problem = kind;
  row->place = static_cast<int64_t>(place - at_) + 1;
  std::string_view raw = rest.substr(0, std::min(end, kRawLimit));
  if (raw.ends_with('\r')) raw.remove_suffix(1);
  row->raw = raw;
  if (end == std::string_view::npos) {
    at_ = buffer_.size();
    skipping_ = !finished_;
  } else {
    at_ += end + 1;
    ++line_;
  }
  return kRow;
}

CsvReader::Result CsvReader::Next(CsvRow* row) {
  if (!started_) {
    if (buffer_.size() - at_ < kByteOrderMark.size() && !finished_) return kNeedMore;
    SkipByteOrderMark();
    if (!ChooseSeparator()) {
      if (at_ > 0) buffer_.erase(0, at_), at_ = 0;
      return kNeedMore;
    }
    started_ = true;
  }
  if (skipping_ && !SkipRestOfLine()) return kNeedMore;
  while (true) {
    if (at_ >= buffer_.size()) return finished_ ? kEnd : kNeedMore;
    if (incomplete_ > 0 && !finished_ && buffer_.size() - at_ <= line_limit_ &&
        buffer_.find('\n', at_ + incomplete_) == std::string::npos) {
      incomplete_ = buffer_.size() - at_;
      return kNeedMore;
    }
    incomplete_ = 0;
    size_t end = 0;
    int64_t lines = 0;
    const Split split = SplitLine(row, &end, &lines);
    if (split == kBad) {
      // What is kept of a bad line does not depend on the pieces in which it came.
      const bool whole = buffer_.find('\n', end) != std::string::npos;
      if (!whole && !finished_ && buffer_.size() - at_ <= line_limit_) {
        incomplete_ = buffer_.size() - at_;
        return kNeedMore;
      }
      return BadLine(row, *row->problem, end);
    }
    const size_t length = (split == kSplit ? end : buffer_.size()) - at_;
    if (length > line_limit_) {
      return BadLine(row,
                     row->problem == RowProblemKind::kUnterminatedQuote
                         ? RowProblemKind::kUnterminatedQuote
                         : RowProblemKind::kLineTooLong,
                     at_);
    }
    if (split == kIncomplete) {
      if (!finished_) {
        incomplete_ = buffer_.size() - at_;
        return kNeedMore;
      }
      return BadLine(row, RowProblemKind::kUnterminatedQuote, at_);
    }
    row->line = line_;
    row->problem.reset();
    row->raw = std::string_view(buffer_).substr(at_, end - at_);
    at_ = end;
    line_ += lines;
    const bool blank = row->cells.size() == 1 && row->cells[0].empty();
    if (!blank) return kRow;
  }
}

CsvReader::Split CsvReader::QuotedCell(CsvRow* row, size_t* at, int64_t* lines,
                                       std::string_view* cell) {
  char* const data = buffer_.data();
  const size_t size = buffer_.size();
  const size_t start = *at + 1;
  bool doubled = false;
  size_t i = start;
  while (true) {
    const void* quote = i < size ? std::memchr(data + i, '"', size - i) : nullptr;
    if (quote == nullptr) return kIncomplete;
    i = static_cast<size_t>(static_cast<const char*>(quote) - data);
    if (i + 1 >= size && !finished_) return kIncomplete;
    if (i + 1 >= size || data[i + 1] != '"') break;
    doubled = true;
    i += 2;
  }
  size_t behind = i + 1;
  while (behind < size && IsBlankByte(data[behind]) && data[behind] != separator_) ++behind;
  if (behind >= size && !finished_) return kIncomplete;
  if (behind < size && data[behind] != separator_ && data[behind] != '\n') {
    row->problem = RowProblemKind::kStrayQuote;
    *at = i;
    return kBad;
  }
  *lines += std::count(data + start, data + i, '\n');
  *cell = std::string_view(data + start, i - start);
  if (doubled) {
    // In a place of its own: an incomplete line is split again when more of it has arrived.
    std::string& plain = unquoted_.emplace_back();
    plain.reserve(cell->size());
    for (size_t k = 0; k < cell->size(); ++k) {
      plain.push_back((*cell)[k]);
      if ((*cell)[k] == '"') ++k;
    }
    *cell = plain;
  }
  *at = behind;
  return kSplit;
}

CsvReader::Split CsvReader::SplitLine(CsvRow* row, size_t* end, int64_t* lines) {
  CellWriter cells(&row->cells);
  row->problem.reset();
  unquoted_.clear();
  const char* const data = buffer_.data();
  const size_t size = buffer_.size();
  const char separator = separator_;
  size_t i = at_;
  while (true) {
    while (i < size && IsBlankByte(data[i]) && data[i] != separator) ++i;
    if (i < size && data[i] == '"') {
      std::string_view cell;
      const Split split = QuotedCell(row, &i, lines, &cell);
      if (split == kIncomplete) row->problem = RowProblemKind::kUnterminatedQuote;
      if (split != kSplit) {
        *end = i;
        return split;
      }
      cells.Add(Trim(cell));
    } else {
      const size_t start = i;
      while (i < size && data[i] != separator && data[i] != '\n') ++i;
      if (i >= size && !finished_) return kIncomplete;
      cells.Add(Trim(std::string_view(data + start, i - start)));
    }
    if (i >= size || data[i] == '\n') {
      *end = std::min(i + 1, size);
      ++*lines;
      cells.Finish();
      return kSplit;
    }
    ++i;
  }
}

}  // namespace sepakat::ingestion
