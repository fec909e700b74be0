#include "ingestion/domain/members.h"

#include <algorithm>
#include <bitset>

#include <fmt/format.h>

#include "common/base/date.h"
#include "ingestion/domain/text.h"

namespace sepakat::ingestion {
namespace {

using MemberTest = std::optional<bool> (*)(const Member&);
using Items = std::bitset<kMemberItems>;

Items ItemsOf(const CodeBook& book) {
  Items items;
  for (const VariableRule& rule : book.variables) {
    if (const auto* item = std::get_if<MemberItem>(&rule.target)) {
      items.set(static_cast<size_t>(*item));
    }
  }
  return items;
}

bool Has(const Items& items, MemberItem item) { return items.test(static_cast<size_t>(item)); }

void ReadBirthDate(const CodeBook& book, const VariableRule& rule, const std::string& cell,
                   int32_t observed_on, Member* member, Findings* findings) {
  if (cell.empty()) return;
  const std::string& name = book.columns[static_cast<size_t>(rule.column)];
  const auto born = rule.format.Read(cell);
  if (!born) {
    findings->Flag("IMPOSSIBLE_DATE", rule.column,
                   fmt::format("Kolom {} bukan tanggal yang ada; umur tidak diketahui", name));
    return;
  }
  if (*born > observed_on) {
    findings->Flag("FUTURE_DATE", rule.column,
                   fmt::format("Kolom {} sesudah hari pendataan; umur tidak diketahui", name));
    return;
  }
  member->age = base::AgeInYears(*born, observed_on);
}

// Ages first: other questions depend on them.
void ReadAges(const CodeBook& book, const Row& row, int32_t observed_on, Member* member,
              Findings* findings) {
  std::optional<int32_t> told;
  for (const VariableRule& rule : book.variables) {
    const auto* item = std::get_if<MemberItem>(&rule.target);
    if (item == nullptr) continue;
    if (*item == MemberItem::kBirthDate) {
      ReadBirthDate(book, rule, Cell(row, rule.column), observed_on, member, findings);
    } else if (*item == MemberItem::kAge) {
      told = ReadAnswer(book, rule, Cell(row, rule.column), true, findings);
    }
  }
  if (!member->age) member->age = told;
  member->items[static_cast<size_t>(MemberItem::kAge)].value = member->age;
}

Member ReadMember(const CodeBook& book, const Row& row, int32_t observed_on, Findings* findings) {
  Member member;
  ReadAges(book, row, observed_on, &member, findings);
  std::bitset<kMemberItems> asked_once;
  for (const VariableRule& rule : book.variables) {
    const auto* item = std::get_if<MemberItem>(&rule.target);
    if (item == nullptr || *item == MemberItem::kBirthDate || *item == MemberItem::kAge) continue;
    const bool by_age = !member.age || (*member.age >= rule.from_age && *member.age <= rule.to_age);
    const bool asked = by_age && std::ranges::all_of(rule.asked_if, [&](const Condition& c) {
                         return Holds(c, row);
                       });
    const auto index = static_cast<size_t>(*item);
    Answer& answer = member.items[index];
    answer.value = Combined(rule.combine, answer.value,
                            ReadAnswer(book, rule, Cell(row, rule.column), asked, findings));
    if (asked) asked_once.set(index);
    answer.asked = asked_once.test(index) ? Asked::kYes : Asked::kNo;
  }
  if (book.roles.person_id) {
    const std::string& id = Cell(row, *book.roles.person_id);
    const bool good = !book.roles.person_id_is_nik ? !id.empty() : IsDigits(id, 16);
    if (!good && !id.empty()) {
      findings->Flag("NIK_INVALID", *book.roles.person_id,
                     "NIK bukan 16 angka; anggota dihitung tanpa NIK");
    }
    member.has_nik = good;
  }
  return member;
}

std::optional<int32_t> Count(const std::vector<Member>& members, MemberTest test) {
  int32_t count = 0;
  for (const Member& member : members) {
    const std::optional<bool> holds = test(member);
    if (!holds) return std::nullopt;
    if (*holds) ++count;
  }
  return count;
}

std::optional<bool> AgeBetween(const Member& m, int from, int to) {
  if (!m.age) return std::nullopt;
  return *m.age >= from && *m.age <= to;
}

// `item` has `value`; not asked means no.
std::optional<bool> Says(const Member& m, MemberItem item, int32_t value) {
  if (!m.WasAsked(item)) return false;
  if (!m.Value(item)) return std::nullopt;
  return *m.Value(item) == value;
}

std::optional<bool> OutOfSchool(const Member& m) {
  const auto of_age = AgeBetween(m, 7, 18);
  if (!of_age || !*of_age) return of_age;
  if (!m.WasAsked(MemberItem::kSchooling) || !m.Value(MemberItem::kSchooling)) return std::nullopt;
  return *m.Value(MemberItem::kSchooling) != 2;
}

std::optional<bool> Disabled(const Member& m) {
  if (!m.WasAsked(MemberItem::kDifficulty)) return false;
  if (!m.Value(MemberItem::kDifficulty)) return std::nullopt;
  return *m.Value(MemberItem::kDifficulty) <= 2;
}

std::optional<bool> Malnourished(const Member& m) {
  const auto of_age = AgeBetween(m, 0, 4);
  if (!of_age || !*of_age) return of_age;
  if (!m.Value(MemberItem::kNutrition)) return std::nullopt;
  return *m.Value(MemberItem::kNutrition) != 0;
}

std::optional<bool> WithoutNik(const Member& m) {
  if (m.has_nik && !*m.has_nik) return true;
  if (m.Value(MemberItem::kCivilDocument)) return *m.Value(MemberItem::kCivilDocument) == 0;
  return m.has_nik ? std::optional<bool>(false) : std::nullopt;
}

// Years of schooling: what was never asked because nobody went to school is 0.
std::optional<int32_t> Schooling(const Member& m) {
  if (const auto years = m.Value(MemberItem::kCertificateYears)) return years;
  const bool never = m.Value(MemberItem::kSchooling) == 1;
  const bool too_young = !m.WasAsked(MemberItem::kCertificateYears) && m.age && *m.age < 7;
  return never || too_young ? std::optional<int32_t>(0) : std::nullopt;
}

void DeriveHead(const Items& items, const Member& head, VariableValues* values) {
  const auto put = [&](int variable, MemberItem item) {
    if (Has(items, item)) (*values)[static_cast<size_t>(variable)] = head.Value(item);
  };
  put(derived::kHeadSex, MemberItem::kSex);
  (*values)[derived::kHeadAge] = head.age;
  put(derived::kHeadSector, MemberItem::kSector);
  put(derived::kHeadMarital, MemberItem::kMarital);
  put(derived::kHeadJobStatus, MemberItem::kJobStatus);
  put(derived::kHeadWorks, MemberItem::kWorks);
  if (Has(items, MemberItem::kCertificateYears)) {
    (*values)[derived::kHeadSchoolingYears] = Schooling(head);
  }
}

std::optional<int32_t> MostSchooling(const std::vector<Member>& members) {
  std::optional<int32_t> most = 0;
  for (const Member& member : members) {
    const auto years = Schooling(member);
    if (!years) return std::nullopt;
    most = std::max(*most, *years);
  }
  return most;
}

}  // namespace

std::vector<Member> ReadMembers(const CodeBook& book, const std::vector<Row>& rows,
                                int32_t observed_on, Findings* findings) {
  std::vector<Member> members;
  members.reserve(rows.size());
  for (const Row& row : rows) members.push_back(ReadMember(book, row, observed_on, findings));
  return members;
}

void DeriveFromMembers(const CodeBook& book, const std::vector<Member>& members,
                       VariableValues* values) {
  const Items items = ItemsOf(book);
  VariableValues& v = *values;
  v[derived::kMembers] = static_cast<int32_t>(members.size());
  const bool ages = Has(items, MemberItem::kAge) || Has(items, MemberItem::kBirthDate);
  if (ages) {
    v[derived::kChildrenUnder5] = Count(members, [](const Member& m) { return AgeBetween(m, 0, 4); });
    v[derived::kChildren7To18] = Count(members, [](const Member& m) { return AgeBetween(m, 7, 18); });
    v[derived::kMembers60Plus] = Count(members, [](const Member& m) { return AgeBetween(m, 60, 999); });
    v[derived::kMembers15To64] = Count(members, [](const Member& m) { return AgeBetween(m, 15, 64); });
  }
  const auto put = [&](MemberItem item, int variable, MemberTest test) {
    if (Has(items, item)) v[static_cast<size_t>(variable)] = Count(members, test);
  };
  put(MemberItem::kSchooling, derived::kChildrenOutOfSchool, OutOfSchool);
  put(MemberItem::kWorks, derived::kMembersWorking,
      [](const Member& m) { return Says(m, MemberItem::kWorks, 1); });
  put(MemberItem::kDifficulty, derived::kMembersDisabled, Disabled);
  put(MemberItem::kChronic, derived::kMembersChronicallyIll,
      [](const Member& m) { return Says(m, MemberItem::kChronic, 1); });
  put(MemberItem::kInsurance, derived::kMembersUninsured,
      [](const Member& m) { return Says(m, MemberItem::kInsurance, 0); });
  put(MemberItem::kNutrition, derived::kChildrenMalnourished, Malnourished);
  put(MemberItem::kPregnant, derived::kMembersPregnant,
      [](const Member& m) { return Says(m, MemberItem::kPregnant, 1); });
  if (book.roles.person_id || Has(items, MemberItem::kCivilDocument)) {
    v[derived::kMembersWithoutNik] = Count(members, WithoutNik);
  }
  if (Has(items, MemberItem::kCertificateYears)) {
    v[derived::kMaxSchoolingYears] = MostSchooling(members);
  }
  const auto head = std::ranges::find_if(
      members, [](const Member& m) { return m.Value(MemberItem::kRelation) == 1; });
  if (head != members.end()) DeriveHead(items, *head, values);
}

}  // namespace sepakat::ingestion
