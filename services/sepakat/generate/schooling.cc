#include "sepakat/generate/schooling.h"

#include <algorithm>
#include <array>

#include "sepakat/generate/columns.h"

namespace sepakat::generate {
namespace {

enum Attendance { kNever = 1, kAttending, kNoLonger };
// Items 413 and 415: elementary, junior and senior school, bachelor; no certificate.
constexpr int kElementary = 3;
constexpr int kJunior = 8;
constexpr int kSenior = 13;
constexpr int kVocational = 15;
constexpr int kDiploma = 18;
constexpr int kBachelor = 19;
constexpr int kNone = 23;
constexpr int kFinished = 8;

void Write(Row& row, int level, int grade, int certificate) {
  SetNumber(row[kSchoolLevel], level);
  SetNumber(row[kSchoolGrade], grade);
  SetNumber(row[kCertificate], certificate);
}

void FillPupil(int age, Row& row) {
  row[kSchooling] = std::to_string(kAttending);
  if (age <= 12) {
    Write(row, kElementary, std::clamp(age - 6, 1, 6), kNone);
  } else if (age <= 15) {
    Write(row, kJunior, std::clamp(age - 12, 1, 3), kElementary);
  } else if (age <= 18) {
    Write(row, age % 2 == 0 ? kSenior : kVocational, std::clamp(age - 15, 1, 3), kJunior);
  } else {
    Write(row, kBachelor, std::clamp(age - 18, 1, 4), kSenior);
  }
}

void FillAdult(FamilyDraw& draw, int age, Row& row) {
  Random& random = draw.random;
  if (age >= 55 && random.Chance(draw.rank < 512 ? 140 : 40)) {
    row[kSchooling] = std::to_string(kNever);
    return;
  }
  row[kSchooling] = std::to_string(kNoLonger);
  if (draw.Has(Trait::kLowSchooling) || age > 68) {
    const bool finished = random.Chance(650);
    Write(row, kElementary, finished ? kFinished : random.Between(2, 5),
          finished ? kElementary : kNone);
  } else if (draw.Has(Trait::kHighSchooling) && age >= 19) {
    const int level = random.Chance(450) && age >= 22
                          ? (random.Chance(300) ? kDiploma : kBachelor)
                          : (random.Chance(500) ? kSenior : kVocational);
    Write(row, level, kFinished, level);
  } else {
    const int level = random.Chance(450) ? kElementary : kJunior;
    Write(row, level, kFinished, level);
  }
}

// Sector of item 417 by what the cluster lives from.
int DrawSector(FamilyDraw& draw) {
  static constexpr std::array<int, 7> kSectors = {8, 12, 11, 13, 14, 21, 24};
  static constexpr std::array<int, 7> kWeights = {340, 260, 150, 80, 60, 50, 60};
  if (draw.Has(Trait::kFishing)) return 4;
  if (draw.Has(Trait::kFarming)) return draw.random.Chance(750) ? 1 : draw.random.Between(2, 6);
  return kSectors[static_cast<size_t>(draw.random.Pick(kWeights))];
}

}  // namespace

void FillSchooling(FamilyDraw& draw, const Member& member, std::vector<std::string>& row) {
  Random& random = draw.random;
  const int age = member.age;
  if (age < 5) return;
  if (age < 7) {
    if (random.Chance(age == 5 ? 100 : 500)) {
      FillPupil(7, row);
    } else {
      row[kSchooling] = std::to_string(kNever);
    }
    return;
  }
  // Out of school: rare below 13, the profile's chance to 15, twice as often to 18.
  const int out = ChanceOf(draw.cluster, Trait::kOutOfSchool, draw.rank);
  const int chance = age <= 12 ? out / 12 : (age <= 15 ? out : 2 * out);
  const bool pupil = age <= 18
                         ? !random.Chance(chance)
                         : age <= 23 && member.relation == 3 && random.Chance(40 + draw.rank / 4);
  if (pupil) {
    FillPupil(age, row);
  } else if (age <= 18) {
    row[kSchooling] = std::to_string(kNoLonger);
    const int level = age <= 12 ? kElementary : kJunior;
    Write(row, level, random.Between(1, 2), age <= 12 ? kNone : kElementary);
  } else {
    FillAdult(draw, age, row);
  }
}

void FillWork(FamilyDraw& draw, const Member& member, std::vector<std::string>& row) {
  static constexpr std::array<int, 8> kStatus = {240, 90, 40, 330, 60, 110, 90, 40};
  Random& random = draw.random;
  const bool pupil = row[kSchooling] == std::to_string(kAttending);
  int chance = member.sex == 1 ? 880 : 520;
  if (member.age < 15 || pupil) chance = 0;
  if (member.age > 64) chance /= 3;
  const bool works = random.Chance(chance);
  SetNumber(row[kWorks], works ? 1 : 2);
  if (!works) return;
  SetNumber(row[kHours], random.Between(14, 60));
  SetNumber(row[kSector], DrawSector(draw));
  SetNumber(row[kJobStatus], 1 + random.Pick(kStatus));
}

}  // namespace sepakat::generate
