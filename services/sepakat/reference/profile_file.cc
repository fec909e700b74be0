#include "sepakat/reference/profile_file.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "common/tables/table_reader.h"

namespace sepakat::reference {
namespace {

using generate::Cluster;
using generate::District;
using generate::Profile;
using tables::Problems;
using tables::TableReader;
using Shares = std::array<generate::Share, generate::kTraits>;

// Reads the shares that the table states; `complete` asks for every one.
void ReadShares(TableReader reader, bool complete, Problems& problems, Shares& shares) {
  for (size_t trait = 0; trait < shares.size(); ++trait) {
    const std::string_view name = generate::kTraitNames[trait];
    const std::vector<int64_t> pair = reader.Integers(name);
    if (pair.empty()) {
      if (complete) problems.Add(reader.where(), fmt::format("`{}` is missing", name));
      continue;
    }
    const bool good =
        pair.size() == 2 && pair[0] >= 0 && pair[0] <= 1000 && pair[1] >= 0 && pair[1] <= 1000;
    if (!good) {
      problems.Add(reader.where(),
                   fmt::format("`{}` must be [poorest, richest] in permille", name));
      continue;
    }
    shares[trait] = {static_cast<int>(pair[0]), static_cast<int>(pair[1])};
  }
  reader.RefuseOthers();
}

int Small(TableReader& reader, std::string_view key, int64_t low, int64_t high) {
  return static_cast<int>(reader.Integer(key, low, high, true).value_or(0));
}

void ReadFrame(TableReader reader, Profile& profile) {
  constexpr int64_t kMost = 2'700'000;
  profile.regency = reader.Text("regency", true);
  profile.families = reader.Integer("families", 1, kMost, true).value_or(1);
  profile.persons = reader.Integer("persons", 1, 8 * kMost, true).value_or(1);
  profile.line_rupiah = reader.Integer("line_rupiah", 1, 1'000'000'000, true).value_or(1);
  profile.headcount = Small(reader, "headcount", 0, 10000);
  profile.spread = Small(reader, "spread", 0, 1500);
  profile.village_spread = Small(reader, "village_spread", 0, 1500);
  reader.RefuseOthers();
}

void ReadCluster(TableReader reader, const Shares& base, Problems& problems, Profile& profile) {
  Cluster cluster;
  cluster.shares = base;
  cluster.id = reader.Text("id", true);
  cluster.name = reader.Text("name", true);
  cluster.welfare_shift = Small(reader, "welfare_shift", -2000, 2000);
  cluster.urban = Small(reader, "urban", 0, 1000);
  if (const toml::table* shares = reader.Table("shares")) {
    ReadShares(TableReader(*shares, problems), false, problems, cluster.shares);
  }
  reader.RefuseOthers();
  profile.clusters.push_back(std::move(cluster));
}

void ReadDistrict(TableReader reader, Problems& problems, Profile& profile) {
  District district;
  district.code = reader.Text("code", true);
  const std::string id = reader.Text("cluster", true);
  district.weight = Small(reader, "weight", 1, 100'000);
  district.cluster = -1;
  for (size_t i = 0; i < profile.clusters.size(); ++i) {
    if (profile.clusters[i].id == id) district.cluster = static_cast<int>(i);
  }
  if (district.cluster < 0)
    problems.Add(reader.where(), fmt::format("no cluster is called {}", id));
  reader.RefuseOthers();
  profile.districts.push_back(std::move(district));
}

void ReadRoot(const toml::table& root, Problems& problems, Profile& profile) {
  TableReader file(root, problems);
  Shares base = {};
  if (const toml::table* frame = file.Table("register")) {
    ReadFrame(TableReader(*frame, problems), profile);
  } else {
    problems.AddLine(1, "[register] is missing");
  }
  if (const toml::table* shares = file.Table("shares")) {
    ReadShares(TableReader(*shares, problems), true, problems, base);
  } else {
    problems.AddLine(1, "[shares] is missing");
  }
  for (const toml::table* entry : file.Tables("cluster", true)) {
    ReadCluster(TableReader(*entry, problems), base, problems, profile);
  }
  for (const toml::table* entry : file.Tables("district", true)) {
    ReadDistrict(TableReader(*entry, problems), problems, profile);
  }
  file.RefuseOthers();
}

}  // namespace

absl::StatusOr<Profile> ReadProfile(std::string_view file_name, std::string_view text) {
  Problems problems{std::string(file_name)};
  Profile profile;
  try {
    const toml::table root = toml::parse(text, file_name);
    ReadRoot(root, problems, profile);
  } catch (const toml::parse_error& error) {
    problems.Add(error.source(), error.description());
  }
  if (problems.empty()) return profile;
  return base::Error(absl::StatusCode::kInvalidArgument, "REFERENCE_INVALID", problems.Text());
}

}  // namespace sepakat::reference
