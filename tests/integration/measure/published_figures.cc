#include "tests/integration/measure/published_figures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "tests/support/paths.h"
#include "tests/support/programs/run_program.h"

namespace sepakat::support {
namespace {

using nlohmann::json;

std::string WordOf(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string KeyOf(const std::string& measure, const Figures::Words& parameters,
                  const Figures::Words& domain) {
  std::string key = measure;
  for (const auto& [name, value] : parameters) key += "|" + name + "=" + value;
  for (const auto& [name, value] : domain) key += "/" + name + "=" + value;
  return key;
}

std::optional<double> NumberIn(const json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

}  // namespace

Figures::Figures(json report) : report_(std::move(report)) {
  for (const json& figure : report_["figures"]) {
    Words parameters;
    for (const auto& [name, value] : figure["parameters"].items()) {
      if (name != "lineValue") parameters[name] = WordOf(value);
    }
    Words domain;
    for (const auto& [name, value] : figure["domain"].items()) domain[name] = WordOf(value);
    by_key_[KeyOf(figure["measure"].get<std::string>(), parameters, domain)] = figure;
  }
}

PublishedFigure Figures::Of(const std::string& measure, const Words& parameters,
                            const Words& domain) const {
  const std::string key = KeyOf(measure, parameters, domain);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    ADD_FAILURE() << "no figure " << key;
    return {};
  }
  const json& json = found->second;
  PublishedFigure figure;
  const std::optional<double> estimate = NumberIn(json, "estimate");
  EXPECT_TRUE(estimate) << key << " is undefined: " << json.dump();
  figure.estimate = estimate.value_or(0);
  figure.standard_error = NumberIn(json, "standardError");
  if (json.contains("interval") && json["interval"].is_object()) {
    figure.lower = NumberIn(json["interval"], "lower");
    figure.upper = NumberIn(json["interval"], "upper");
  }
  figure.design_df = NumberIn(json, "designDegreesOfFreedom").value_or(0);
  figure.observations = json.value("observations", int64_t{0});
  figure.weight_sum = NumberIn(json, "weightSum").value_or(0);
  return figure;
}

Figures Measure(std::vector<std::string> arguments) {
  const std::filesystem::path out = FolderOfTest() / "figures.json";
  std::vector<std::string> command = {Program("sepakat"), "measure"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"--out", out.string()});
  const CommandResult result = RunProgram(command);
  EXPECT_EQ(result.exit_code, 0) << result.output;
  if (result.exit_code != 0) return {};
  std::ifstream file(out);
  return Figures(json::parse(file));
}

std::string TestBook(const std::string& name) {
  return (SourceFolder() / "tests/integration/measure/books" / (name + ".toml")).string();
}

void ExpectNear(double actual, double expected, double tolerance, const std::string& what) {
  EXPECT_LE(std::abs(actual - expected), tolerance * std::abs(expected))
      << what << ": " << actual << " instead of " << expected;
}

void ExpectPublished(const PublishedFigure& figure, double estimate, double error,
                     const std::string& what, double scale) {
  ExpectNear(figure.estimate * scale, estimate, 1e-9, what);
  if (std::isnan(error)) return;
  ASSERT_TRUE(figure.standard_error) << what << " has no error";
  const double own = *figure.standard_error * scale;
  ExpectNear(own * own, error * error, 1e-6, what + ", variance");
}

std::filesystem::path FolderOfTest() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder =
      std::filesystem::path(testing::TempDir()) /
      (std::string("sepakat_") + test->test_suite_name() + "_" + test->name());
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace sepakat::support
