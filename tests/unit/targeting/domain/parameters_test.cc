#include "targeting/domain/parameters.h"

#include <gtest/gtest.h>

#include "common/base/status.h"
#include "targeting/domain/eligibility.h"
#include "targeting/domain/line_table.h"
#include "targeting/domain/score.h"

namespace sepakat::targeting {
namespace {

PovertyLine Line(std::string region, int urban_rural, int32_t valid_from, std::string value) {
  return {"register", std::move(region), urban_rural, valid_from, std::move(value), "test", "v"};
}

// The line, in rupiah, of a family of a village observed on a day; -1 for none.
int64_t Applies(const std::vector<PovertyLine>& lines, int urban_rural, int32_t observed_on) {
  ParameterSet set;
  for (const PovertyLine& line : lines) set.lines[line.key()] = line;
  const LineTable table(set);
  std::vector<uint32_t> candidates;
  for (const char* region : {"0", "33", "33.26", "33.26.15", "33.26.15.2014"}) {
    candidates = table.Candidates(region, candidates);
  }
  const int32_t index = table.ClassOf(candidates, urban_rural, observed_on);
  return index < 0 ? -1 : table.classes()[static_cast<size_t>(index)].line;
}

TEST(PovertyLines, TheMostSpecialLineApplies) {
  const std::vector<PovertyLine> lines = {Line("0", 0, 100, "1"), Line("33.26", 0, 100, "2"),
                                          Line("33.26", 1, 100, "3"), Line("33.26", 0, 200, "4"),
                                          Line("32", 0, 100, "9")};
  EXPECT_EQ(Applies(lines, 2, 150), 2);  // the regency before the nation
  EXPECT_EQ(Applies(lines, 1, 250), 3);  // urban before a later line for both
  EXPECT_EQ(Applies(lines, 2, 200), 4);  // the later validity from its first day
  EXPECT_EQ(Applies(lines, 0, 150), 2);  // neither urban nor rural: lines for both only
  EXPECT_EQ(Applies(lines, 2, 0), 4);    // without a date the latest
}

TEST(PovertyLines, AFamilyObservedBeforeTheFirstLineIsMeasuredByIt) {
  EXPECT_EQ(Applies({Line("33.26", 0, 200, "4"), Line("33.26", 0, 300, "5")}, 2, 100), 4);
}

TEST(PovertyLines, WithoutALineThereIsNone) {
  EXPECT_EQ(Applies({Line("32", 0, 100, "9")}, 2, 150), -1);
}

TEST(PovertyLines, AContradictoryLineIsRefused) {
  const struct {
    PovertyLine line;
    std::string_view reason;
  } cases[] = {{Line("33.26", 0, 1, "-5"), "LINE_NOT_POSITIVE"},
               {Line("33.26", 0, 1, "0"), "LINE_NOT_POSITIVE"},
               {Line("33.26", 0, 1, "Rp538.371"), "NOT_A_NUMBER"},
               {Line("33.26", 0, 1, ""), "NOT_A_NUMBER"},
               {Line("33.26", 3, 1, "5"), "URBAN_RURAL_OUT_OF_RANGE"},
               {Line("33..26", 0, 1, "5"), "REGION_CODE_MALFORMED"},
               {Line("33.26", 0, 1, "99999999999999"), "LINE_TOO_LARGE"}};
  for (const auto& c : cases) {
    const absl::Status status = Check(c.line, Population{"register", 0, 3});
    EXPECT_EQ(base::ReasonOf(status), c.reason) << c.line.value;
  }
  EXPECT_TRUE(Check(Line("33.26", 0, 1, "10859.24"), Population{"eusilc", 2, 3}).ok());
}

TEST(Score, IsTheSumOfItsTermsInMillionths) {
  Model model;
  model.intercept_micro = 14'000'000;
  model.terms = {{Variable::kMembers, {}, -120'000, "", {}},
                 {Variable::kFloor, {7, 8}, -400'000, "", {}},
                 {Variable::kHeadSchoolingYears, {}, 30'000, "", -50'000}};
  Features features;
  features.Set(Variable::kMembers, 4);
  EXPECT_EQ(Score(model, features), std::nullopt);  // floor unknown
  features.Set(Variable::kFloor, 8);
  EXPECT_EQ(Score(model, features), 14'000'000 - 480'000 - 400'000 - 50'000);
  features.Set(Variable::kFloor, 2);
  features.Set(Variable::kHeadSchoolingYears, 12);
  EXPECT_EQ(Score(model, features), 14'000'000 - 480'000 + 360'000);
}

TEST(Score, ATermMayCountTheSquareOfItsVariable) {
  Model model;
  model.id = "pmt";
  model.version = "1";
  model.terms = {{Variable::kMembers, {}, -309'142, "", {}},
                 {Variable::kMembers, {}, 16'540, "", -50'000, 2}};
  EXPECT_TRUE(Check(model).ok());
  Features features;
  EXPECT_EQ(Contribution(model.terms[1], features), -50'000);
  features.Set(Variable::kMembers, 5);
  EXPECT_EQ(Score(model, features), 5 * -309'142 + 25 * 16'540);
  features.Set(Variable::kMembers, kLargestSquared + 1);
  EXPECT_EQ(Contribution(model.terms[1], features), -50'000);
}

TEST(Score, ASquareThatCannotBeMeantIsRefused) {
  const struct {
    ModelTerm term;
    std::string_view reason;
  } cases[] = {{{Variable::kFloor, {8}, 1, "", {}, 2}, "POWER_OUT_OF_RANGE"},
               {{Variable::kHeadAge, {}, 1, "", {}, 3}, "POWER_OUT_OF_RANGE"},
               {{Variable::kHeadAge, {}, 1'000'000, "", {}, 2}, "COEFFICIENT_TOO_LARGE"}};
  for (const auto& c : cases) {
    Model model;
    model.id = "pmt";
    model.version = "1";
    model.terms = {c.term};
    EXPECT_EQ(base::ReasonOf(Check(model)), c.reason);
  }
}

TEST(Score, AModelThatRepeatsATermIsRefused) {
  Model model;
  model.id = "pmt";
  model.version = "1";
  model.terms = {{Variable::kFloor, {8}, 1, "", {}}, {Variable::kFloor, {8}, 2, "", {}}};
  EXPECT_EQ(base::ReasonOf(Check(model)), "TERM_REPEATED");
  model.terms.pop_back();
  EXPECT_TRUE(Check(model).ok());
  model.id = kWelfareRanking;
  EXPECT_EQ(base::ReasonOf(Check(model)), "MODEL_ID_RESERVED");
}

TEST(Eligibility, OneFailedPartDecidesOneUnknownPartLeavesOpen) {
  Programme programme;
  programme.needs = *NeedsMask({"unfit_house", "no_own_toilet"});
  programme.poor_only = true;
  programme.decile_max = 4;
  DeprivationMasks masks;
  const Features none;
  const auto own = [&](std::optional<bool> poor, Reasons* reasons = nullptr) {
    return OwnEligibility(programme, masks, poor, none, reasons);
  };
  EXPECT_EQ(own(true), Truth::kUnknown);
  EXPECT_EQ(own(false), Truth::kFalse);
  masks.known = masks.deprived = *NeedsMask({"unfit_house", "no_own_toilet"});
  EXPECT_EQ(own(true), Truth::kTrue);
  EXPECT_EQ(own(std::nullopt), Truth::kUnknown);
  masks.deprived = *NeedsMask({"unfit_house"});
  Reasons reasons;
  EXPECT_EQ(own(std::nullopt, &reasons), Truth::kFalse);
  EXPECT_EQ(reasons, (Reasons{"NO_OWN_TOILET_NOT_MET", "POVERTY_LINE_UNKNOWN"}));
  EXPECT_EQ(DecileEligibility(programme, 4, nullptr), Truth::kTrue);
  EXPECT_EQ(DecileEligibility(programme, 5, nullptr), Truth::kFalse);
  EXPECT_EQ(DecileEligibility(programme, 0, nullptr), Truth::kUnknown);
}

TEST(Eligibility, PartsAreRangesOpenAboveWhenTheUpperEndIsBelow) {
  Programme programme;
  Features features;
  features.Set(Variable::kMembers60Plus, 3);
  programme.parts = {{Variable::kMembers60Plus, 1, 0}};
  const auto holds = [&] { return OwnEligibility(programme, {}, {}, features, nullptr); };
  EXPECT_EQ(holds(), Truth::kTrue);
  programme.parts = {{Variable::kMembers60Plus, 1, 2}};
  EXPECT_EQ(holds(), Truth::kFalse);
  programme.parts = {{Variable::kMembersDisabled, 1, 0}};
  EXPECT_EQ(holds(), Truth::kUnknown);
}

TEST(Eligibility, AnUnknownNeedIsRefused) {
  EXPECT_EQ(base::ReasonOf(NeedsMask({"leaky_roof"}).status()), "UNKNOWN_NEED");
}

}  // namespace
}  // namespace sepakat::targeting
