#include "targeting/domain/deprivations.h"

#include <algorithm>
#include <iterator>

namespace sepakat::targeting {
namespace {

constexpr uint16_t Codes(std::initializer_list<int> codes) {
  uint16_t mask = 0;
  for (int code : codes) mask = static_cast<uint16_t>(mask | (1 << code));
  return mask;
}

constexpr bool Has(uint16_t mask, int32_t code) {
  return code >= 0 && code < 16 && (mask >> code & 1) != 0;
}

constexpr uint16_t kRoof = Codes({1, 2, 3, 5});
constexpr uint16_t kWall = Codes({1, 2, 3, 5});
constexpr uint16_t kFloor = Codes({1, 2, 3, 4, 5, 6});

constexpr auto kRuleSets = std::to_array<RuleSet>({
    {"bps-2019", "BPS, indikator perumahan sejak 2019; 7,2 m2 per orang", 17897, 72, false, kRoof,
     kWall, kFloor},
    {"sdg-2019", "BPS, varian SDG: lubang tanah aman di perdesaan", 17897, 72, true, kRoof, kWall,
     kFloor},
    {"pupr-2018", "Permen PUPR 29/PRT/M/2018; 9 m2 per orang", 17532, 90, false, kRoof, kWall,
     kFloor},
});

// Unknown unless the variable is known; then whatever `deprived` says of the value.
template <typename Predicate>
Truth Ask(const Features& f, Variable variable, std::string_view unknown, std::string_view reason,
          Reasons* reasons, Predicate deprived) {
  if (!f.Known(variable)) {
    Note(reasons, unknown);
    return Truth::kUnknown;
  }
  if (!deprived(f.Value(variable))) return Truth::kFalse;
  Note(reasons, reason);
  return Truth::kTrue;
}

Truth FloorSpace(const Features& f, int32_t size, const RuleSet& rules, Reasons* reasons) {
  return Ask(
      f, Variable::kFloorAreaM2, "FLOOR_AREA_UNKNOWN", "FLOOR_AREA_BELOW_MINIMUM", reasons,
      [&](int32_t area) { return int64_t{area} * 10 < int64_t{rules.min_area_tenths} * size; });
}

std::string_view UnprotectedSource(int32_t source) {
  switch (source) {
    case 6:
      return "WATER_UNPROTECTED_WELL";
    case 8:
      return "WATER_UNPROTECTED_SPRING";
    case 9:
      return "WATER_SURFACE";
    default:
      return "WATER_OTHER_SOURCE";
  }
}

Truth Water(const Features& f, Reasons* reasons) {
  if (!f.Known(Variable::kWaterSource)) {
    Note(reasons, "WATER_SOURCE_UNKNOWN");
    return Truth::kUnknown;
  }
  switch (const int32_t source = f.Value(Variable::kWaterSource)) {
    case 1:
    case 2:
      Note(reasons, "WATER_BATHING_SOURCE_NOT_ASKED");
      return Truth::kUnknown;
    case 3:
    case 10:
      return Truth::kFalse;
    case 4:
    case 5:
    case 7:
      return Ask(f, Variable::kWaterDistance, "WATER_DISTANCE_UNKNOWN", "WATER_NEAR_WASTE", reasons,
                 [](int32_t distance) { return distance == 1; });
    default:
      Note(reasons, UnprotectedSource(source));
      return Truth::kTrue;
  }
}

Truth Sanitation(const Features& f, const RuleSet& rules, Reasons* reasons) {
  const Truth toilet = Ask(f, Variable::kToilet, "TOILET_UNKNOWN", "TOILET_NOT_OWN_OR_SHARED",
                           reasons, [](int32_t code) { return code > 3; });
  // Families without a toilet are not asked about closet and disposal.
  if (toilet == Truth::kTrue && !f.Known(Variable::kCloset) && !f.Known(Variable::kDisposal)) {
    return toilet;
  }
  const Truth closet = Ask(f, Variable::kCloset, "CLOSET_UNKNOWN", "CLOSET_NOT_GOOSE_NECK", reasons,
                           [](int32_t code) { return code != 1; });
  const bool rural = f.Get(Variable::kUrbanRural) == 2;
  const Truth disposal = Ask(
      f, Variable::kDisposal, "DISPOSAL_UNKNOWN", "DISPOSAL_NOT_TREATED", reasons,
      [&](int32_t code) { return code > 2 && !(rules.rural_pit_is_safe && rural && code == 4); });
  return Or(toilet, Or(closet, disposal));
}

Truth Building(const Features& f, const RuleSet& rules, Reasons* reasons) {
  const auto part = [&](Variable variable, std::string_view unknown, std::string_view reason,
                        uint16_t durable) {
    return Ask(f, variable, unknown, reason, reasons,
               [durable](int32_t code) { return !Has(durable, code); });
  };
  const Truth roof = part(Variable::kRoof, "ROOF_UNKNOWN", "ROOF_NOT_DURABLE", rules.durable_roof);
  const Truth wall = part(Variable::kWall, "WALL_UNKNOWN", "WALL_NOT_DURABLE", rules.durable_wall);
  const Truth floor =
      part(Variable::kFloor, "FLOOR_UNKNOWN", "FLOOR_NOT_DURABLE", rules.durable_floor);
  return Or(roof, Or(wall, floor));
}

// Members who meet a condition; `asked_of` is the group they belong to, and nobody in the group
// answers the question.
Truth Members(const Features& f, Variable count, std::optional<Variable> asked_of,
              std::string_view unknown, std::string_view reason, Reasons* reasons) {
  if (!f.Known(count) && asked_of && f.Get(*asked_of) == 0) return Truth::kFalse;
  return Ask(f, count, unknown, reason, reasons, [](int32_t members) { return members > 0; });
}

Truth Fuel(const Features& f, Reasons* reasons) {
  if (f.Get(Variable::kCookingFuel) == 11) {
    Note(reasons, "FUEL_OTHER");
    return Truth::kUnknown;
  }
  return Ask(f, Variable::kCookingFuel, "FUEL_UNKNOWN", "FUEL_SOLID", reasons,
             [](int32_t code) { return code >= 8 && code <= 10; });
}

// At most one kind of small asset and no car (global index).
Truth Assets(const Features& f, Reasons* reasons) {
  constexpr Variable kSmall[] = {Variable::kAssetRefrigerator, Variable::kAssetTelephone,
                                 Variable::kAssetTelevision,   Variable::kAssetComputer,
                                 Variable::kAssetMotorcycle,   Variable::kAssetBicycle,
                                 Variable::kAssetSmartphone};
  int owned = 0;
  int unknown = f.Known(Variable::kAssetCar) ? 0 : 2;
  for (Variable asset : kSmall) {
    if (!f.Known(asset)) {
      ++unknown;
    } else if (f.Value(asset) > 0) {
      ++owned;
    }
  }
  if (f.Value(Variable::kAssetCar) > 0 || owned > 1) return Truth::kFalse;
  if (owned + unknown > 1) {
    Note(reasons, "ASSETS_UNKNOWN");
    return Truth::kUnknown;
  }
  Note(reasons, "ASSETS_AT_MOST_ONE_SMALL");
  return Truth::kTrue;
}

Truth UnfitHouse(const Features& f, int32_t size, const RuleSet& rules, Reasons* reasons) {
  const Truth building = Building(f, rules, reasons);
  const Truth space = FloorSpace(f, size, rules, reasons);
  const Truth water = Water(f, reasons);
  const Truth sanitation = Sanitation(f, rules, reasons);
  return Or(Or(building, space), Or(water, sanitation));
}

}  // namespace

std::span<const RuleSet> RuleSets() { return kRuleSets; }

const RuleSet* FindRuleSet(std::string_view version) {
  const auto it = std::ranges::find(kRuleSets, version, &RuleSet::version);
  return it == kRuleSets.end() ? nullptr : &*it;
}

Truth Deprived(Deprivation deprivation, const Features& f, int32_t size, const RuleSet& rules,
               Reasons* reasons) {
  switch (deprivation) {
    case Deprivation::kUnfitHouse:
      return UnfitHouse(f, size, rules, reasons);
    case Deprivation::kInadequateFloorSpace:
      return FloorSpace(f, size, rules, reasons);
    case Deprivation::kInadequateWater:
      return Water(f, reasons);
    case Deprivation::kInadequateSanitation:
      return Sanitation(f, rules, reasons);
    case Deprivation::kNoOwnToilet:
      return Ask(f, Variable::kToilet, "TOILET_UNKNOWN", "TOILET_NOT_OWN", reasons,
                 [](int32_t code) { return code != 1; });
    case Deprivation::kNoElectricity:
      return Ask(f, Variable::kLighting, "LIGHTING_UNKNOWN", "LIGHTING_NOT_ELECTRIC", reasons,
                 [](int32_t code) { return code > 3; });
    case Deprivation::kSolidCookingFuel:
      return Fuel(f, reasons);
    case Deprivation::kOutOfSchool:
      return Members(f, Variable::kChildrenOutOfSchool, Variable::kChildren718,
                     "SCHOOLING_OF_CHILDREN_UNKNOWN", "CHILD_OUT_OF_SCHOOL", reasons);
    case Deprivation::kUninsured:
      return Members(f, Variable::kMembersUninsured, std::nullopt, "INSURANCE_UNKNOWN",
                     "MEMBER_UNINSURED", reasons);
    case Deprivation::kDisability:
      return Members(f, Variable::kMembersDisabled, std::nullopt, "DISABILITY_UNKNOWN",
                     "MEMBER_DISABLED", reasons);
    case Deprivation::kLowSchooling:
      return Ask(f, Variable::kMaxSchoolingYears, "SCHOOLING_UNKNOWN", "NOBODY_SIX_YEARS_OF_SCHOOL",
                 reasons, [](int32_t years) { return years < 6; });
    case Deprivation::kNoCivilDocument:
      return Members(f, Variable::kMembersWithoutNik, std::nullopt, "CIVIL_DOCUMENT_UNKNOWN",
                     "MEMBER_WITHOUT_NIK", reasons);
    case Deprivation::kMalnourishedChild:
      return Members(f, Variable::kChildrenMalnourished, Variable::kChildrenUnder5,
                     "NUTRITION_UNKNOWN", "CHILD_MALNOURISHED", reasons);
    case Deprivation::kFewAssets:
      return Assets(f, reasons);
  }
  return Truth::kUnknown;
}

DeprivationMasks EvaluateDeprivations(const Features& features, int32_t size,
                                      const RuleSet& rules) {
  DeprivationMasks masks;
  Truth answers[measures::kDeprivations];
  for (int i = 1; i < measures::kDeprivations; ++i) {
    answers[i] = Deprived(static_cast<Deprivation>(i), features, size, rules, nullptr);
  }
  // The house is judged by three of the others and the building.
  const auto of = [&](Deprivation d) { return answers[static_cast<int>(d)]; };
  answers[0] = Or(Or(Building(features, rules, nullptr), of(Deprivation::kInadequateFloorSpace)),
                  Or(of(Deprivation::kInadequateWater), of(Deprivation::kInadequateSanitation)));
  for (int i = 0; i < measures::kDeprivations; ++i) {
    if (answers[i] == Truth::kUnknown) continue;
    masks.known = static_cast<uint16_t>(masks.known | (1 << i));
    if (answers[i] == Truth::kTrue) masks.deprived = static_cast<uint16_t>(masks.deprived | 1 << i);
  }
  return masks;
}

}  // namespace sepakat::targeting
