// Local proxy-means models as an analyst makes them at the command line, against what R says of the
// same surveys.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sepakat/cli/commands.h"
#include "sepakat/reference/builtin.h"
#include "tests/support/paths.h"

namespace sepakat::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using Row = std::map<std::string, std::string>;

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

Outcome Sepakat(std::vector<std::string> arguments) {
  static constexpr AddCommand kCommands[] = {AddPmt, AddReference};
  std::ostringstream out;
  std::ostringstream err;
  Environment environment{
      .out = out,
      .err = err,
      .variable =
          [](const char* name) {
            return std::string(std::string_view(name) == "SEPAKAT_LANG" ? "en" : "");
          },
      .now_ms = [] { return int64_t{1'764'000'000'000}; }};
  const int code = RunCommandLine(kCommands, std::move(arguments), environment);
  return {code, out.str(), err.str()};
}

std::string Scratch(const std::string& name) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const auto folder = std::filesystem::path(testing::TempDir()) / "sepakat_pmt" / test->name();
  std::filesystem::create_directories(folder);
  return (folder / name).string();
}

std::string Write(const std::string& name, const std::string& text) {
  const std::string path = Scratch(name);
  std::ofstream(path) << text;
  return path;
}

std::string Text(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<Row> Table(const std::filesystem::path& path) {
  std::istringstream lines(Text(path));
  std::vector<std::string> names;
  std::vector<Row> rows;
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream parts(line);
    for (std::string cell; std::getline(parts, cell, ',');) {
      std::erase(cell, '"');
      cells.push_back(cell);
    }
    if (line.ends_with(',')) cells.emplace_back();
    if (names.empty()) {
      names = cells;
      continue;
    }
    Row& row = rows.emplace_back();
    for (size_t i = 0; i < std::min(names.size(), cells.size()); ++i) row[names[i]] = cells[i];
  }
  return rows;
}

void ExpectNear(const json& ours, double reference, double relative, const std::string& what) {
  EXPECT_NEAR(ours.get<double>() / reference, 1, relative) << what;
}

// R's lm(): coefficients and classical errors, in the order of its file.
void ExpectReference(const json& fit, const std::filesystem::path& reference) {
  const std::vector<Row> rows = Table(reference);
  ASSERT_EQ(fit["coefficients"].size(), rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    const json& ours = fit["coefficients"][i];
    const std::string what = rows[i].at("term");
    ExpectNear(ours["estimate"], std::stod(rows[i].at("Estimate")), 1e-9, what);
    ExpectNear(ours["classical_error"], std::stod(rows[i].at("Std..Error")), 1e-9, what);
  }
}

// Two heads have broken years of schooling, which the canonical variable rounds.
constexpr const char* kVietnamTerms =
    "members,members^2,head_age,head_age^2,column:educyr,head_sex=2,column:farm=yes,urban_rural=1";

