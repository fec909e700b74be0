#include "tests/contract/openapi/schema_check.h"

#include <algorithm>

#include "tests/contract/openapi/contract_file.h"

namespace sepakat::contract {
namespace {

using nlohmann::json;

std::string ObjectMisfit(const json& schema, const json& value, const std::string& where) {
  if (!value.is_object()) return where + " is no object";
  const json properties = schema.value("properties", json::object());
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name.get<std::string>())) {
      return where + " lacks " + name.get<std::string>();
    }
  }
  const bool open = !schema.contains("properties") && !schema.contains("additionalProperties");
  for (const auto& [name, member] : value.items()) {
    std::string misfit;
    if (properties.contains(name)) {
      misfit = Misfit(properties[name], member, where + "." + name);
    } else if (schema.contains("additionalProperties") &&
               schema["additionalProperties"].is_object()) {
      misfit = Misfit(schema["additionalProperties"], member, where + "." + name);
    } else if (!open) {
      misfit = where + " has " + name + ", which is not described";
    }
    if (!misfit.empty()) return misfit;
  }
  return "";
}

std::string TextMisfit(const json& schema, const json& value, const std::string& where) {
  if (!value.is_string()) return where + " is no text";
  const std::string text = value.get<std::string>();
  const std::string format = schema.value("format", "");
  if (format.find("int64") != std::string::npos || format == "fixed64") {
    const size_t sign = text.starts_with('-') ? 1 : 0;
    const bool digits =
        text.size() > sign && text.find_first_not_of("0123456789", sign) == std::string::npos;
    if (!digits) return where + " is no whole number in text";
  }
  return "";
}

}  // namespace

std::string Misfit(const json& reference, const json& value, const std::string& where) {
  const json& schema = Resolve(reference);
  if (!schema.is_object()) return where + " has no schema";
  const std::string type = schema.value("type", "");
  if (schema.contains("enum") && std::ranges::count(schema["enum"], value) == 0) {
    return where + " is none of the listed values: " + value.dump();
  }
  if (type == "object") return ObjectMisfit(schema, value, where);
  if (type == "string") return TextMisfit(schema, value, where);
  if (type == "integer" && !value.is_number_integer()) return where + " is no whole number";
  if (type == "boolean" && !value.is_boolean()) return where + " is neither true nor false";
  if (type != "array") return "";
  if (!value.is_array()) return where + " is no list";
  for (size_t i = 0; i < value.size(); ++i) {
    const std::string misfit =
        Misfit(schema["items"], value[i], where + "[" + std::to_string(i) + "]");
    if (!misfit.empty()) return misfit;
  }
  return "";
}

json Sample(const json& reference) {
  const json& schema = Resolve(reference);
  const std::string type = schema.value("type", "");
  if (schema.contains("enum")) return schema["enum"][0];
  if (type == "string") return schema.contains("format") ? "1" : "x";
  if (type == "integer") return 1;
  if (type == "boolean") return true;
  if (type == "array") return json::array({Sample(schema["items"])});
  json object = json::object();
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, member] : properties.items()) object[name] = Sample(member);
  if (schema.contains("additionalProperties") && schema["additionalProperties"].is_object()) {
    object["key"] = Sample(schema["additionalProperties"]);
  }
  return object;
}

}  // namespace sepakat::contract
