#include "sepakat/generate/plan.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "common/base/status.h"
#include "sepakat/generate/exponential.h"

namespace sepakat::generate {
namespace {

// Streams of Random, one per purpose.
constexpr uint64_t kVillageStream = 1;
constexpr uint64_t kFamilyStream = 2;
constexpr uint64_t kSizeStream = 3;

// Families of 1, 2, ... 9 members in thousandths: the mean is 3.54.
constexpr std::array<int, 9> kSizeWeights = {90, 175, 235, 255, 145, 63, 24, 9, 4};
constexpr int kLargestFamily = 10;
constexpr int64_t kMostFamilies = 2'700'000;

absl::Status Invalid(const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, "PROFILE_INVALID", message);
}

absl::Status Check(const Profile& profile, const std::vector<Village>& villages,
                   const Request& request) {
  if (villages.empty()) return Invalid("the region master has no village of " + profile.regency);
  if (request.families < 0 || request.families > kMostFamilies) {
    return Invalid("families must be 1 to 2,700,000");
  }
  if (request.dirty_per_10000 < 0 || request.dirty_per_10000 > 10000) {
    return Invalid("dirty families per 10,000 must be 0 to 10,000");
  }
  if (profile.families <= 0 || profile.persons < profile.families || profile.line_rupiah <= 0 ||
      profile.persons > profile.families * 8 || profile.headcount < 0 ||
      profile.headcount > 10000) {
    return Invalid("families, persons, line or headcount of the profile make no sense");
  }
  return absl::OkStatus();
}

absl::Status PlaceVillages(Plan& plan) {
  std::map<std::string, int, std::less<>> districts;
  for (size_t i = 0; i < plan.profile.districts.size(); ++i) {
    districts[plan.profile.districts[i].code] = static_cast<int>(i);
  }
  for (size_t i = 0; i < plan.villages.size(); ++i) {
    const std::string& code = plan.villages[i].code;
    const auto found = districts.find(code.substr(0, code.rfind('.')));
    if (found == districts.end()) return Invalid("no district of the profile holds " + code);
    plan.district_of.push_back(found->second);
    const District& district = plan.profile.districts[static_cast<size_t>(found->second)];
    const Cluster& cluster = plan.profile.clusters[static_cast<size_t>(district.cluster)];
    Random random(plan.request.seed, kVillageStream, i);
    const bool kelurahan = code[code.rfind('.') + 1] == '1';
    plan.urban.push_back(random.Chance(cluster.urban) || kelurahan);
  }
  return absl::OkStatus();
}

// Families by village in proportion to district weight times a village factor: largest remainders.
void ShareFamilies(int64_t families, Plan& plan) {
  const size_t villages = plan.villages.size();
  std::vector<int64_t> weights(villages);
  for (size_t i = 0; i < villages; ++i) {
    Random random(plan.request.seed, kVillageStream + 1000, i);
    weights[i] = int64_t{plan.profile.districts[static_cast<size_t>(plan.district_of[i])].weight} *
                 random.Between(600, 1600);
  }
  const int64_t sum = std::accumulate(weights.begin(), weights.end(), int64_t{0});
  std::vector<int64_t> counts(villages);
  std::vector<std::pair<int64_t, size_t>> remainders;
  int64_t given = 0;
  for (size_t i = 0; i < villages; ++i) {
    counts[i] = families * weights[i] / sum;
    given += counts[i];
    remainders.emplace_back(-(families * weights[i] % sum), i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (size_t i = 0; given < families; ++i, ++given) ++counts[remainders[i].second];
  plan.first_family.assign(1, 0);
  for (int64_t count : counts) plan.first_family.push_back(plan.first_family.back() + count);
}

// Draws sizes, then moves single families by one member until the sum is exact.
void DrawSizes(int64_t families, int64_t persons, Plan& plan) {
  plan.sizes.resize(static_cast<size_t>(families));
  Random random(plan.request.seed, kSizeStream);
  for (uint8_t& size : plan.sizes) size = static_cast<uint8_t>(1 + random.Pick(kSizeWeights));
  int64_t missing = persons - std::accumulate(plan.sizes.begin(), plan.sizes.end(), int64_t{0});
  while (missing != 0) {
    uint8_t& size = plan.sizes[random.Below(static_cast<uint32_t>(families))];
    if (missing > 0 && size < kLargestFamily) {
      ++size;
      --missing;
    } else if (missing < 0 && size > 1) {
      --size;
      ++missing;
    }
  }
  plan.persons = persons;
}

void DrawDirtOfAll(Plan& plan) {
  plan.dirt.assign(plan.sizes.size(), Dirt::kNone);
  for (size_t i = 0; i < plan.sizes.size(); ++i) {
    Random random(plan.request.seed, kFamilyStream + 1000, i);
    if (static_cast<int>(random.Below(10000)) < plan.request.dirty_per_10000) {
      plan.dirt[i] = DrawDirt(random, plan.sizes[i]);
    }
  }
}

// Log welfare in thousandths, up to a constant that the calibration chooses.
std::vector<int32_t> DrawScores(const Plan& plan) {
  std::vector<int32_t> scores;
  scores.reserve(plan.sizes.size());
  for (size_t village = 0; village < plan.villages.size(); ++village) {
    const District& district =
        plan.profile.districts[static_cast<size_t>(plan.district_of[village])];
    const Cluster& cluster = plan.profile.clusters[static_cast<size_t>(district.cluster)];
    Random of_village(plan.request.seed, kVillageStream + 2000, village);
    const int level = cluster.welfare_shift + (plan.urban[village] ? 60 : 0) +
                      of_village.Normal() * plan.profile.village_spread / 1024;
    for (int64_t i = plan.first_family[village]; i < plan.first_family[village + 1]; ++i) {
      Random random(plan.request.seed, kFamilyStream, static_cast<uint64_t>(i));
      const int members = plan.sizes[static_cast<size_t>(i)];
      scores.push_back(level + random.Normal() * plan.profile.spread / 1024 - 35 * (members - 4));
    }
  }
  return scores;
}

// Ranks all families, then takes as poor the worst off whose accepted persons come nearest to the
// profile's headcount. The score of the first family above becomes the line.
void Calibrate(const std::vector<int32_t>& scores, Plan& plan) {
  const size_t families = scores.size();
  std::vector<uint32_t> order(families);
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&scores](uint32_t a, uint32_t b) {
    return std::pair(scores[a], a) < std::pair(scores[b], b);
  });
  for (size_t i = 0; i < families; ++i) {
    if (CountsInFigures(plan.dirt[i])) plan.counted_persons += plan.sizes[i];
  }
  // In ten-thousandths, so that the nearest is found without a fraction.
  const int64_t wanted = plan.counted_persons * plan.profile.headcount;
  size_t poor = 0;
  int64_t persons = 0;
  for (; poor < families; ++poor) {
    const size_t family = order[poor];
    const int64_t with = persons + (CountsInFigures(plan.dirt[family]) ? plan.sizes[family] : 0);
    if (with * 10000 - wanted > wanted - persons * 10000) break;
    persons = with;
  }
  plan.poor_persons = persons;
  const int32_t line_score = scores[order[std::min(poor, families - 1)]];
  const int64_t line = plan.profile.line_rupiah;
  plan.ranks.resize(families);
  plan.consumption.resize(families);
  for (size_t at = 0; at < families; ++at) {
    const size_t family = order[at];
    plan.ranks[family] = static_cast<uint16_t>(at * 1024 / families);
    const int64_t rupiah = TimesExp(line, std::clamp(scores[family] - line_score, -1500, 3500));
    plan.consumption[family] = at < poor ? std::min(rupiah, line - 1) : std::max(rupiah, line);
  }
}

}  // namespace

int Plan::VillageOf(int64_t family) const {
  const auto above = std::upper_bound(first_family.begin(), first_family.end(), family);
  return static_cast<int>(above - first_family.begin()) - 1;
}

absl::StatusOr<Plan> MakePlan(Profile profile, std::vector<Village> villages,
                              const Request& request) {
  SEPAKAT_RETURN_IF_ERROR(Check(profile, villages, request));
  Plan plan;
  plan.profile = std::move(profile);
  plan.request = request;
  plan.villages = std::move(villages);
  SEPAKAT_RETURN_IF_ERROR(PlaceVillages(plan));
  const int64_t families = request.families > 0 ? request.families : plan.profile.families;
  const int64_t persons =
      (2 * families * plan.profile.persons + plan.profile.families) / (2 * plan.profile.families);
  ShareFamilies(families, plan);
  DrawSizes(families, persons, plan);
  DrawDirtOfAll(plan);
  Calibrate(DrawScores(plan), plan);
  return plan;
}

}  // namespace sepakat::generate
