#include "ingestion/domain/edits.h"

#include <algorithm>
#include <set>
#include <string>

#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

void Report(const EditRule& rule, std::string_view reason, Column column, std::string message,
            Findings* findings) {
  if (!rule.message.empty()) message = rule.message;
  if (rule.reject) {
    findings->Reject(reason, column, std::move(message));
  } else {
    findings->Flag(reason, column, std::move(message));
  }
}

int64_t CountRelation(const std::vector<Member>& members, int32_t relation) {
  return std::ranges::count_if(members, [&](const Member& m) {
    return m.Value(MemberItem::kRelation) == relation;
  });
}

void CheckHeads(const EditRule& rule, const std::vector<Member>& members, Findings* findings) {
  const int64_t heads = CountRelation(members, 1);
  if (heads == 0) {
    Report(rule, "NO_HEAD", kNoColumn, "Keluarga tidak mempunyai kepala keluarga", findings);
  } else if (heads > 1) {
    Report(rule, "TWO_HEADS", kNoColumn,
           "Keluarga mempunyai lebih dari satu kepala keluarga; periksa hubungan anggota", findings);
  }
}

bool Compares(int order, Comparison op) {
  switch (op) {
    case Comparison::kLessOrEqual:
      return order <= 0;
    case Comparison::kLess:
      return order < 0;
    case Comparison::kEqual:
      return order == 0;
    case Comparison::kNotEqual:
      return order != 0;
    case Comparison::kGreater:
      return order > 0;
    case Comparison::kGreaterOrEqual:
      return order >= 0;
  }
  return true;
}

std::optional<Decimal> Operand(const CodeBook& book, const std::variant<Column, Decimal>& operand,
                               const Row& row) {
  if (const auto* number = std::get_if<Decimal>(&operand)) return *number;
  return ParseDecimal(Cell(row, std::get<Column>(operand)), book.format.numbers);
}

bool HoldsInRow(const CodeBook& book, const EditRule& rule, const Row& row) {
  if (rule.when && !Holds(*rule.when, row)) return true;
  const std::string& cell = Cell(row, rule.column);
  switch (rule.kind) {
    case EditKind::kRequires:
      return rule.in.empty() ? !cell.empty() : IsOneOf(cell, rule.in);
    case EditKind::kForbids:
      return rule.in.empty() ? cell.empty() : !IsOneOf(cell, rule.in);
    case EditKind::kCompare: {
      const auto left = Operand(book, rule.left, row);
      const auto right = Operand(book, rule.right, row);
      return !left || !right || Compares(Compare(*left, *right), rule.op);
    }
    case EditKind::kRange: {
      const auto number = ParseDecimal(cell, book.format.numbers);
      return !number || (Compare(*number, rule.lowest) >= 0 && Compare(*number, rule.highest) <= 0);
    }
    case EditKind::kDigits:
      return cell.empty() || IsDigits(cell, static_cast<size_t>(rule.digits));
    default:
      return true;
  }
}

bool AllDistinct(const std::vector<Row>& rows, Column column) {
  std::set<std::string_view> seen;
  return std::ranges::all_of(rows, [&](const Row& row) {
    const std::string& cell = Cell(row, column);
    return cell.empty() || seen.insert(cell).second;
  });
}

}  // namespace

void CheckEdits(const CodeBook& book, const std::vector<Row>& rows,
                const std::vector<Member>& members, Findings* findings) {
  for (const EditRule& rule : book.edits) {
    switch (rule.kind) {
      case EditKind::kOneHead:
        CheckHeads(rule, members, findings);
        break;
      case EditKind::kAtMostOneSpouse:
        if (CountRelation(members, 2) > 1) {
          Report(rule, "TWO_SPOUSES", kNoColumn, "Keluarga mempunyai lebih dari satu pasangan",
                 findings);
        }
        break;
      case EditKind::kDistinct:
        if (!AllDistinct(rows, rule.column)) {
          Report(rule, rule.reason, rule.column, "Dua anggota mempunyai isian yang sama", findings);
        }
        break;
      default:
        if (!std::ranges::all_of(rows,
                                 [&](const Row& row) { return HoldsInRow(book, rule, row); })) {
          Report(rule, rule.reason, rule.column, "Isian tidak sesuai aturan buku kode", findings);
        }
    }
  }
}

}  // namespace sepakat::ingestion