TEST(Pmt, VietnamEqualsRInCoefficientsErrorsPredictionsAndTargeting) {
  const auto folder = support::SharedData("vietnam_vlss_1997");
  if (!folder) GTEST_SKIP() << support::NoSharedData("vietnam_vlss_1997");
  const std::string predictions = Scratch("predictions.csv");
  const Outcome outcome =
      Sepakat({"pmt", "fit", (*folder / "vietnam_hh.csv").string(), "--codebook",
               "vietnam_vlss_1997", "--terms", kVietnamTerms, "--holdout", "every:3",
               "--predictions", predictions, "--format", "json"});
  ASSERT_EQ(outcome.code, kExitOk) << outcome.err;
  const json fit = json::parse(outcome.out);
  EXPECT_EQ(fit["label"], "local_estimate");
  EXPECT_EQ(fit["fitted"], 4000);
  EXPECT_EQ(fit["held"], 1999);
  ExpectReference(fit, *folder / "reference_pmt_wls_coef.csv");

  std::map<std::string, double> predicted;
  for (const Row& row : Table(predictions)) {
    if (row.at("held") == "1")
      predicted[row.at("row")] = std::stod(row.at("predicted_log_welfare"));
  }
  const std::vector<Row> expected = Table(*folder / "reference_pmt_test_predictions.csv");
  ASSERT_EQ(predicted.size(), expected.size());
  for (const Row& row : expected) {
    ExpectNear(predicted.at(row.at("hhid")), std::stod(row.at("pred_log_pcexp")), 1e-9,
               "family " + row.at("hhid"));
  }

  const std::vector<Row> targeting = Table(*folder / "reference_pmt_targeting.csv");
  ASSERT_EQ(fit["cuts"].size(), targeting.size());
  for (size_t i = 0; i < targeting.size(); ++i) {
    const Row& row = targeting[i];
    const json& cut = fit["cuts"][i];
    const std::string what = "cut " + row.at("quantile");
    ExpectNear(cut["welfare_line"], std::stod(row.at("line_true")), 1e-9, what);
    ExpectNear(cut["score_line"], std::stod(row.at("cutoff_pred")), 1e-9, what);
    ExpectNear(cut["held"]["poor"], std::stod(row.at("poverty_rate")), 1e-9, what);
    ExpectNear(cut["held"]["selected"], std::stod(row.at("coverage")), 1e-9, what);
    ExpectNear(cut["held"]["exclusion_error"], std::stod(row.at("undercoverage_exclusion")), 1e-9,
               what);
    ExpectNear(cut["held"]["inclusion_error"], std::stod(row.at("leakage_inclusion")), 1e-9, what);
    ExpectNear(fit["r_squared"], std::stod(row.at("r2_train")), 1e-9, what);
    ExpectNear(fit["held_r_squared"], std::stod(row.at("r2_test")), 1e-9, what);
  }
}

// svyglm() of R's survey 4.1, svydesign(ids = ~commune, weights = ~hhsize), on the same families.
TEST(Pmt, VietnamsErrorsFollowTheVillagesAsInR) {
  const auto folder = support::SharedData("vietnam_vlss_1997");
  if (!folder) GTEST_SKIP() << support::NoSharedData("vietnam_vlss_1997");
  const Outcome outcome = Sepakat({"pmt", "fit", (*folder / "vietnam_hh.csv").string(),
                                   "--codebook", "vietnam_vlss_1997", "--terms", kVietnamTerms,
                                   "--holdout", "every:3", "--format", "json"});
  ASSERT_EQ(outcome.code, kExitOk) << outcome.err;
  const json fit = json::parse(outcome.out);
  constexpr double kErrors[] = {1.13324736169901e-01, 1.61934517821886e-02, 1.33066985872392e-03,
                                4.07388190865230e-03, 3.85560082393917e-05, 3.69478925156022e-03,
                                2.05333294852678e-02, 3.59049570046848e-02, 5.20742893416862e-02};
  for (size_t i = 0; i < std::size(kErrors); ++i) {
    ExpectNear(fit["coefficients"][i]["standard_error"], kErrors[i], 1e-9,
               fit["coefficients"][i]["term"].get<std::string>());
  }
  EXPECT_EQ(fit["design_df"], 185);
  ExpectNear(fit["coefficients"][6]["p_value"], 0.594829891677, 1e-9, "head_sex=2");
}

// The shipped book says nothing of the two columns that the reference uses beside its variables.
std::string BookOfSusenas() {
  const auto book =
      reference::FindBuiltin(reference::BuiltinKind::kCodebook, "susenas_konsumsi_1607");
  std::string text(book->text);
  // 11 and above is senior secondary and more.
  text += R"(
[[variable]]
column = "head_edu"
variable = "head_schooling_years"
codes = { "0" = 0, "1" = 6, "2" = 6, "3" = 6, "4" = 6, "5" = 6, "6" = 9, "7" = 9, "8" = 9, "9" = 9, "10" = 9, "*" = 12 }

[[variable]]
column = "head_jobstatus"
variable = "head_job_status"
codes = { "3" = 3, "4" = 4, "*" = 8 }
)";
  return text;
}

