// The reference table: real surveys through the front door by their shipped code books, over the
// whole chain to the served figures, against the results that come with the data. Counts are
// compared as integers, quotients to 1e-9 of their value. Prints set, region, measure, ours,
// reference, difference.
#include <fmt/format.h>

#include <cmath>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "common/base/fixed_point.h"
#include "ingestion/domain/csv_reader.h"
#include "sepakat/cli/command.h"
#include "sepakat/cli/files.h"
#include "tests/spec/sepakat/clerk.h"
#include "tests/support/paths.h"

namespace sepakat {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> ReadTable(const std::filesystem::path& path) {
  const absl::StatusOr<std::string> text = cli::ReadFile(path.string());
  EXPECT_TRUE(text.ok()) << text.status();
  ingestion::CsvReader reader;
  reader.Feed(text.value_or(""));
  reader.Finish();
  ingestion::CsvRow row;
  std::vector<std::string> names;
  std::vector<Row> rows;
  while (reader.Next(&row) == ingestion::CsvReader::kRow) {
    if (names.empty()) {
      names.assign(row.cells.begin(), row.cells.end());
      continue;
    }
    Row& cells = rows.emplace_back();
    for (size_t i = 0; i < names.size() && i < row.cells.size(); ++i)
      cells[names[i]] = row.cells[i];
  }
  return rows;
}

class ReferenceTable : public Clerk {
 protected:
  void TearDown() override {
    std::cout << fmt::format("{:<22}{:<8}{:<15}{:>22}{:>22}{:>12}\n", "set", "region", "measure",
                             "ours", "reference", "difference");
    for (const std::string& line : lines_) std::cout << line;
  }

  void Ingest(const std::string& set, const std::filesystem::path& file, int64_t families) {
    set_ = set;
    EXPECT_EQ(Run({"ingest", file.string(), "--codebook", set, "--format", "json"}), cli::kExitOk)
        << err();
    const auto told = nlohmann::json::parse(out());
    EXPECT_EQ(told["received"], families);
    EXPECT_EQ(told["accepted"], families);
    ASSERT_TRUE(told["publication"].is_number()) << out();
  }

  // Replaces the line of the whole survey.
  void SetLine(const std::string& population, const std::string& value) {
    population_ = population;
    const std::string file = Write(
        "line.toml",
        fmt::format("[reference]\ntitle = \"line\"\nversion = \"{}\"\nsource = \"SOURCE.md\"\n"
                    "population = \"{}\"\n[[poverty_line]]\nregion = \"0\"\nvalue = \"{}\"\n"
                    "valid_from = 1990-01-01\n",
                    value, population, value));
    ASSERT_EQ(Run({"reference", "apply", file}), cli::kExitOk) << err();
    ASSERT_EQ(err(), "");
  }

  // Loads the figures of one region as they are served.
  void Report(const std::string& region) {
    region_ = region;
    ASSERT_EQ(Run({"report", "--region", region, "--population", population_, "--format", "json"}),
              cli::kExitOk)
        << err();
    report_ = nlohmann::json::parse(out());
  }

  nlohmann::json Figure(const std::string& measure) const {
    for (const auto& figure : report_["figures"]) {
      if (figure["measure"] == measure) return figure;
    }
    ADD_FAILURE() << measure << " is not served";
    return {};
  }

  void ExpectCount(const std::string& measure, int64_t reference) {
    const std::string ours = Figure(measure)["value"].get<std::string>();
    EXPECT_EQ(ours, std::to_string(reference)) << set_ << " " << region_ << " " << measure;
    Tell(measure, ours, std::to_string(reference),
         ours == std::to_string(reference) ? "0" : "differs");
  }

  // `scale`: the reference is the quotient times this.
  void ExpectQuotient(const std::string& measure, const std::string& told_as,
                      const std::string& reference_text, double scale = 1) {
    const nlohmann::json figure = Figure(measure);
    const auto part = [&figure](const char* key) {
      return static_cast<long double>(*base::ParseInt128(figure[key].get<std::string>()));
    };
    const long double ours = part("numerator") / part("denominator");
    const long double reference = std::stold(reference_text) / static_cast<long double>(scale);
    const auto difference = static_cast<double>(ours / reference - 1);
    EXPECT_LT(std::abs(difference), 1e-9)
        << set_ << " " << region_ << " " << told_as << ": " << static_cast<double>(ours);
    Tell(told_as, fmt::format("{:.15g}", static_cast<double>(ours)),
         fmt::format("{:.15g}", static_cast<double>(reference)), fmt::format("{:.1e}", difference));
  }

 private:
  void Tell(const std::string& measure, const std::string& ours, const std::string& reference,
            const std::string& difference) {
    lines_.push_back(fmt::format("{:<22}{:<8}{:<15}{:>22}{:>22}{:>12}\n", set_, region_, measure,
                                 ours, reference, difference));
  }

