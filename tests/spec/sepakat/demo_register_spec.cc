// The whole demonstration register, as `make run` writes it, against the published frame of
// Kabupaten Pekalongan and against the code book that reads it.

#include <iostream>
#include <map>
#include <numeric>
#include <set>

#include "common/base/date.h"
#include "gtest/gtest.h"
#include "ingestion/wire/codebook_check.h"
#include "sepakat/cli/demo_plan.h"
#include "sepakat/cli/files.h"
#include "sepakat/generate/register_writer.h"
#include "sepakat/reference/builtin.h"

namespace sepakat {
namespace {

const generate::Plan& WholePlan() {
  static const generate::Plan* const plan = [] {
    const cli::Environment environment{.out = std::cout,
                                       .err = std::cerr,
                                       .variable = [](const char*) { return std::string(); },
                                       .now_ms = [] { return int64_t{1'800'000'000'000}; }};
    cli::DemoOptions options;
    options.regions = SEPAKAT_REGIONS_CSV;
    auto made = cli::MakeDemoPlan(options, environment);
    EXPECT_TRUE(made.ok()) << made.status();
    return new generate::Plan(*std::move(made));
  }();
  return *plan;
}

TEST(DemoRegister, HasThe272DesaAnd13KelurahanOfTheRegionMaster) {
  int desa = 0;
  int kelurahan = 0;
  std::set<std::string> districts;
  for (const generate::Village& village : WholePlan().villages) {
    (village.code[9] == '1' ? kelurahan : desa) += 1;
    districts.insert(village.code.substr(0, 8));
  }
  EXPECT_EQ(desa, 272);
  EXPECT_EQ(kelurahan, 13);
  EXPECT_EQ(districts.size(), 19U);
}

TEST(DemoRegister, HasExactly1034241Persons) {
  const auto& sizes = WholePlan().sizes;
  EXPECT_EQ(sizes.size(), 290'000U);
  EXPECT_EQ(std::accumulate(sizes.begin(), sizes.end(), int64_t{0}), 1'034'241);
}

TEST(DemoRegister, HasAHeadcountOf805PerTenThousandAtThe2025Line) {
  const generate::Plan& plan = WholePlan();
  EXPECT_EQ(plan.profile.line_rupiah, 538'371);
  EXPECT_NEAR(static_cast<double>(plan.poor_persons) / static_cast<double>(plan.counted_persons),
              0.0805, 0.00005);
}

// Poor persons by cluster in thousandths of all persons of the cluster.
TEST(DemoRegister, IsPoorestInTheMountainsThenAtTheCoastThenInVillagesThenInTown) {
  const generate::Plan& plan = WholePlan();
  std::map<std::string, std::pair<int64_t, int64_t>> clusters;
  for (int64_t i = 0; i < plan.families(); ++i) {
    const auto village = static_cast<size_t>(plan.VillageOf(i));
    const auto district = static_cast<size_t>(plan.district_of[village]);
    const auto cluster = static_cast<size_t>(plan.profile.districts[district].cluster);
    auto& [poor, all] = clusters[plan.profile.clusters[cluster].id];
    const int64_t size = plan.sizes[static_cast<size_t>(i)];
    all += size;
    if (plan.consumption[static_cast<size_t>(i)] < plan.profile.line_rupiah) poor += size;
  }
  const auto rate = [&clusters](const char* id) {
    return clusters[id].first * 1000 / clusters[id].second;
  };
  EXPECT_GT(rate("mountain"), rate("coastal") + 20);
  EXPECT_GT(rate("coastal"), rate("rural") + 8);
  EXPECT_GT(rate("rural"), rate("urban") + 20);
}

// No village is empty, and none is a town.
TEST(DemoRegister, FillsEveryVillage) {
  const generate::Plan& plan = WholePlan();
  for (size_t i = 0; i < plan.villages.size(); ++i) {
    const int64_t families = plan.first_family[i + 1] - plan.first_family[i];
    EXPECT_GT(families, 100) << plan.villages[i].code;
    EXPECT_LT(families, 5000) << plan.villages[i].code;
  }
}

TEST(DemoRegister, IsDecidedByItsCodeBookExactlyAsItsReportPromises) {
  const generate::Plan& plan = WholePlan();
  generate::RegisterWriter writer(plan);
  std::string text;
  while (writer.Next(text)) {
  }
  const auto book = reference::FindBuiltin(reference::BuiltinKind::kCodebook, "regsosek_2022");
  ASSERT_TRUE(book.has_value());
  std::vector<std::string> problems;
  const absl::StatusOr<std::string> master = cli::ReadFile(SEPAKAT_REGIONS_CSV);
  ASSERT_TRUE(master.ok()) << master.status();
  ingestion::RegionEditions regions;
  regions.Set(
      0, ingestion::RegionMaster::Build(ingestion::ReadRegionCsv(*master, &problems), &problems));
  EXPECT_TRUE(problems.empty()) << problems.front();
  const ingestion::CodebookSample sample{text, "register.csv"};
  const ingestion::CodebookCheck check = ingestion::CheckCodebook(
      book->text, book->name, &sample, &regions, base::DaysFromCivil({2026, 10, 1}));
  const generate::Expected& expected = writer.expected();
  EXPECT_EQ(check.rows, expected.rows);
  EXPECT_EQ(check.records, expected.received);
  EXPECT_EQ(check.flagged, expected.flagged);
  EXPECT_EQ(check.rejected, expected.rejected);
  EXPECT_EQ(check.accepted, expected.accepted);
  EXPECT_EQ(check.repeated, expected.repeated);
}

}  // namespace
}  // namespace sepakat