TEST(Pmt, SusenasEqualsRInCoefficientsAndClassicalErrors) {
  const auto folder = support::SharedData("susenas_konsumsi_1607");
  if (!folder) GTEST_SKIP() << support::NoSharedData("susenas_konsumsi_1607");
  const std::string book = Write("susenas.toml", BookOfSusenas());
  const Outcome outcome =
      Sepakat({"pmt", "fit", (*folder / "rumah_tangga.csv").string(), "--codebook", book, "--terms",
               "members,members^2,head_age,tenure=1,asset_motorcycle,asset_car,asset_gold,"
               "head_schooling_years=12,head_job_status=3|4",
               "--holdout", "none", "--count", "families", "--format", "json"});
  ASSERT_EQ(outcome.code, kExitOk) << outcome.err;
  const json fit = json::parse(outcome.out);
  EXPECT_EQ(fit["fitted"], 520);
  ExpectReference(fit, *folder / "reference_pmt_ols_coef.csv");
}

// A village survey in which welfare is what its terms make of it, and some noise.
std::string InventedSurvey(int families) {
  std::string text = "no,desa,psu,anggota,pengeluaran,lantai,umur,sawah\n";
  uint64_t state = 42;
  const auto draw = [&state](uint64_t from, uint64_t to) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return from + (state >> 33) % (to - from + 1);
  };
  for (int i = 0; i < families; ++i) {
    const uint64_t members = draw(1, 8);
    const uint64_t floor = draw(1, 8);
    const uint64_t age = draw(20, 80);
    const bool land = draw(0, 1) == 1;
    double noise = 0;
    for (int k = 0; k < 12; ++k) noise += static_cast<double>(draw(0, 1000)) / 1000;
    const double welfare =
        std::exp(13.5 - 0.15 * static_cast<double>(members) - (floor >= 7 ? 0.4 : 0.0) +
                 (land ? 0.3 : 0.0) + 0.3 * (noise - 6));
    text += std::to_string(i + 1) + ",33.26.15.2014," + std::to_string(i / 12) + "," +
            std::to_string(members) + "," +
            std::to_string(std::llround(welfare * static_cast<double>(members))) + "," +
            std::to_string(floor) + "," + std::to_string(age) + "," + (land ? "ya" : "tidak") +
            "\n";
  }
  return text;
}

constexpr const char* kBook = R"([codebook]
id = "desa"
version = "1"
name = "Survei desa"
steward = "Desa"
source = "Survei sendiri"

[population]
id = "desa"
name = "Survei desa"
sample = true

[record]
unit = "family"
observed_on = { value = "2025-03-05" }

[roles]
family  = { column = "no", kind = "text" }
region  = { column = "desa", coding = "kemendagri" }
size    = { column = "anggota" }
psu     = { column = "psu" }
welfare = { column = "pengeluaran", unit = "family", period = "month" }

[[variable]]
column = "lantai"
variable = "floor"

[[variable]]
column = "umur"
variable = "head_age"
)";

class InventedPmt : public testing::Test {
 protected:
  const std::string survey_ = Write("survei.csv", InventedSurvey(1200));
  const std::string book_ = Write("survei.toml", kBook);

  Outcome Fit(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"pmt", "fit", survey_, "--codebook", book_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Sepakat(std::move(arguments));
  }
};

std::set<std::string> TermsOf(const json& fit) {
  std::set<std::string> terms;
  for (const json& one : fit["coefficients"]) terms.insert(one["term"].get<std::string>());
  return terms;
}

