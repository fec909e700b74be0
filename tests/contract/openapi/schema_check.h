// Whether a JSON value fits a schema of the contract, and a value that does.
//
// Knows the part of JSON Schema that the contract uses. Members that the schema does not name are
// mistakes even where it is open: the contract describes everything that is sent.
// Thread: pure functions.
#pragma once

#include <string>

#include "nlohmann/json.hpp"

namespace sepakat::contract {

// Empty when it fits; else where and why not.
std::string Misfit(const nlohmann::json& schema, const nlohmann::json& value,
                   const std::string& where = "$");

// A small value with every member.
nlohmann::json Sample(const nlohmann::json& schema);

}  // namespace sepakat::contract
