#include "common/pmt/model.h"

#include <gtest/gtest.h>

#include "common/base/status.h"

namespace sepakat::pmt {
namespace {

TEST(Terms, AreReadAsTheyAreWritten) {
  const struct {
    std::string_view text;
    Term term;
  } cases[] = {
      {"head_age", {.name = "head_age"}},
      {"head_age^2", {.name = "head_age", .power = 2}},
      {"floor=7|8", {.name = "floor", .codes = {7, 8}}},
      {"column:farm", {.name = "farm", .of_file = true}},
      {"column:land^2", {.name = "land", .of_file = true, .power = 2}},
      {"column:farm=yes, in part", {.name = "farm", .of_file = true, .text = "yes, in part"}},
  };
  for (const auto& c : cases) {
    const auto term = ParseTerm(c.text);
    ASSERT_TRUE(term.ok()) << c.text << ": " << term.status();
    EXPECT_EQ(*term, c.term) << c.text;
    EXPECT_EQ(TextOf(*term), c.text);
  }
}

TEST(Terms, ThatNobodyCouldMeanAreRefused) {
  for (std::string_view text : {"", "^2", "floor=", "floor=a", "floor=7|", "floor=7,8",
                                "column:", "column:farm=", "head_age^3", "head age"}) {
    EXPECT_EQ(base::ReasonOf(ParseTerm(text).status()), "TERM_MALFORMED") << text;
  }
}

TEST(Terms, AddTheirCoefficientTimesTheValueInWholeMillionths) {
  ModelTerm term;
  term.coefficient_micro = -208;
  EXPECT_EQ(Contribution(term, 41.0 * 41), -208 * 41 * 41);
  EXPECT_EQ(Contribution(term, std::nullopt), std::nullopt);
  term.unknown_micro = -300'000;
  EXPECT_EQ(Contribution(term, std::nullopt), -300'000);
  term.coefficient_micro = 3;
  EXPECT_EQ(Contribution(term, 0.5), 2);
}

}  // namespace
}  // namespace sepakat::pmt