TEST_F(InventedPmt, ForwardSelectionAndTheLassoFindWhatMakesWelfare) {
  for (const char* select : {"forward", "lasso"}) {
    const Outcome outcome = Fit({"--select", select, "--format", "json"});
    ASSERT_EQ(outcome.code, kExitOk) << outcome.err;
    const json fit = json::parse(outcome.out);
    EXPECT_THAT(TermsOf(fit), testing::IsSupersetOf({"constant", "floor=7", "floor=8"})) << select;
    EXPECT_TRUE(TermsOf(fit).contains("members") || TermsOf(fit).contains("members^2")) << select;
    EXPECT_GT(fit["held_r_squared"].get<double>(), 0.3) << select;
    EXPECT_NEAR(fit["smearing_factor"].get<double>(), 1.06, 0.03) << select;
  }
}

TEST_F(InventedPmt, TheSameSeedGivesTheSameBytesAndAnotherSetsOtherFamiliesAside) {
  const Outcome first = Fit({"--seed", "7", "--format", "json"});
  ASSERT_EQ(first.code, kExitOk) << first.err;
  EXPECT_EQ(Fit({"--seed", "7", "--format", "json"}).out, first.out);
  EXPECT_NE(Fit({"--seed", "8", "--format", "json"}).out, first.out);
}

TEST_F(InventedPmt, FamiliesAreSetAsideByWholeSamplingUnits) {
  const std::string predictions = Scratch("p.csv");
  ASSERT_EQ(Fit({"--predictions", predictions}).code, kExitOk);
  std::map<int, std::set<std::string>> held;
  size_t aside = 0;
  for (const Row& row : Table(predictions)) {
    held[(std::stoi(row.at("row")) - 1) / 12].insert(row.at("held"));
    aside += row.at("held") == "1" ? 1 : 0;
  }
  for (const auto& [psu, marks] : held) EXPECT_EQ(marks.size(), 1U) << psu;
  EXPECT_EQ(aside, 240U);
}

TEST_F(InventedPmt, TheModelCanBeAppliedAndHandedToAServer) {
  const std::string model = Scratch("model.toml");
  const std::string predictions = Scratch("p.csv");
  ASSERT_EQ(Fit({"--out", model, "--predictions", predictions, "--id", "desa_pmt"}).code, kExitOk);
  EXPECT_THAT(Text(model), HasSubstr("bukan desil resmi"));
  const Outcome checked = Sepakat({"reference", "check", model});
  EXPECT_EQ(checked.code, kExitOk) << checked.err;

  const std::string scores = Scratch("scores.csv");
  const Outcome scored =
      Sepakat({"pmt", "score", model, survey_, "--codebook", book_, "--out", scores});
  ASSERT_EQ(scored.code, kExitOk) << scored.err;
  EXPECT_THAT(scored.out, HasSubstr("bukan desil resmi"));
  const std::vector<Row> predicted = Table(predictions);
  const std::vector<Row> rows = Table(scores);
  ASSERT_EQ(rows.size(), 1200U);
  std::map<std::string, int> deciles;
  std::vector<std::pair<int64_t, int64_t>> by_rank;
  for (size_t i = 0; i < rows.size(); ++i) {
    // Whole millionths against doubles: half a millionth for each term and its value.
    EXPECT_NEAR(std::stod(rows[i].at("score_micro")) / 1e6,
                std::stod(predicted[i].at("predicted_log_welfare")), 5e-3);
    ++deciles[rows[i].at("decile")];
    by_rank.emplace_back(std::stoll(rows[i].at("rank")), std::stoll(rows[i].at("score_micro")));
  }
  for (const auto& [decile, families] : deciles) EXPECT_EQ(families, 120) << decile;
  std::ranges::sort(by_rank);
  for (size_t i = 0; i < by_rank.size(); ++i) {
    EXPECT_EQ(by_rank[i].first, static_cast<int64_t>(i) + 1);
    EXPECT_TRUE(i == 0 || by_rank[i - 1].second <= by_rank[i].second);
  }
}

