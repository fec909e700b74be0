#include <algorithm>
#include <array>

#include "common/base/date.h"
#include "sepakat/generate/columns.h"
#include "sepakat/generate/family_draw.h"
#include "sepakat/generate/schooling.h"

namespace sepakat::generate {
namespace {

enum Relation { kHead = 1, kSpouse, kChild, kChildInLaw, kGrandchild, kParent, kServant, kOther };
enum Marital { kSingle = 1, kMarried, kDivorced, kWidowed };
constexpr int kFemale = 2;

constexpr std::array<std::string_view, 16> kMen = {
    "Budi", "Slamet", "Agus", "Warto", "Dedi",   "Eko",  "Fajar", "Gunadi",
    "Hadi", "Imam",   "Joko", "Karno", "Lukman", "Muji", "Nur",   "Rohmat"};
constexpr std::array<std::string_view, 16> kWomen = {
    "Ani", "Wati",    "Citra",   "Dewi",    "Endang", "Fitri", "Giyarti", "Hesti",
    "Ika", "Juminah", "Kartini", "Lestari", "Murni",  "Nita",  "Rini",    "Siti"};
constexpr std::array<std::string_view, 12> kLast = {"Satu",     "Dua",     "Tiga",    "Empat",
                                                    "Lima",     "Enam",    "Tujuh",   "Delapan",
                                                    "Sembilan", "Sepuluh", "Sebelas", "Dua Belas"};

void AppendPadded(std::string& text, int value) {
  if (value < 10) text += '0';
  text += std::to_string(value);
}

// 9999, two digits, the birth date (women: day + 40), four digits. The six free digits count
// members modulo a million; the day of birth tells apart those that share them.
std::string IdentityNumber(const FamilyDraw& draw, const Member& member, base::CivilDay born) {
  const int64_t six = (draw.family * 10 + member.number - 1) % 1'000'000;
  std::string text = "9999";
  AppendPadded(text, static_cast<int>(six / 10000));
  AppendPadded(text, born.day + (member.sex == kFemale ? 40 : 0));
  AppendPadded(text, born.month);
  AppendPadded(text, born.year % 100);
  const std::string last = std::to_string(six % 10000);
  return text + std::string(4 - last.size(), '0') + last;
}

base::CivilDay DrawBirth(FamilyDraw& draw, const Member& member) {
  const int64_t people = draw.plan.families() * 10;
  const int groups = static_cast<int>((people + 999'999) / 1'000'000);
  const int group = static_cast<int>((draw.family * 10 + member.number - 1) / 1'000'000);
  const int choices = (28 - group + groups - 1) / groups;
  const int day =
      1 + group +
      groups * static_cast<int>(draw.random.Below(static_cast<uint32_t>(std::max(choices, 1))));
  base::CivilDay born{.year = base::CivilFromDays(draw.observed_on).year - member.age,
                      .month = draw.random.Between(1, 12),
                      .day = day};
  if (base::AgeInYears(base::DaysFromCivil(born), draw.observed_on) < member.age) --born.year;
  return born;
}

Member DrawHead(FamilyDraw& draw) {
  Random& random = draw.random;
  Member head;
  if (draw.members == 1) {
    head.age = random.Chance(650) ? random.Between(55, 88) : random.Between(22, 54);
    head.sex = random.Chance(640) ? kFemale : 1;
    head.marital = head.age > 54 ? kWidowed : random.Between(kSingle, kDivorced);
    if (head.marital == kMarried) head.marital = kDivorced;
  } else {
    head.age = random.Between(24, 62) + (random.Chance(150) ? 14 : 0);
    head.sex = random.Chance(120) ? kFemale : 1;
    head.marital = head.sex == kFemale ? (random.Chance(700) ? kWidowed : kDivorced) : kMarried;
  }
  return head;
}

Member DrawOther(FamilyDraw& draw, const Member& head, int number) {
  Random& random = draw.random;
  Member member;
  member.number = number;
  member.sex = random.Between(1, 2);
  if (head.age < 60 && random.Chance(70)) {
    member.relation = kParent;
    member.age = std::min(95, head.age + random.Between(19, 34));
    member.marital = random.Chance(650) ? kWidowed : kMarried;
    return member;
  }
  if (head.age >= 48 && random.Chance(250)) {
    member.relation = kGrandchild;
    member.age = random.Between(0, std::min(18, head.age - 42));
    member.marital = kSingle;
    return member;
  }
  member.relation = random.Chance(985) ? kChild : kOther;
  const int oldest = std::clamp(head.age - 19, 0, 38);
  const int youngest = std::clamp(head.age - 46, 0, oldest);
  member.age = random.Between(youngest, oldest);
  member.marital = member.age > 24 && random.Chance(300) ? kMarried : kSingle;
  return member;
}

void FillDifficulties(FamilyDraw& draw, const Member& member, Row& row) {
  static constexpr std::array<Column, 10> kItems = {
      kSeeing,   kHearing,       kWalking,  kHands,    kRemembering,
      kSelfCare, kCommunicating, kBehaving, kLearning, kSad};
  const int chance =
      ChanceOf(draw.cluster, Trait::kDisability, draw.rank) * (member.age >= 60 ? 4 : 1);
  const bool disabled = member.age >= 2 && draw.random.Chance(chance);
  // The first six items are asked from 2 years, the others from 5.
  const int asked = member.age >= 5 ? 10 : (member.age >= 2 ? 6 : 0);
  const int worst = disabled ? draw.random.Between(0, std::min(asked, 9) - 1) : -1;
  for (int item = 0; item < asked; ++item) {
    const int answer = item == worst ? draw.random.Between(1, 2)
                                     : (member.age >= 60 && draw.random.Chance(80) ? 3 : 4);
    SetNumber(row[kItems[static_cast<size_t>(item)]], answer);
  }
  if (member.age >= 60 || disabled) SetNumber(row[kCarer], draw.random.Chance(700) ? 1 : 2);
}

void FillHealth(FamilyDraw& draw, const Member& member, Row& row) {
  Random& random = draw.random;
  if (member.age < 5) {
    SetNumber(row[kNutrition], draw.Has(Trait::kMalnourished) ? (random.Chance(250) ? 1 : 2) : 3);
  }
  FillDifficulties(draw, member, row);
  const int chronic = ChanceOf(draw.cluster, Trait::kChronic, draw.rank) * member.age / 40;
  SetNumber(row[kChronic], random.Chance(chronic) ? random.Between(2, 18) : 1);
  const int scheme = draw.rank < 450 ? 1 : (random.Chance(550) ? 4 : 2);
  SetNumber(row[kInsurance], draw.Has(Trait::kInsured) ? scheme : 0);
  if (member.sex == kFemale && member.age >= 10 && member.age <= 54 && member.marital != kSingle) {
    SetNumber(row[kPregnant], random.Chance(member.age <= 42 ? 45 : 2) ? 1 : 2);
  }
}

void FillIdentity(FamilyDraw& draw, const Member& member, Row& row) {
  Random& random = draw.random;
  const auto& first = member.sex == kFemale ? kWomen : kMen;
  row[kName] = "Contoh ";
  row[kName] += first[random.Below(first.size())];
  row[kName] += ' ';
  row[kName] += kLast[random.Below(kLast.size())];
  const base::CivilDay born = DrawBirth(draw, member);
  row[kBirthDate] = base::IsoDate(base::DaysFromCivil(born));
  const bool without = random.Chance(ChanceOf(draw.cluster, Trait::kWithoutNik, draw.rank) *
                                     (member.age < 2 ? 6 : 1));
  if (!without) row[kNik] = IdentityNumber(draw, member, born);
  const int card = member.age >= 17 ? 4 : (random.Chance(550) ? 2 : 0);
  SetNumber(row[kDocuments], without ? 0 : 1 + card);
}

}  // namespace

std::vector<Member> DrawMembers(FamilyDraw& draw) {
  std::vector<Member> members = {DrawHead(draw)};
  const Member head = members.front();
  if (draw.members > 1 && head.marital == kMarried && draw.random.Chance(960)) {
    members.push_back({.number = 2,
                       .sex = kFemale,
                       .marital = kMarried,
                       .relation = kSpouse,
                       .age = std::max(19, head.age - draw.random.Between(0, 7))});
  }
  while (static_cast<int>(members.size()) < draw.members) {
    members.push_back(DrawOther(draw, head, static_cast<int>(members.size()) + 1));
  }
  return members;
}

void FillMember(FamilyDraw& draw, const Member& member, std::vector<std::string>& row) {
  SetNumber(row[kMemberNumber], member.number);
  row[kPresence] = "1";
  SetNumber(row[kSex], member.sex);
  SetNumber(row[kAge], member.age);
  SetNumber(row[kMarital], member.marital);
  SetNumber(row[kRelation], member.relation);
  FillIdentity(draw, member, row);
  FillSchooling(draw, member, row);
  FillWork(draw, member, row);
  FillHealth(draw, member, row);
}

}  // namespace sepakat::generate
