#include "sepakat/generate/update_stream.h"

#include <algorithm>

#include "common/base/date.h"
#include "sepakat/generate/columns.h"
#include "sepakat/generate/family_draw.h"
#include "sepakat/generate/household.h"

namespace sepakat::generate {
namespace {

constexpr uint64_t kUpdateStream = 20;
constexpr int kChanges = static_cast<int>(Change::kInsured) + 1;

int64_t ChooseFamily(const Plan& plan, Random& random) {
  const auto families = static_cast<uint32_t>(plan.families());
  const uint32_t chosen = random.Below(families);
  for (uint32_t step = 0; step < families; ++step) {
    const uint32_t family = (chosen + step) % families;
    if (plan.dirt[family] == Dirt::kNone) return family;
  }
  return chosen;
}

bool RepairHouse(Row& head) {
  if (head[kFloor] != "8" && head[kFloor] != "7" && head[kWall] != "4" && head[kWall] != "6") {
    return false;
  }
  head[kFloor] = "2";
  head[kWall] = "1";
  head[kRoof] = "2";
  return true;
}

bool BuildToilet(Row& head) {
  if (head[kToilet] == "1" && head[kCloset] == "1" && head[kDisposal] == "1") return false;
  head[kToilet] = "1";
  head[kCloset] = "1";
  head[kDisposal] = "1";
  return true;
}

bool ConnectWater(Row& head) {
  if (head[kWaterSource] == "3") return false;
  head[kWaterSource] = "3";
  head[kWaterDistance].clear();
  return true;
}

bool SendToSchool(std::vector<Row>& rows) {
  for (Row& row : rows) {
    const int age = std::stoi(row[kAge]);
    if (age < 7 || age > 18 || row[kSchooling] == "2") continue;
    row[kSchooling] = "2";
    row[kWorks] = "2";
    for (Column column : {kHours, kSector, kJobStatus}) row[column].clear();
    return true;
  }
  return false;
}

bool Insure(std::vector<Row>& rows) {
  bool changed = false;
  for (Row& row : rows) {
    if (row[kInsurance] != "0") continue;
    row[kInsurance] = "1";
    changed = true;
  }
  return changed;
}

// Between 3 and 25 percent up or down.
void ChangeIncome(bool up, Random& random, Row& head) {
  const int64_t before = std::stoll(head[kConsumption]);
  const int permille = random.Between(30, 250) * (up ? 1 : -1);
  SetNumber(head[kConsumption], before + before * permille / 1000);
}

bool Apply(Change change, std::vector<Row>& rows) {
  switch (change) {
    case Change::kHouseRepaired:
      return RepairHouse(rows.front());
    case Change::kToiletBuilt:
      return BuildToilet(rows.front());
    case Change::kWaterConnected:
      return ConnectWater(rows.front());
    case Change::kChildBackToSchool:
      return SendToSchool(rows);
    case Change::kInsured:
      return Insure(rows);
    case Change::kIncomeRose:
    case Change::kIncomeFell:
      return false;
  }
  return false;
}

}  // namespace

Update DrawUpdate(const Plan& plan, uint64_t seed, int64_t step, int32_t observed_on) {
  Random random(seed, kUpdateStream, static_cast<uint64_t>(step));
  Update update;
  update.family = ChooseFamily(plan, random);
  update.change = static_cast<Change>(random.Below(kChanges));
  DrawFamily(plan, update.family, update.rows);
  if (!Apply(update.change, update.rows)) {
    if (update.change != Change::kIncomeFell) update.change = Change::kIncomeRose;
    ChangeIncome(update.change == Change::kIncomeRose, random, update.rows.front());
  }
  update.rows.front()[kObservedOn] = base::IsoDate(observed_on);
  return update;
}

std::string_view NameOf(Change change) {
  switch (change) {
    case Change::kHouseRepaired:
      return "house_repaired";
    case Change::kToiletBuilt:
      return "toilet_built";
    case Change::kWaterConnected:
      return "water_connected";
    case Change::kIncomeRose:
      return "income_rose";
    case Change::kIncomeFell:
      return "income_fell";
    case Change::kChildBackToSchool:
      return "child_back_to_school";
    case Change::kInsured:
      return "insured";
  }
  return "";
}

}  // namespace sepakat::generate
