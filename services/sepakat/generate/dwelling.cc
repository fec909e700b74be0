#include <array>

#include "sepakat/generate/columns.h"
#include "sepakat/generate/family_draw.h"

namespace sepakat::generate {
namespace {

constexpr int kYes = 1;
constexpr int kNo = 2;

void FillHouse(FamilyDraw& draw, Row& row) {
  static constexpr std::array<int, 4> kOtherTenures = {400, 480, 30, 90};
  static constexpr std::array<int, 6> kGoodFloors = {20, 620, 20, 90, 30, 220};
  static constexpr std::array<int, 3> kGoodRoofs = {60, 860, 80};
  Random& random = draw.random;
  const bool own = draw.Has(Trait::kOwnHouse);
  SetNumber(row[kTenure], own ? 1 : 2 + random.Pick(kOtherTenures));
  if (own) SetNumber(row[kCertificateOfLand], random.Chance(300 + draw.rank / 3) ? 1 : 4);
  const int per_head =
      draw.Has(Trait::kCrowded) ? random.Between(4, 7) : random.Between(8, 16 + draw.rank / 64);
  SetNumber(row[kFloorArea], std::max(12, per_head * draw.members));
  SetNumber(row[kFloor], draw.Has(Trait::kEarthFloor) ? (random.Chance(850) ? 8 : 7)
                                                      : 1 + random.Pick(kGoodFloors));
  SetNumber(row[kWall], draw.Has(Trait::kWeakWall) ? (random.Chance(700) ? 4 : 6)
                                                   : (random.Chance(880) ? 1 : 3));
  SetNumber(row[kRoof], draw.Has(Trait::kWeakRoof) ? (random.Chance(600) ? 7 : 6)
                                                   : 1 + random.Pick(kGoodRoofs));
}

void FillWaterAndToilet(FamilyDraw& draw, Row& row) {
  static constexpr std::array<int, 6> kProtected = {30, 160, 0, 360, 370, 80};
  Random& random = draw.random;
  int source = 3;
  if (!draw.Has(Trait::kPipedWater)) {
    if (draw.Has(Trait::kProtectedWater)) {
      const int pick = random.Pick(kProtected);
      source = pick == 5 ? 7 : 1 + pick;
    } else {
      source = random.Chance(700) ? 6 : (random.Chance(700) ? 8 : 9);
    }
  }
  SetNumber(row[kWaterSource], source);
  if (source >= 4 && source <= 8) {
    SetNumber(row[kWaterDistance], draw.Has(Trait::kNearWaste) ? 1 : 2);
  }
  int toilet = 1;
  if (!draw.Has(Trait::kOwnToilet)) {
    toilet = draw.Has(Trait::kSharedToilet) ? random.Between(2, 4) : 6;
  }
  SetNumber(row[kToilet], toilet);
  if (toilet <= 3) {
    SetNumber(row[kCloset], draw.Has(Trait::kGooseNeck) ? 1 : random.Between(2, 4));
    SetNumber(row[kDisposal], draw.Has(Trait::kSeptic) ? 1 : random.Between(3, 4));
  }
}

// Returns whether the house has electricity.
bool FillEnergy(FamilyDraw& draw, Row& row) {
  Random& random = draw.random;
  int light = 1;
  if (draw.Has(Trait::kNoElectricity)) {
    light = 4;
  } else if (!draw.Has(Trait::kMetered)) {
    light = 2;
  }
  SetNumber(row[kLighting], light);
  if (light == 1) {
    const int large = random.Chance(draw.rank / 4) ? 2 : 1;
    SetNumber(row[kPower], draw.rank < 400 && random.Chance(750) ? 1 : large + (draw.rank > 900));
  }
  int fuel = 4;
  if (draw.Has(Trait::kWoodFuel)) {
    fuel = random.Chance(960) ? 10 : 9;
  } else if (random.Chance(draw.rank / 12)) {
    fuel = random.Chance(700) ? 2 : 3;
  }
  SetNumber(row[kCookingFuel], fuel);
  SetNumber(row[kAssetGas], fuel == 2 || fuel == 3 ? kYes : kNo);
  return light != 4;
}

void FillAssets(FamilyDraw& draw, bool electricity, Row& row) {
  struct Asset {
    Column column;
    Trait trait;
    bool electric;
  };
  static constexpr std::array<Asset, 10> kAssets = {{
      {kAssetRefrigerator, Trait::kRefrigerator, true},
      {kAssetAirConditioner, Trait::kAirConditioner, true},
      {kAssetTelevision, Trait::kTelevision, true},
      {kAssetGold, Trait::kGold, false},
      {kAssetComputer, Trait::kComputer, true},
      {kAssetMotorcycle, Trait::kMotorcycle, false},
      {kAssetBicycle, Trait::kBicycle, false},
      {kAssetCar, Trait::kCar, false},
      {kAssetMotorboat, Trait::kBoat, false},
      {kAssetSmartphone, Trait::kSmartphone, false},
  }};
  for (const Asset& asset : kAssets) {
    const bool has = draw.Has(asset.trait) && (electricity || !asset.electric);
    SetNumber(row[asset.column], has ? kYes : kNo);
  }
  Random& random = draw.random;
  SetNumber(row[kAssetWaterHeater], electricity && random.Chance(draw.rank / 64) ? kYes : kNo);
  SetNumber(row[kAssetTelephone], random.Chance(draw.rank / 64) ? kYes : kNo);
  SetNumber(row[kAssetBoat], draw.Has(Trait::kBoat) && random.Chance(300) ? kYes : kNo);
  SetNumber(row[kAssetLand], draw.Has(Trait::kLand) ? kYes : kNo);
  SetNumber(row[kAssetOtherHouse], random.Chance(draw.rank / 24) ? kYes : kNo);
  SetNumber(row[kLargeLivestock], draw.Has(Trait::kLargeLivestock) ? random.Between(1, 3) : 0);
  SetNumber(row[kSmallLivestock], draw.Has(Trait::kSmallLivestock) ? random.Between(1, 8) : 0);
}

void FillAid(FamilyDraw& draw, Row& row) {
  const bool subsidy = draw.rank < 420 && row[kPower] == "1";
  SetNumber(row[kAidBpnt], draw.Has(Trait::kFoodAid) ? kYes : kNo);
  SetNumber(row[kAidPkh], draw.Has(Trait::kFamilyAid) ? kYes : kNo);
  SetNumber(row[kAidBltDesa], draw.Has(Trait::kVillageAid) ? kYes : kNo);
  SetNumber(row[kAidElectricity], subsidy ? kYes : kNo);
  SetNumber(row[kAidLocal], draw.random.Chance(draw.rank < 200 ? 60 : 8) ? kYes : kNo);
  SetNumber(row[kAidFertiliser], draw.Has(Trait::kFarming) && draw.random.Chance(350) ? kYes : kNo);
  SetNumber(row[kAidLpg], row[kCookingFuel] == "4" ? kYes : kNo);
}

}  // namespace

void FillDwelling(FamilyDraw& draw, std::vector<std::string>& row) {
  FillHouse(draw, row);
  FillWaterAndToilet(draw, row);
  const bool electricity = FillEnergy(draw, row);
  FillAssets(draw, electricity, row);
  FillAid(draw, row);
}

}  // namespace sepakat::generate
