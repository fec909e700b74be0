#include "sepakat/generate/household.h"

#include "common/base/date.h"
#include "sepakat/generate/columns.h"
#include "sepakat/generate/family_draw.h"

namespace sepakat::generate {
namespace {

constexpr uint64_t kHouseholdStream = 10;
constexpr int kSurveyDays = 270;

// `value` with zeros in front, `width` digits.
std::string Padded(int64_t value, int width) {
  std::string text = std::to_string(value);
  return std::string(static_cast<size_t>(width) - text.size(), '0') + text;
}

// 9999, two digits and a date of issue that never was, four digits: unique below a million
// families.
std::string CardNumber(int64_t family) {
  return "9999" + Padded(family / 10000 % 100, 2) + "000000" + Padded(family % 10000, 4);
}

void FillPlace(FamilyDraw& draw, Row& head) {
  const Plan& plan = draw.plan;
  const std::string& code = plan.villages[static_cast<size_t>(draw.village)].code;
  head[kProvince] = code.substr(0, 2);
  head[kRegency] = code.substr(3, 2);
  head[kDistrict] = code.substr(6, 2);
  head[kVillage] = code.substr(9);
  head[kNeighbourhood] = Padded(1 + draw.random.Below(12), 4);
  SetNumber(head[kFamilySize], draw.members);
  SetNumber(head[kCardStatus], draw.random.Chance(930) ? 1 : 2);
  head[kVisitResult] = "1";
  head[kObservedOn] = base::IsoDate(draw.observed_on);
  SetNumber(head[kVillageClass], plan.urban[static_cast<size_t>(draw.village)] ? 1 : 2);
  SetNumber(head[kConsumption], plan.consumption[static_cast<size_t>(draw.family)]);
}

// Districts are visited in the order of their codes, each for two weeks.
int32_t DayOfVisit(const Plan& plan, int district, Random& random) {
  const int count = static_cast<int>(plan.profile.districts.size());
  const int begin = (kSurveyDays - 14) * district / std::max(count - 1, 1);
  return plan.request.last_day - kSurveyDays + begin + random.Between(1, 14);
}

}  // namespace

void DrawFamily(const Plan& plan, int64_t family, std::vector<Row>& rows) {
  const auto at = static_cast<size_t>(family);
  const int village = plan.VillageOf(family);
  const int district = plan.district_of[static_cast<size_t>(village)];
  const int cluster = plan.profile.districts[static_cast<size_t>(district)].cluster;
  FamilyDraw draw{.plan = plan,
                  .cluster = plan.profile.clusters[static_cast<size_t>(cluster)],
                  .family = family,
                  .village = village,
                  .rank = plan.ranks[at],
                  .members = plan.sizes[at],
                  .random = Random(plan.request.seed, kHouseholdStream, at)};
  draw.observed_on = DayOfVisit(plan, district, draw.random);

  rows.resize(static_cast<size_t>(draw.members));
  const std::string card = CardNumber(family);
  for (Row& row : rows) {
    row.resize(kColumns);
    for (std::string& cell : row) cell.clear();
    row[kFamilyCard] = card;
  }
  FillPlace(draw, rows.front());
  FillDwelling(draw, rows.front());
  for (const Member& member : DrawMembers(draw)) {
    FillMember(draw, member, rows[static_cast<size_t>(member.number - 1)]);
  }
  rows.front()[kHeadName] = rows.front()[kName];
}

}  // namespace sepakat::generate
