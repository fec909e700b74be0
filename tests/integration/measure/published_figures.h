// Runs the built `sepakat measure` and finds figures in what it wrote.
//
//   const Figures figures = Measure({file, "--codebook", "eusilc", "--line", "10000"});
//   figures.Of("p0", {{"line", "10000"}}, {{"region", "AT33"}})
// Fails the running test when the program fails. Thread: any.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace sepakat::support {

struct PublishedFigure {
  double estimate = 0;
  std::optional<double> standard_error;
  std::optional<double> lower;
  std::optional<double> upper;
  double design_df = 0;
  int64_t observations = 0;
  double weight_sum = 0;
};

class Figures {
 public:
  using Words = std::map<std::string, std::string>;

  Figures() = default;
  explicit Figures(nlohmann::json report);

  // Parameters as text (numbers as they are written shortest; `lineValue` is left out), groups by
  // the codes of the data. A failed test and zeros when there is no such figure or it is undefined.
  PublishedFigure Of(const std::string& measure, const Words& parameters = {},
                     const Words& domain = {}) const;
  const nlohmann::json& report() const { return report_; }

 private:
  nlohmann::json report_;
  std::map<std::string, nlohmann::json> by_key_;
};

Figures Measure(std::vector<std::string> arguments);

// The code book of a test, below tests/integration/measure/books.
std::string TestBook(const std::string& name);

// |actual - expected| <= tolerance * |expected|.
void ExpectNear(double actual, double expected, double tolerance, const std::string& what);

// An estimate to 1e-9 and, where there is an error, its variance to 1e-6, both relative.
void ExpectPublished(const PublishedFigure& figure, double estimate, double error,
                     const std::string& what, double scale = 1);

// A fresh folder of the running test.
std::filesystem::path FolderOfTest();

}  // namespace sepakat::support
