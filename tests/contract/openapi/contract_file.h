// services/gateway/openapi/sepakat.v1.yaml as the tests read it.
#pragma once

#include <string>
#include <vector>

#include "nlohmann/json.hpp"

namespace sepakat::contract {

struct Operation {
  std::string method;  // `GET`
  std::string path;
  nlohmann::json definition;

  std::string name() const { return method + " " + path; }
};

// The whole document; fails the test when it cannot be read.
const nlohmann::json& Contract();

std::vector<Operation> Operations();

// What `{"$ref": "#/…"}` points to; the node itself when it is no reference. Null when it points
// nowhere.
const nlohmann::json& Resolve(const nlohmann::json& node);

// Parameters of an operation, resolved.
std::vector<nlohmann::json> ParametersOf(const Operation& operation);

// Schema of the answer with this status (`200`); null when the contract has none.
nlohmann::json AnswerSchema(const Operation& operation, const std::string& status);

}  // namespace sepakat::contract
