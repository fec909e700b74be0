#include "sepakat/generate/register_writer.h"

#include "sepakat/generate/columns.h"
#include "sepakat/generate/household.h"

namespace sepakat::generate {

void AppendCsvLine(const Row& row, std::string& text) {
  bool first = true;
  for (const std::string& cell : row) {
    if (!first) text += ',';
    first = false;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
      text += cell;
      continue;
    }
    text += '"';
    for (char c : cell) {
      if (c == '"') text += '"';
      text += c;
    }
    text += '"';
  }
  text += '\n';
}

void RegisterWriter::AppendFamily(int64_t family, bool copy, std::string& text) {
  const Dirt dirt = plan_.dirt[static_cast<size_t>(family)];
  DrawFamily(plan_, family, rows_);
  Soil(dirt, rows_);
  const int64_t first_line = line_;
  for (const Row& row : rows_) AppendCsvLine(row, text);
  line_ += static_cast<int64_t>(rows_.size());
  expected_.rows += static_cast<int64_t>(rows_.size());
  ++expected_.received;
  if (copy) {
    ++expected_.repeated;
    return;
  }
  switch (RuleOf(dirt).outcome) {
    case Outcome::kRejected:
      ++expected_.rejected;
      break;
    case Outcome::kFlagged:
      ++expected_.flagged;
      break;
    case Outcome::kAccepted:
    case Outcome::kRepeated:
      ++expected_.accepted;
      break;
  }
  if (dirt == Dirt::kNone) return;
  ++expected_.by_dirt[static_cast<size_t>(dirt)];
  if (dirt == Dirt::kRepeated) repeated_.push_back(family);
  const int village = plan_.VillageOf(family);
  dirty_.push_back({.line = first_line,
                    .dirt = dirt,
                    .village = plan_.villages[static_cast<size_t>(village)].code,
                    .members = plan_.sizes[static_cast<size_t>(family)]});
}

bool RegisterWriter::Next(std::string& text) {
  const size_t villages = plan_.villages.size();
  if (part_ > villages + 1) return false;
  if (part_ == 0) {
    AppendCsvLine(Row(kColumnNames.begin(), kColumnNames.end()), text);
    ++line_;
  } else if (part_ <= villages) {
    for (int64_t i = plan_.first_family[part_ - 1]; i < plan_.first_family[part_]; ++i) {
      AppendFamily(i, false, text);
    }
  } else {
    for (int64_t family : repeated_) AppendFamily(family, true, text);
  }
  ++part_;
  return true;
}

}  // namespace sepakat::generate
