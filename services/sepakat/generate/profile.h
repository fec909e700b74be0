// What a demonstration register shall look like: data, read from reference/demo_3326.toml.
//
// Nothing here is a statistic of a real village. The shares are invented so that deprivations
// follow welfare and differ between coastal, urban, rural and mountain districts in the way the
// field reports. Thread: values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sepakat::generate {

// What a family has or lacks with a chance that depends on its welfare and its cluster.
enum class Trait {
  kOwnHouse,
  kEarthFloor,
  kWeakWall,
  kWeakRoof,
  kCrowded,
  kPipedWater,
  kProtectedWater,
  kNearWaste,
  kOwnToilet,
  kSharedToilet,
  kGooseNeck,
  kSeptic,
  kMetered,
  kNoElectricity,
  kWoodFuel,
  kMotorcycle,
  kRefrigerator,
  kTelevision,
  kSmartphone,
  kCar,
  kComputer,
  kGold,
  kAirConditioner,
  kBicycle,
  kLand,
  kLargeLivestock,
  kSmallLivestock,
  kBoat,
  kFarming,
  kFishing,
  kOutOfSchool,
  kInsured,
  kDisability,
  kChronic,
  kMalnourished,
  kWithoutNik,
  kLowSchooling,
  kHighSchooling,
  kFoodAid,
  kFamilyAid,
  kVillageAid,
};
inline constexpr int kTraits = static_cast<int>(Trait::kVillageAid) + 1;

// Names of the traits in the profile file, in the order of the enumeration.
extern const std::array<std::string_view, kTraits> kTraitNames;

// Chance in permille of the poorest and of the richest family.
struct Share {
  int poorest = 0;
  int richest = 0;
};

struct Cluster {
  std::string id;
  std::string name;
  // Added to log welfare, in thousandths.
  int welfare_shift = 0;
  // Share of villages classed as urban, permille; a kelurahan always is.
  int urban = 0;
  std::array<Share, kTraits> shares = {};
};

struct District {
  std::string code;
  // Position in Profile::clusters.
  int cluster = 0;
  // Relative number of families of an average village.
  int weight = 1;
};

struct Profile {
  std::string regency;
  int64_t families = 0;
  int64_t persons = 0;
  int64_t line_rupiah = 0;
  // Persons below the line, in ten-thousandths of all persons with known welfare.
  int headcount = 0;
  // Standard deviations of log welfare within and between villages, in thousandths.
  int spread = 0;
  int village_spread = 0;
  std::vector<Cluster> clusters;
  std::vector<District> districts;
};

// Chance of `trait` in permille for a family at `rank` (0 the poorest, 1023 the richest). The
// chance falls with the square of the distance from the top: deprivations gather among the poor.
int ChanceOf(const Cluster& cluster, Trait trait, int rank);

}  // namespace sepakat::generate
