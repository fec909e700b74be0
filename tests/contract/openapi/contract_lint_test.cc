// The contract file by itself: complete, consistent, nothing left over.

#include <gtest/gtest.h>

#include <functional>
#include <regex>
#include <set>
#include <string>

#include "tests/contract/openapi/contract_file.h"
#include "tests/contract/openapi/yaml_text.h"

namespace sepakat::contract {
namespace {

using nlohmann::json;

void Walk(const json& node, const std::function<void(const json&)>& visit) {
  visit(node);
  if (!node.is_structured()) return;
  for (const json& child : node) Walk(child, visit);
}

std::set<std::string> References() {
  std::set<std::string> references;
  Walk(Contract(), [&](const json& node) {
    if (node.is_object() && node.contains("$ref"))
      references.insert(node["$ref"].get<std::string>());
  });
  return references;
}

TEST(YamlTextTest, ReadsWhatTheContractIsWrittenIn) {
  const auto document = ParseYamlText(
      "# comment\na: 1\nb:\n  - x: {c: [p, 'q, r'], d: 'it''s'}\n    y: true\n  - z\ne: >-\n  two\n"
      "  lines\n'/f/{g}':\n  h: 'i: j'\n");
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(*document, json::parse(R"({"a":1,"b":[{"x":{"c":["p","q, r"],"d":"it's"},"y":true},"z"],
                                       "e":"two lines","/f/{g}":{"h":"i: j"}})"));
}

TEST(YamlTextTest, RefusesWhatItDoesNotRead) {
  for (const char* text : {"a: &x 1", "a: |\n  b", "a: 1\na: 2", "a", "a:\n", "a: 1\n   b: 2"}) {
    EXPECT_FALSE(ParseYamlText(text).ok()) << text;
  }
}

TEST(ContractLintTest, NamesItsVersionAndDeclaresItsTags) {
  EXPECT_EQ(Contract()["openapi"], "3.0.3");
  EXPECT_GT(Contract()["info"]["description"].get<std::string>().size(), 50u);
  std::set<std::string> declared;
  for (const json& tag : Contract()["tags"]) declared.insert(tag["name"].get<std::string>());
  std::set<std::string> used;
  for (const Operation& operation : Operations()) {
    ASSERT_EQ(operation.definition["tags"].size(), 1u) << operation.name();
    used.insert(operation.definition["tags"][0].get<std::string>());
  }
  EXPECT_EQ(declared, used);
}

TEST(ContractLintTest, EveryOperationHasANameASummaryAnAnswerAndAProblem) {
  static const std::regex kName("[a-z][A-Za-z]+");
  std::set<std::string> names;
  for (const Operation& operation : Operations()) {
    const json& definition = operation.definition;
    const std::string name = definition.value("operationId", "");
    EXPECT_TRUE(std::regex_match(name, kName)) << operation.name();
    EXPECT_TRUE(names.insert(name).second) << name << " names two operations";
    EXPECT_TRUE(definition.value("summary", "").ends_with('.')) << operation.name();
    EXPECT_FALSE(AnswerSchema(operation, "200").is_null()) << operation.name();
    EXPECT_EQ(definition["responses"].value("default", json())["$ref"],
              "#/components/responses/Problem")
        << operation.name();
  }
}

TEST(ContractLintTest, ParametersOfThePathAreDeclaredAndNoOthers) {
  static const std::regex kPart("\\{([A-Za-z]+)\\}");
  for (const Operation& operation : Operations()) {
    std::set<std::string> in_path;
    for (std::sregex_iterator it(operation.path.begin(), operation.path.end(), kPart), end;
         it != end; ++it) {
      in_path.insert((*it)[1]);
    }
    std::set<std::string> declared;
    for (const json& parameter : ParametersOf(operation)) {
      EXPECT_FALSE(parameter.value("description", "").empty()) << operation.name();
      if (parameter["in"] == "path") declared.insert(parameter["name"].get<std::string>());
    }
    EXPECT_EQ(declared, in_path) << operation.name();
  }
}

TEST(ContractLintTest, EveryChangeTakesAnIdempotencyKeyAndABody) {
  for (const Operation& operation : Operations()) {
    if (operation.method == "GET") continue;
    EXPECT_TRUE(operation.definition.contains("requestBody")) << operation.name();
    bool has_key = false;
    for (const json& parameter : ParametersOf(operation)) {
      has_key |= parameter["name"] == "Idempotency-Key" && parameter["required"] == true;
    }
    const std::string id = operation.definition["operationId"].get<std::string>();
    const bool writes_nothing = id == "previewPlan" || id == "tryFamily";
    EXPECT_EQ(has_key, !writes_nothing) << operation.name();
  }
}

TEST(ContractLintTest, EveryReferenceLeadsSomewhereAndEveryComponentIsUsed) {
  const std::set<std::string> references = References();
  for (const std::string& reference : references) {
    EXPECT_FALSE(Resolve(json{{"$ref", reference}}).is_null()) << reference;
  }
  for (const auto& [kind, components] : Contract()["components"].items()) {
    for (const auto& [name, component] : components.items()) {
      if (name == "PublicationNotice")
        continue;  // Data of the stream's events, told in its answer.
      EXPECT_TRUE(references.contains("#/components/" + kind + "/" + name))
          << name << " is not used";
    }
  }
}

TEST(ContractLintTest, RequiredMembersExist) {
  for (const auto& [name, schema] : Contract()["components"]["schemas"].items()) {
    for (const json& required : schema.value("required", json::array())) {
      EXPECT_TRUE(schema["properties"].contains(required.get<std::string>())) << name << required;
    }
  }
}

}  // namespace
}  // namespace sepakat::contract
