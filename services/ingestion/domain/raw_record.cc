#include "ingestion/domain/raw_record.h"

#include <algorithm>

#include "common/base/status.h"

namespace sepakat::ingestion {
namespace {

constexpr char kEnd = 0;
constexpr char kRow = 1;
constexpr char kProblem = 2;

constexpr size_t kVarintBytes = 10;  // at most

char* WriteVarint(uint64_t value, char* out) {
  for (; value >= 0x80; value >>= 7) *out++ = static_cast<char>(value | 0x80);
  *out++ = static_cast<char>(value);
  return out;
}

void AppendVarint(uint64_t value, std::string* out) {
  char bytes[kVarintBytes];
  out->append(bytes, WriteVarint(value, bytes));
}

// Takes bytes from the front; `ok` turns false for good when there are too few.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  uint64_t Varint() {
    uint64_t value = 0;
    for (int shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    ok_ = false;
    return 0;
  }
  std::string_view Bytes(uint64_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      return {};
    }
    const std::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }
  bool ok() const { return ok_; }
  bool empty() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

void RecordWriter::Clear() {
  content_.clear();
  above_.clear();
}

void RecordWriter::AddRow(std::span<const std::string_view> cells) {
  const bool first = above_.empty();
  if (first) above_.resize(cells.size());
  // Room for every cell in its longest form, so that nothing grows while it is written.
  size_t most = 1;
  for (const std::string_view cell : cells) most += kVarintBytes + cell.size();
  const size_t begin = content_.size();
  content_.resize(begin + most);
  char* const content = content_.data();
  char* out = content + begin;
  *out++ = kRow;
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string_view cell = cells[i];
    auto& [at, length] = above_[i];
    if (!first && cell == std::string_view(content + at, length)) {
      *out++ = 0;
      continue;
    }
    out = WriteVarint(cell.size() + 1, out);
    at = static_cast<size_t>(out - content);
    length = cell.size();
    out = std::copy(cell.begin(), cell.end(), out);
  }
  content_.resize(static_cast<size_t>(out - content));
}

void RecordWriter::AddProblem(RowProblemKind kind, int64_t place, std::string_view raw) {
  content_.push_back(kProblem);
  content_.push_back(static_cast<char>(kind));
  AppendVarint(static_cast<uint64_t>(place), &content_);
  AppendVarint(raw.size(), &content_);
  content_.append(raw);
}

const std::string& RecordWriter::Finish() {
  content_.push_back(kEnd);
  return content_;
}

absl::Status RawRecord::Decode(std::string_view content, int slots) {
  slots_ = slots;
  rows_ = 0;
  cells_.clear();
  problems_.clear();
  const auto width = static_cast<size_t>(slots);
  Cursor in(content);
  while (in.ok() && !in.empty()) {
    const char tag = in.Bytes(1).front();
    if (tag == kEnd && in.empty()) return absl::OkStatus();
    if (tag == kProblem) {
      RowProblem problem{};
      const std::string_view kind = in.Bytes(1);
      if (!kind.empty()) problem.kind = static_cast<RowProblemKind>(kind.front());
      problem.row = rows_ == 0 ? 0 : rows_ - 1;
      problem.place = static_cast<int64_t>(in.Varint());
      problem.raw = in.Bytes(in.Varint());
      problems_.push_back(problem);
      continue;
    }
    if (tag != kRow) break;
    cells_.resize(cells_.size() + width);
    std::string_view* const row = cells_.data() + cells_.size() - width;
    for (size_t slot = 0; slot < width && in.ok(); ++slot) {
      const uint64_t code = in.Varint();
      if (code > 0) {
        row[slot] = in.Bytes(code - 1);
      } else if (rows_ > 0) {
        row[slot] = (row - width)[slot];  // as above
      }
    }
    ++rows_;
  }
  return base::Error(absl::StatusCode::kDataLoss, "RECORD_DAMAGED",
                     "the stored content of a record cannot be decoded");
}

std::string_view RawRecord::FirstFilled(int slot, int* row) const {
  for (int i = 0; i < rows_; ++i) {
    const std::string_view text = cell(i, slot);
    if (!text.empty()) {
      if (row != nullptr) *row = i;
      return text;
    }
  }
  if (row != nullptr) *row = -1;
  return {};
}

}  // namespace sepakat::ingestion
