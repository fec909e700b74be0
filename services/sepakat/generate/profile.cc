#include "sepakat/generate/profile.h"

namespace sepakat::generate {

const std::array<std::string_view, kTraits> kTraitNames = {
    "own_house",
    "earth_floor",
    "weak_wall",
    "weak_roof",
    "crowded",
    "piped_water",
    "protected_water",
    "near_waste",
    "own_toilet",
    "shared_toilet",
    "goose_neck",
    "septic",
    "metered",
    "no_electricity",
    "wood_fuel",
    "motorcycle",
    "refrigerator",
    "television",
    "smartphone",
    "car",
    "computer",
    "gold",
    "air_conditioner",
    "bicycle",
    "land",
    "large_livestock",
    "small_livestock",
    "boat",
    "farming",
    "fishing",
    "out_of_school",
    "insured",
    "disability",
    "chronic",
    "malnourished",
    "without_nik",
    "low_schooling",
    "high_schooling",
    "food_aid",
    "family_aid",
    "village_aid",
};

int ChanceOf(const Cluster& cluster, Trait trait, int rank) {
  const Share& share = cluster.shares[static_cast<size_t>(trait)];
  const int64_t below_top = 1024 - rank;
  const int64_t weight = below_top * below_top;
  return share.richest + static_cast<int>((share.poorest - share.richest) * weight / (1024 * 1024));
}

}  // namespace sepakat::generate