  std::string set_;
  std::string population_;
  std::string region_;
  nlohmann::json report_;
  std::vector<std::string> lines_;
};

TEST_F(ReferenceTable, SusenasOfOneRegency) {
  const auto data = support::SharedData("susenas_konsumsi_1607");
  if (!data) GTEST_SKIP() << support::NoSharedData("susenas_konsumsi_1607");
  std::map<std::string, std::string> reference;
  for (const Row& row : ReadTable(*data / "reference.csv")) {
    reference[row.at("measure")] = row.at("value");
  }
  Ingest("susenas_konsumsi_1607", *data / "rumah_tangga.csv", 520);
  SetLine("susenas_1607", "539283");
  for (const char* region : {"16.07", "16", "0"}) {
    Report(region);
    ExpectCount("families", 520);
    ExpectCount("persons", 1894);
    ExpectCount("poor_persons", 90);
    ExpectCount("poor_families", 18);
    ExpectQuotient("p0", "P0", reference.at("fgt0_person"));
    ExpectQuotient("p1", "P1", reference.at("fgt1_person"));
    ExpectQuotient("p2", "P2", reference.at("fgt2_person"));
    ExpectQuotient("mean_welfare", "mean", reference.at("mean_pc_person"), 1);
    ExpectQuotient("gini", "Gini", reference.at("gini_person"));
  }
  // Welfare classes: multiples of the line (with six decimals of welfare a line stays below 1.1
  // million).
  const std::pair<const char*, const char*> classes[] = {{"647139.6", "1.2"}, {"808924.5", "1.5"}};
  for (const auto& [line, times] : classes) {
    SetLine("susenas_1607", line);
    Report("16.07");
    ExpectQuotient("p0", fmt::format("P0 {} GK", times),
                   reference.at(fmt::format("share_below_{}xGK_person", times)));
  }
}

TEST_F(ReferenceTable, VietnamLivingStandards) {
  const auto data = support::SharedData("vietnam_vlss_1997");
  if (!data) GTEST_SKIP() << support::NoSharedData("vietnam_vlss_1997");
  std::map<std::pair<std::string, std::string>, std::string> reference;
  for (const Row& row : ReadTable(*data / "reference_poverty.csv")) {
    reference[{row.at("domain"), row.at("measure")}] = row.at("estimate");
  }
  Ingest("vietnam_vlss_1997", *data / "vietnam_hh.csv", 5999);
  const std::pair<const char*, const char*> regions[] = {
      {"0", "all"}, {"VN-U", "urban=yes"}, {"VN-R", "urban=no"}};
  for (const std::string line : {"1789.871", "1286.833"}) {
    SetLine("vietnam_1997", line);
    for (const auto& [region, domain] : regions) {
      Report(region);
      for (const char order : {'0', '1', '2'}) {
        ExpectQuotient(fmt::format("p{}", order), fmt::format("P{} {}", order, line.substr(0, 4)),
                       reference.at({domain, fmt::format("fgt{}_z{}", order, line)}));
      }
      ExpectQuotient("mean_welfare", "mean", reference.at({domain, "mean_pcexp"}));
    }
  }
  Report("0");
  ExpectCount("families", 5999);
  ExpectCount("persons", 28509);
}

TEST_F(ReferenceTable, EuSilcWithWeightsAndRegions) {
  const auto data = support::SharedData("eusilc");
  if (!data) GTEST_SKIP() << support::NoSharedData("eusilc");
  std::map<std::pair<std::string, std::string>, std::string> reference;
  for (const Row& row : ReadTable(*data / "reference.csv")) {
    if (row.at("source") != "convey/survey person_psu") continue;
    reference[{row.at("domain"), row.at("measure")}] = row.at("estimate");
  }
  Ingest("eusilc", *data / "eusilc.csv", 6000);
  const std::pair<const char*, const char*> regions[] = {
      {"0", "Austria"},          {"AT11", "Burgenland"}, {"AT12", "Lower Austria"},
      {"AT13", "Vienna"},        {"AT21", "Carinthia"},  {"AT22", "Styria"},
      {"AT31", "Upper Austria"}, {"AT32", "Salzburg"},   {"AT33", "Tyrol"},
      {"AT34", "Vorarlberg"}};
  SetLine("eusilc", "10000");
  for (const auto& [region, domain] : regions) {
    Report(region);
    for (const char order : {'0', '1', '2'}) {
      ExpectQuotient(fmt::format("p{}", order), fmt::format("P{} 10000", order),
                     reference.at({domain, fmt::format("fgt{}_abs10000", order)}));
    }
    ExpectQuotient("mean_welfare", "mean", reference.at({domain, "mean"}));
  }
  // The at-risk-of-poverty line: 60 % of the median.
  SetLine("eusilc", "10859.236");
  for (const auto& [region, domain] : regions) {
    Report(region);
    ExpectQuotient("p0", "P0 60% median", reference.at({domain, "fgt0_relq60"}));
    ExpectQuotient("p1", "P1 60% median", reference.at({domain, "fgt1_relq60"}));
    ExpectQuotient("p2", "P2 60% median", reference.at({domain, "fgt2_relq60"}));
  }
  Report("0");
  ExpectCount("families", 3505145);
  ExpectCount("persons", 8182222);
}

}  // namespace
}  // namespace sepakat