TEST_F(InventedPmt, AModelOverColumnsOfTheFileServesTheFileAlone) {
  const std::string model = Scratch("model.toml");
  const Outcome fit =
      Fit({"--terms", "members,column:sawah=ya", "--out", model, "--format", "json"});
  ASSERT_EQ(fit.code, kExitOk) << fit.err;
  EXPECT_NEAR(json::parse(fit.out)["coefficients"][2]["estimate"].get<double>(), 0.3, 0.06);
  EXPECT_EQ(Sepakat({"pmt", "score", model, survey_, "--codebook", book_}).code, kExitOk);
  const Outcome refused = Sepakat({"reference", "check", model});
  EXPECT_EQ(refused.code, kExitFailure);
  EXPECT_THAT(refused.err, HasSubstr("`pmt score` alone"));
}

TEST_F(InventedPmt, WhatCannotBeDoneIsSaidInOneSentence) {
  const struct {
    std::vector<std::string> arguments;
    std::string_view sentence;
  } cases[] = {
      {{"--terms", "flor=8"}, "no variable is called `flor`"},
      {{"--terms", "members^3"}, "is no term"},
      {{"--terms", "column:lawn=yes"}, "lawn"},
      {{"--terms", "head_age,column:umur"}, "others determine"},
      {{"--terms", "asset_car"}, "no family is left to be fitted on"},
      {{"--holdout", "1"}, "--holdout 1"},
      {{"--cuts", "40"}, "--cuts 40"},
  };
  for (const auto& c : cases) {
    const Outcome outcome = Fit(c.arguments);
    EXPECT_EQ(outcome.code, kExitFailure) << c.sentence;
    EXPECT_THAT(outcome.err, HasSubstr(c.sentence));
  }
  std::string without(kBook);
  without.erase(without.find("welfare ="),
                without.find('\n', without.find("welfare =")) - without.find("welfare ="));
  const Outcome outcome =
      Sepakat({"pmt", "fit", survey_, "--codebook", Write("without.toml", without)});
  EXPECT_EQ(outcome.code, kExitFailure);
  EXPECT_THAT(outcome.err, HasSubstr("names no welfare"));
}

// One row per member: what a model counts of members is derived as ingestion derives it.
TEST(Pmt, AFileOfMembersGivesFamiliesWithTheirDerivedVariables) {
  std::string survey = "kk,desa,belanja,umur,hubungan\n";
  for (int family = 0; family < 60; ++family) {
    const int members = 1 + family % 5;
    for (int member = 0; member < members; ++member) {
      survey += std::to_string(family) + ",33.26.15.2014," +
                std::to_string(1'000'000 + 50'000 * (family % 7)) + "," +
                std::to_string(member == 0 ? 30 + family % 40 : 3 + member) + "," +
                (member == 0 ? "1" : "3") + "\n";
    }
  }
  constexpr const char* kMembers = R"([codebook]
id = "anggota"
version = "1"
name = "Survei anggota"
steward = "Desa"
source = "Survei sendiri"

[population]
id = "anggota"
name = "Survei anggota"
sample = true

[record]
unit = "person"
observed_on = { value = "2025-03-05" }

[roles]
family  = { column = "kk", kind = "text" }
region  = { column = "desa", coding = "kemendagri" }
size    = { count = true }
welfare = { column = "belanja", unit = "family", period = "month" }

[[variable]]
column = "umur"
variable = "age"

[[variable]]
column = "hubungan"
variable = "relation"
)";
  const Outcome outcome = Sepakat(
      {"pmt", "fit", Write("anggota.csv", survey), "--codebook", Write("anggota.toml", kMembers),
       "--terms", "members,head_age,children_under_5", "--holdout", "none", "--format", "json"});
  ASSERT_EQ(outcome.code, kExitOk) << outcome.err;
  const json fit = json::parse(outcome.out);
  EXPECT_EQ(fit["fitted"], 60);
  double persons = 0;
  double members = 0;
  for (int family = 0; family < 60; ++family) {
    persons += 1 + family % 5;
    members += (1 + family % 5) * (1 + family % 5);
  }
  EXPECT_NEAR(fit["coefficients"][1]["mean"].get<double>(), members / persons, 1e-12);
}

}  // namespace
}  // namespace sepakat::cli
