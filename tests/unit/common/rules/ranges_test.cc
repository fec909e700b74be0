#include "common/rules/ranges.h"

#include <gtest/gtest.h>

namespace sepakat::rules {
namespace {

constexpr int64_t kTen = 10 * kMicro;
constexpr int64_t kSevenPointTwo = 7'200'000;

TEST(Ranges, TellExactlyTenFromMoreThanTen) {
  const Ranges upTo{{kFirstPlace, Behind(kTen)}};
  const Ranges above{{Behind(kTen), kEndPlace}};
  const Ranges below{{kFirstPlace, Before(kTen)}};
  EXPECT_TRUE(Intersection(upTo, above).empty());
  EXPECT_TRUE(Intersection(below, {Exactly(10)}).empty());
  EXPECT_EQ(Intersection(upTo, {Exactly(10)}), Ranges{Exactly(10)});
}

TEST(Ranges, AreSaidInWords) {
  EXPECT_EQ(Words({Exactly(3)}), "3");
  EXPECT_EQ(Words({{Before(kSevenPointTwo), kEndPlace}}), "from 7.2");
  EXPECT_EQ(Words({{kFirstPlace, Before(kSevenPointTwo)}}), "below 7.2");
  EXPECT_EQ(Words({{kFirstPlace, Behind(kTen)}}), "to 10");
  EXPECT_EQ(Words({{Behind(kSevenPointTwo), Before(kTen)}}), "above 7.2 below 10");
  EXPECT_EQ(Words({{Exactly(4).first, Exactly(7).end}, Exactly(9)}), "4 to 7, 9");
  EXPECT_EQ(Words({{kFirstPlace, kEndPlace}}), "everything");
}

TEST(Ranges, OfWholeNumbersJoinNeighboursAndDropWhatHoldsNone) {
  EXPECT_EQ(WholeNumbers({Exactly(1), Exactly(2), Exactly(4)}),
            (Ranges{{Exactly(1).first, Exactly(2).end}, Exactly(4)}));
  EXPECT_EQ(WholeNumbers({{Behind(kSevenPointTwo), Before(8 * kMicro)}}), Ranges{});
  EXPECT_EQ(WholeNumbers({{Before(kSevenPointTwo), Behind(kTen)}}),
            (Ranges{{Exactly(8).first, Exactly(10).end}}));
  EXPECT_EQ(WholeNumbers({{Behind(-kSevenPointTwo), Before(-2 * kMicro)}}),
            (Ranges{{Exactly(-7).first, Exactly(-3).end}}));
}

TEST(Ranges, WhatIsTakenAwayIsGone) {
  const Ranges codes{{Exactly(1).first, Exactly(9).end}};
  EXPECT_EQ(WholeNumbers(Difference(codes, {Exactly(3), Exactly(4)})),
            (Ranges{{Exactly(1).first, Exactly(2).end}, {Exactly(5).first, Exactly(9).end}}));
  EXPECT_TRUE(Difference(codes, codes).empty());
}

}  // namespace
}  // namespace sepakat::rules
