// Sums over columns against the definitions, family by family and indicator by indicator.
#include "common/measures/column_sums.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "tests/support/measures/global_mpi.h"

namespace sepakat::measures {
namespace {

using base::Int128;

struct Family {
  uint32_t welfare = 0;
  uint32_t family_weight = 1;
  uint8_t size = 1;
  uint16_t deprived = 0;
  Int128 persons() const { return Int128{family_weight} * size; }
};

class Columns {
 public:
  explicit Columns(const std::vector<Family>& families) {
    for (const Family& family : families) {
      welfare_.push_back(family.welfare);
      family_weight_.push_back(family.family_weight);
      size_.push_back(family.size);
      deprived_.push_back(family.deprived);
    }
  }
  FamilyColumns view() const { return {welfare_, family_weight_, size_, deprived_}; }

 private:
  std::vector<uint32_t> welfare_;
  std::vector<uint32_t> family_weight_;
  std::vector<uint8_t> size_;
  std::vector<uint16_t> deprived_;
};

MpiMasks Masks() { return *MpiMasks::Create(support::GlobalMpi()); }

// The score of a combination, straight from the specification.
int64_t Score(const MpiSpecification& specification, uint16_t mask) {
  int64_t score = 0;
  for (size_t i = 0; i < specification.indicators.size(); ++i) {
    if ((mask >> i & 1) != 0) score += specification.indicators[i].weight;
  }
  return score;
}

void ExpectDefinition(const ColumnSums& sums, const std::vector<Family>& families, uint32_t line) {
  const MpiSpecification specification = support::GlobalMpi();
  const Int128 p = specification.cutoff.numerator;
  const Int128 q = specification.cutoff.denominator;
  Int128 known = 0, weight = 0, poor_families = 0, poor_weight = 0, gap = 0, gap_squared = 0;
  Int128 persons = 0, mpi_poor = 0, score = 0;
  std::vector<Int128> deprived(specification.indicators.size());
  std::vector<Int128> censored(specification.indicators.size());
  for (const Family& family : families) {
    if (family.welfare != kWelfareUnknown) {
      known += 1;
      weight += family.persons();
      if (family.welfare < line) {
        const Int128 shortfall = Int128{line} - family.welfare;
        poor_families += family.family_weight;
        poor_weight += family.persons();
        gap += family.persons() * shortfall;
        gap_squared += family.persons() * shortfall * shortfall;
      }
    }
    if ((family.deprived & kAnswerMissing) != 0) continue;
    const Int128 c = Score(specification, family.deprived);
    const bool poor = q * c >= p * Denominator(specification);
    persons += family.persons();
    if (poor) mpi_poor += family.persons();
    if (poor) score += c * family.persons();
    for (size_t i = 0; i < deprived.size(); ++i) {
      if ((family.deprived >> i & 1) == 0) continue;
      deprived[i] += family.persons();
      if (poor) censored[i] += family.persons();
    }
  }
  RC_ASSERT(sums.fgt.families == known);
  RC_ASSERT(sums.fgt.weight == weight);
  RC_ASSERT(sums.fgt.poor_families == poor_families);
  RC_ASSERT(sums.fgt.poor_weight == poor_weight);
  RC_ASSERT(sums.fgt.gap == gap);
  RC_ASSERT(sums.fgt.gap_squared == gap_squared);
  RC_ASSERT(sums.mpi.persons == persons);
  RC_ASSERT(sums.mpi.poor_persons == mpi_poor);
  RC_ASSERT(sums.mpi.score == score);
  for (size_t i = 0; i < deprived.size(); ++i) {
    RC_ASSERT(sums.mpi.deprived[i] == deprived[i]);
    RC_ASSERT(sums.mpi.censored[i] == censored[i]);
  }
}

// Mostly a register's weights; sometimes those of a survey, which fit no 32-bit counter.
rc::Gen<Family> AnyFamily() {
  const auto limit = uint32_t{1} << support::GlobalMpi().indicators.size();
  return rc::gen::build<Family>(
      rc::gen::set(&Family::welfare,
                   rc::gen::weightedOneOf<uint32_t>({{8, rc::gen::inRange<uint32_t>(0, 1'000)},
                                                     {1, rc::gen::just(kWelfareUnknown)},
                                                     {1, rc::gen::just(kWelfareUnknown - 1)}})),
      rc::gen::set(
          &Family::family_weight,
          rc::gen::weightedOneOf<uint32_t>({{30, rc::gen::inRange<uint32_t>(1, 2'000)},
                                            {1, rc::gen::inRange<uint32_t>(1 << 25, 1 << 28)}})),
      rc::gen::set(&Family::size, rc::gen::inRange<uint8_t>(1, 255)),
      rc::gen::set(
          &Family::deprived,
          rc::gen::map(rc::gen::inRange<uint32_t>(0, limit + limit / 4), [limit](uint32_t drawn) {
            return static_cast<uint16_t>(drawn < limit ? drawn : kAnswerMissing);
          })));
}

RC_GTEST_PROP(ColumnSumsTest, SumsAreThoseOfTheDefinition, ()) {
  const int count = *rc::gen::inRange(0, 300);
  const auto families = *rc::gen::container<std::vector<Family>>(count, AnyFamily());
  const auto line = *rc::gen::element<uint32_t>(0, 1, 500, 1'000, kWelfareUnknown - 1);
  ExpectDefinition(SumColumns(Columns(families).view(), line, Masks()), families, line);
}

RC_GTEST_PROP(ColumnSumsTest, FamilyByFamilyGivesTheSame, ()) {
  const auto families = *rc::gen::container<std::vector<Family>>(AnyFamily());
  ColumnSums one_by_one;
  const MpiMasks masks = Masks();
  for (const Family& family : families) {
    const auto persons = static_cast<int64_t>(family.persons());
    if (family.welfare != kWelfareUnknown) {
      one_by_one.fgt.Add(500, family.welfare, family.family_weight, persons, 1);
    }
    one_by_one.mpi.Add(masks, family.deprived, persons, 1);
  }
  RC_ASSERT(SumColumns(Columns(families).view(), 500, masks) == one_by_one);
}

RC_GTEST_PROP(ColumnSumsTest, WhatIsTakenAwayLeavesNoTrace, ()) {
  const auto families = *rc::gen::container<std::vector<Family>>(AnyFamily());
  const MpiMasks masks = Masks();
  MpiMaskSums sums;
  for (const Family& family : families) {
    sums.Add(masks, family.deprived, static_cast<int64_t>(family.persons()), 1);
  }
  for (const Family& family : families) {
    sums.Add(masks, family.deprived, static_cast<int64_t>(family.persons()), -1);
  }
  RC_ASSERT(sums == MpiMaskSums{});
}

TEST(MpiMasksTest, AScoreOfExactlyTheCutOffIsPoor) {
  // Weights 3, 3, 3, 3, 1 x 6 out of 18, cut-off 1/3: 6 is poor, 5 is not.
  const MpiMasks masks = Masks();
  EXPECT_EQ(masks.denominator(), 18);
  EXPECT_EQ(masks.CensoredScore(0b0000000011), 6);
  EXPECT_EQ(masks.CensoredScore(0b0000110001), 0);
  EXPECT_EQ(masks.CensoredScore(0b1111111111), 18);
}

TEST(MpiMasksTest, FiguresOfOneHalfPoor) {
  const MpiMasks masks = Masks();
  MpiMaskSums sums;
  sums.Add(masks, 0b0000001111, 4000, 1);  // 12 of 18
  sums.Add(masks, 0, 4000, 1);
  EXPECT_EQ(MultidimensionalHeadcount(sums), (Ratio{4000, 8000}));
  EXPECT_EQ(Intensity(sums, masks), (Ratio{48'000, 72'000}));
  EXPECT_EQ(AdjustedHeadcount(sums, masks), (Ratio{48'000, 144'000}));
}

TEST(MpiMasksTest, ASpecificationThatFitsNoMaskIsRefused) {
  MpiSpecification specification = support::GlobalMpi();
  while (specification.indicators.size() <= kMaskIndicators) {
    MpiIndicator indicator = specification.indicators.front();
    indicator.id += std::to_string(specification.indicators.size());
    specification.indicators.push_back(indicator);
  }
  EXPECT_EQ(MpiMasks::Create(specification).status().code(), absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace sepakat::measures
