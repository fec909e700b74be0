// Rebuilding all regions from columns against adding every family to every region around it.
#include "targeting/domain/poverty_rebuild.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "common/base/region_code.h"
#include "tests/support/measures/global_mpi.h"

namespace sepakat::targeting {
namespace {

struct Register {
  RegionTree tree;
  std::vector<uint32_t> welfare;
  std::vector<uint32_t> family_weight;
  std::vector<uint8_t> size;
  std::vector<uint16_t> deprived;
  std::vector<FamilyRange> ranges;

  measures::FamilyColumns columns() const { return {welfare, family_weight, size, deprived}; }
};

// Villages of two provinces; some have a second line, some no families.
void Fill(Register& made) {
  std::mt19937 random(1);
  for (int village = 0; village < 40; ++village) {
    const std::string code = fmt::format("{}.{:02}.{:02}.{:04}", 33 + village % 2, 1 + village % 3,
                                         1 + village % 5, 2001 + village);
    const uint32_t region = made.tree.Intern(code);
    for (int line_class = 2 * (village % 3); line_class < 2 * (village % 3) + 1 + village % 2;
         ++line_class) {
      const size_t begin = made.welfare.size();
      for (uint32_t families = random() % 150; families > 0; --families) {
        made.welfare.push_back(random() % 1'000'000);
        made.family_weight.push_back(1 + random() % 2000);
        made.size.push_back(static_cast<uint8_t>(1 + random() % 9));
        made.deprived.push_back(static_cast<uint16_t>(random() % 1024));
      }
      made.ranges.push_back(
          {region, line_class, 300'000U + 50'000U * (line_class % 5U), begin, made.welfare.size()});
    }
  }
}

// Family by family, region by region.
std::vector<RegionPoverty> Plain(const Register& source, const measures::MpiMasks& masks) {
  std::vector<std::map<int32_t, measures::FgtSums>> lines(source.tree.size());
  std::vector<RegionPoverty> plain(source.tree.size());
  for (const FamilyRange& range : source.ranges) {
    for (const std::string& code : base::PathToNation(source.tree.at(range.region).code)) {
      const uint32_t region = source.tree.Find(code);
      measures::FgtSums& fgt = lines[region][range.line_class];
      for (size_t i = range.begin; i < range.end; ++i) {
        const int64_t persons = int64_t{source.family_weight[i]} * source.size[i];
        fgt.Add(range.line, source.welfare[i], source.family_weight[i], persons, 1);
        plain[region].mpi.Add(masks, source.deprived[i], persons, 1);
      }
    }
  }
  for (size_t region = 0; region < plain.size(); ++region) {
    for (const auto& [line_class, sums] : lines[region]) {
      plain[region].lines.push_back({line_class, sums});
    }
  }
  return plain;
}

class PovertyRebuildTest : public testing::Test {
 protected:
  PovertyRebuildTest() { Fill(register_); }

  Register register_;
  const measures::MpiMasks masks_ = *measures::MpiMasks::Create(support::GlobalMpi());
};

TEST_F(PovertyRebuildTest, EveryRegionHasTheSumsOfItsFamilies) {
  std::vector<RegionPoverty> by_region(register_.tree.size());
  SumVillages(register_.columns(), register_.ranges, masks_, &by_region);
  RollUp(register_.tree, &by_region);
  EXPECT_EQ(by_region, Plain(register_, masks_));
}

TEST_F(PovertyRebuildTest, TheDivisionOfTheRangesLeavesNoTrace) {
  std::vector<RegionPoverty> whole(register_.tree.size());
  SumVillages(register_.columns(), register_.ranges, masks_, &whole);
  std::vector<RegionPoverty> parts(register_.tree.size());
  const std::span<const FamilyRange> ranges = register_.ranges;
  const auto backwards = [&](size_t from, size_t to) {
    for (size_t i = to; i > from; --i) {
      SumVillages(register_.columns(), ranges.subspan(i - 1, 1), masks_, &parts);
    }
  };
  backwards(17, ranges.size());
  backwards(0, 17);
  EXPECT_EQ(parts, whole);
}

TEST_F(PovertyRebuildTest, FamiliesThatComeAndGoOneByOneLeaveTheSums) {
  std::vector<RegionPoverty> whole(register_.tree.size());
  SumVillages(register_.columns(), register_.ranges, masks_, &whole);
  RollUp(register_.tree, &whole);
  std::vector<RegionPoverty> one_by_one(register_.tree.size());
  for (const FamilyRange& range : register_.ranges) {
    const auto add = [&](size_t i, uint32_t welfare, int sign) {
      AddFamily(register_.tree,
                {range.region, range.line_class, range.line, welfare, register_.family_weight[i],
                 register_.size[i], register_.deprived[i]},
                masks_, sign, &one_by_one);
    };
    for (size_t i = range.begin; i < range.end; ++i) {
      add(i, 123'456, 1);
      add(i, register_.welfare[i], 1);
      add(i, 123'456, -1);
    }
  }
  // A line under which nobody is left, or never was, counts nobody.
  for (auto* sums : {&whole, &one_by_one}) {
    for (RegionPoverty& region : *sums) {
      std::erase_if(region.lines, [](const auto& entry) { return entry.sums.families == 0; });
    }
  }
  EXPECT_EQ(one_by_one, whole);
}

}  // namespace
}  // namespace sepakat::targeting
