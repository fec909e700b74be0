#include "ingestion/domain/members.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/date.h"
#include "ingestion/domain/text.h"
#include "ingestion/domain/values.h"

namespace sepakat::ingestion {
namespace {

// Counts members; kUnknown when `test` gives -1 for one of them, else 1 counts and 0 does not.
template <typename Test>
int32_t Count(const std::vector<Member>& members, Test test) {
  int32_t count = 0;
  for (const Member& member : members) {
    const int answer = test(member);
    if (answer < 0) return kUnknown;
    count += answer;
  }
  return count;
}

// 1 if the answer is `value`, 0 if not or not asked, -1 if unknown.
int Is(int32_t answer, int32_t value) {
  return answer == kUnknown ? -1 : (answer == value ? 1 : 0);
}

int AgeWithin(const Member& member, int from, int to) {
  const int32_t age = member[Item::kAge];
  return age == kUnknown ? -1 : (age >= from && age <= to ? 1 : 0);
}

int32_t WithoutNotAsked(int32_t value) { return value == kNotAsked ? kUnknown : value; }

}  // namespace

void MemberTable::Select(const CodeBook& book, const RawRecord& record) {
  rows_.clear();
  for (int row = 0; row < record.rows(); ++row) {
    if (Hold(book.member_if, record, row)) rows_.push_back(row);
  }
}

void MemberTable::ReadIdentity(const CodeBook& book, const RawRecord& record, Decision* decision) {
  if (book.person_id_slot != kNoSlot) {
    for (size_t i = 0; i < rows_.size(); ++i) {
      const int row = rows_[i];
      const std::string_view id = record.cell(row, book.person_id_slot);
      const bool valid = !id.empty() && (!book.person_id_is_nik || IsDigits(id, 16));
      members_[i].without_nik = !valid;
      if (valid || id.empty()) continue;
      decision->Flag("NIK_INVALID", book.column(book.person_id_slot), row,
                     fmt::format("column {}: an identity number has 16 digits, this one is {}; the "
                                 "member counts as without",
                                 book.column(book.person_id_slot),
                                 fmt::format("a text of {} bytes", id.size())));
    }
  }
  for (const int slot : book.name_slots) {
    for (int row = 0; row < record.rows(); ++row) {
      if (!HoldsIdentityNumber(record.cell(row, slot))) continue;
      decision->Flag("NUMBER_IN_NAME", book.column(slot), row,
                     fmt::format("column {}: a number of 16 digits stands in a name field; columns "
                                 "may have been shifted",
                                 book.column(slot)));
    }
  }
}

void MemberTable::ReadAges(const CodeBook& book, const RawRecord& record, int32_t observed_on,
                           Decision* decision) {
  for (const VariableRule& rule : book.variables) {
    if (rule.item != Item::kBirthDate && rule.item != Item::kAge) continue;
    for (size_t i = 0; i < rows_.size(); ++i) {
      const int row = rows_[i];
      int32_t& age = members_[i][Item::kAge];
      const std::string_view cell = record.cell(row, rule.slot);
      if (rule.item == Item::kAge) {
        const int32_t value = ReadValue(book, rule, cell, row, true, decision);
        if (age == kUnknown) age = value;
        continue;
      }
      if (cell.empty() || rule.missing.Contains(Answer(cell))) continue;
      const std::optional<int32_t> born = rule.date.Read(cell);
      const int years = born ? base::AgeInYears(*born, observed_on) : -1;
      if (years >= 0 && years <= 130) {
        age = years;
        continue;
      }
      decision->Flag("IMPOSSIBLE_DATE", book.column(rule.slot), row,
                     fmt::format("column {}: {}; the age is unknown", book.column(rule.slot),
                                 born ? "this birth date does not go with the day of observation"
                                      : "this is no date of the calendar in the book's format"));
    }
  }
}

void MemberTable::Read(const CodeBook& book, const RawRecord& record, int32_t observed_on,
                       Decision* decision) {
  members_.resize(rows_.size());
  for (Member& member : members_) {
    member.answers.fill(kUnknown);
    member.without_nik = false;
  }
  asked_.fill(false);
  ReadIdentity(book, record, decision);
  ReadAges(book, record, observed_on, decision);
  for (const VariableRule& rule : book.variables) {
    if (!rule.item) continue;
    asked_[static_cast<size_t>(*rule.item)] = true;
    if (*rule.item == Item::kBirthDate || *rule.item == Item::kAge) continue;
    for (size_t i = 0; i < rows_.size(); ++i) {
      const int row = rows_[i];
      Member& member = members_[i];
      const int32_t age = member[Item::kAge];
      const bool right_age = age == kUnknown || (age >= rule.from_age && age <= rule.to_age);
      const bool asked = right_age && Hold(rule.asked_if, record, row);
      const int32_t value =
          ReadValue(book, rule, record.cell(row, rule.slot), row, asked, decision);
      int32_t& answer = member[*rule.item];
      answer = CombineValues(rule.combine, answer, value);
    }
  }
}

int MemberTable::CountOf(Item item, int32_t value) const {
  return static_cast<int>(
      std::ranges::count_if(members_, [&](const Member& m) { return m[item] == value; }));
}

void MemberTable::DeriveByAge(std::array<int32_t, kVariableLimit>* values) const {
  const auto within = [this](int from, int to) {
    return Count(members_, [=](const Member& m) { return AgeWithin(m, from, to); });
  };
  (*values)[kChildrenUnder5] = within(0, 4);
  (*values)[kChildren7To18] = within(7, 18);
  (*values)[kMembers60Plus] = within(60, 1000);
  (*values)[kMembers15To64] = within(15, 64);
  if (!asked_[static_cast<size_t>(Item::kSchooling)]) return;
  (*values)[kChildrenOutOfSchool] = Count(members_, [](const Member& m) {
    const int of_age = AgeWithin(m, 7, 18);
    if (of_age != 1) return of_age;
    const int attends = Is(m[Item::kSchooling], 2);
    return attends < 0 ? -1 : 1 - attends;
  });
}

void MemberTable::DeriveHead(std::array<int32_t, kVariableLimit>* values) const {
  const auto head =
      std::ranges::find_if(members_, [](const Member& m) { return m[Item::kRelation] == 1; });
  if (head == members_.end() || CountOf(Item::kRelation, 1) != 1) return;
  (*values)[kHeadSex] = WithoutNotAsked((*head)[Item::kSex]);
  (*values)[kHeadAge] = (*head)[Item::kAge];
  (*values)[kHeadWorks] = WithoutNotAsked((*head)[Item::kWorks]);
  (*values)[kHeadSector] = WithoutNotAsked((*head)[Item::kSector]);
  (*values)[kHeadMarital] = WithoutNotAsked((*head)[Item::kMarital]);
  (*values)[kHeadJobStatus] = WithoutNotAsked((*head)[Item::kJobStatus]);
  const int32_t years = (*head)[Item::kCertificateYears];
  (*values)[kHeadSchoolingYears] = years == kNotAsked ? 0 : years;
}

void MemberTable::Derive(const CodeBook& book, Decision* decision) const {
  std::array<int32_t, kVariableLimit> values;
  values.fill(kUnknown);
  const auto asked = [this](Item item) { return asked_[static_cast<size_t>(item)]; };
  const auto count = [this](Item item, int32_t value) {
    return Count(members_, [=](const Member& m) { return Is(m[item], value); });
  };
  values[kMembers] = static_cast<int32_t>(members_.size());
  if (asked(Item::kAge) || asked(Item::kBirthDate)) DeriveByAge(&values);
  if (asked(Item::kRelation)) DeriveHead(&values);
  if (asked(Item::kWorks)) values[kMembersWorking] = count(Item::kWorks, 1);
  if (asked(Item::kChronic)) values[kMembersChronicallyIll] = count(Item::kChronic, 1);
  if (asked(Item::kPregnant)) values[kMembersPregnant] = count(Item::kPregnant, 1);
  if (asked(Item::kInsurance)) {
    const int32_t insured = count(Item::kInsurance, 1);
    if (insured != kUnknown) values[kMembersUninsured] = values[kMembers] - insured;
  }
  if (asked(Item::kDifficulty)) {
    values[kMembersDisabled] = Count(members_, [](const Member& m) {
      const int32_t worst = m[Item::kDifficulty];
      return worst == kUnknown ? -1 : (worst == 1 || worst == 2 ? 1 : 0);
    });
  }
  if (asked(Item::kNutrition)) {
    values[kChildrenMalnourished] = Count(members_, [](const Member& m) {
      const int32_t state = m[Item::kNutrition];
      return state == kUnknown ? -1 : (state == 1 || state == 2 ? 1 : 0);
    });
  }
  if (asked(Item::kCertificateYears)) {
    int32_t most = 0;
    for (const Member& member : members_) {
      const int32_t years = member[Item::kCertificateYears];
      if (years == kUnknown) most = kUnknown;
      if (most == kUnknown) break;
      if (years != kNotAsked) most = std::max(most, years);
    }
    values[kMaxSchoolingYears] = most;
  }
  if (book.person_id_slot != kNoSlot) {
    values[kMembersWithoutNik] = static_cast<int32_t>(
        std::ranges::count_if(members_, [](const Member& m) { return m.without_nik; }));
  }
  for (int i = kMembers; i < kVariableLimit; ++i) {
    int32_t& value = decision->family.values[static_cast<size_t>(i)];
    if (value == kUnknown) value = values[static_cast<size_t>(i)];
  }
}

}  // namespace sepakat::ingestion
