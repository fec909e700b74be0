#include "ingestion/domain/edits.h"

#include <fmt/format.h>

namespace sepakat::ingestion {
namespace {

class EditCheck {
 public:
  EditCheck(const CodeBook& book, const RawRecord& record, Decision* decision)
      : book_(book), record_(record), decision_(decision) {}

  void Heads(const EditRule& edit, int heads) {
    if (heads == 1) return;
    Tell(edit, heads == 0 ? "NO_HEAD" : "TWO_HEADS", 0,
         heads == 0 ? std::string("the family has no head; mark one member as head")
                    : fmt::format("the family has {} heads; keep one", heads));
  }

  void Spouses(const EditRule& edit, int spouses) {
    if (spouses <= 1) return;
    Tell(edit, "TWO_SPOUSES", 0, fmt::format("the head has {} spouses", spouses));
  }

  void Rows(const EditRule& edit) {
    for (int row = 0; row < record_.rows(); ++row) {
      if (Holds(edit, row)) continue;
      Tell(edit, edit.reason, row, edit.message);
      return;
    }
  }

  void Distinct(const EditRule& edit) {
    for (int row = 1; row < record_.rows(); ++row) {
      const std::string_view cell = record_.cell(row, edit.slot);
      for (int before = 0; before < row && !cell.empty(); ++before) {
        if (record_.cell(before, edit.slot) != cell) continue;
        Tell(edit, edit.reason, row, edit.message);
        return;
      }
    }
  }

 private:
  bool Holds(const EditRule& edit, int row) const {
    const auto cell = [&](int slot) { return record_.cell(row, slot); };
    switch (edit.kind) {
      case EditKind::kRequires:
      case EditKind::kForbids: {
        if (!edit.when.in.Contains(Answer(cell(edit.when.slot)))) return true;
        const std::string_view answer = cell(edit.slot);
        const bool there = !answer.empty() && (!edit.in || edit.in->Contains(Answer(answer)));
        return there == (edit.kind == EditKind::kRequires);
      }
      case EditKind::kCompare:
        return Compares(edit, row);
      case EditKind::kRange: {
        const std::optional<Decimal> number = ParseDecimal(cell(edit.slot), book_.format.numbers);
        return !number || (Compare(*number, edit.low) >= 0 && Compare(*number, edit.high) <= 0);
      }
      case EditKind::kDigits:
        return cell(edit.slot).empty() ||
               IsDigits(cell(edit.slot), static_cast<size_t>(edit.digits));
      default:
        return true;
    }
  }

  std::optional<Decimal> Value(const Operand& operand, int row) const {
    if (operand.slot == kNoSlot) return operand.number;
    return ParseDecimal(record_.cell(row, operand.slot), book_.format.numbers);
  }

  bool Compares(const EditRule& edit, int row) const {
    const std::optional<Decimal> left = Value(edit.left, row);
    const std::optional<Decimal> right = Value(edit.right, row);
    if (!left || !right) return true;
    const int order = Compare(*left, *right);
    switch (edit.relation) {
      case Relation::kLessOrEqual:
        return order <= 0;
      case Relation::kLess:
        return order < 0;
      case Relation::kEqual:
        return order == 0;
      case Relation::kNotEqual:
        return order != 0;
      case Relation::kGreater:
        return order > 0;
      case Relation::kGreaterOrEqual:
        return order >= 0;
    }
    return true;
  }

  void Tell(const EditRule& edit, std::string_view reason, int row, std::string message) {
    if (!edit.message.empty()) message = edit.message;
    const int slot = edit.slot == kNoSlot ? edit.left.slot : edit.slot;
    if (edit.reject) {
      decision_->Reject(reason, book_.column(slot), row, std::move(message));
    } else {
      decision_->Flag(reason, book_.column(slot), row, std::move(message));
    }
  }

  const CodeBook& book_;
  const RawRecord& record_;
  Decision* const decision_;
};

}  // namespace

void CheckEdits(const CodeBook& book, const RawRecord& record, const MemberTable& members,
                Decision* decision) {
  EditCheck check(book, record, decision);
  for (const EditRule& edit : book.edits) {
    switch (edit.kind) {
      case EditKind::kOneHead:
        check.Heads(edit, members.CountOf(Item::kRelation, 1));
        break;
      case EditKind::kAtMostOneSpouse:
        check.Spouses(edit, members.CountOf(Item::kRelation, 2));
        break;
      case EditKind::kDistinct:
        check.Distinct(edit);
        break;
      default:
        check.Rows(edit);
    }
  }
}

}  // namespace sepakat::ingestion
