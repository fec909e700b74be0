#include "ingestion/domain/raw_record.h"

#include "common/base/status.h"

namespace sepakat::ingestion {
namespace {

constexpr char kEnd = 0;
constexpr char kRow = 1;
constexpr char kProblem = 2;

void AppendVarint(uint64_t value, std::string* out) {
  while (value >= 0x80) {
    out->push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out->push_back(static_cast<char>(value));
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
  content_.push_back(kRow);
  const bool first = above_.empty();
  if (first) above_.resize(cells.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string_view cell = cells[i];
    auto& [at, length] = above_[i];
    if (!first && cell == std::string_view(content_).substr(at, length)) {
      content_.push_back(0);
      continue;
    }
    AppendVarint(cell.size() + 1, &content_);
    at = content_.size();
    length = cell.size();
    content_.append(cell);
  }
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
    for (size_t slot = 0; slot < width && in.ok(); ++slot) {
      const uint64_t code = in.Varint();
      if (code == 0 && rows_ > 0) {
        const std::string_view above = cells_[cells_.size() - width];
        cells_.push_back(above);
      } else {
        cells_.push_back(code == 0 ? std::string_view() : in.Bytes(code - 1));
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
