#include "tests/contract/openapi/contract_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/contract/openapi/yaml_text.h"
#include "tests/support/paths.h"

namespace sepakat::contract {
namespace {

nlohmann::json Load() {
  std::ifstream in(support::SourceFolder() / "services/gateway/openapi/sepakat.v1.yaml");
  std::ostringstream text;
  text << in.rdbuf();
  absl::StatusOr<nlohmann::json> document = ParseYamlText(text.str());
  EXPECT_TRUE(document.ok()) << document.status();
  return document.ok() ? *std::move(document) : nlohmann::json();
}

}  // namespace

const nlohmann::json& Contract() {
  static const nlohmann::json kContract = Load();
  return kContract;
}

std::vector<Operation> Operations() {
  std::vector<Operation> operations;
  for (const auto& [path, methods] : Contract()["paths"].items()) {
    for (const auto& [method, definition] : methods.items()) {
      std::string upper = method;
      std::ranges::transform(upper, upper.begin(), [](char c) { return std::toupper(c); });
      operations.push_back({upper, path, definition});
    }
  }
  return operations;
}

const nlohmann::json& Resolve(const nlohmann::json& node) {
  static const nlohmann::json kNothing;
  if (!node.is_object() || !node.contains("$ref")) return node;
  const std::string reference = node["$ref"].get<std::string>();
  const nlohmann::json::json_pointer pointer(reference.substr(1));
  return Contract().contains(pointer) ? Contract()[pointer] : kNothing;
}

std::vector<nlohmann::json> ParametersOf(const Operation& operation) {
  std::vector<nlohmann::json> parameters;
  if (!operation.definition.contains("parameters")) return parameters;
  for (const auto& parameter : operation.definition["parameters"]) {
    parameters.push_back(Resolve(parameter));
  }
  return parameters;
}

nlohmann::json AnswerSchema(const Operation& operation, const std::string& status) {
  const auto& answers = operation.definition["responses"];
  if (!answers.contains(status)) return nullptr;
  const nlohmann::json& answer = Resolve(answers[status]);
  if (!answer.contains("content")) return nullptr;
  return answer["content"].begin().value()["schema"];
}

}  // namespace sepakat::contract
