// The members of one family, and the variables that follow from them.
//
// A count is unknown as soon as one member's answer that could change it is unknown (domain ground rule:
// unknown is never zero). What a member was not asked counts as "no".
// Thread: pure. Complexity: linear in members times rules.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "ingestion/domain/answers.h"

namespace sepakat::ingestion {

struct Member {
  std::array<Answer, kMemberItems> items;
  std::optional<int32_t> age;
  // The identity number: absent when the book has no such column.
  std::optional<bool> has_nik;

  std::optional<int32_t> Value(MemberItem item) const {
    return items[static_cast<size_t>(item)].value;
  }
  bool WasAsked(MemberItem item) const {
    return items[static_cast<size_t>(item)].asked == Asked::kYes;
  }
};

std::vector<Member> ReadMembers(const CodeBook& book, const std::vector<Row>& rows,
                                int32_t observed_on, Findings* findings);

// Fills the derived variables that the book's items allow.
void DeriveFromMembers(const CodeBook& book, const std::vector<Member>& members,
                       VariableValues* values);

}  // namespace sepakat::ingestion
